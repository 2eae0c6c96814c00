"""A member leaves in the middle of the work and somebody takes the seat."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.applications.models import Application
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.eligibility.models import Check
from grants.eligibility.rules.findings import Finding
from grants.evaluation.models import Committee, Member
from grants.evaluation.rules.committee import MemberKind, MemberRole
from grants.evaluation.rules.replacing import (
    NOBODY,
    SOMEBODY,
    Place,
    Replacement,
    offered_deputies,
    replacement_problems,
)
from grants.people.models import MailLink, User
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.evaluation.world import TITLE, World, make_world, rows
from tests.factories import DEADLINE, keep, make_sheet, make_user

PLACES = [
    Place("e1", "a@x.ba", MemberRole.CHAIR),
    Place("e2", "b@x.ba", MemberRole.MEMBER),
    Place("e3", "c@x.ba", MemberRole.SECRETARY),
    Place("e4", "d@x.ba", MemberRole.MEMBER, is_deputy=True, deputy_of="e1"),
    Place("e5", "e@x.ba", MemberRole.MEMBER, is_deputy=True),
    Place("e6", "f@x.ba", MemberRole.MEMBER, is_gone=True),
]
DAYS = (date(2026, 3, 1), date(2026, 3, 20))


def wanted(takes_over: str, **over: Any) -> Replacement:
    return Replacement(**{"reason": "Odlazak", "from_on": DAYS[1], "takes_over": takes_over} | over)


@pytest.mark.parametrize(
    ("leaving", "replacement", "codes"),
    [
        ("e2", wanted("e5"), []),
        ("e1", wanted("e4"), []),
        ("e1", wanted("e4", chair="e2"), []),
        ("e2", wanted("e4"), ["replacement_missing"]),
        ("e2", wanted("e6"), ["replacement_missing"]),
        ("e2", wanted(NOBODY), ["replacement_missing"]),
        ("e3", wanted(NOBODY), []),
        ("e6", wanted("e5"), ["member_not_seated"]),
        ("e4", wanted("e5"), ["member_not_seated"]),
        ("e1", wanted("e4", chair="e3"), ["chair_needed"]),
        ("e2", wanted(SOMEBODY, name="Ana", email="f@x.ba"), ["replacement_twice"]),
        ("e2", wanted(SOMEBODY), ["member_name", "member_email"]),
        ("e2", wanted("e5", reason=" "), ["replacement_reason"]),
        ("e2", wanted("e5", from_on=date(2026, 3, 21)), ["replacement_day"]),
        ("e2", wanted("e5", from_on=date(2026, 2, 28)), ["replacement_day"]),
    ],
)
def test_seat_goes_to_whom_it_may(leaving: str, replacement: Replacement, codes: list[str]) -> None:
    found = replacement_problems(replacement, PLACES, leaving=leaving, days=DAYS)
    assert [each.code for each in found] == codes


def test_own_deputies_are_offered_first_and_the_act_keeps_all() -> None:
    assert offered_deputies(PLACES, "e1") == ["e4", "e5"]
    assert offered_deputies(PLACES, "e2") == ["e5"]
    kept = wanted(SOMEBODY, name="Ana", email="ana@x.ba", kind=MemberKind.CSO)
    assert Replacement.of(kept.as_json()) == kept


@pytest.fixture
def there(app: Flask) -> World:
    return make_world(app)


def staff(app: Flask, there: World) -> dict[str, Any]:
    """The signatory, the auditor, and a deputy who has an account."""
    with app.app_context(), tenancy.across("tests arrange"):
        committee = next(
            each
            for each in db.session.execute(select(Committee)).scalars()
            if there.committee.endswith(each.slug)
        )
        deputy = make_user("Selma Ilić")
        keep(
            Member(
                municipality_id=committee.municipality_id,
                committee_id=committee.id,
                position=9,
                key="e10",
                name=deputy.name,
                email=deputy.email,
                role=MemberRole.MEMBER,
                kind=MemberKind.CSO,
                is_deputy=True,
                conflicts=[],
            )
        )
        place = committee.municipality_id
        found = {
            "deputy": deputy,
            "signatory": make_user("Amela Mayer", (Role.SIGNATORY, place)),
            "auditor": make_user("Nada Kovač", (Role.AUDITOR, place)),
        }
        commit()
        return found


def sign_all(app: Flask, there: World, member: User) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        seat = db.session.execute(select(Member).where(Member.user_id == member.id)).scalar_one()
        chosen = select(Application).where(Application.slug == there.applications[0])
        whole = chosen.options(joinedload(Application.call))
        first = db.session.execute(whole).scalar_one()
        make_sheet(first, seat, scores={"1.1": "4", "1.2": "1", "2.1": "b"})
        commit()


def member_page(there: World, key: str) -> str:
    return f"{there.call}/committee/members/{key}"


SENT = {"reason": "Prelazi na drugo radno mjesto.", "from_on": "9. 3. 2026.", "takes_over": "e10"}


@pytest.fixture(autouse=True)
def _during_scoring() -> Any:
    with clock.held_at(DEADLINE.replace(hour=15)) as moment:
        yield moment


def test_officer_prepares_and_the_signatory_signs(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e2")
    client.sign_in(there.officer)
    client.get(page)
    client.post(page, SENT)
    [act] = rows(app, Act)
    assert (act.kind, act.status) == (ActKind.COMMITTEE_CHANGE, ActStatus.DRAFT)
    assert "čeka potpis" in client.get(f"{there.call}/committee").text
    client.post(f"{page}/signature", {}, status=403)
    client.sign_in(there.member)
    client.get(there.sheet())
    client.sign_in(people["signatory"])
    client.get(page)
    client.post(f"{page}/signature", {})
    again = client.post(f"{page}/signature", {}, status=422)
    assert "Prijedlog zamjene više ne odgovara" in again.text


def test_act_leads_to_where_it_is_signed_and_an_approval_blocks_nothing(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e2")
    client.sign_in(there.officer)
    client.post(page, SENT)
    [act] = rows(app, Act)
    address = f"{there.call.partition('/calls')[0]}/acts/{act.slug}"
    assert address in client.get(page).text
    client.sign_in(people["signatory"])
    shown = client.get(address).text
    assert f'href="{page}"' in shown
    assert "/approve" not in shown
    for officer_again in (True, False):
        approve(app)
        if officer_again:
            client.sign_in(there.officer)
            client.post(page, SENT | {"reason": "Drugi razlog."})
    client.sign_in(people["signatory"])
    client.post(f"{page}/signature", {})
    [act] = rows(app, Act)
    assert (act.status, act.facts["reason"]) == (ActStatus.ISSUED, "Drugi razlog.")


def approve(app: Flask) -> None:
    """As it could be approved before approving was left to where an act is issued."""
    with app.app_context(), tenancy.across("tests arrange"):
        act = db.session.execute(select(Act)).scalar_one()
        act.status = ActStatus.APPROVED
        commit()


def test_whoever_checked_the_call_or_works_for_the_office_takes_no_seat_with_a_vote(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e2")
    email = there.officer.email
    new = SENT | {"takes_over": SOMEBODY, "name": "Drugo Ime", "email": email, "kind": "cso"}
    client.sign_in(there.officer)
    refused = client.post(page, new, status=422).text
    assert "Drugo Ime radi na prijavama u ovoj općini" in refused
    with app.app_context(), tenancy.across("tests arrange"):
        case = db.session.execute(select(Application)).scalars().first()
        assert case is not None
        checked = {"item": "plan", "finding": Finding.YES, "checked_at": DEADLINE}
        where = {"municipality_id": case.municipality_id, "application_id": case.id}
        keep(Check(**where, **checked, checked_by_id=people["deputy"].id))
        commit()
    assert "Selma Ilić radi na prijavama" in client.post(page, SENT, status=422).text
    assert rows(app, Act) == []


def test_who_left_sees_nothing_and_the_deputy_declares_first(
    app: Flask, client: LintingClient, there: World
) -> None:
    people = staff(app, there)
    client.sign_in(people["deputy"])
    client.get(there.committee, status=404)
    client.sign_in(people["signatory"])
    client.post(member_page(there, "e2"), SENT)
    client.sign_in(there.member)
    for hidden in (there.sheet(), there.committee):
        client.get(hidden, status=404)
    client.sign_in(people["deputy"])
    client.get(there.sheet(), status=404)
    assert TITLE not in client.get(f"{there.committee}/declaration").text
    client.post(f"{there.committee}/declaration", {"agrees": "y"})
    client.get(there.sheet(), status=404)
    client.post(f"{there.committee}/interests", {"agrees": "y"})
    client.get(there.sheet())


def test_signed_sheets_stay_and_what_was_not_signed_blocks_nothing(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e2")
    sign_all(app, there, there.member)
    client.sign_in(people["signatory"])
    client.post(page, SENT | {"typed_number": "01-04-90/26"})
    [act] = rows(app, Act)
    assert (act.number, act.status) == ("01-04-90/26", ActStatus.ISSUED)
    assert [each["name"] for each in act.facts["members"]][-1] == "Selma Ilić"
    shown = client.get(f"{there.call}/committee").text
    assert "Izmjene sastava" in shown
    assert "Prelazi na drugo radno mjesto." in shown
    gone = next(each for each in rows(app, Member) if each.key == "e2")
    assert (gone.is_seated, gone.left_reason) == (False, SENT["reason"])
    with app.app_context(), tenancy.across("tests look"):
        from_seat = select(Member).where(Member.stands_in_for_id == gone.id)
        assert db.session.execute(from_seat).scalar_one().is_voting


def test_history_of_the_call_tells_who_came_and_went_to_the_office_alone(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e2")
    client.sign_in(people["signatory"])
    client.post(page, SENT)
    with app.app_context(), tenancy.across("tests arrange"):
        seat = db.session.execute(select(Member).where(Member.key == "e3")).scalar_one()
        record(Event.CONFLICT_DECLARED, seat, by=there.third, at=clock.now(), facts={})
        commit()
    client.sign_in(people["auditor"])
    history = client.get(f"{there.call}/history").text
    for said in (
        "Član komisije je prestao raditi",
        f"ime: {there.member.name}",
        "razlog: Prelazi na drugo radno mjesto.",
        "Zamjenik je preuzeo mjesto u komisiji",
        f"umjesto: {there.member.name} · ime: {people['deputy'].name}",
    ):
        assert said in history
    assert "Sukob interesa" not in history
    for outsider in (there.third, people["deputy"], there.applicant, there.stranger):
        client.sign_in(outsider)
        client.get(f"{there.call}/history", status=404)
    public = client.get(f"/calls/{there.call.rpartition('/')[2]}").text
    assert "prestao raditi" not in public
    assert there.member.name not in public


def test_new_person_is_invited_and_another_member_presides(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e1")
    client.sign_in(people["signatory"])
    newcomer = {
        "takes_over": SOMEBODY,
        "name": "Ana Nova",
        "email": "Ana@Nova.example.ba",
        "kind": "donor",
        "chair": "e3",
    }
    missing = client.post(page, SENT | newcomer | {"name": ""}, status=422)
    assert "Upišite ime i prezime." in missing.text
    assert "Ana@Nova.example.ba" in missing.text
    client.post(page, SENT | newcomer)
    roles = {each.key: (each.role, each.is_seated) for each in rows(app, Member)[:3]}
    assert roles["e3"] == (MemberRole.CHAIR, True)
    new = next(each for each in rows(app, Member) if each.name == "Ana Nova")
    assert (new.role, new.kind, new.email) == (
        MemberRole.MEMBER,
        MemberKind.DONOR,
        "ana@nova.example.ba",
    )
    [link] = rows(app, MailLink)
    assert (link.email, link.facts["role"]) == ("ana@nova.example.ba", "evaluator")
    client.sign_in(there.third)
    client.get(f"{there.committee}/ranking")
    client.sign_in(there.chair)
    client.get(f"{there.committee}/ranking", status=404)


def test_only_staff_look_and_only_officer_and_signatory_change(
    app: Flask, client: LintingClient, there: World
) -> None:
    people, page = staff(app, there), member_page(there, "e2")
    client.sign_in(people["auditor"])
    with Statements() as seen:
        assert "Zamjenu priprema službenik" in client.get(page).text
    assert len(seen) <= 10
    client.post(page, SENT, status=403)
    for outsider in (there.member, there.applicant, there.stranger):
        client.sign_in(outsider)
        client.get(page, status=404)
        client.post(page, SENT, status=404)
        client.post(f"{page}/signature", {}, status=404)
    client.sign_in(there.officer)
    client.get(member_page(there, "e99"), status=404)
