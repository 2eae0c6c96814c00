"""How far the sheets of a call lie apart now, and which of it a member may know."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, exists, select

from grants.applications.models import Application
from grants.calls.queries import grid_of
from grants.calls.rules.grid import Grid
from grants.calls.rules.numbers import exact
from grants.db import db
from grants.evaluation.models import Assignment, Committee, Conflict, Member, Sheet
from grants.evaluation.queries.seeing import visible
from grants.evaluation.queries.succeeding import earlier_holders
from grants.evaluation.rules import scoring
from grants.evaluation.rules.assigning import AssignmentMode
from grants.evaluation.rules.divergence import (
    Apart,
    DivergenceTerms,
    Duty,
    Heat,
    heat,
    in_order,
    measure,
)
from grants.evaluation.rules.tally import PointTable


@dataclass(frozen=True)
class Known:
    """An application as a list of the committee names it."""

    id: int
    slug: str
    reference: str
    title: str


@dataclass(frozen=True)
class Spread:
    """All applications of a call with two counted sheets or more, whoever may see them."""

    grid: Grid
    measured: "Measured"
    sheets: Mapping[int, Sequence["Written"]]
    # Where everybody has signed who has to; of the others nothing is ever shown.
    whole: frozenset[int]

    @property
    def apart(self) -> Mapping[int, Apart]:
        """How far the sheets of each application (id) lie apart."""
        return self.measured.apart

    def over(self) -> list[int]:
        """Everything that goes onto an agenda by itself, in its order."""
        return [key for key in self.ordered(self.whole) if self.apart[key].is_over]

    def ordered(self, wanted: Iterable[int]) -> list[int]:
        """These applications (ids) in the agenda's order."""
        known = frozenset(wanted)
        return [key for key in self.apart if key in known]

    def heat(self, application_id: int) -> list[Heat]:
        """Each question of one application."""
        sheets = [each.sheet() for each in self.sheets[application_id]]
        return heat(sheets, grid=self.grid, table=self.measured.table)


class Written(NamedTuple):
    """A signed sheet as it stands in the database, its answers still one text."""

    application_id: int
    reference: str
    evaluator: str
    is_consensus: bool
    answers: str

    def sheet(self) -> scoring.Sheet:
        """The sheet as rules take it."""
        return scoring.Sheet(
            self.reference,
            self.evaluator,
            is_signed=True,
            is_consensus=self.is_consensus,
            answers=json.loads(self.answers),
        )


@dataclass(frozen=True)
class Measured:
    """How far the sheets of each application (id) lie apart, in the agenda's order."""

    table: PointTable
    apart: Mapping[int, Apart]


def read_spread(committee: Committee, members: Sequence[Member]) -> Spread:
    """Measure a call from its signed sheets: three statements whatever their number."""
    conflicts = _conflicts(committee)
    sheets, signed = _sheets(committee, conflicts)
    call = committee.call
    grid = grid_of(call)
    limit = None if call.divergence_limit is None else exact(call.divergence_limit)
    terms = DivergenceTerms(call.min_reviews, limit)
    every = tuple(one for each in sheets.values() for one in each)
    return Spread(
        grid,
        _measured(grid, terms, every),
        sheets=sheets,
        whole=_whole(committee, members, conflicts=conflicts, signed=signed),
    )


def list_known(member: Member) -> dict[int, Known]:
    """The applications whose scores a member may see: visible, and the own sheet signed."""
    own = exists().where(
        Sheet.application_id == Application.id,
        Sheet.member_id == member.id,
        Sheet.is_consensus.is_(False),
        Sheet.is_recused.is_(False),
        Sheet.signed_at.is_not(None),
        Sheet.set_aside_at.is_(None),
    )
    columns: Any = (Application.id, Application.slug, Application.reference, Application.title)
    statement = visible(select(*columns), member).where(own)
    return {row[0]: Known(*row) for row in db.session.execute(statement)}


def list_members(committee: Committee) -> Sequence[Member]:
    """Every seat of a committee in its order, those left and the waiting deputies included."""
    statement = select(Member).where(Member.committee_id == committee.id)
    return db.session.execute(statement.order_by(Member.position, Member.id)).scalars().all()


# Adding up thousands of sheets takes longer than all statements of the page; equal sheets under the
# same terms lie equally far apart, whoever asks.
@lru_cache(maxsize=8)
def _measured(grid: Grid, terms: DivergenceTerms, sheets: tuple[Written, ...]) -> Measured:
    table = PointTable(grid)
    ids = {each.reference: each.application_id for each in sheets}
    found = measure((each.sheet() for each in sheets), table=table, terms=terms)
    return Measured(table, {ids[each.application]: each for each in in_order(found.values())})


def _sheets(
    committee: Committee, conflicts: Mapping[int, set[int]]
) -> tuple[dict[int, list[Written]], dict[int, set[int]]]:
    """The signed sheets by application, and who signed (member ids)."""
    statement = (
        select(
            Application.id,
            Application.reference,
            Member.id,
            Member.key,
            Sheet.is_consensus,
            cast(Sheet.scores, Text),
        )
        .join(Application, Application.id == Sheet.application_id)
        .join(Member, Member.id == Sheet.member_id)
        .where(
            Application.call_id == committee.call_id,
            Sheet.signed_at.is_not(None),
            Sheet.is_recused.is_(False),
            Sheet.set_aside_at.is_(None),
        )
    )
    sheets: dict[int, list[Written]] = {}
    signed: dict[int, set[int]] = {}
    for key, reference, member_id, evaluator, is_consensus, scores in db.session.execute(statement):
        if member_id in conflicts.get(key, ()):
            continue
        given = Written(key, str(reference), evaluator, is_consensus, scores)
        sheets.setdefault(key, []).append(given)
        if not is_consensus:
            signed.setdefault(key, set()).add(member_id)
    return sheets, signed


def _conflicts(committee: Committee) -> dict[int, set[int]]:
    statement = (
        select(Conflict.application_id, Conflict.member_id)
        .join(Member, Member.id == Conflict.member_id)
        .where(Member.committee_id == committee.id)
    )
    found: dict[int, set[int]] = {}
    for application_id, member_id in db.session.execute(statement):
        found.setdefault(application_id, set()).add(member_id)
    return found


def _whole(
    committee: Committee,
    members: Sequence[Member],
    *,
    conflicts: Mapping[int, set[int]],
    signed: Mapping[int, set[int]],
) -> frozenset[int]:
    statement = (
        select(Assignment.application_id, Assignment.member_id, Assignment.is_anew)
        .join(Member, Member.id == Assignment.member_id)
        .where(Member.committee_id == committee.id)
    )
    given: dict[bool, dict[int, set[int]]] = {True: {}, False: {}}
    for application_id, member_id, is_anew in db.session.execute(statement):
        given[is_anew].setdefault(application_id, set()).add(member_id)
    voting = frozenset(each.id for each in members if each.is_voting)
    earlier = earlier_holders(each for each in members if each.is_voting)
    is_for_all = committee.assignment is AssignmentMode.EVERYBODY
    found = set()
    for key, those in signed.items():
        assigned = None if is_for_all else given[False].get(key, set())
        anew = given[True].get(key, set())
        taken = {each for each, ids in earlier.items() if ids & those}
        excused = conflicts.get(key, set()) | taken
        duty = Duty(voting, excused, assigned=assigned, anew=anew)
        if duty.is_done(those):
            found.add(key)
    return frozenset(found)
