"""What a profile must say, what cannot be right in it, and its history."""

from datetime import date, timedelta

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.municipalities.models import Municipality
from grants.organisations.actions.standing import Matter, clear_standing, note_standing
from grants.organisations.models import Organisation
from grants.organisations.rules.banks import bank_of, is_swift
from grants.organisations.rules.profile import FROZEN, NEEDED, PARTS, WANTED, profile_problems
from grants.organisations.rules.profile import progress as parts_of
from grants.organisations.rules.standing import StandingKind
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.factories import (
    make_application,
    make_call,
    make_municipality,
    make_organisation,
    make_user,
)

TODAY = date(2026, 3, 2)


def test_every_entry_is_in_one_part_and_is_frozen() -> None:
    keys = [key for each in PARTS.values() for key in each]
    assert len(keys) == len(set(keys))
    assert set(NEEDED) | set(WANTED) <= set(keys) < set(FROZEN)


def test_progress_names_what_is_missing_part_by_part() -> None:
    found = {each.part: each for each in parts_of({"name": "A", "register_number": " "})}
    assert found["identity"].missing == ("register_name", "register_number")
    assert found["identity"].wanted == ("founded_year",)
    assert found["account"].missing == ()


@pytest.mark.parametrize(
    ("profile", "found"),
    [
        ({"registered_on": TODAY + timedelta(days=1)}, [("registered_in_future", "registered_on")]),
        (
            {"registered_on": TODAY, "last_registered_on": TODAY - timedelta(days=1)},
            [("registered_backwards", "last_registered_on")],
        ),
        ({"founded_year": 1066}, [("founded_year", "founded_year")]),
        ({"swift": "BBIBBA2"}, [("swift", "swift")]),
        ({"is_vat_payer": True}, [("vat_number_missing", "vat_number")]),
        ({"members_count": 3, "members_women": 4}, [("more_than_all", "members_women")]),
        ({"volunteers_count": 9_999_999}, [("people_count", "volunteers_count")]),
        ({"members_count": 3, "members_women": 3, "swift": "BBIBBA22"}, []),
    ],
)
def test_profile_problems(profile: dict[str, object], found: list[tuple[str, str]]) -> None:
    problems = profile_problems(profile, today=TODAY)
    assert [(problem.code, problem.place) for problem in problems] == found


def test_bank_is_known_by_the_first_three_digits() -> None:
    assert bank_of("141-196-53200112-88") == "Bosna Bank International"
    assert bank_of("5550000000000115") == ""
    assert is_swift("BBIBBA22XXX")


def test_every_part_is_edited_and_its_faults_stand_at_the_field(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation = make_organisation()
        member = make_user("Amra", (Role.MEMBER, organisation.id))
        commit()
    client.sign_in(member)
    base = f"/my/organisations/{organisation.slug}"
    account = {"account": "1411965320011288", "swift": "bbib ba 22", "version": "1"}
    faulty = client.post(f"{base}/edit?part=account", account | {"is_vat_payer": "y"}, status=422)
    assert "upišite i PDV broj" in faulty.text
    client.post(f"{base}/edit?part=account", account, status=303)
    page = client.get(base).text
    assert all(text in page for text in ("Bosna Bank International", "BBIBBA22", "BA39 1411 9653"))
    assert "registar u koji je organizacija upisana" in page
    for part in ("identity", "address", "representative", "work"):
        client.get(f"{base}/edit?part={part}")
    client.get(f"{base}/edit?part=other", status=404)


def arrange_history() -> tuple[Organisation, list[Municipality]]:
    """Two towns with an application and a report that is late; in the first it has come."""
    organisation, at = make_organisation(), clock.now()
    towns = [make_municipality(name=name) for name in ("Prva", "Druga", "Treća")]
    for town, title in zip(towns[:2], ("Vrtovi u školama", "Biblioteka za sve"), strict=True):
        make_application(make_call(town), organisation, title=title)
        with tenancy.within(town.id):
            due = clock.local_day(at) - timedelta(days=3)
            matter = Matter("02-2-1/26", due, "/contracts/x")
            note_standing(organisation.id, StandingKind.REPORT_DUE, matter, at=at)
    with tenancy.within(towns[0].id):
        kinds = [StandingKind.REPORT_DUE, StandingKind.RETURN_DUE]
        clear_standing(organisation.id, "02-2-1/26", kinds=kinds, at=at)
    return organisation, towns


def test_history_is_whole_for_its_people_and_local_for_an_office(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation, towns = arrange_history()
        owner = make_user("Amra", (Role.OWNER, organisation.id))
        stranger = make_user("Neko", (Role.OWNER, make_organisation("Drugo").id))
        officers = [make_user("Selma", (Role.OFFICER, town.id)) for town in towns]
        commit()
    own = f"/my/organisations/{organisation.slug}/history"
    page = client.sign_in(owner).get(own).text
    found = [word in page for word in ("Vrtovi u", "Biblioteka", "ispunjeno", "kasni")]
    assert found == [True] * 4
    here = [f"/m/{town.slug}/organisations/{organisation.slug}" for town in towns]
    page = client.sign_in(officers[0]).get(here[0]).text
    assert ("Vrtovi u" in page, "Biblioteka" in page) == (True, False)
    client.get(own, status=404)
    client.get(here[1], status=404)
    client.sign_in(officers[2]).get(here[2], status=404)
    client.sign_in(stranger).get(own, status=404)


def test_history_needs_the_same_statements_for_one_and_three_applications(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation, town = make_organisation(), make_municipality()
        owner = make_user("Amra", (Role.OWNER, organisation.id))
        call = make_call(town)
        make_application(call, organisation)
        commit()
    client.sign_in(owner)
    path = f"/my/organisations/{organisation.slug}/history"
    client.get(path)
    with Statements() as one:
        client.get(path)
    with app.app_context():
        make_application(call, organisation)
        make_application(make_call(make_municipality()), organisation)
        commit()
    with Statements() as three:
        client.get(path)
    assert len(one) == len(three) <= 10
