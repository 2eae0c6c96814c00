"""The eligibility quiz: its figures, its verdicts, and a page that keeps nothing."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from grants import clock
from grants.calls.models import Call
from grants.calls.presets import presets
from grants.calls.rules.criteria import Cofinancing, CofinancingBase, Criteria, RequiredDocument
from grants.calls.rules.quiz import (
    Answers,
    Condition,
    Must,
    Reports,
    Verdict,
    conditions_from_json,
    find_all,
    least_own,
    whole_months,
)
from grants.calls.rules.states import CallStatus
from tests.client import LintingClient, Statements, commit
from tests.conftest import NOON
from tests.factories import make_call, make_municipality

AMOUNTS = st.integers(0, 10**9)
SHARES = st.fractions(Fraction(1, 100), Fraction(99, 100))
BASES = st.sampled_from(CofinancingBase)
CRITERIA = Criteria(
    grant_min=1_000_000,
    grant_max=3_500_000,
    duration_min=5,
    duration_max=9,
    opens_at=datetime(2026, 2, 2, 7, tzinfo=UTC),
    deadline=datetime(2026, 3, 9, 14, tzinfo=UTC),
    applications_per_organisation=2,
    organisation_cap=12_000_000,
    cofinancing=Cofinancing(Fraction(1, 4), CofinancingBase.REQUESTED),
    required_documents=(
        RequiredDocument("statut", "Statut", is_mandatory=True),
        RequiredDocument("bilans", "Bilans", is_mandatory=True),
        RequiredDocument("ostalo", "Ostalo", is_mandatory=False),
    ),
)
PARTY = Condition("stranka", "Djelujete li za stranku?", Must.NO, "Nije moguće.")
GOOD = Answers(
    is_registered=True,
    has_jib=True,
    registered_on=date(2016, 6, 15),
    requested=2_000_000,
    months=6,
    own=500_000,
    submitted=1,
    received=10_000_000,
    reports=Reports.NONE_DUE,
    documents=frozenset(("statut", "bilans")),
    conditions={"stranka": False},
)


def verdicts(answers: Answers) -> dict[str, Verdict]:
    return {each.code: each.verdict for each in find_all(CRITERIA, [PARTY], answers)}


def facts(answers: Answers, code: str) -> dict[str, object]:
    found = find_all(CRITERIA, [PARTY], answers)
    return dict(next(each.facts for each in found if each.code == code))


@given(requested=AMOUNTS, share=SHARES, base=BASES)
def test_least_own_share_is_enough_and_one_fening_less_is_not(
    requested: int, share: Fraction, base: CofinancingBase
) -> None:
    own = least_own(Cofinancing(share, base), requested)
    assert own is not None
    total = requested if base is CofinancingBase.REQUESTED else requested + own
    assert own >= share * total
    less = total if base is CofinancingBase.REQUESTED else total - 1
    assert own == 0 or own - 1 < share * less


def test_no_own_share_is_enough_when_the_whole_must_be_own() -> None:
    assert least_own(Cofinancing(Fraction(1), CofinancingBase.TOTAL), 100) is None


@given(requested=AMOUNTS, received=AMOUNTS)
def test_verdict_of_cap_is_that_of_the_sum(requested: int, received: int) -> None:
    answers = Answers(requested=requested, received=received)
    is_met = verdicts(answers)["cap"] is Verdict.MET
    assert is_met == (received + requested <= 12_000_000 or requested == 0)


@given(since=st.dates(date(1990, 1, 1), date(2026, 3, 9)), more=st.integers(1, 400))
def test_whole_months_never_shrink_when_the_day_is_later(since: date, more: int) -> None:
    later = date.fromordinal(since.toordinal() + more)
    assert 0 <= whole_months(since, later) <= more // 28 + 1
    assert whole_months(later, since) == 0


def test_everything_is_met_when_answers_fit() -> None:
    assert set(verdicts(GOOD).values()) == {Verdict.MET}
    assert facts(GOOD, "own") == {
        "share": Fraction(1, 4), "base": "requested", "requested": 2_000_000,
        "needed": 500_000, "own": 500_000, "missing": 0,
    }  # fmt: skip
    assert facts(GOOD, "cap")["left"] == 2_000_000
    assert facts(GOOD, "age")["months"] == 116


def test_nothing_is_decided_when_nothing_is_answered() -> None:
    found = verdicts(Answers())
    assert found.pop("documents") is Verdict.NOT_MET
    assert set(found.values()) == {Verdict.UNANSWERED}


def test_each_condition_fails_alone_with_its_figure() -> None:
    bad = Answers(
        is_registered=False,
        has_jib=False,
        registered_on=date(2026, 2, 3),
        requested=3_600_000,
        months=10,
        own=100_000,
        submitted=2,
        received=9_000_000,
        reports=Reports.MISSING,
        documents=frozenset(("statut",)),
        conditions={"stranka": True},
    )
    assert set(verdicts(bad).values()) == {Verdict.NOT_MET}
    assert facts(bad, "amount")["over"] == 100_000
    assert facts(bad, "own")["missing"] == 800_000
    assert facts(bad, "applications")["left"] == 0
    assert facts(bad, "cap")["left"] == 3_000_000
    assert facts(bad, "documents") == {"needed": 2, "there": 1, "missing": ("Bilans",)}


def test_registration_on_the_opening_day_is_in_time() -> None:
    assert verdicts(Answers(registered_on=date(2026, 2, 2)))["age"] is Verdict.MET


def test_preset_brings_conditions_that_can_be_read() -> None:
    found = conditions_from_json(presets()["lod-reload"].call["conditions"])
    assert [(each.code, each.must.value) for each in found] == [
        ("podrucje", "yes"), ("stranka", "no"), ("porezi", "yes"), ("komisija", "no"),
    ]  # fmt: skip
    assert all(each.remedy for each in found)


@pytest.fixture
def call(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    with app.app_context():
        conditions = presets()["lod-reload"].call["conditions"]
        made = make_call(
            make_municipality(),
            conditions=conditions,
            cofinancing={"share": "0.15", "base": "total"},
        )
        commit()
    return made


def test_page_asks_without_sign_in_and_says_that_nothing_is_kept(
    client: LintingClient, call: Call
) -> None:
    with Statements() as seen:
        page = client.get(f"/calls/{call.slug}/quiz").text
    assert "ništa se ne čuva" in page
    assert "Koliko ste do sada dobili iz programa" in page
    assert "neke političke stranke" in page
    assert len(seen) <= 5
    assert not any(text.startswith(("INSERT", "UPDATE", "DELETE")) for text in seen.texts)


def test_result_tells_each_condition_with_figure_and_remedy(
    client: LintingClient, call: Call
) -> None:
    page = client.get(
        f"/calls/{call.slug}/quiz?registered=yes&jib=yes&registered_on=15.6.2016.&requested=34.000"
        "&own=1.000&months=12&submitted=0&received=100.000&reports=done&c-stranka=yes"
        "&c-podrucje=yes&c-porezi=yes&c-komisija=no"
    ).text
    assert "5 uslova nije ispunjeno" in page
    for text in (
        "Za 34.000,00\u00a0KM treba vlastitih 6.000,00\u00a0KM.", "Nedostaje 5.000,00\u00a0KM",
        "Skratite projekat na najviše 9 mjeseci.", "Ostaje vam još 20.000,00\u00a0KM.",
        "Tražite najviše 20.000,00\u00a0KM.", "ne mogu se prijaviti na ovaj poziv",
        "Imate 0 od", "Započni prijavu",
    ):  # fmt: skip
        assert text in page


def test_what_cannot_be_read_stays_typed_with_a_sentence(client: LintingClient, call: Call) -> None:
    page = client.get(f"/calls/{call.slug}/quiz?requested=puno&months=dva&reports=x&jib=možda").text
    assert "„puno“ nije iznos" in page
    assert 'value="puno"' in page
    assert "„dva“ nije cijeli broj" in page


def test_result_offers_no_start_when_the_deadline_has_passed(
    client: LintingClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call.deadline is not None
    late = call.deadline.replace(year=2027)
    monkeypatch.setattr(clock, "_read", lambda: late)
    page = client.get(f"/calls/{call.slug}/quiz?jib=yes").text
    assert "Prijave se sada ne primaju." in page
    assert "Započni prijavu" not in page


def test_quiz_of_a_draft_does_not_exist_for_the_public(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        draft = make_call(make_municipality(), status=CallStatus.DRAFT, published_at=None)
        commit()
    client.get(f"/calls/{draft.slug}/quiz", status=302)


def test_quiz_works_when_call_has_no_limits(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        bare = make_call(
            make_municipality(),
            required_documents=[],
            applications_per_organisation=None,
            organisation_cap=None,
        )
        commit()
    page = client.get(f"/calls/{bare.slug}/quiz?jib=yes").text
    assert "Obavezni dokumenti" not in page
    assert "Granica u programu" not in page
