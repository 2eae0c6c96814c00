"""The loaded demo: everything stands where the story left it, in the order of time."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from grants import clock, tenancy
from grants.acts.models import Act
from grants.app import create_app
from grants.applications.models import Application
from grants.audit.models import AuditEntry
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.cli import audit
from grants.complaints.models import Objection
from grants.contracts.models import Contract
from grants.db import db
from grants.demo.history import DOSSIER
from grants.demo.moments import Moments
from grants.demo.people import EVERYBODY
from grants.dossier.cli import dossier
from grants.dossier.rules.reading import parse
from grants.evaluation.models import Candidate, Conflict, Hit, MeetingItem, Sheet
from grants.payments.models import Instalment
from grants.ranking.models import Confirmation, RankedRow, Ranking, Scenario
from grants.ranking.rules.printed import rank_dossier
from grants.reports.models import Expenditure
from tests.conftest import Template
from tests.database import environment

pytestmark = pytest.mark.database
CASES = Path(__file__).parents[1] / "cases"
YEAR = clock.local_day(clock.now()).year
HISTORY, OPEN, MIDDLE, LISTED, LAKTASI = (
    *("NS-2021-RELOAD2", f"NS-{YEAR}-LOD", f"NS-{YEAR}-OKO", f"NS-{YEAR}-KUL", f"LA-{YEAR}-OCD"),
)


@pytest.fixture(scope="module")
def loaded(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One demo for all tests of this module, loaded by its command; nobody changes it."""
    place = tmp_path_factory.mktemp("demo")
    with template.copy(place) as url:
        app = create_app(environment(place, url))
        answer = app.test_cli_runner().invoke(args=["demo", "load", "--leave-jobs"])
        assert answer.exit_code == 0, answer.output
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def reading(loaded: Flask) -> Iterator[None]:
    """A context in which a test reads all municipalities."""
    with loaded.app_context(), tenancy.across("tests read"):
        yield


def rows(*columns: Any) -> list[tuple[Any, ...]]:
    """What the database has in these columns, in order."""
    return sorted(tuple(row) for row in db.session.execute(select(*columns)))


@pytest.mark.usefixtures("reading")
def test_calls_stand_where_the_story_left_them() -> None:
    assert dict(rows(Call.reference, Call.status)) == {
        HISTORY: CallStatus.IMPLEMENTATION,
        OPEN: CallStatus.PUBLISHED,
        MIDDLE: CallStatus.SCORING,
        LISTED: CallStatus.OBJECTIONS,
        LAKTASI: CallStatus.OPENED,
    }


@pytest.mark.usefixtures("reading")
def test_applications_stand_where_the_story_left_them() -> None:
    statement = select(
        Call.reference, Application.reference, Application.status, Application.outcome
    ).join(Call, Call.id == Application.call_id)
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for call, reference, status, outcome in db.session.execute(statement):
        found[call].append(((reference or "")[len(call) :], status.value, outcome or ""))
    assert {call: sorted(cases) for call, cases in found.items()} == {
        HISTORY: [
            ("-001", "contracted", "awarded"),
            ("-002", "decided", "awarded"),
            ("-003", "decided", "awarded"),
            ("-004", "withdrawn", "declined"),
            ("-005", "decided", "awarded"),
            ("-006", "decided", "refused"),
            ("-007", "decided", "dismissed"),
            ("-008", "decided", "awarded"),
            ("-009", "decided", "reserve"),
            ("-010", "decided", "awarded"),
            ("-011", "decided", "dismissed"),
            ("-012", "decided", "refused"),
            ("-013", "decided", "refused"),
            ("-014", "decided", "refused"),
        ],
        OPEN: [
            ("", "draft", ""),
            ("", "draft", ""),
            ("", "draft", ""),
            ("-001", "submitted", ""),
        ],
        MIDDLE: [(f"-00{number}", "eligible", "") for number in (1, 2, 3, 4)],
        LISTED: [
            ("-001", "ranked", ""),
            ("-002", "ranked", ""),
            ("-003", "ranked", ""),
            ("-004", "ranked", ""),
            ("-005", "dismissed", ""),
            ("-006", "ranked", ""),
        ],
        LAKTASI: [
            ("-001", "completion_requested", ""),
            ("-002", "registered", ""),
            ("-003", "registered", ""),
        ],
    }


