"""Deputies named after the committee was appointed, by a supplementary act."""

from datetime import datetime

import pytest
from flask import Flask

from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.evaluation.models import Member
from grants.evaluation.rules.committee import MemberKind, MemberRole, Proposed
from grants.evaluation.rules.replacing import Place
from grants.evaluation.rules.widening import Widening, widening_problems
from grants.jobs.worker import run_due_jobs
from tests.client import LintingClient
from tests.complaints.town import Town, make_town, rows

PLACES = [
    Place("e1", "a@x.ba", MemberRole.CHAIR),
    Place("e2", "b@x.ba", MemberRole.MEMBER, is_gone=True),
]


def deputy(name: str, email: str) -> Proposed:
    return Proposed(name, email, MemberRole.MEMBER, "Mreža", kind=MemberKind.CSO, is_deputy=True)


@pytest.mark.parametrize(
    ("reason", "deputies", "codes"),
    [
        ("Drugi ocjenjuju.", [deputy("Ana", "ana@x.ba")], []),
        (" ", [deputy("Ana", "ana@x.ba")], ["widening_reason"]),
        ("Drugi.", [], ["widening_nobody"]),
        ("Drugi.", [deputy("Ana", "A@x.ba")], ["replacement_twice"]),
        ("Drugi.", [deputy("Ana", "b@x.ba")], ["replacement_twice"]),
        ("Drugi.", [deputy("", "ana")], ["member_name", "member_email"]),
        ("Drugi.", [deputy("Ana", "ana@x.ba"), deputy("Iva", "ANA@x.ba")], ["member_twice"]),
    ],
)
def test_deputies_are_people_new_to_the_committee(
    reason: str, deputies: list[Proposed], codes: list[str]
) -> None:
    found = widening_problems(Widening(reason, deputies), PLACES)
    assert [each.code for each in found] == codes


def test_act_keeps_all_of_a_widening() -> None:
    wanted = Widening("Drugi ocjenjuju.", [deputy("Ana", "ana@x.ba")])
    assert Widening.of(wanted.as_json()) == wanted


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    with app.app_context():
        return make_town(at, 5, 4)


def page_of(town: Town) -> str:
    return f"/m/{town.municipality.slug}/calls/{town.call.slug}/committee/deputies"


SENT = {
    "reason": "Prijavu ocjenjuju drugi.",
    "members-0-name": "Selma Ilić", "members-0-email": "Selma@example.ba",
    "members-0-kind": "cso", "members-0-stands_for": "Mreža",
    "members-2-name": "Ivo Lasić", "members-2-email": "ivo@example.ba",
}  # fmt: skip


def test_officer_prepares_and_the_signatory_names(
    app: Flask, client: LintingClient, town: Town
) -> None:
    page = page_of(town)
    client.sign_in(town.officer)
    assert "Sada čekaju kao zamjenici: Zamjenica Zukić." in client.get(page).text
    assert "Napišite razlog." in client.post(page, SENT | {"reason": ""}, status=422).text
    assert "Upišite bar jednu osobu." in client.post(page, {"reason": "x"}, status=422).text
    client.post(page, SENT)
    client.post(f"{page}/signature", {}, status=403)
    assert [each.is_deputy for each in rows(app, Member)] == [False, False, False, True]
    # Written anew while nobody has signed.
    client.post(page, SENT | {"reason": "Nema ko da ocijeni prijavu."})
    assert "čeka potpis" in client.get(page.removesuffix("/deputies")).text
    client.sign_in(town.signatory)
    assert page in client.get(f"/m/{town.municipality.slug}/acts/{rows(app, Act)[-1].slug}").text
    client.post(f"{page}/signature", {})
    client.post(f"{page}/signature", {}, status=422)
    act = rows(app, Act)[-1]
    assert (act.kind, act.status) == (ActKind.COMMITTEE_CHANGE, ActStatus.ISSUED)
    named = [(each.key, each.name, each.email, each.kind.value) for each in rows(app, Member)[4:]]
    assert named == [
        ("e5", "Selma Ilić", "selma@example.ba", "cso"),
        ("e6", "Ivo Lasić", "ivo@example.ba", "municipal"),
    ]
    assert all(each.is_deputy for each in rows(app, Member)[4:])
    with app.app_context():
        run_due_jobs()
    committee = client.get(page.removesuffix("/deputies")).text
    assert "Dopuna sastava, broj" in committee
    assert "Selma Ilić (Mreža) – opći zamjenik" in committee


def test_signatory_names_at_once_and_nobody_of_the_office(
    app: Flask, client: LintingClient, town: Town
) -> None:
    page = page_of(town)
    client.sign_in(town.signatory)
    officer = SENT | {"members-0-email": town.other_officer.email}
    said = client.post(page, officer, status=422).text
    assert "radi na prijavama u ovoj općini" in said
    assert len(rows(app, Member)) == 4
    client.post(page, SENT)
    assert len(rows(app, Member)) == 6
    client.sign_in(town.auditor)
    client.get(page)
    client.post(page, SENT, status=403)
