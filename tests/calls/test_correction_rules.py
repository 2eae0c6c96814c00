"""Rules of corrections: what may be corrected, and only in favour of whoever applies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.rules.corrections import (
    Change,
    correction_problems,
    differences,
    ensure_correctable,
    is_correctable,
)
from grants.calls.rules.states import CallStatus
from grants.errors import WrongState

DEADLINE = datetime(2026, 3, 9, 14, tzinfo=UTC)
BEFORE: dict[str, Any] = {
    "title": "Javni poziv",
    "summary": "Projekti",
    "text:who_may_apply": "Udruženja.",
    "text:how_to_apply": "Ovdje.",
    "text:contact": "",
    "deadline": DEADLINE.isoformat(),
    "questions_until": (DEADLINE - timedelta(days=10)).isoformat(),
    "planned:check_from": "2026-03-10",
    "planned:check_to": "2026-03-16",
    "grant_min": 1_000_000,
    "grant_max": 3_500_000,
    "duration_min": 5,
    "duration_max": 9,
    "lot:1": 5_000_000,
    "lot:2": 6_000_000,
    "funding:0": 8_000_000,
    "funding:1": 3_000_000,
    "document:statut": {"title": "Statut", "mandatory": True},
    "document:bilans": {"title": "Bilans", "mandatory": False},
}
LATER = (DEADLINE + timedelta(hours=20)).isoformat()
MOMENTS = st.integers(-(10**6), 10**6)


def codes(wanted: dict[str, Any], reason: str = "Greška u tekstu.") -> list[str]:
    return [each.code for each in correction_problems(BEFORE, wanted, reason=reason)]


def test_only_what_differs_is_a_change() -> None:
    assert differences(BEFORE, BEFORE | {"title": "Novi"}) == [
        Change("title", "Javni poziv", "Novi")
    ]
    assert codes(dict(BEFORE)) == ["correction_empty"]
    assert codes({"title": "Novi"}, reason=" ") == ["correction_reason"]


@given(seconds=MOMENTS)
def test_deadline_moves_later_only(seconds: int) -> None:
    moved = (DEADLINE + timedelta(seconds=seconds)).isoformat()
    found = codes({"deadline": moved, "planned:check_from": "2026-04-01",
                   "planned:check_to": "2026-04-02", "title": "Novi",
                   "questions_until": BEFORE["questions_until"]})  # fmt: skip
    assert ("deadline_earlier" in found) == (seconds < 0)


@given(seconds=MOMENTS)
def test_cut_off_of_questions_moves_later_only_and_not_past_the_deadline(seconds: int) -> None:
    stood = datetime.fromisoformat(BEFORE["questions_until"])
    wanted = stood + timedelta(seconds=seconds)
    found = codes({"questions_until": wanted.isoformat(), "title": "Novi"})
    assert ("questions_earlier" in found) == (seconds < 0)
    assert ("questions_late" in found) == (wanted > DEADLINE)


def test_cut_off_cannot_be_brought_in_where_there_was_none() -> None:
    before = BEFORE | {"questions_until": None}
    wanted = {"questions_until": (DEADLINE - timedelta(days=1)).isoformat()}
    found = correction_problems(before, wanted, reason="x")
    assert [each.code for each in found] == ["questions_earlier"]


@given(amount=st.integers(0, 10**8), part=st.sampled_from(["grant_max", "grant_min"]))
def test_amounts_change_in_favour_of_applicants_only(amount: int, part: str) -> None:
    found = codes({part: amount, "title": "Novi"})
    is_worse = amount < BEFORE[part] if part == "grant_max" else amount > BEFORE[part]
    assert bool(found) == is_worse


@given(first=st.integers(-(10**6), 10**6), second=st.integers(-(10**6), 10**6))
def test_envelopes_and_sources_grow_together(first: int, second: int) -> None:
    wanted = {"lot:1": 5_000_000 + first, "funding:0": 8_000_000 + second, "title": "Novi"}
    found = codes(wanted)
    assert ("amount_lowered" in found) == (first < 0 or second < 0)
    assert ("funding_sum" in found) == (first != second)


def test_duration_widens_only() -> None:
    assert codes({"duration_max": 12, "duration_min": 3}) == []
    assert codes({"duration_max": 8}) == ["months_lowered"]
    assert codes({"duration_min": 6}) == ["months_raised"]
    assert codes({"duration_min": 0}) == ["duration_range"]


def test_document_becomes_mandatory_only_with_a_later_deadline() -> None:
    stricter = {"document:bilans": {"title": "Bilans", "mandatory": True}}
    new = {"document:plan": {"title": "Plan rada", "mandatory": True}}
    assert codes(stricter) == codes(new) == ["document_stricter"]
    later = {"deadline": LATER, "planned:check_from": "2026-03-11"}
    assert codes({**stricter, **new, **later}) == []
    assert codes({"document:statut": {"title": "Statut", "mandatory": False}}) == []


def test_planned_days_must_follow_the_new_deadline() -> None:
    assert codes({"deadline": (DEADLINE + timedelta(days=3)).isoformat()}) == ["planned_order"]


def test_texts_that_a_call_needs_cannot_be_taken_away() -> None:
    assert codes({"title": "", "text:contact": "Služba"}) == ["text_title"]
    assert codes({"text:who_may_apply": ""}) == ["text_who_may_apply"]


@pytest.mark.parametrize(
    "part",
    ["grid", "allocation", "budget_rules", "tie_breaks", "cofinancing", "organisation_cap",
     "opens_at", "text:izmišljeno", "planned:nikad", "lot:", "objection_days", "conditions"],
)  # fmt: skip
def test_what_froze_stays_frozen(part: str) -> None:
    assert not is_correctable(part)
    assert codes({part: "x"}) == ["correction_frozen"]


@pytest.mark.parametrize("status", [status for status in CallStatus if status != "published"])
def test_correction_is_refused_when_call_is_not_open(status: CallStatus) -> None:
    with pytest.raises(WrongState):
        ensure_correctable(status, deadline=DEADLINE, at=DEADLINE)


def test_correction_is_refused_after_the_deadline() -> None:
    ensure_correctable(CallStatus.PUBLISHED, deadline=DEADLINE, at=DEADLINE)
    with pytest.raises(WrongState):
        ensure_correctable(
            CallStatus.PUBLISHED, deadline=DEADLINE, at=DEADLINE + timedelta(seconds=1)
        )
