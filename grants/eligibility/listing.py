"""The list of the administrative check: which applications, how far, what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from grants.applications.models import Application, Reopening
from grants.applications.queries.searching import case_words
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, Lot
from grants.db import db
from grants.eligibility.models import Check, CompletionRequest, EligibilityOutcome
from grants.eligibility.queries import RECEIVED
from grants.eligibility.rules.findings import ITEM_CODES, Finding, Found
from grants.eligibility.rules.readings import FIRST, NUMBERS, SECOND
from grants.people.models import User


@dataclass(frozen=True)
class CheckFilter:
    """Which applications the list shows; `lot` is a code."""

    words: str = ""
    status: str = ""
    found: str = ""
    lot: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether all are shown."""
        return not (self.words or self.status or self.found or self.lot)

    def address(self) -> dict[str, str]:
        """The filter as the query of an address."""
        asked = {"q": self.words, "state": self.status, "found": self.found, "lot": self.lot}
        return {name: text for name, text in asked.items() if text}


@dataclass(frozen=True)
class Tally:
    """How far one reading of an application is; the findings are for whom they are shown to."""

    by_id: int | None
    by: str
    answered: int
    against: int
    completion: int

    @property
    def is_complete(self) -> bool:
        """Whether every question has an answer."""
        return self.answered == len(ITEM_CODES)


@dataclass(frozen=True)
class ListedCase:
    """One application in the list of a call with how far its check is."""

    application: Application
    outcome: EligibilityOutcome | None
    until: datetime | None
    answered_at: datetime | None
    tallies: Mapping[int, Tally]
    # Those of them whose findings whoever looks may see: four eyes look without each other.
    shown: Mapping[int, Tally]
    differing: int

    @property
    def is_compared(self) -> bool:
        """Whether both readings are complete."""
        return is_both_complete(self.tallies)


def is_both_complete(tallies: Mapping[int, Tally]) -> bool:
    """Whether two officers have answered every question."""
    return all(number in tallies and tallies[number].is_complete for number in NUMBERS)


NOTHING_ASKED = CheckFilter()


