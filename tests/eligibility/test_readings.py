"""Four eyes: two officers, each for oneself, then both agree before anything is decided."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from grants import clock, tenancy
from grants.acts.models import Act
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.queries import list_history
from grants.db import db
from grants.eligibility.models import Check
from grants.eligibility.rules.findings import ITEMS, Answered, Finding
from grants.eligibility.rules.readings import (
    FIRST,
    SECOND,
    Reading,
    differences,
    disagreement,
    own_reading,
    seen_readings,
)
from grants.eligibility.rules.settling import Entered, settled
from grants.eligibility.words import QUESTIONS
from tests.client import LintingClient
from tests.eligibility.world import CheckWorld, all_yes, check_world, statuses
from tests.factories import DEADLINE

SECRET = "Nije na području općine."
FINDINGS = st.sampled_from(Finding)
WHOLE = st.fixed_dictionaries({item.code: FINDINGS for item in ITEMS})


@pytest.fixture(autouse=True)
def _opened() -> Iterator[datetime]:
    """The clock two hours after the deadline."""
    with clock.held_at(DEADLINE + timedelta(hours=2)) as moment:
        yield moment


def reading(by_id: int, findings: dict[str, Finding]) -> Reading:
    return Reading(by_id, {code: Answered(finding) for code, finding in findings.items()})


@given(WHOLE, WHOLE)
def test_differences_are_exactly_where_findings_differ(
    first: dict[str, Finding], second: dict[str, Finding]
) -> None:
    readings = {FIRST: reading(1, first), SECOND: reading(2, second)}
    expected = [item.code for item in ITEMS if first[item.code] is not second[item.code]]
    assert differences(readings) == expected
    codes = [problem.code for problem in disagreement(readings, 1)]
    assert codes == (["readings_differ"] if expected else [])


@given(WHOLE, st.dictionaries(st.sampled_from([item.code for item in ITEMS][1:]), FINDINGS))
def test_nobody_sees_the_other_reading_before_both_are_whole(
    first: dict[str, Finding], second: dict[str, Finding]
) -> None:
    readings = {FIRST: reading(1, first)} | ({SECOND: reading(2, second)} if second else {})
    assert seen_readings(readings, 2, is_twice=True) <= {SECOND}
    assert seen_readings(readings, 1, is_twice=True) == {FIRST}
    assert seen_readings(readings, 3, is_twice=True) == frozenset()


def test_readings_go_to_two_people_and_never_both_to_one() -> None:
    some = {ITEMS[0].code: Finding.YES}
    assert own_reading({}, 1, is_twice=True) == FIRST
    assert own_reading({FIRST: reading(1, some)}, 1, is_twice=True) == FIRST
    assert own_reading({FIRST: reading(1, some)}, 2, is_twice=True) == SECOND
    both = {FIRST: reading(1, some), SECOND: reading(2, some)}
    assert [own_reading(both, who, is_twice=True) for who in (1, 2, 3)] == [FIRST, SECOND, None]
    assert own_reading(both, 3, is_twice=False) == FIRST


def readers(app: Flask) -> list[tuple[int, int | None]]:
    with app.app_context(), tenancy.across("tests look"):
        found = select(Check.reading, Check.checked_by_id).distinct().order_by(Check.reading)
        return [(row[0], row[1]) for row in db.session.execute(found)]


def differing_world(app: Flask, client: LintingClient) -> CheckWorld:
    """Lejla found something against the application, Emir did not."""
    there = check_world(app, is_checked_twice=True)
    client.sign_in(there.lejla)
    client.post(there.cases[0], all_yes(finding__territory="no", note__territory=SECRET))
    client.sign_in(there.emir)
    client.post(there.cases[0], all_yes())
    return there


def test_second_officer_sees_nothing_of_the_first_before_finishing(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app, is_checked_twice=True)
    case, listed = there.cases[0], f"{there.call}/checks"
    client.sign_in(there.lejla)
    client.post(case, all_yes(finding__territory="no", note__territory=SECRET))
    early = client.post(f"{case}/eligible", {}, status=422)
    assert "kad oba odgovore na sva pitanja" in early.text
    client.sign_in(there.emir)
    client.get(f"{case}/differences", status=404)
    for page in (case, listed, f"{listed}/completion?tick={there.slugs[0]}"):
        assert SECRET not in client.get(page).text
    assert "ne: 1" not in client.get(listed).text
    assert there.slugs[0] not in client.get(f"{listed}?found=against").text
    client.post(case, all_yes())
    assert SECRET in client.get(f"{case}/differences").text
    assert "1 razlika" in client.get(f"{listed}?found=different").text


def test_nothing_is_decided_while_two_officers_differ(app: Flask, client: LintingClient) -> None:
    there = differing_world(app, client)
    case = there.cases[0]
    dismissal = {"ground": "out_of_range", "reason": "Nije."}
    for step, sent in (("eligible", {}), ("dismissal", dismissal)):
        refused = client.post(f"{case}/{step}", sent, status=422)
        assert "razlika: 1" in refused.text
    assert statuses(app) == [ApplicationStatus.REGISTERED]


def test_whoever_changes_an_answer_says_why_and_either_enters_the_outcome(
    app: Flask, client: LintingClient
) -> None:
    there = differing_world(app, client)
    case = there.cases[0]
    bare = client.post(f"{case}/differences", {"finding-territory": "not_applicable"}, status=422)
    assert "napišite zašto" in bare.text
    client.sign_in(there.lejla)
    change = {"finding-territory": "yes"}
    noted = client.post(f"{case}/differences", change | {"note-territory": "Karta."}, status=422)
    assert "napišite zašto" in noted.text
    assert 'value="Karta."' in noted.text
    client.post(case, change, status=422)
    long = client.post(f"{case}/differences", change | {"reason": "a" * 1001}, status=422)
    assert "a" * 1001 in long.text
    client.post(f"{case}/differences", change | {"reason": "Provjereno na karti."})
    assert "odgovorila isto" in client.get(f"{case}/differences").text
    client.sign_in(there.third)
    third = client.post(f"{case}/eligible", {}, status=422)
    assert "jedan od dva službenika" in third.text
    taken = client.post(case, {"finding-territory": "yes"}, status=422)
    assert "dva druga službenika" in taken.text
    client.sign_in(there.emir)
    client.post(f"{case}/eligible", {})
    assert statuses(app) == [ApplicationStatus.ELIGIBLE]
    assert readers(app) == [(1, there.lejla.id), (2, there.emir.id)]


def test_record_of_check_tells_what_differed_what_was_agreed_and_why(
    app: Flask, client: LintingClient
) -> None:
    there = differing_world(app, client)
    case = there.cases[0]
    client.sign_in(there.lejla)
    change = {"finding-territory": "yes", "reason": "Provjereno na karti."}
    client.post(f"{case}/differences", change)
    client.post(f"{case}/eligible", {})
    client.post(f"{there.call}/checks/record", {})
    with app.app_context(), tenancy.across("tests look"):
        act = db.session.execute(select(Act)).scalar_one()
        found = db.session.execute(select(Application.id)).scalar_one()
        history = list_history("Application", found)
    assert act.facts["applications"][0]["settled"] == [
        {
            "question": str(QUESTIONS["territory"]),
            "first": "ne",
            "second": "da",
            "agreed": "da",
            "reasons": [{"by": "Lejla Hadžić", "text": "Provjereno na karti."}],
        }
    ]
    assert [each.facts for each in history if "reason" in each.facts] == [
        {"territory": "yes", "reading": FIRST, "reason": "Provjereno na karti."}
    ]


def entered(number: int, findings: dict[str, Finding], **more: str) -> Entered:
    facts = {code: finding.value for code, finding in findings.items()}
    return Entered(f"Službenica {number}", {**facts, "reading": number, **more})


@given(WHOLE, WHOLE, st.dictionaries(st.sampled_from([item.code for item in ITEMS]), FINDINGS))
def test_settled_tells_what_differed_and_what_changed_since(
    first: dict[str, Finding], second: dict[str, Finding], later: dict[str, Finding]
) -> None:
    changes = {code: each for code, each in later.items() if each is not second[code]}
    before = [entered(SECOND, second), entered(FIRST, first)]
    found = settled([*before, entered(SECOND, changes, reason="Provjereno.")])
    last = second | changes
    told = [
        item.code
        for item in ITEMS
        if first[item.code] is not second[item.code] or item.code in changes
    ]
    assert [each.code for each in found] == told
    for each in found:
        is_agreed = first[each.code] is last[each.code]
        assert each.agreed is (last[each.code] if is_agreed else None)
        assert (each.first, each.second) == (first[each.code], second[each.code])
        said = (("Službenica 2", "Provjereno."),) if each.code in changes else ()
        assert each.reasons == said


def test_nothing_is_settled_before_both_are_whole_and_what_was_taken_over_is_forgotten() -> None:
    yes = dict.fromkeys((item.code for item in ITEMS), Finding.YES)
    some = {"territory": Finding.NO}
    assert settled([entered(FIRST, yes), entered(SECOND, some)]) == []
    again = Entered("Dina", {"reading": SECOND, "taken_over_from": "Emir"})
    assert settled([entered(FIRST, yes), entered(SECOND, some), again, entered(SECOND, yes)]) == []


def test_unfinished_reading_of_somebody_else_can_be_begun_anew(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app, is_checked_twice=True)
    case = there.cases[0]
    client.sign_in(there.lejla)
    client.post(case, {"finding-territory": "yes"})
    own = client.post(f"{case}/reading", {"reading": "1"}, status=409)
    assert "Jednu provjeru ove prijave ste već uradili" in own.text
    client.sign_in(there.emir)
    assert "Preuzmi ovu provjeru" in client.get(case).text
    client.post(f"{case}/reading", {"reading": "1"})
    client.post(f"{case}/reading", {"reading": "7"}, status=404)
    client.post(case, all_yes())
    client.sign_in(there.third)
    whole = client.post(f"{case}/reading", {"reading": "1"}, status=409)
    assert "Ova provjera je završena" in whole.text
    assert readers(app) == [(1, there.emir.id)]


def test_auditor_sees_answers_once_both_are_whole(app: Flask, client: LintingClient) -> None:
    there = check_world(app, is_checked_twice=True)
    case = there.cases[0]
    client.sign_in(there.lejla)
    client.post(case, all_yes(note__territory=SECRET))
    client.sign_in(there.auditor)
    assert SECRET not in client.get(case).text
    client.sign_in(there.emir)
    client.post(case, all_yes())
    client.sign_in(there.auditor)
    assert SECRET in client.get(case).text
    client.get(f"{case}/differences")
    client.post(f"{case}/differences", {}, status=403)
    client.post(f"{case}/reading", {"reading": "1"}, status=403)
