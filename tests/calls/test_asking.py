"""Questions and answers: asked, answered in versions, set aside; nobody learns who asked."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock
from grants.audit.models import AuditEntry
from grants.calls.actions.answering import Answer, ask_question, enter_question, publish_answer
from grants.calls.actions.following import follow_call
from grants.calls.asked import list_answers
from grants.calls.models import AskedQuestion, Follower
from grants.calls.rules.states import CallStatus, QuestionStatus
from grants.db import db
from grants.errors import DomainError, Incomplete, NotNow
from grants.notifications.models import Mail
from grants.people.models import User
from tests.calls.making import actor, read
from tests.calls.town import QUESTIONS_UNTIL, OpenTown, inside, make_open_town, subjects
from tests.client import LintingClient, Statements
from tests.conftest import NOON

TEXT = "Možemo li tražiti novac za kombi? Pita Dženana Pitalica."


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> OpenTown:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    with app.app_context():
        return make_open_town()


def ask(town: OpenTown, *, by: User | None = None, text: str = TEXT) -> str:
    return ask_question(read(town.call), text, by=actor(by or town.asker), at=NOON).slug


def find(slug: str) -> AskedQuestion:
    found = db.session.execute(select(AskedQuestion).where(AskedQuestion.slug == slug)).scalar_one()
    db.session.refresh(found, ["call", "answers"])
    db.session.refresh(found.call, ["municipality"])
    return found


def answered(town: OpenTown, number: int, *, versions: int = 1) -> str:
    slug = ask(town, text=f"Pitanje broj {number}")
    for version in range(1, versions + 1):
        wanted = Answer(f"Pitanje {number}", f"Odgovor {number}/{version}", "Jasnije rečeno")
        at = NOON + timedelta(hours=number, minutes=version)
        publish_answer(find(slug), wanted, by=actor(town.officer), at=at)
    return slug


def test_question_gets_its_term_and_the_officer_is_told(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        question = find(ask(town))
        assert question.status is QuestionStatus.OPEN
        assert question.due_on == date(2026, 3, 5)
        assert question.counted["start"] == "2026-03-02"
        assert subjects() == [(town.officer.email, "Novo pitanje o pozivu")]
        mail = db.session.execute(select(Mail)).scalar_one()
        assert "Dženana" not in mail.text


def test_answer_is_published_in_versions_and_everybody_is_told(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        for user in (town.follower, town.asker, town.officer):
            follow_call(town.call, user_id=user.id, at=NOON)
        slug = ask(town)
        first = Answer("Može li se kupiti vozilo?", "Ne, ali može najam.", "zaboravljena bilješka")
        publish_answer(find(slug), first, by=actor(town.officer), at=NOON)
        with pytest.raises(Incomplete) as refused:
            publish_answer(find(slug), Answer("V?", "Može."), by=actor(town.officer), at=NOON)
        assert [each.code for each in refused.value.problems] == ["answer_note_missing"]
        second = Answer("Može li se kupiti vozilo?", "Može polovno.", "Pravilo je ublaženo.")
        publish_answer(find(slug), second, by=actor(town.officer), at=NOON + timedelta(hours=1))
        found = list_answers(read(town.call))
        assert [(each.newest.version, each.newest.answer) for each in found] == [
            (2, "Može polovno.")
        ]
        assert [(old.answer, old.note) for old in found[0].earlier] == [("Ne, ali može najam.", "")]
        told = [(town.asker.email, "Odgovor na vaše pitanje"),
                (town.follower.email, "Novi odgovor o pozivu")]  # fmt: skip
        assert subjects()[1:] == told * 2


@pytest.mark.parametrize("named", ["Dženana Pitalica", "", "Udruženje Tajna lipa"])
@pytest.mark.parametrize("place", ["question", "answer", "note"])
def test_answer_is_refused_when_it_tells_who_asked(
    app: Flask, town: OpenTown, named: str, place: str
) -> None:
    texts = {"question": "Pitanje?", "answer": "Odgovor.", "note": "Bilješka."}
    texts[place] = f"Za {named or town.asker.email.upper()}"
    with inside(app, town):
        slug = ask(town)
        with pytest.raises(Incomplete) as refused:
            publish_answer(find(slug), Answer(**texts), by=actor(town.officer), at=NOON)
        assert [(each.code, each.place) for each in refused.value.problems] == [
            ("asker_named", place)
        ]
        assert find(slug).status is QuestionStatus.OPEN


def test_asking_is_refused_after_the_cut_off_with_both_times(
    client: LintingClient, town: OpenTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = QUESTIONS_UNTIL + timedelta(seconds=1)
    monkeypatch.setattr(clock, "_read", lambda: late)
    client.sign_in(town.asker)
    page = client.post(f"{town.public}/questions", {"text": "Kasno?"}, status=409).text
    assert (
        "Pitanja su se primala do 4.\u00a03.\u00a02026. u 12:00:00, "
        "a sada je 4.\u00a03.\u00a02026. u 12:00:01." in page
    )


def test_last_instant_is_in_time(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        call = read(town.call)
        ask_question(call, "Na vrijeme?", by=actor(town.asker), at=QUESTIONS_UNTIL)
        later = QUESTIONS_UNTIL + timedelta(microseconds=1)
        with pytest.raises(NotNow):
            ask_question(call, "Kasno?", by=actor(town.asker), at=later)


def test_question_that_came_by_mail_counts_from_when_it_came(app: Flask, town: OpenTown) -> None:
    received, keyed = QUESTIONS_UNTIL - timedelta(hours=1), QUESTIONS_UNTIL + timedelta(days=1)
    with inside(app, town):
        by, call = actor(town.officer), read(town.call)
        question = enter_question(call, "Poštom?", received_at=received, by=by, at=keyed)
        assert (question.asked_at, question.asked_by_id) == (received, None)
        assert question.due_on == date(2026, 3, 9)
        for moment in (keyed - timedelta(hours=1), keyed + timedelta(hours=1)):
            with pytest.raises(DomainError):
                enter_question(call, "Kasno?", received_at=moment, by=by, at=keyed)


def test_person_waits_when_ten_questions_are_open(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        for number in range(10):
            ask(town, text=f"Pitanje {number}")
        with pytest.raises(DomainError) as refused:
            ask(town, text="Jedanaesto")
        assert refused.value.problems[0].code == "questions_many"
        ask(town, by=town.follower, text="Drugi smije")


def test_walk_from_asking_to_the_public_answer(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    client.sign_in(town.asker)
    client.post(f"{town.public}/questions", {"text": TEXT})
    own = client.get(f"{town.public}/questions").text
    assert "Služba odgovara najkasnije 5.\u00a03.\u00a02026." in own
    assert "Vaša pitanja" in own
    assert "Kako je rok izračunat" in own
    with inside(app, town):
        slug = db.session.execute(select(AskedQuestion.slug)).scalar_one()
    client.sign_in(town.officer)
    assert "čeka odgovor" in client.get(f"{town.inner}/questions").text
    page = client.get(f"{town.inner}/questions/{slug}").text
    assert town.asker.email in page
    sent = {"question": TEXT, "answer": "Može najam."}
    refused = client.post(f"{town.inner}/questions/{slug}", sent, status=409).text
    assert "po tome bi se znalo ko je pitao" in refused
    assert "Može najam." in refused
    sent["question"] = "Može li se tražiti novac za kombi?"
    client.post(f"{town.inner}/questions/{slug}", sent)
    client.sign_out()
    public = client.get(f"{town.public}/questions").text
    assert "Može li se tražiti novac za kombi?" in public
    call_page = client.get(town.public).text
    assert "1 odgovor" in call_page
    assert "Pitanja do" in call_page


def test_nobody_outside_the_office_learns_who_asked(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        slug = ask(town)
        answered(town, 1, versions=2)
        open_slug = ask(town, text="Još neodgovoreno tajno pitanje")
    secrets = ("Dženana", town.asker.email, "Tajna lipa", "Još neodgovoreno", "novac za kombi")
    for person in (None, town.follower, town.stranger, town.mayor):
        client.sign_out()
        if person is not None:
            client.sign_in(person)
        for path in ("", "/questions", "/questions?q=kombi", "/questions?q=pitalica", "/quiz"):
            page = client.get(f"{town.public}{path}").text
            assert [word for word in secrets if word in page] == []
    for person in (town.mayor, town.auditor):
        client.sign_in(person)
        for path in ("/questions", f"/questions/{open_slug}", f"/questions/{slug}", "/history"):
            page = client.get(f"{town.inner}{path}").text
            assert town.asker.email not in page
            assert "Dženana Pitalica," not in page
    client.sign_in(town.auditor)
    assert "Dženana" not in client.get(f"{town.inner}/history").text


def test_office_pages_of_questions_do_not_exist_for_others(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        slug = ask(town)
    paths = ("/questions", f"/questions/{slug}")
    for person in (town.asker, town.stranger):
        client.sign_in(person)
        for path in paths:
            client.get(f"{town.inner}{path}", status=404)
            client.post(f"{town.inner}{path}", {}, status=404)
        client.post(f"{town.inner}/questions/{slug}/set-aside", {"reason": "x"}, status=404)
    client.sign_in(town.auditor)
    client.post(f"{town.inner}/questions/{slug}", {"question": "x", "answer": "y"}, status=403)


def test_question_of_another_call_is_not_found_under_this_one(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with app.app_context():
        other = make_open_town()
    with inside(app, other):
        slug = ask(other)
    client.sign_in(town.officer)
    client.get(f"{town.inner}/questions/{slug}", status=404)


def test_asker_reads_why_a_question_was_set_aside(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        slug = ask(town)
    client.sign_in(town.officer)
    client.post(f"{town.inner}/questions/{slug}/set-aside", {"reason": " "}, status=422)
    client.post(f"{town.inner}/questions/{slug}/set-aside", {"reason": "Pitanje je privatno."})
    client.sign_in(town.asker)
    assert "Pitanje je privatno." in client.get(f"{town.public}/questions").text
    client.sign_in(town.follower)
    assert "privatno" not in client.get(f"{town.public}/questions").text
    with inside(app, town):
        assert subjects()[-1] == (town.asker.email, "Vaše pitanje ostaje bez javnog odgovora")


def test_search_finds_by_words_without_accents(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        for number, text in enumerate(("Vozilo i đaci", "Rok za izvještaj")):
            slug = ask(town, text=text)
            wanted = Answer(text, "Može.")
            publish_answer(find(slug), wanted, by=actor(town.officer), at=NOON)
            assert number < 2
    page = client.get(f"{town.public}/questions?q=djaci").text
    assert "Vozilo i đaci" in page
    assert "Rok za izvještaj" not in page
    assert "Nema odgovora s tim riječima" in client.get(f"{town.public}/questions?q=xyz").text


def test_page_says_what_comes_when_there_are_no_answers(
    client: LintingClient, town: OpenTown
) -> None:
    page = client.get(f"{town.public}/questions").text
    assert "Još nema odgovora" in page
    assert "Prijavite se i pitajte" in page
    client.post(f"{town.public}/questions", {"text": "Ko sam ja?"}, status=400)


@pytest.mark.parametrize("status", [CallStatus.DRAFT, CallStatus.APPROVED])
def test_questions_of_a_draft_do_not_exist_for_the_public(
    client: LintingClient, app: Flask, status: CallStatus
) -> None:
    with app.app_context():
        town = make_open_town(status=status, published_at=None)
    client.get(f"{town.public}/questions", status=302)
    client.sign_in(town.stranger)
    for path in ("questions", "follow", "unfollow"):
        client.post(f"{town.public}/{path}", {"text": "?"}, status=404)


def test_statements_do_not_grow_with_questions(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    counts = []
    for rows in (1, 2):
        with inside(app, town):
            for number in range(rows):
                answered(town, rows * 10 + number, versions=2)
                ask(town, text=f"Otvoreno {rows}-{number}")
        seen = []
        for person, path in (
            (town.asker, f"{town.public}/questions"),
            (town.asker, town.public),
            (town.officer, f"{town.inner}/questions"),
            (town.officer, f"/m/{town.municipality.slug}"),
        ):
            client.sign_in(person)
            with Statements() as statements:
                client.get(path)
            seen.append(len(statements))
        counts.append(seen)
    assert counts[0] == counts[1]
    assert max(counts[0][:3]) <= 12


def test_overdue_question_is_marked_on_the_list_and_on_the_desk(
    client: LintingClient, app: Flask, town: OpenTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inside(app, town):
        ask(town)
    client.sign_in(town.officer)
    last = datetime.fromisoformat("2026-03-05T22:59:59+00:00")
    for moment, is_late in ((last, False), (last + timedelta(seconds=1), True)):
        monkeypatch.setattr(clock, "_read", lambda moment=moment: moment)
        assert ("kasni" in client.get(f"{town.inner}/questions").text) == is_late
        desk = client.get(f"/m/{town.municipality.slug}").text
        assert "1 pitanje čeka odgovor." in desk
        assert ("Kasni 1." in desk) == is_late


def test_person_follows_and_unfollows(client: LintingClient, app: Flask, town: OpenTown) -> None:
    client.sign_in(town.follower)
    assert "Prati poziv" in client.get(town.public).text
    for path, count, said in (
        ("follow", 1, "Ne prati više"), ("follow", 1, "Ne prati više"),
        ("unfollow", 0, "Prati poziv"), ("unfollow", 0, "Prati poziv"),
    ):  # fmt: skip
        client.post(f"{town.public}/{path}", {})
        assert said in client.get(town.public).text
        with inside(app, town):
            assert len(db.session.execute(select(Follower)).all()) == count
    client.sign_out()
    client.post(f"{town.public}/follow", {}, status=400)


def test_record_keeps_every_step(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        answered(town, 1, versions=2)
    with inside(app, town):
        rows = db.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars()
        found = [(row.event, row.subject_kind) for row in rows if row.event.startswith("question")]
    assert found == [
        ("question_asked", "AskedQuestion"),
        ("question_answered", "Call"),
        ("question_answered", "Call"),
    ]