def list_cases(
    call: Call,
    wanted: CheckFilter = NOTHING_ASKED,
    *,
    who_id: int | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[list[ListedCase], int]:
    """The received applications of a call by reference, and how many there are; two statements.

    Those that wait for a completion stand by the end of their term. `who_id` is who looks: where
    two officers check, one filters by the own findings until both are done.
    """
    statement = _listed(call, wanted, who_id).offset(offset).limit(limit)
    rows = db.session.execute(statement).all()
    tallies, differing = _tallies([row[0].id for row in rows])
    cases = []
    for application, outcome, until, answered_at, _total in rows:
        own = tallies.get(application.id, {})
        is_shown = not call.is_checked_twice or is_both_complete(own)
        cases.append(
            ListedCase(
                application=application,
                outcome=outcome,
                until=until,
                answered_at=answered_at,
                tallies=own,
                shown={n: each for n, each in own.items() if is_shown or each.by_id == who_id},
                differing=differing.get(application.id, 0),
            )
        )
    return cases, rows[0][4] if rows else 0


def _listed(call: Call, wanted: CheckFilter, who_id: int | None) -> Select[Any]:
    statement: Select[Any] = (
        select(  # type: ignore[assignment]  # of any rows
            Application,
            EligibilityOutcome,
            Reopening.until,
            Reopening.answered_at,
            func.count().over(),
        )
        .outerjoin(EligibilityOutcome, EligibilityOutcome.application_id == Application.id)
        .outerjoin(CompletionRequest, CompletionRequest.application_id == Application.id)
        .outerjoin(Reopening, Reopening.id == CompletionRequest.reopening_id)
        .where(Application.call_id == call.id, Application.status.in_(RECEIVED))
        .where(*_conditions(call, wanted, who_id))
        .options(joinedload(Application.lot))
    )
    if wanted.status == ApplicationStatus.COMPLETION_REQUESTED:
        statement = statement.order_by(Reopening.until)
    return statement.order_by(Application.reference, Application.id)


def _tallies(ids: Sequence[int]) -> tuple[dict[int, dict[int, Tally]], dict[int, int]]:
    """How far each reading of these applications is, and on how many questions two differ."""
    if not ids:
        return {}, {}
    first, second = aliased(Check), aliased(Check)
    differing = (
        select(func.count())
        .select_from(first)
        .join(second, _same_question(first, second))
        .where(first.application_id == Check.application_id, *_differ(first, second))
        .correlate(Check)
        .scalar_subquery()
    )
    statement = (
        select(
            Check.application_id,
            Check.reading,
            func.min(Check.checked_by_id),
            func.min(User.name),
            func.count(),
            func.count().filter(Check.finding == Finding.NO),
            func.count().filter(Check.finding == Finding.COMPLETION),
            differing,
        )
        .outerjoin(User, User.id == Check.checked_by_id)
        .where(Check.application_id.in_(ids), Check.item.in_(ITEM_CODES))
        .group_by(Check.application_id, Check.reading)
    )
    tallies: dict[int, dict[int, Tally]] = {}
    unlike: dict[int, int] = {}
    for application_id, reading, *figures, other in db.session.execute(statement):
        by_id, by, answered, against, completion = figures
        tally = Tally(by_id, by or "", answered, against, completion)
        tallies.setdefault(application_id, {})[reading] = tally
        unlike[application_id] = other
    return tallies, unlike


def _conditions(call: Call, wanted: CheckFilter, who_id: int | None) -> list[Any]:
    conditions: list[Any] = []
    if wanted.status in list(ApplicationStatus):
        conditions.append(Application.status == ApplicationStatus(wanted.status))
    if wanted.lot:
        conditions.append(Application.lot.has(Lot.code == wanted.lot))
    if wanted.words:
        conditions.append(case_words(wanted.words))
    if wanted.found in list(Found):
        conditions.append(_found(call, Found(wanted.found), who_id))
    return conditions


def _found(call: Call, found: Found, who_id: int | None) -> Any:
    if found is Found.DIFFERENT:
        first, second = aliased(Check), aliased(Check)
        unlike = exists().where(
            first.application_id == Application.id,
            _same_question(first, second),
            *_differ(first, second),
        )
        return and_(unlike, _is_whole(*NUMBERS))
    if found is Found.OPEN:
        return ~_is_whole(*_readings(call))
    if found is Found.CLEAR:
        done = _is_whole(*_readings(call))
        return and_(~_has(call, Finding.NO, Finding.COMPLETION), done)
    return _shown(call, Finding.NO if found is Found.AGAINST else Finding.COMPLETION, who_id)


def _readings(call: Call) -> tuple[int, ...]:
    return NUMBERS if call.is_checked_twice else (FIRST,)


def _shown(call: Call, finding: Finding, who_id: int | None) -> Any:
    """Whether there is such an answer that may be asked for: with four eyes only an own one
    until both are complete. The counting is for those alone that have one.
    """
    if not call.is_checked_twice:
        return _has(call, finding)
    is_compared = _is_whole(*NUMBERS)
    own = false() if who_id is None else _has(call, finding, by_id=who_id)
    return and_(_has(call, finding), or_(is_compared, own))


def _is_whole(*readings: int) -> Any:
    """Whether every question is answered in all of these readings; none is answered twice."""
    counted = aliased(Check)
    # Only questions of the list are ever answered (record_checks), so that they need not be
    # compared with it: of 80,000 answers that alone takes 10 ms.
    answers = (
        select(func.count())
        .select_from(counted)
        .where(counted.application_id == Application.id)
        .where(counted.reading.between(min(readings), max(readings)))
        .correlate(Application)
        .scalar_subquery()
    )
    return answers == len(ITEM_CODES) * len(readings)


def _has(call: Call, *findings: Finding, by_id: int | None = None) -> Any:
    """Whether a reading that counts has one of these findings, or one of this officer's has."""
    conditions = [Check.application_id == Application.id, Check.finding.in_(findings)]
    if not call.is_checked_twice:
        conditions.append(Check.reading == FIRST)
    if by_id is not None:
        conditions.append(Check.checked_by_id == by_id)
    return select(Check.id).where(*conditions).correlate(Application).exists()


def _same_question(first: Any, second: Any) -> Any:
    return and_(second.application_id == first.application_id, second.item == first.item)


def _differ(first: Any, second: Any) -> tuple[Any, ...]:
    return (
        first.reading == FIRST,
        second.reading == SECOND,
        first.finding != second.finding,
    )
