"""What an applicant sees of the own case: sheets without names, the whole own file, on record."""

import re
from datetime import datetime

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.complaints.models import Inspection
from grants.db import db
from grants.evaluation.models import Conflict, Sheet
from grants.people.models import User
from tests.client import LintingClient, Statements
from tests.complaints.test_ruling import PASSED, finish, object_to, rule, score_anew
from tests.complaints.town import Town, events, make_town, on, rows

# A token of a form carries its second, so it differs from page to page.
TOKEN = re.compile(r"[\w-]+\.[\w-]{6}\.[\w-]{20,}")


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    with app.app_context():
        return make_town(at, 5, 4)


def test_sheets_are_shown_without_names(client: LintingClient, town: Town) -> None:
    client.sign_in(town.clerk)
    page = client.get(town.own(1, "scores")).text.replace("\xa0", " ")
    assert re.findall(r"Član (\d): ([\d,]+) / 100", page) == [
        ("1", "100,00"), ("2", "100,00"), ("3", "100,00"),
    ]  # fmt: skip
    assert "Prigovor se može podnijeti do 10. 3. 2026." in page
    assert not [member.name for member in town.members if member.name in page]


def test_order_of_members_is_another_for_each_application(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    with app.app_context():
        town = make_town(at, 5, 4, *(2,) * 6)
        with tenancy.across("tests arrange"):
            for sheet in db.session.execute(db.select(Sheet)).scalars():
                key = next(m.key for m in town.committee.members if m.id == sheet.member_id)
                sheet.comments = {**sheet.comments, "1": f"Piše {key}."}
            db.session.commit()
    orders = set()
    for number in range(1, 9):
        client.sign_in(town.representatives[number])
        orders.add(tuple(re.findall(r"Piše (e\d)\.", client.get(town.own(number, "scores")).text)))
    assert len(orders) > 1
    assert {tuple(sorted(each)) for each in orders} == {("e1", "e2", "e3")}


def test_sheet_of_a_member_with_a_conflict_is_not_there(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        sheet = db.session.execute(db.select(Sheet)).scalars().first()
        assert sheet is not None
        db.session.add(
            Conflict(
                municipality_id=sheet.municipality_id, member_id=sheet.member_id,
                application_id=sheet.application_id, ground="other", declared_at=on("3-1"),
            )
        )  # fmt: skip
        db.session.commit()
    client.sign_in(town.clerk)
    assert "Član 3" not in client.get(town.own(1, "scores")).text


def test_nothing_is_shown_before_the_list_is_published(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.execute(db.text("update rankings set published_at = null"))
        db.session.commit()
    client.sign_in(town.clerk)
    client.get(town.own(1, "scores"), status=404)
    assert "kad bude objavljena preliminarna" in client.get(town.own(1)).text
    client.post(town.own(1, "file"), status=303)
    page = client.get(town.own(1, "file")).text
    assert "Nalaz." in page
    assert "Član 1" not in page


def test_own_file_is_opened_on_the_record_once_a_day(
    app: Flask, client: LintingClient, town: Town
) -> None:
    client.sign_in(town.clerk)
    own = town.own(1, "file")
    page = client.get(own).text
    assert "Otvori spis" in page
    assert "Nalaz." not in page
    client.post(own, status=303)
    client.post(own, status=303)
    page = client.get(own).text
    assert "Nalaz." in page
    assert "Član 1" in page
    assert not [member.name for member in town.members if member.name in page]
    client.sign_in(town.representatives[1])
    assert "Otvori spis" in client.get(own).text
    client.post(own, status=303)
    with clock.held_at(on("3-3")):
        assert "Otvori spis" in client.get(own).text
        client.post(own, status=303)
    assert len(rows(app, Inspection)) == 3
    assert events(app).count("file_inspected") == 3


def others(town: Town) -> list[User]:
    """Everybody who has nothing to do with the case of the first scored application."""
    return [town.officer, town.signatory, *town.members, town.representatives[2]]


def test_own_pages_are_nobody_elses(client: LintingClient, town: Town) -> None:
    for person in others(town):
        client.sign_in(person)
        for part in ("scores", "file", "objections"):
            absent = TOKEN.sub("", client.get(f"/my/applications/nema/{part}", status=404).text)
            hidden = TOKEN.sub("", client.get(town.own(1, part), status=404).text)
            assert hidden.replace(town.applications[1].slug, "nema") == absent


def test_pages_take_as_many_statements_for_three_sheets_as_for_one(
    app: Flask, client: LintingClient, town: Town
) -> None:
    client.sign_in(town.clerk)
    with Statements() as thrice:
        client.get(town.own(1, "scores"))
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.execute(db.text("delete from sheets where member_id > 1"))
        db.session.commit()
    with Statements() as once:
        client.get(town.own(1, "scores"))
    assert len(once) == len(thrice) <= 12


def test_new_sheets_are_told_with_the_final_list_and_explained_before(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.merge(town.call).min_reviews = 1
        db.session.commit()
    one = object_to(client, town, 2, "score")
    assert "drugi članovi" not in own_page(client, town)
    rule(client, town, one, ruling="upheld", effect="new_sheets")
    ruled = own_page(client, town)
    assert points(ruled) == ["80,00"] * 3
    assert "Nakon prigovora prijavu ponovo boduju drugi članovi" in ruled
    assert ruled.count("više se ne računa, boduje se iznova") == 3
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        client.post(f"{one}/sheets", {"member": "e4"}, status=303)
        score_anew(client, town)
        assert own_page(client, town) == ruled
        client.sign_in(town.officer)
        client.post(f"{one}/settle", status=303)
        finish(client, town)
        final = own_page(client, town)
    assert sorted(points(final)) == ["60,00", "80,00", "80,00", "80,00"]
    assert "prijavu su ponovo bodovali drugi članovi" in final
    assert final.count("ne računa se, ocijenjeno je iznova") == 3
    assert not [member.name for member in town.members if member.name in final]


def own_page(client: LintingClient, town: Town) -> str:
    """What the third applicant sees of the own scores, from the outcome on."""
    client.sign_in(town.representatives[2])
    page = client.get(town.own(2, "scores")).text.replace("\xa0", " ")
    return page[page.index("<h2>Ishod") : page.index("</main>")]


def points(page: str) -> list[str]:
    """The points of every sheet of a page."""
    return re.findall(r"Član \d: ([\d,]+) / 100", page)
