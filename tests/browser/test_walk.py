"""One call from the preset to the last receipt, walked by people in Chromium."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grants import clock
from grants.demo.people import BY_EMAIL
from tests.browser.people import Person
from tests.browser.walk import applying, calling, checking, deciding, objecting, paying, scoring
from tests.browser.walk.applying import Applicant
from tests.serving import Server

REFERENCE = "NS-PROBA-1"
TITLE = "Javni poziv za probu"
MEMBERS = ("amela.softic", "boris.maric", "edina.begic")
CLUB = Applicant(
    name="Omladinski klub „Grbavica“",
    jib="4299999900003",
    account="5550000000000115",
    title="Prve vještine za posao",
    lot="1",
    cost="2.000,00",
    requested="12.000,00",
)


class Town:
    """The people of the walk, each with a browser of their own, and the moving clock."""

    def __init__(self, server: Server, somebody: Callable[..., Person], width: int) -> None:
        self._server, self._somebody, self._width = server, somebody, width
        self._days = 0

    def meet(self, key: str) -> Person:
        """Somebody of the demo, signed in."""
        known = BY_EMAIL[f"{key}@example.ba"]
        person = self._somebody(known.name, width=self._width)
        return person.signs_in(known.email, known.password)

    def visitor(self) -> Person:
        """Somebody who is not signed in."""
        return self._somebody("Posjetilac", width=self._width)

    def pass_days(self, days: int) -> None:
        """Let the clock of web and worker run ahead."""
        self._server.command("demo", "clock", f"+{days}d")
        self._days += days

    def today(self) -> str:
        """The day in the town, as people write it."""
        on = clock.local_day(datetime.now(UTC) + timedelta(days=self._days))  # noqa: TID251
        return f"{on.day}. {on.month}. {on.year}."


@pytest.mark.parametrize("width", [pytest.param(1380, marks=pytest.mark.both_databases), 360])
def test_call_walks_from_preset_to_last_receipt(
    town: Server, somebody: Callable[..., Person], tmp_path: Path, width: int
) -> None:
    people = Town(town, somebody, width)
    officer, signatory = people.meet("selma.karic"), people.meet("jasna.peric")
    visitor, applicant = people.visitor(), people.meet("vedran.kovac")
    paper = applying.make_pdf(tmp_path)
    call = calling.make_call(officer, reference=REFERENCE, title=TITLE, opens_on=people.today())
    calling.approve_call(signatory, call)
    calling.publish_call(officer, call)
    people.pass_days(1)
    calling.read_call(visitor, call, title=TITLE)
    application = apply(applicant, call, paper)
    people.pass_days(36)
    check(officer, applicant, call, application)
    committee = appoint(people, officer, signatory, call, application)
    scoring.close_ranking(people.meet(MEMBERS[0]), committee, f"{REFERENCE}-001")
    for name in MEMBERS:
        scoring.read_record(people.meet(name), committee)
    scoring.publish_ranking(officer, visitor, call)
    objecting.file_and_rule(applicant, signatory, call, application)
    people.pass_days(14)
    objecting.finish_list(officer, visitor, call)
    decide(people, officer, signatory, call, paper)
    pay(people, officer, signatory, applicant, paper)
    audit(people, town, application, tmp_path / "exported")


def apply(applicant: Person, call: str, paper: Path) -> str:
    """From the organisation to the receipt; the application's address."""
    applying.register_organisation(applicant, CLUB, paper)
    application = applying.start_application(applicant, call)
    applying.fill_application(applicant, application, CLUB, paper)
    assert f"{REFERENCE}-001" in applying.submit_application(applicant, application)
    return application


def check(officer: Person, applicant: Person, call: str, application: str) -> None:
    """Opened, checked, completed, handed to the committee."""
    checking.open_call(officer, call)
    checking.confirm_representative(officer, application)
    checking.check_application(officer, application)
    checking.ask_for_completion(officer, application)
    checking.answer_completion(applicant, application)
    checking.accept_application(officer, application)
    checking.hand_over(officer, call)


def decide(people: Town, officer: Person, signatory: Person, call: str, paper: Path) -> None:
    """The acts, prepared, issued, served, verified by a visitor."""
    deciding.prepare_decisions(officer, call)
    deciding.issue_decisions(signatory, call)
    code = deciding.serve_award(officer, call, paper, on=people.today())
    deciding.verify(people.visitor(), code)


def pay(people: Town, officer: Person, signatory: Person, applicant: Person, paper: Path) -> None:
    """Contract, first instalment, a bill and its control."""
    paying.contract_award(officer, CLUB.title)
    contract = paying.sign_contract(signatory, officer, paper, signed_on=people.today())
    finance = people.meet("damir.juric")
    paying.pay_first_instalment(officer, finance, signatory, contract, on=people.today())
    paying.spend(applicant, contract, paper, on=people.today())
    paying.control(officer, contract)


def audit(people: Town, town: Server, application: str, exported: Path) -> None:
    """The auditor reads the history; every PDF comes out; the record is unbroken."""
    auditor = people.meet("mirela.tomic")
    auditor.goes(f"/m/novo-sarajevo/applications/{application}/history").sees("Selma Karić")
    town.command("decisions", "export", str(exported))
    assert len(list(exported.glob("*.pdf"))) >= 5
    assert "unbroken" in town.command("audit", "verify")


def appoint(people: Town, officer: Person, signatory: Person, call: str, application: str) -> str:
    """The committee, appointed, declared, and done with its sheets; its address."""
    members = [(BY_EMAIL[f"{key}@example.ba"].name, f"{key}@example.ba") for key in MEMBERS]
    scoring.propose_committee(officer, call, members)
    scoring.appoint_committee(signatory, call)
    committee = ""
    for key in MEMBERS:
        member = people.meet(key)
        committee = scoring.declare(member)
        password = BY_EMAIL[f"{key}@example.ba"].password
        scoring.score(member, committee, application, points="4", password=password)
    return committee
