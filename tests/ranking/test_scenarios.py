"""Scenarios: what may differ, that nothing official moves, and what may be chosen."""

from datetime import datetime
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from grants import tenancy
from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.db import db
from grants.dossier.rules.reading import parse
from grants.evaluation.models import Conflict
from grants.jobs.worker import run_due_jobs
from grants.ranking.briefs import BRIEF
from grants.ranking.models import Ranking, RankingPreview, Scenario
from grants.ranking.rules.facts import terms
from grants.ranking.rules.inputs import Lot
from grants.ranking.rules.printed import rank_dossier
from grants.ranking.rules.result import rank
from grants.ranking.rules.scenarios import (
    Changes,
    Gain,
    applied,
    changes_from,
    changes_json,
    changes_of,
    gains,
    is_choosable,
    scenario_problems,
)
from tests.client import TOKEN, LintingClient, Statements, commit
from tests.factories import DEADLINE, keep
from tests.ranking.arranging import imported, rows, scored
from tests.ranking.test_pages import CLOSING, chair_of, staff
from tests.ranking.test_rank import make_allocation, make_contender, make_terms

TERMS = make_terms(lots=(Lot("1", 250), Lot("2", 100)))
ASKED = Changes({"1": 200, "2": 150, "9": 5}, mode=Mode.RANKED_CUTOFF, leftover=Leftover.POOL)
FORM = {"name": "Više za mlade", "mode": "", "on_shortfall": "", "leftover": ""}


def test_only_what_really_differs_is_a_change() -> None:
    found = changes_from(ASKED, TERMS)
    assert found == Changes({"1": 200, "2": 150}, leftover=Leftover.POOL)
    assert changes_from(Changes({"1": 250}, on_shortfall=Shortfall.STOP), TERMS) == Changes()
    other = applied(found, TERMS)
    assert other.lots == (Lot("1", 200), Lot("2", 150))
    assert other.allocation == make_allocation(leftover=Leftover.POOL)
    assert (other.threshold_total, other.tie_breaks) == (TERMS.threshold_total, TERMS.tie_breaks)


@pytest.mark.parametrize(
    ("changes", "is_so"),
    [
        (Changes({"1": 200, "2": 150}), True),
        (Changes({"1": 200}), False),
        (Changes({"1": 200, "2": 150}, leftover=Leftover.POOL), False),
        (Changes(partial_min_share=Fraction(1, 2)), False),
    ],
)
def test_only_money_moved_between_lots_may_be_chosen(*, changes: Changes, is_so: bool) -> None:
    assert is_choosable(changes, TERMS) is is_so


@given(
    st.builds(
        Changes,
        st.dictionaries(st.sampled_from("12"), st.integers(0, 10**9)),
        mode=st.none() | st.sampled_from(Mode),
        on_shortfall=st.none() | st.sampled_from(Shortfall),
        partial_min_share=st.none() | st.fractions(0, 1),
        leftover=st.none() | st.sampled_from(Leftover),
    )
)
def test_changes_come_back_from_what_is_kept(changes: Changes) -> None:
    assert changes_of(changes_json(changes)) == changes