@pytest.mark.usefixtures("reading")
def test_acts_are_issued_and_those_of_applicants_served() -> None:
    counted = db.session.execute(
        select(Act.kind, Act.status, func.count()).group_by(Act.kind, Act.status)
    )
    assert {(kind.value, status.value): count for kind, status, count in counted} == {
        ("award_decision", "served"): 1,
        ("award", "served"): 6,
        ("refusal", "served"): 6,
        ("dismissal", "served"): 2,
        ("reserve_activation", "served"): 1,
        ("contract", "issued"): 1,
        ("record_of_committee", "issued"): 2,
        ("record_of_opening", "issued"): 3,
        ("record_of_check", "issued"): 1,
        ("record_of_selection", "issued"): 1,
        ("committee_appointment", "issued"): 2,
        ("completion_request", "issued"): 2,
        ("minutes", "issued"): 1,
        ("ruling", "issued"): 1,
    }


@pytest.mark.usefixtures("reading")
def test_money_of_the_contract_is_planned_paid_and_spent() -> None:
    assert rows(Contract.status, Contract.amount) == [("active", 2_800_000)]
    assert rows(Instalment.position, Instalment.amount, Instalment.status) == [
        (1, 1_400_000, "paid"),
        (2, 1_120_000, "planned"),
        (3, 280_000, "planned"),
    ]
    assert rows(Expenditure.amount, Expenditure.status, Expenditure.accepted_amount) == [
        (189_000, "entered", None),
        (238_640, "accepted", 230_140),
    ]


@pytest.mark.usefixtures("reading")
def test_committee_has_signed_some_sheets_and_works_on_others() -> None:
    counted = db.session.execute(
        select(Sheet.status, func.count())
        .join(Application, Application.id == Sheet.application_id)
        .join(Call, Call.id == Application.call_id)
        .where(Call.reference == MIDDLE)
        .group_by(Sheet.status)
    )
    assert {status.value: count for status, count in counted} == {"signed": 8, "in_work": 3}
    conflicts = select(Application.title).join(Conflict, Conflict.application_id == Application.id)
    middle = conflicts.join(Call, Call.id == Application.call_id).where(Call.reference == MIDDLE)
    assert list(db.session.execute(middle).scalars()) == ["Dvorišta kulture"]


@pytest.mark.usefixtures("reading")
def test_history_ranks_to_the_expected_result() -> None:
    expected = json.loads((CASES / "novo-sarajevo-reload2.expected.json").read_text("utf-8"))
    expected["rank"].pop("dossier_sha256", None)
    statement = select(Ranking.inputs).join(Call, Call.id == Ranking.call_id)
    history = statement.where(Call.reference == HISTORY)
    preliminary, final = db.session.execute(history).scalars()
    for frozen in (preliminary, final):
        ranked = rank_dossier(parse(frozen.encode()))
        ranked.pop("dossier_sha256")
        assert ranked == expected["rank"]


@pytest.mark.usefixtures("reading")
def test_listed_call_has_every_kind_of_outcome() -> None:
    statement = (
        select(Application.reference, RankedRow)
        .join(Application, Application.id == RankedRow.application_id)
        .join(Call, Call.id == Application.call_id)
        .where(Call.reference == LISTED)
        .order_by(RankedRow.position)
    )
    assert [
        (reference[-3:], row.outcome, row.total, row.amount)
        for reference, row in db.session.execute(statement)
    ] == [
        ("001", "awarded", "171/2", 1_210_000),
        ("006", "awarded", "71/1", 940_000),
        ("003", "refused_threshold", "231/4", 0),
        ("002", "awarded", "388/5", 1_230_000),
        ("004", "reserve", "388/5", 0),
        ("005", "dismissed", None, 0),
    ]
    assert rows(Scenario.name) == [
        ("Djelimična dodjela već od 70 % iznosa",),
        ("Lot 2 s još 3.500 KM",),
    ]
    assert rows(MeetingItem.votes_for, MeetingItem.votes_abstained) == [(4, 1)]
    assert rows(Objection.against, Objection.status) == [("ranking", "ruled"), ("score", "filed")]


