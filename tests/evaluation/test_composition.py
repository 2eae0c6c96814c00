"""Of whom a committee is made: kinds, deputies, quorum."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from grants.acts.models import Act
from grants.calls.rules.states import CallStatus
from grants.evaluation.models import Committee, Member
from grants.evaluation.rules.committee import (
    MemberKind,
    MemberRole,
    Proposed,
    committee_problems,
    composition_of,
    has_quorum,
    is_composed,
)
from grants.notifications.models import Mail
from grants.people.rules import Role
from tests.client import LintingClient, commit
from tests.evaluation.world import rows
from tests.factories import make_call, make_municipality, make_user

CHAIR, MEMBER = MemberRole.CHAIR, MemberRole.MEMBER
RULE = {MemberKind.MUNICIPAL: 2, MemberKind.DONOR: 2, MemberKind.CSO: 1}


def person(number: int, role: MemberRole = MEMBER, **over: Any) -> Proposed:
    return Proposed(f"Osoba {number}", f"osoba{number}@komisija.example.ba", role, **over)


@pytest.mark.parametrize(
    ("present", "voting", "quorum", "expected"),
    [
        (3, 5, None, True),
        (2, 5, None, False),
        (2, 4, None, False),
        (3, 4, None, True),
        (3, 5, 4, False),
        (4, 5, 4, True),
        (3, 3, 4, True),
        (0, 0, None, False),
    ],
)
def test_quorum_is_more_than_half_or_as_decided(
    present: int, voting: int, quorum: int | None, *, expected: bool
) -> None:
    assert has_quorum(present, voting, quorum) is expected


@given(st.integers(1, 15), st.integers(0, 15), st.none() | st.integers(1, 15))
def test_whoever_has_a_quorum_keeps_it_when_one_more_comes(
    voting: int, present: int, quorum: int | None
) -> None:
    assert has_quorum(voting, voting, quorum)
    if has_quorum(present, voting, quorum):
        assert has_quorum(present + 1, voting, quorum)


def test_deputies_wait_and_do_not_count() -> None:
    members = [
        person(0, CHAIR),
        person(1),
        person(2, kind=MemberKind.CSO),
        person(3, is_deputy=True, deputy_of=0),
        person(4, is_deputy=True),
    ]
    assert committee_problems(members) == []
    assert composition_of(members) == {
        MemberKind.MUNICIPAL: 2,
        MemberKind.DONOR: 0,
        MemberKind.CSO: 1,
    }


def test_deputy_is_of_a_member_and_quorum_within_the_votes() -> None:
    members = [
        person(0, CHAIR),
        person(1),
        person(2),
        person(3, is_deputy=True, deputy_of=4),
        person(4, is_deputy=True, deputy_of=9),
    ]
    found = committee_problems(members, quorum=4)
    assert [(each.code, each.place) for each in found] == [
        ("quorum_range", "quorum"),
        ("deputy_of_nobody", "members-3-seat"),
        ("deputy_of_nobody", "members-4-seat"),
    ]


def test_method_asks_for_two_two_and_one() -> None:
    kinds = [MemberKind.MUNICIPAL] * 2 + [MemberKind.DONOR] * 2 + [MemberKind.CSO]
    members = [person(n, MEMBER if n else CHAIR, kind=kind) for n, kind in enumerate(kinds)]
    assert is_composed(members, RULE)
    assert not is_composed(members[:-1], RULE)
    assert is_composed(members[:-1], {})


def sign_in_to_appoint(app: Flask, client: LintingClient) -> str:
    """The page of the committee of a call of the LOD preset, as its signatory has it."""
    with app.app_context():
        municipality = make_municipality()
        call = make_call(municipality, status=CallStatus.OPENED, preset="lod-reload/2")
        client.sign_in(make_user("Amela Mayer", (Role.SIGNATORY, municipality.id)))
        page = f"/m/{municipality.slug}/calls/{call.slug}/committee"
        commit()
        return page


def four_members() -> dict[str, str]:
    """Three members and a deputy; the third row is blank, so that the places behind it move up."""
    sent = {"quorum": "3", "members-4-seat": "3"}
    for number in (0, 1, 3, 4):
        sent |= {
            f"members-{number}-name": f"Osoba {number}",
            f"members-{number}-email": f"osoba{number}@komisija.example.ba",
            f"members-{number}-role": "chair" if number == 0 else "member",
            f"members-{number}-kind": "cso" if number == 1 else "municipal",
            f"members-{number}-stands_for": "Služba",
        }
    return sent


def test_proposal_shows_what_the_method_recommends(app: Flask, client: LintingClient) -> None:
    page = sign_in_to_appoint(app, client)
    client.post(page, four_members())
    draft = client.get(page).text
    assert "preporučeno 2" in draft
    assert '<option value="2" selected>zamjenik za red 3</option>' in draft
    wrong = client.post(page, four_members() | {"quorum": "sedam"}, status=422)
    assert "nije cijeli broj" in wrong.text


def test_act_names_kinds_deputies_and_quorum(app: Flask, client: LintingClient) -> None:
    page = sign_in_to_appoint(app, client)
    client.post(page, four_members())
    client.post(f"{page}/appointment", {})
    [act] = rows(app, Act)
    assert [(each["name"], each["kind"]) for each in act.facts["members"]] == [
        ("Osoba 0", "municipal"),
        ("Osoba 1", "cso"),
        ("Osoba 3", "municipal"),
    ]
    assert [(each["name"], each["of"]) for each in act.facts["deputies"]] == [
        ("Osoba 4", "Osoba 3")
    ]
    assert act.facts["quorum"] == 3
    assert len(rows(app, Mail)) == 3
    [committee] = rows(app, Committee)
    assert committee.quorum == 3
    assert [each.is_seated for each in rows(app, Member)] == [True, True, True, False]
    shown = client.get(page).text
    assert "Zamjenici" in shown
    assert "najmanje 3 od 3" in shown
