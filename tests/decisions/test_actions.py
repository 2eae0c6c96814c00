"""Deciding a call by actions: prepare, issue, decline, activate."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from grants import clock, tenancy
from grants.acts.actions import approve_act, return_act
from grants.acts.models import Act
from grants.acts.rules import ActStatus
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.audit.models import AuditEntry
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.decisions.actions import (
    approve_all,
    issue_all,
    issue_decision,
    prepare_decisions,
)
from grants.decisions.models import Decision
from grants.decisions.queries import list_awarded, list_decisions
from grants.decisions.reserve import activate_reserve, record_decline
from grants.decisions.rules import DecisionKind
from grants.errors import DomainError, NotNow, WrongState
from grants.programmes.models import AwardEntry
from grants.ranking.models import Ranking
from tests.decisions.making import DECIDING, PUBLISHED, ROWS, Decided, make_ranked_call

pytestmark = pytest.mark.usefixtures("context")


def prepare(case: Decided, at: datetime = DECIDING) -> list[Decision]:
    with tenancy.within(case.municipality.id):
        made = list(prepare_decisions(case.call, by=case.officer, at=at))
        db.session.commit()
        return made


def issue(case: Decided, at: datetime = DECIDING) -> None:
    with tenancy.within(case.municipality.id):
        issue_all(case.call, by=case.signatory, at=at)
        db.session.commit()


def decided(**over: object) -> Decided:
    case = make_ranked_call(**over)  # type: ignore[arg-type]
    prepare(case)
    issue(case)
    return case


def of(case: Decided, name: str) -> Decision:
    with tenancy.within(case.municipality.id):
        return next(
            each
            for each in list_decisions(case.call)
            if each.application_id == case.applications[name].id
        )


def test_nothing_is_prepared_while_objections_may_be_filed() -> None:
    case = make_ranked_call()
    last = datetime(2026, 3, 30, 21, 59, tzinfo=UTC)
    with tenancy.within(case.municipality.id), pytest.raises(NotNow, match="objections_open"):
        prepare_decisions(case.call, by=case.officer, at=last)
    with tenancy.within(case.municipality.id):
        for ranking in db.session.execute(select(Ranking)).scalars():
            ranking.published_at = None
    with tenancy.within(case.municipality.id), pytest.raises(NotNow, match="not_published"):
        prepare_decisions(case.call, by=case.officer, at=DECIDING)


def test_everything_is_prepared_at_once() -> None:
    case = make_ranked_call()
    made = prepare(case)
    assert Counter(each.kind.value for each in made) == {
        "award_decision": 1,
        "award": 2,
        "refusal": 6,
        "dismissal": 1,
    }
    assert [each.amount for each in made[:4]] == [0, 2_800_000, 1_800_000, 0]
    assert {each.act.status for each in made} == {ActStatus.DRAFT}
    assert case.call.status is CallStatus.OBJECTIONS


def test_facts_of_acts_are_those_of_the_frozen_ranking() -> None:
    case = make_ranked_call()
    by_name = {each.act.recipient_name: each.act for each in prepare(case)}
    award = by_name["Udruženje „Žubor“"].facts
    assert (award["amount"], award["amount_words"], award["is_reduced"]) == (
        1_800_000,
        "osamnaest hiljada KM i 00/100",
        True,
    )
    assert award["reduction_reason"] == "Troškovi opreme nisu obrazloženi."
    section = by_name["Udruženje „Ćilim“"].facts
    assert (section["ground"], section["sections"][0]["points"]) == ("section", "11,67")
    assert section["sections"][0]["missed"]
    close = by_name["Udruženje „Noć“"].facts
    assert (close["ground"], close["total"]["points"]) == ("total", "59,997")
    limit = by_name["Udruženje „Veliki“"].facts
    assert (limit["ground"], limit["cap"]) == ("organisation_cap", 12_000_000)
    waits = by_name["Udruženje „Šetnja“"].facts
    assert (waits["ground"], waits["reserve"], waits["rank"]) == ("funds", 2, 4)
    late = by_name["Udruženje „Kasno“"].facts
    assert late["reason"] == "je prijava predata nakon isteka roka"
    assert late["total"] is None
    table = by_name[""].facts
    assert (table["awarded"], table["projects"]) == (4_600_000, 2)
    assert [lot["awarded"] for lot in table["lots"]] == [4_600_000, 0, 0]
    assert [row["position"] for row in table["reserve"]] == [1, 2]


def test_dismissed_and_refused_are_never_mixed_in_words() -> None:
    case = make_ranked_call()
    for decision in prepare(case):
        said = decision.act.title
        if decision.kind is DecisionKind.DISMISSAL:
            assert said.startswith("Zaključak o odbacivanju")
        if decision.kind is DecisionKind.REFUSAL:
            assert said.startswith("Rješenje o odbijanju")


def test_preparing_again_replaces_drafts_and_keeps_what_is_approved() -> None:
    case = make_ranked_call()
    first = prepare(case)
    with tenancy.within(case.municipality.id):
        approve_act(first[1].act, by=case.signatory, at=DECIDING)
        db.session.commit()
    again = prepare(case, DECIDING + timedelta(hours=1))
    assert [each.id for each in again] == [each.id for each in first]
    assert again[1].act.prepared_at == DECIDING
    assert again[2].act.prepared_at > DECIDING
    with tenancy.within(case.municipality.id):
        return_act(first[1].act, by=case.signatory, at=DECIDING, reason="x")
        assert approve_all(case.call, by=case.signatory, at=DECIDING) == 10


def test_issuing_all_numbers_in_order_and_takes_effect() -> None:
    case = make_ranked_call()
    made = prepare(case)
    issue(case)
    assert [each.act.number for each in made] == [f"02-36-{n}/26" for n in range(1, 11)]
    assert case.call.status is CallStatus.IMPLEMENTATION
    outcomes = {
        name: (each.status, each.outcome and each.outcome.value)
        for name, each in case.applications.items()
    }
    expected = {
        "Zeleni krug": "awarded",
        "Žubor": "awarded",
        "Đerdan": "reserve",
        "Šetnja": "reserve",
        "Ćilim": "refused",
        "Noć": "refused",
        "Zeleni krug dva": "refused",
        "Veliki": "refused",
        "Kasno": "dismissed",
    }
    assert outcomes == {
        name: (ApplicationStatus.DECIDED, value) for name, value in expected.items()
    }
    with tenancy.within(case.municipality.id):
        entries = db.session.execute(select(AwardEntry).order_by(AwardEntry.id)).scalars()
        assert [entry.amount for entry in entries] == [2_800_000, 1_800_000]
    events = Counter(db.session.execute(select(AuditEntry.event)).scalars())
    assert (events["act_issued"], events["application_decided"]) == (10, 9)
    assert events["call_stage_changed"] == 2


def test_acts_of_applicants_wait_for_the_award_decision() -> None:
    case = make_ranked_call()
    made = prepare(case)
    with tenancy.within(case.municipality.id):
        with pytest.raises(DomainError, match="decision_before_acts"):
            issue_decision(made[1], case.call, by=case.signatory, at=DECIDING)
        issue_decision(made[0], case.call, by=case.signatory, at=DECIDING, typed_number="7/26")
        assert (made[0].act.number, case.call.status) == ("7/26", CallStatus.DECIDED)
        issue_decision(made[1], case.call, by=case.signatory, at=DECIDING)
        assert case.call.status is CallStatus.DECIDED
        with pytest.raises(WrongState):
            issue_decision(made[1], case.call, by=case.signatory, at=DECIDING)
        issue_all(case.call, by=case.signatory, at=DECIDING)
        assert case.call.status is CallStatus.IMPLEMENTATION


def test_nothing_is_prepared_again_once_decided() -> None:
    case = decided()
    with tenancy.within(case.municipality.id), pytest.raises(DomainError, match="decisions_issued"):
        prepare_decisions(case.call, by=case.officer, at=DECIDING)


def test_nothing_is_issued_before_it_is_prepared() -> None:
    case = make_ranked_call()
    with tenancy.within(case.municipality.id), pytest.raises(DomainError, match="nothing_prepared"):
        issue_all(case.call, by=case.signatory, at=DECIDING)


def test_declined_award_no_longer_counts() -> None:
    case = decided()
    with tenancy.within(case.municipality.id):
        with pytest.raises(DomainError, match="nothing_freed"):
            activate_reserve(case.call, by=case.officer, at=DECIDING)
        record_decline(of(case, "Zeleni krug"), reason="x", by=case.officer, at=DECIDING)
        application = case.applications["Zeleni krug"]
        assert (application.status, application.outcome) == (
            ApplicationStatus.WITHDRAWN,
            Outcome.DECLINED,
        )
        entry = db.session.execute(select(AwardEntry).order_by(AwardEntry.id)).scalars().first()
        assert entry is not None
        assert entry.withdrawn_at == DECIDING


def test_freed_money_goes_to_the_next_in_reserve_by_an_act() -> None:
    case = decided()
    with tenancy.within(case.municipality.id):
        record_decline(of(case, "Zeleni krug"), reason="x", by=case.officer, at=DECIDING)
        made = activate_reserve(case.call, by=case.officer, at=DECIDING)
        assert (made.kind, made.amount) == (DecisionKind.RESERVE_ACTIVATION, 2_800_000)
        assert made.application_id == case.applications["Đerdan"].id
        assert made.act.facts["declined"][0]["amount"] == 2_800_000
        db.session.commit()
        with pytest.raises(DomainError, match="activation_waits"):
            activate_reserve(case.call, by=case.officer, at=DECIDING)
        activation = next(each for each in list_decisions(case.call) if each.id == made.id)
        issue_decision(activation, case.call, by=case.signatory, at=DECIDING)
        db.session.commit()
        assert case.applications["Đerdan"].outcome is Outcome.AWARDED
        assert sum(each.amount for each in list_awarded(case.call)) == 4_600_000
        with pytest.raises(DomainError, match="nobody_in_reserve"):
            activate_reserve(case.call, by=case.officer, at=DECIDING)


def test_reserve_stops_where_the_wanted_amount_does_not_fit() -> None:
    rows = (
        *ROWS[:2],
        {**ROWS[2], "requested": 3_500_000},
        {**ROWS[3], "requested": 1_000_000},
    )
    case = decided(rows=rows)
    with tenancy.within(case.municipality.id):
        record_decline(of(case, "Žubor"), reason="x", by=case.officer, at=DECIDING)
        with pytest.raises(DomainError, match="nobody_in_reserve") as refused:
            activate_reserve(case.call, by=case.officer, at=DECIDING)
        assert refused.value.problems[0].facts == {"amount": 2_200_000}
        case.call.allocation = {**case.call.allocation, "on_shortfall": "skip"}
        made = activate_reserve(case.call, by=case.officer, at=DECIDING)
        assert (made.application_id, made.amount) == (case.applications["Šetnja"].id, 1_000_000)


@pytest.mark.parametrize("name", ["Đerdan", "Kasno"])
def test_only_an_award_is_declined_and_only_once(name: str) -> None:
    case = decided()
    with tenancy.within(case.municipality.id):
        with pytest.raises(DomainError, match="decline_needs_award"):
            record_decline(of(case, name), reason="x", by=case.officer, at=DECIDING)
        award = of(case, "Žubor")
        record_decline(award, reason="x", by=case.officer, at=DECIDING)
        with pytest.raises(DomainError, match="already_declined"):
            record_decline(award, reason="x", by=case.officer, at=DECIDING)


def test_acts_are_cyrillic_when_the_call_is_and_names_stay() -> None:
    case = make_ranked_call(language="sr")
    with clock.held_at(PUBLISHED):
        made = prepare(case)
    act: Act = made[1].act
    assert act.title == "Рјешење о додјели средстава за пројекат „Projekat Zeleni krug“"
    assert act.facts["amount_words"] == "двадесет осам хиљада КМ и 00/100"
    assert act.facts["organisation"]["name"] == "Udruženje „Zeleni krug“"
