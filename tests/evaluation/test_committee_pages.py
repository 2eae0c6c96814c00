"""Proposing and appointing a committee through the staff's page."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Committee, Member
from grants.evaluation.rules.committee import MemberRole, Proposed, committee_problems
from grants.notifications.models import Mail
from grants.people.actions import give_role
from grants.people.actors import SYSTEM
from grants.people.models import MailLink
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.evaluation.world import rows
from tests.factories import make_call, make_municipality, make_user


def proposed(*roles: MemberRole) -> list[Proposed]:
    return [
        Proposed(f"Osoba {number}", f"osoba{number}@komisija.example.ba", role, "Općina")
        for number, role in enumerate(roles)
    ]


def fields(members: list[Proposed]) -> dict[str, str]:
    return {
        f"members-{number}-{name}": getattr(member, name)
        for number, member in enumerate(members)
        for name in ("name", "email", "role", "stands_for")
    }


CHAIR, MEMBER, SECRETARY = MemberRole.CHAIR, MemberRole.MEMBER, MemberRole.SECRETARY


@pytest.mark.parametrize(
    ("roles", "codes"),
    [
        ((CHAIR, MEMBER, MEMBER, SECRETARY), []),
        ((CHAIR, MEMBER), ["committee_even"]),
        ((CHAIR,), ["committee_even"]),
        ((CHAIR, CHAIR, MEMBER), ["committee_chair"]),
        ((MEMBER, MEMBER, MEMBER), ["committee_chair"]),
        ((CHAIR, MEMBER, MEMBER, SECRETARY, SECRETARY), ["committee_secretary"]),
    ],
)
def test_committee_has_odd_votes_and_one_chair(
    roles: tuple[MemberRole, ...], codes: list[str]
) -> None:
    assert [each.code for each in committee_problems(proposed(*roles))] == codes


def test_member_needs_a_name_and_an_address_of_the_own() -> None:
    members = [
        *proposed(CHAIR, MEMBER),
        Proposed("", "osoba1@komisija.example.ba", MEMBER),
        Proposed("Ana", "nije adresa", MEMBER),
        Proposed("Iva", "iva@example.ba", MEMBER),
    ]
    assert [(each.code, each.place) for each in committee_problems(members)] == [
        ("member_name", "members-2-name"),
        ("member_twice", "members-2-email"),
        ("member_email", "members-3-email"),
    ]


def arrange(app: Flask) -> dict[str, Any]:
    with app.app_context():
        municipality = make_municipality()
        call = make_call(municipality, status=CallStatus.OPENED)
        people = {
            "officer": make_user("Lejla Hadžić", (Role.OFFICER, municipality.id)),
            "signatory": make_user("Amela Mayer", (Role.SIGNATORY, municipality.id)),
            "auditor": make_user("Nada Kovač", (Role.AUDITOR, municipality.id)),
            "known": make_user("Osoba 1", email="osoba1@komisija.example.ba"),
        }
        commit()
        return {"page": f"/m/{municipality.slug}/calls/{call.slug}/committee", **people}


def test_signatory_appoints_and_members_are_let_in(app: Flask, client: LintingClient) -> None:
    there = arrange(app)
    members = fields(proposed(CHAIR, MEMBER, MEMBER, SECRETARY))
    client.sign_in(there["officer"])
    client.get(there["page"])
    even = client.post(there["page"], fields(proposed(CHAIR, MEMBER)), status=422)
    assert "Potreban je neparan broj" in even.text
    assert 'value="Osoba 1"' in even.text
    more = client.post(there["page"], {**members, "add": "1"}, status=200)
    assert "members-6-name" in more.text
    client.post(there["page"], members)
    client.post(f"{there['page']}/appointment", {}, status=403)
    client.sign_in(there["signatory"])
    client.post(f"{there['page']}/appointment", {"typed_number": "01-04-77/26"})
    [act] = rows(app, Act)
    assert (act.kind, act.number) == (ActKind.COMMITTEE_APPOINTMENT, "01-04-77/26")
    assert [each["role"] for each in act.facts["members"]] == [
        "chair",
        "member",
        "member",
        "secretary",
    ]
    tied = [each.user_id for each in rows(app, Member)]
    assert tied == [None, there["known"].id, None, None]
    assert len(rows(app, Mail)) == 4
    again = client.post(f"{there['page']}/appointment", {}, status=422)
    assert "već imenovana" in again.text
    client.get(there["page"])


@pytest.mark.parametrize("who", ["officer", "signatory", "auditor"])
def test_whoever_works_for_the_office_gets_no_vote_but_may_keep_the_minutes(
    app: Flask, client: LintingClient, who: str
) -> None:
    there = arrange(app)
    members = proposed(CHAIR, MEMBER, MEMBER, SECRETARY)
    client.sign_in(there["officer"])
    for place, is_deputy in ((2, False), (2, True), (3, False)):
        named = [*members]
        named[place] = Proposed("Neko", there[who].email.upper(), members[place].role)
        more = {f"members-{place}-seat": "0"} if is_deputy else {}
        has_vote = members[place].role is not SECRETARY
        answer = client.post(there["page"], fields(named) | more, status=422 if has_vote else 302)
        assert ("Neko radi na prijavama u ovoj općini" in answer.text) == has_vote
    assert [each.role for each in rows(app, Member)] == [CHAIR, MEMBER, MEMBER, SECRETARY]


def test_role_given_after_the_proposal_keeps_it_from_being_appointed(
    app: Flask, client: LintingClient
) -> None:
    there = arrange(app)
    client.sign_in(there["officer"])
    client.post(there["page"], fields(proposed(CHAIR, MEMBER, MEMBER)))
    with app.app_context(), tenancy.across("tests arrange"):
        place = db.session.execute(select(Call.municipality_id)).scalar_one()
        known = db.session.merge(there["known"])
        give_role(known, role=Role.FINANCE, scope_id=place, by=SYSTEM, at=clock.now())
        commit()
    client.sign_in(there["signatory"])
    assert "komisija u ovom sastavu ne može imenovati" in client.get(there["page"]).text
    refused = client.post(f"{there['page']}/appointment", {}, status=422)
    assert "Osoba 1 radi na prijavama" in refused.text
    assert rows(app, Act) == []


def test_act_is_shown_to_who_signs_it_alone(app: Flask, client: LintingClient) -> None:
    there = arrange(app)
    client.sign_in(there["officer"])
    client.post(there["page"], fields(proposed(CHAIR, MEMBER, MEMBER, SECRETARY)))
    assert "Pročitajte tekst rješenja" not in client.get(there["page"]).text
    client.sign_in(there["signatory"])
    shown = client.get(there["page"]).text
    assert "Pročitajte tekst rješenja" in shown
    assert "o imenovanju komisije" in shown
    assert rows(app, Act) == []


def test_known_member_sits_at_once_and_auditor_only_looks(
    app: Flask, client: LintingClient
) -> None:
    there = arrange(app)
    client.sign_in(there["signatory"])
    client.post(there["page"], fields(proposed(CHAIR, MEMBER, MEMBER)))
    client.post(f"{there['page']}/appointment", {})
    [committee] = rows(app, Committee)
    client.sign_in(there["known"])
    client.get(f"/committee/{committee.slug}/declaration")
    client.sign_in(there["auditor"])
    with Statements() as seen:
        client.get(there["page"])
    assert len(seen) <= 10
    client.post(there["page"], {}, status=403)


def test_invited_member_gets_the_invitation_again(app: Flask, client: LintingClient) -> None:
    there = arrange(app)
    client.sign_in(there["signatory"])
    client.post(there["page"], fields(proposed(CHAIR, MEMBER, MEMBER)))
    again = f"{there['page']}/invitation"
    client.post(again, {"invitation": "1"}, status=404)
    client.post(f"{there['page']}/appointment", {})
    first = {link.email: link for link in rows(app, MailLink)}["osoba0@komisija.example.ba"]
    client.post(again, {"invitation": str(first.id)})
    second = {link.email: link for link in rows(app, MailLink)}["osoba0@komisija.example.ba"]
    assert (second.id, second.token_hash == first.token_hash) == (first.id, False)
    assert len(rows(app, Mail)) == 4
    client.post(again, {"invitation": "999"}, status=404)
    client.sign_in(there["auditor"])
    client.post(again, {"invitation": str(first.id)}, status=403)