@given(st.integers(0, 400), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_scenario_without_a_difference_is_the_ranking(envelope: int, points: list[int]) -> None:
    contenders = [make_contender(f"A{at}", each, lot="1") for at, each in enumerate(points)]
    asked = make_terms(envelope)
    same = changes_from(Changes({"1": envelope}), asked)
    assert rank(contenders, terms=applied(same, asked)) == rank(contenders, terms=asked)


def test_gains_name_everybody_whose_amount_differs() -> None:
    assert gains({"A": 10, "B": 5, "C": 1}, {"A": 5, "B": 20, "C": 1}) == [
        Gain("B", 5, 20),
        Gain("A", 10, 5),
    ]


def test_scenario_says_what_it_lacks() -> None:
    names = [f"S{number}" for number in range(12)]
    found = scenario_problems("S1", Changes(partial_min_share=Fraction(2)), names=names)
    assert [each.code for each in found] == ["scenario_twice", "scenario_share", "scenario_many"]
    found = scenario_problems(" ", Changes(), names=[])
    assert [each.code for each in found] == ["scenario_name", "scenario_same"]


def work(app: Flask) -> None:
    with app.app_context():
        run_due_jobs()


def test_scenario_is_saved_compared_and_changes_nothing(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 3, tie_breaks=["submitted_at:asc"])
    path = chair_of(found)
    client.sign_in(found.chair)
    client.get(f"{path}/scenarios", status=404)
    client.post(f"{path}/scoring")
    client.post(f"{path}/scenarios", FORM, status=422)
    client.post(f"{path}/scenarios", FORM | {"envelope-3": "puno"}, status=422)
    client.post(f"{path}/scenarios", FORM | {"envelope-3": "25.000,00"})
    text = client.get(f"{path}/scenarios").text
    assert "manje ili ništa 1" in text
    assert "za informaciju" in text
    saved = rows(app, Scenario)[0]
    assert saved.changes == {"envelopes": {"3": 2_500_000}}
    assert saved.summary["number"] == 1
    client.post(
        f"{path}/scenarios/settled",
        {"scenario": saved.slug, "choose": "1", "reason": "Odluka"},
        status=422,
    )
    assert rows(app, Scenario)[0].chosen_at is None
    client.post(f"{path}/scenarios/settled", {"scenario": saved.slug, "remove": "1"})
    assert rows(app, Scenario) == []


def test_chosen_scenario_moves_the_envelopes_and_stays_recomputable(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    call, officer = imported(app, at)
    client.sign_in(officer)
    lots = {lot["code"]: lot["envelope"] for lot in parse_lots(call)}
    first, second = list(lots)[:2]
    moved = {first: lots[first] - 500_000, second: lots[second] + 500_000}
    fields = {
        f"envelope-{code}": f"{amount / 100:.2f}".replace(".", ",")
        for code, amount in moved.items()
    }
    client.post(f"{staff(call)}/scenarios", FORM | fields)
    slug = rows(app, Scenario)[0].slug
    settled = f"{staff(call)}/scenarios/settled"
    client.post(settled, {"scenario": slug, "choose": "1"}, status=422)
    client.post(settled, {"scenario": slug, "choose": "1", "reason": "Odluka 01-5/26 vijeća."})
    client.post(settled, {"scenario": slug, "remove": "1"}, status=422)
    work(app)
    client.post(f"{staff(call)}/close", CLOSING)
    ranking = rows(app, Ranking)[0]
    dossier = parse(ranking.inputs.encode())
    envelopes = {lot.code: lot.envelope for lot in lots_of(dossier)}
    assert {code: envelopes[code] for code in moved} == moved
    assert rank_dossier(dossier) == ranking.result
    client.post(settled, {"scenario": slug, "drop": "1"}, status=422)


def parse_lots(call: object) -> list[dict]:
    with tenancy.across("tests look"):
        return [{"code": lot.code, "envelope": lot.envelope} for lot in call.lots]  # type: ignore[attr-defined]


def lots_of(dossier: object) -> list[Lot]:
    return list(terms(dossier).lots)  # type: ignore[arg-type]


def test_conflicted_chair_sees_nothing_of_the_application(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 3, min_reviews=2, tie_breaks=["submitted_at:asc"])
    with app.app_context(), tenancy.across("tests arrange"):
        keep(
            Conflict(
                municipality_id=found.municipality.id,
                member_id=found.committee.members[0].id,
                application_id=found.applications[1].id,
                ground="party",
                declared_at=DEADLINE,
            )
        )
        commit()
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    client.post(f"{chair_of(found)}/scenarios", FORM | {"envelope-3": "25.000,00"})
    text = client.get(f"{chair_of(found)}/scenarios").text
    assert "Projekat 2" not in text
    assert str(found.applications[1].reference) not in text
    client.sign_in(found.evaluator)
    client.get(f"{chair_of(found)}/scenarios", status=403)


@pytest.mark.parametrize("scores", [(5,), (5, 4, 3)])
def test_comparison_takes_few_statements(
    app: Flask, client: LintingClient, at: datetime, scores: tuple[int, ...]
) -> None:
    found = scored(app, *scores, tie_breaks=["submitted_at:asc"])
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    for number in range(len(scores)):
        name = {"name": f"S{number}"}
        client.post(f"{chair_of(found)}/scenarios", FORM | name | {"envelope-3": "1.000,00"})
    work(app)
    client.get(f"{chair_of(found)}/scenarios")
    with Statements() as seen:
        client.get(f"{chair_of(found)}/scenarios")
    assert len(seen) == 8


def compared(client: LintingClient, path: str) -> str:
    """The page without its token, which is another one each second."""
    page = client.get(f"{path}/scenarios").text
    token = TOKEN.search(page)
    assert token is not None
    return page.replace(token[1], "")


def test_scenario_saved_as_the_dossier_prints_it_is_still_compared(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 3, tie_breaks=["submitted_at:asc"])
    path = chair_of(found)
    client.sign_in(found.chair)
    client.post(f"{path}/scoring")
    client.post(f"{path}/scenarios", FORM | {"envelope-3": "25.000,00"})
    client.get(f"{path}/scenarios")
    shown = compared(client, path)
    with app.app_context(), tenancy.across("tests arrange"):
        saved = db.session.execute(db.select(Scenario)).scalar_one()
        names = ("reference", "outcome", "amount")
        each = [dict(zip(names, row, strict=True)) for row in saved.result["applications"]]
        printed = [row | {"amount": f"{row['amount'] / 100:.2f}"} for row in each]
        saved.result = {"call": "x", "applications": printed}
        commit()
    assert compared(client, path) == shown
    assert "Projekat" in shown


def test_kept_ranking_and_its_brief_give_the_same_comparison(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 3, tie_breaks=["submitted_at:asc"])
    path = chair_of(found)
    client.sign_in(found.chair)
    client.post(f"{path}/scoring")
    client.post(f"{path}/scenarios", FORM | {"envelope-3": "25.000,00"})
    client.get(f"{path}/scenarios")
    computed = compared(client, path)
    work(app)
    assert len(rows(app, RankingPreview)) == 1
    assert compared(client, path) == computed
    with app.app_context(), tenancy.across("tests arrange"):
        kept = db.session.execute(db.select(RankingPreview)).scalar_one()
        # As a version of the program kept it that knew no brief.
        kept.content = {name: part for name, part in kept.content.items() if name != BRIEF}
        commit()
    assert compared(client, path) == computed
