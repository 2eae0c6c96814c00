"""Whatever goes wrong between a person and the server, nothing typed is lost."""

import http.client
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import update

from grants import clock, tenancy
from grants.calls.models import Call
from grants.db import db
from grants.people.models import User
from grants.people.passwords import hash_password
from tests.applications.arranging import FILLED, Arranged
from tests.browser.drafts import kept, wait_for
from tests.browser.people import Person
from tests.client import commit, session_cookie
from tests.documents.files import make_xlsx
from tests.serving import Server

PASSWORD = "dugačka rečenica sa Miljacke"
LONG = "Prvi red opisa.\nDrugi red: „Žuti đak“ & <b>ćup</b>, 1.234,50 KM."
MEGABYTE = 1024 * 1024


class Yesterday(TimestampSigner):
    """Signs as if it were 13 hours ago: an hour longer than a token holds."""

    def get_timestamp(self) -> int:
        """The moment that is signed."""
        return int(time.time()) - 13 * 3600


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here: each has a world of its own in it."""
    return steady_server


def let_token_run_out(house: Flask, person: Person) -> None:
    """Every token on the page is 13 hours old now, as on a page left open overnight."""
    fresh = person.page.locator("meta[name='csrf-token']").get_attribute("content")
    made = URLSafeTimedSerializer(house.secret_key, salt="wtf-csrf-token")
    old = URLSafeTimedSerializer(house.secret_key, salt="wtf-csrf-token", signer=Yesterday)
    token = old.dumps(made.loads(str(fresh)))
    person.page.evaluate(
        """token => {
            document.querySelector("meta[name='csrf-token']").content = token;
            document.querySelectorAll("[name=csrf_token]").forEach(field => field.value = token);
        }""",
        token,
    )


def give_password(house: Flask, user: User) -> None:
    """The arranged people have none."""
    hashed = hash_password(PASSWORD)
    with house.app_context():
        db.session.execute(update(User).where(User.id == user.id).values(password_hash=hashed))
        commit()


@pytest.mark.parametrize("width", [1380, 360])
def test_typed_text_is_sent_again_when_the_token_ran_out(
    house: Flask, world: Arranged, amra: Callable[..., Person], width: int
) -> None:
    person = amra(scripts=False, width=width).goes(f"{world.base}/sections/summary")
    person.fills(title="Upisano prije isteka", summary_text=LONG)
    let_token_run_out(house, person)
    person.presses("Sačuvaj")
    person.looks("/resend").sees("Ništa nije izgubljeno", "Stranica je predugo bila otvorena")
    assert kept(house, world, "summary")["title"] == FILLED["summary"]["title"]
    person.presses("Pošalji ponovo").looks()
    answers = kept(house, world, "summary")
    assert (answers["title"], answers["summary_text"]) == ("Upisano prije isteka", LONG)


@pytest.mark.parametrize("width", [1380, 360])
def test_typed_text_is_sent_again_when_the_session_ran_out(
    house: Flask, world: Arranged, amra: Callable[..., Person], width: int
) -> None:
    give_password(house, world.member)
    person = amra(scripts=False, width=width).goes(f"{world.base}/sections/problem")
    person.fills(problem_analysis=LONG)
    person.carries("istekla")
    person.presses("Sačuvaj").looks("/resend-signed-out").sees("prijavite se i pošaljite ponovo")
    person.fills(resend_email=world.member.email, resend_password="pogrešna").presses("Prijavi se")
    person.looks("/resend-refused").sees("Adresa ili lozinka nije tačna")
    person.fills(resend_email=world.member.email, resend_password=PASSWORD).presses("Prijavi se")
    person.presses("Pošalji ponovo")
    assert kept(house, world, "problem")["problem_analysis"] == LONG


def test_submission_goes_through_when_token_and_session_ran_out(
    house: Flask, world: Arranged, somebody: Callable[..., Person]
) -> None:
    give_password(house, world.representative)
    lejla = somebody("Lejla", scripts=False)
    lejla.carries(session_cookie(house, world.representative)).goes(f"{world.base}/check")
    lejla.page.check("[name=is_declared]")
    let_token_run_out(house, lejla)
    lejla.carries("istekla")
    lejla.presses("Predaj prijavu").sees("Ništa nije izgubljeno")
    lejla.fills(resend_email=world.representative.email, resend_password=PASSWORD)
    lejla.presses("Prijavi se").presses("Pošalji ponovo")
    lejla.sees("Prijava je predata", f"{world.call.reference}-001")


def test_autosave_goes_on_by_itself_when_only_the_token_ran_out(
    house: Flask, world: Arranged, amra: Callable[..., Person]
) -> None:
    person = amra().goes(f"{world.base}/sections/summary")
    let_token_run_out(house, person)
    person.fills(title="Upisano nakon isteka")
    wait_for(house, world, title="Upisano nakon isteka")


def test_autosave_waits_for_the_person_when_the_session_ran_out(
    house: Flask, world: Arranged, amra: Callable[..., Person]
) -> None:
    give_password(house, world.member)
    person = amra().goes(f"{world.base}/sections/summary")
    person.carries("istekla").fills(title="Upisano nakon isteka")
    person.page.get_by_text("Vaša prijava je istekla").wait_for()
    tab = person.opens_tab().signs_in(world.member.email, PASSWORD)
    tab.page.close()
    person.page.get_by_role("button", name="Prijava je obnovljena").click()
    wait_for(house, world, title="Upisano nakon isteka")


@pytest.mark.parametrize("width", [1380, 360])
def test_second_tab_gets_both_texts_and_a_choice_without_scripts(
    house: Flask, world: Arranged, amra: Callable[..., Person], width: int
) -> None:
    first = amra(scripts=False, width=width).goes(f"{world.base}/sections/summary")
    second = first.opens_tab().goes(f"{world.base}/sections/summary")
    first.fills(title="Naziv iz prve kartice", location="Grbavica").presses("Sačuvaj")
    second.fills(title="Naziv iz druge kartice", summary_text=LONG).presses("Sačuvaj")
    second.looks("/conflict").sees(
        "Oba teksta su ovdje", "Naziv iz prve kartice", "Naziv iz druge kartice", "Žuti đak"
    )
    second.page.check("[name='keep:title'][value=theirs]")
    second.page.check("[name='keep:location'][value=theirs]")
    second.presses("Sačuvaj odabrano")
    answers = kept(house, world, "summary")
    assert answers["title"] == "Naziv iz prve kartice"
    assert (answers["location"], answers["summary_text"]) == ("Grbavica", LONG)


@pytest.mark.parametrize(
    ("width", "button", "title"),
    [(1380, "Zadrži moj tekst", "Iz druge"), (360, "Preuzmi sačuvani tekst", "Iz prve")],
)
def test_second_tab_gets_both_texts_and_a_choice_while_typing(
    house: Flask,
    world: Arranged,
    amra: Callable[..., Person],
    width: int,
    button: str,
    title: str,
) -> None:
    first = amra(width=width).goes(f"{world.base}/sections/summary")
    second = first.opens_tab().goes(f"{world.base}/sections/summary")
    first.fills(title="Iz prve", location="Grbavica")
    wait_for(house, world, title="Iz prve", location="Grbavica")
    second.fills(title="Iz druge", summary_text=LONG)
    box = second.page.get_by_role("alertdialog")
    box.wait_for()
    assert "Iz prve" in box.inner_text()
    assert "Iz druge" in box.inner_text()
    second.looks("/conflict-while-typing")
    box.get_by_role("button", name=button).click()
    wait_for(house, world, title=title, location="Grbavica", summary_text=LONG)
    assert second.page.input_value("[name=location]") == "Grbavica"


@pytest.mark.parametrize("width", [1380, 360])
def test_late_submission_is_told_both_times_and_keeps_the_draft(
    house: Flask, world: Arranged, somebody: Callable[..., Person], width: int
) -> None:
    lejla = somebody("Lejla", width=width)
    lejla.carries(session_cookie(house, world.representative)).goes(f"{world.base}/check")
    lejla.page.check("[name=is_declared]")
    passed = clock.now() - timedelta(seconds=1)
    with house.app_context(), tenancy.across("tests arrange"):
        db.session.execute(update(Call).where(Call.id == world.call.id).values(deadline=passed))
        commit()
    lejla.presses("Predaj prijavu").looks("/late")
    lejla.sees("Rok je istekao, prijava nije predata", f"{clock.local(passed):%H:%M:%S}")
    lejla.follows("Na nacrt prijave").sees("Nacrt ostaje sačuvan")
    assert kept(house, world, "summary")["title"] == FILLED["summary"]["title"]


def test_refused_files_get_their_sentences_and_cost_no_text(
    house: Flask, world: Arranged, amra: Callable[..., Person], tmp_path: Path
) -> None:
    program = tmp_path / "statut.pdf"
    program.write_bytes(b"MZ\x90\x00" + bytes(400))
    bomb = tmp_path / "budzet.xlsx"
    bomb.write_bytes(make_xlsx(**{"xl/worksheets/sheet1.xml": bytes(50_000_000)}))
    assert bomb.stat().st_size < 100_000
    person = amra().goes(f"{world.base}/sections/documents")
    for path, said in ((program, "Ovo je program"), (bomb, "neuobičajeno velik sadržaj")):
        send(person, path)
        person.looks("/refused-file").sees(said)
    assert kept(house, world, "summary")["title"] == FILLED["summary"]["title"]


@pytest.mark.parametrize("width", [1380, 360])
def test_file_of_200_megabytes_gets_its_sentence(
    server: Server, world: Arranged, amra: Callable[..., Person], tmp_path: Path, width: int
) -> None:
    large = tmp_path / "snimak.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200 * MEGABYTE)
    person = amra(width=width).goes(f"{world.base}/sections/documents")
    before = server.memory_peaks()
    send(person, large)
    person.looks("/413").sees("Datoteka je prevelika", "veća od 20 MB")
    assert server.memory_peaks() - before < 30 * 1024
    person.page.go_back()
    person.looks()


def test_sender_of_200_megabytes_is_not_cut_off_before_the_answer(server: Server) -> None:
    talk = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    before = server.memory_peaks()
    pieces = (bytes(MEGABYTE) for _ in range(200))
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    talk.request("POST", "/sign-in", pieces, {**kind, "Content-Length": str(200 * MEGABYTE)})
    answer = talk.getresponse()
    assert (answer.status, "veća od 20 MB" in answer.read().decode()) == (413, True)
    assert server.memory_peaks() - before < 30 * 1024
    talk.close()


def send(person: Person, path: Path) -> None:
    """Put a file into the first slot and send it."""
    slot = person.page.locator("main section[id^=slot-]").first
    slot.locator("details").first.evaluate("part => part.open = true")
    slot.locator("[type=file]").set_input_files(path)
    with person.page.expect_navigation():
        slot.get_by_role("button", name="Učitaj").click()