@pytest.mark.usefixtures("reading")
def test_listed_call_has_a_member_chosen_and_ties_decided() -> None:
    assert rows(Candidate.name, Candidate.status) == [
        ("Ena Subašić", "chosen"),
        ("Petar Zec", "not_chosen"),
    ]
    assert rows(Hit.kind, Hit.is_conflict) == [("employer", True), ("organisation", False)]
    assert rows(Confirmation.is_agreed) == [(False,), (True,), (True,), (True,), (True,)]


def test_history_is_exported_as_it_came(loaded: Flask) -> None:
    answer = loaded.test_cli_runner().invoke(dossier, ["export", HISTORY])
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout_bytes == parse(DOSSIER.read_bytes()).canonical()
    assert DOSSIER.read_bytes() == (CASES / "novo-sarajevo-reload2.json").read_bytes()


def test_people_are_printed_with_the_roles_of_the_story(loaded: Flask) -> None:
    printed = json.loads(loaded.test_cli_runner().invoke(args=["demo", "people"]).output)
    assert [set(person) for person in printed] == [{"email", "password", "roles"}] * len(EVERYBODY)
    assert {person["email"].partition("@")[0]: person["roles"] for person in printed} == {
        "selma.karic": ["officer:BA-NOVO-SARAJEVO"],
        "vesna.rakic": ["officer:BA-NOVO-SARAJEVO"],
        "damir.juric": ["finance:BA-NOVO-SARAJEVO"],
        "jasna.peric": ["signatory:BA-NOVO-SARAJEVO"],
        "nedim.alic": ["administrator:BA-NOVO-SARAJEVO"],
        "mirela.tomic": ["auditor:BA-NOVO-SARAJEVO"],
        "dragana.savic": ["officer:BA-LAKTASI"],
        "zoran.lukic": ["signatory:BA-LAKTASI"],
        "milica.popovic": ["finance:BA-LAKTASI"],
        "goran.babic": ["platform"],
        "amela.softic": [f"chair:{LISTED}", f"chair:{MIDDLE}"],
        "boris.maric": [f"evaluator:{LISTED}", f"evaluator:{MIDDLE}"],
        "edina.begic": [f"evaluator:{LISTED}", f"evaluator:{MIDDLE}"],
        "igor.simic": [f"evaluator:{LISTED}", f"evaluator:{MIDDLE}"],
        "lejla.hadzic": [f"evaluator:{MIDDLE}"],
        "ena.subasic": ["member:4231062188932", f"evaluator:{LISTED}"],
        **{
            key: [f"owner:{jib}", f"representative:{jib}"]
            for key, jib in (
                ("amra.delic", "4231062188932"),
                ("vedran.kovac", "4481590690077"),
                ("sanja.ilic", "4423254616640"),
                ("tarik.music", "4201185036057"),
                ("hana.omerovic", "4472023642194"),
                ("marko.vukic", "4471370829460"),
                ("nejra.basic", "4424765994437"),
                ("petar.zec", "4201546521990"),
                ("mirjana.radic", "4401002003014"),
                ("milos.stanic", "4401002004150"),
            )
        },
    }


def test_loading_again_changes_nothing(loaded: Flask) -> None:
    run = loaded.test_cli_runner()
    before = run.invoke(audit, ["verify"]).output
    assert run.invoke(args=["demo", "load", "--when-empty"]).exit_code == 0
    assert run.invoke(args=["demo", "load"]).exit_code == 1
    assert run.invoke(audit, ["verify"]).output == before
    assert before.count("unbroken") == 3


@pytest.mark.usefixtures("reading")
def test_each_thing_happens_in_the_order_of_time() -> None:
    statement = select(AuditEntry).order_by(AuditEntry.id)
    seen: dict[tuple[str, int], list[datetime]] = defaultdict(list)
    for entry in db.session.execute(statement).scalars():
        seen[entry.subject_kind, entry.subject_id].append(entry.at)
    assert {
        subject: moments for subject, moments in seen.items() if moments != sorted(moments)
    } == {}
    assert max(max(moments) for moments in seen.values()) <= clock.now()


@pytest.mark.parametrize("weekday", range(7))
def test_days_three_apart_keep_their_order_on_every_weekday(weekday: int) -> None:
    moments = Moments(datetime(2026, 3, 2, 11, 0, tzinfo=UTC) + timedelta(days=weekday))
    days = [moments.before(days) for days in range(40, 0, -3)]
    assert days == sorted(set(days))
    assert {day.weekday() for day in (*days, moments.after(1), moments.after(2))} <= set(range(5))
