"""What the record of a committee tells, part by part, out of what happened."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from grants.applications.models import Application
from grants.audit.rules import digest
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import (
    Committee,
    Hit,
    Meeting,
    MeetingItem,
    Member,
    Sheet,
    SignedSheet,
)
from grants.evaluation.queries import count_progress, list_conflicts
from grants.evaluation.words import GROUNDS
from grants.i18n.languages import gettext as _
from grants.ranking.lines import Line
from grants.ranking.models import Ranking
from grants.ranking.queries import count_sheets, get_tie_vote, list_lines, list_reductions
from grants.ranking.rules.points import shown
from grants.ranking.scenarios import list_scenarios
from grants.ranking.withheld import withheld_lines, withheld_summary
from grants.ranking.wording import whole
from grants.web.filters import number

Json = dict[str, Any]
# The parts that remarks belong to, in the order of the record.
PARTS = ("members", "conflicts", "scoring", "meetings", "results", "amounts", "ties", "proposal")


def compose(
    call: Call, committee: Committee, ranking: Ranking, *, hidden: Collection[int] = ()
) -> Json:
    """Everything the record says as plain JSON; amounts in fening, points as they are written.

    Confirmations are not in it: they are about this text. `hidden` are the applications (ids) of
    which whoever reads may know nothing: places and sums are those of the others, see withheld.
    """
    every = list_lines(ranking)
    lines = withheld_lines(every, hidden=hidden)
    summary = _summary(committee, ranking, lines, hidden=hidden)
    covered = names_of(line for line in every if line.case.id in hidden)
    session = {**ranking.session, "remarks": _covered(ranking.session.get("remarks"), covered)}
    by_id = {line.case.id: line for line in lines}
    by_reference = {line.case.reference: line for line in lines}
    return {
        **at_hand(call, committee, ranking),
        "session": session,
        "summary": summary,
        "recusals": list(_recusals(call, by_id)),
        "hits": _hits(committee, hidden),
        "sheets": _sheets(call, committee, hidden),
        "reopenings": _reopenings(call, by_id),
        "meetings": _meetings(committee, by_id),
        "lots": _lots(ranking, summary, lines),
        "reductions": _reductions(call, by_reference),
        "scenario": _scenario(call),
        "tie_votes": _tie_votes(call, committee, by_reference),
        "remarks": _remarks(ranking, covered),
    }


def at_hand(call: Call, committee: Committee, ranking: Ranking) -> Json:
    """The parts that need no statement; the session as its minutes were typed, nothing covered."""
    return {
        "call": {"title": call.title, "reference": call.reference},
        "session": ranking.session,
        "appointment": _appointment(committee),
        "members": [_member(each, committee, ranking.session) for each in committee.members],
        "assignment": {"mode": committee.assignment.value, "each": committee.sheets_each},
        "ranking": {
            "version": ranking.version,
            "closed_at": ranking.closed_at.isoformat(),
            "sha256": ranking.inputs_sha256,
        },
    }


def _remarks(ranking: Ranking, covered: Collection[str]) -> Json:
    kept = {part: _covered(ranking.remarks.get(part), covered) for part in PARTS}
    return {part: text for part, text in kept.items() if text}


def covered_remarks(ranking: Ranking, hidden: Collection[int]) -> Json:
    """The remarks that whoever has to do with none of these applications (ids) does not read.

    They are free text: a remark that names an application by number, title or organisation.
    """
    covered = names_of(line for line in list_lines(ranking) if line.case.id in hidden)
    return {
        part: text for part, text in ranking.remarks.items() if text and not _covered(text, covered)
    }


def names_of(lines: Iterable[Line]) -> set[str]:
    """What applications are called by in free text, folded."""
    cases = [line.case for line in lines]
    found = {text for each in cases for text in (each.reference, each.title, each.organisation)}
    return {text.casefold() for text in found if text}


def _covered(text: str | None, names: Collection[str]) -> str:
    """The text, or nothing of it where it names one of these."""
    folded = (text or "").casefold()
    return "" if any(name in folded for name in names) else text or ""


def _summary(
    committee: Committee, ranking: Ranking, lines: Sequence[Line], *, hidden: Collection[int]
) -> Json:
    if not hidden:
        return dict(ranking.summary)
    progress = count_progress(committee, hidden=hidden)
    sheets = count_sheets(committee.call, progress, hidden=hidden)
    return withheld_summary(ranking.summary, lines, sheets=sheets)


def _lots(ranking: Ranking, summary: Mapping[str, Any], lines: Sequence[Line]) -> list[Json]:
    return [
        {**lot, "rows": [_row(line, ranking) for line in lines if line.lot == lot["code"]]}
        for lot in summary["lots"]
    ]


def text_sha256(facts: Mapping[str, Any]) -> str:
    """The mark of what was read: another text asks for another reading."""
    return digest(facts)


def named(line: Line) -> Json:
    """An application as the record names it."""
    case = line.case
    return {
        "reference": case.reference,
        "title": case.title,
        "organisation": case.organisation,
    }


def _appointment(committee: Committee) -> Json:
    act = committee.act
    if act is None:
        return {}
    return {"number": act.number or "", "on": act.acted_on.isoformat() if act.acted_on else ""}


def _member(member: Member, committee: Committee, session: Mapping[str, Any]) -> Json:
    seats = {each.id: each.name for each in committee.members}
    took_over = [each for each in committee.members if each.stands_in_for_id == member.id]
    successor = next((each.name for each in took_over if not each.is_deputy), "")
    has_taken = member.stands_in_for_id is not None and not member.is_deputy
    return {
        "name": member.name,
        "role": member.role.value,
        "kind": member.kind.value,
        "stands_for": member.stands_for,
        "is_deputy": member.is_deputy,
        "stands_in_for": seats.get(member.stands_in_for_id or 0, ""),
        "declared_at": member.declared_at.isoformat() if member.declared_at else "",
        "left_at": member.left_at.isoformat() if member.left_at else "",
        "left_reason": member.left_reason,
        # Said of those alone of whom it is true: who has confirmed another text reads it again.
        **({"succeeded_by": successor} if successor else {}),
        **({"seated_at": member.seated_at.isoformat()} if has_taken and member.seated_at else {}),
        "present": member.key in (session.get("present") or []),
    }


def _recusals(call: Call, lines: Mapping[int, Line]) -> Iterable[Json]:
    for conflict in list_conflicts(call):
        line = lines.get(conflict.application_id)
        if line is not None:
            decided = conflict.decided_by_id is not None
            yield {
                "name": conflict.member.name,
                "ground": _ground(conflict.ground),
                "decided": decided,
                **named(line),
            }


def _ground(ground: str) -> str:
    """In words; an imported call says only that there was one."""
    known = {each.value: words for each, words in GROUNDS.items()}
    return str(known[ground]) if ground in known else ""


def _hits(committee: Committee, hidden: Collection[int]) -> Json:
    found = (
        select(
            func.count(Hit.id),
            func.count(Hit.id).filter(Hit.is_conflict.is_(True)),
            func.count(Hit.id).filter(Hit.is_conflict.is_(False)),
        )
        .join(Member, Member.id == Hit.member_id)
        .where(Member.committee_id == committee.id, Hit.application_id.not_in(hidden))
    )
    every, conflicts, none = db.session.execute(found).one()
    return {"all": every, "conflicts": conflicts, "none": none}


def _sheets(call: Call, committee: Committee, hidden: Collection[int]) -> list[Json]:
    """How many sheets each member signed; set aside or not."""
    statement = (
        select(Sheet.member_id, func.count(), func.count(Sheet.set_aside_at))
        .join(Application, Application.id == Sheet.application_id)
        .where(Application.call_id == call.id, Sheet.signed_at.is_not(None))
        .where(Sheet.is_consensus.is_(False), Application.id.not_in(hidden))
        .group_by(Sheet.member_id)
    )
    signed = {row[0]: (row[1], row[2]) for row in db.session.execute(statement)}
    return [
        {"name": each.name, "signed": signed[each.id][0], "set_aside": signed[each.id][1]}
        for each in committee.members
        if each.id in signed
    ]


def _reopenings(call: Call, lines: Mapping[int, Line]) -> list[Json]:
    statement = (
        select(SignedSheet)
        .join(SignedSheet.sheet)
        .join(Application, Application.id == Sheet.application_id)
        .where(Application.call_id == call.id)
        .options(joinedload(SignedSheet.sheet).joinedload(Sheet.member))
        .order_by(SignedSheet.reopened_at, SignedSheet.id)
    )
    return [
        {
            "name": each.sheet.member.name,
            "at": each.reopened_at.isoformat(),
            "reason": each.reason,
            **named(lines[each.sheet.application_id]),
        }
        for each in db.session.execute(statement).scalars()
        if each.sheet.application_id in lines
    ]


def _meetings(committee: Committee, lines: Mapping[int, Line]) -> list[Json]:
    statement = (
        select(Meeting)
        .where(Meeting.committee_id == committee.id)
        .options(joinedload(Meeting.act), selectinload(Meeting.items))
        .order_by(Meeting.number)
    )
    return [
        {
            "number": each.number,
            "begins_at": each.begins_at.isoformat(),
            "minutes": (each.act.number or "") if each.act else "",
            "agenda": [
                _item(item, lines[item.application_id])
                for item in each.items
                if item.application_id in lines
            ],
        }
        for each in db.session.execute(statement).scalars()
    ]


def _item(item: MeetingItem, line: Line) -> Json:
    return {
        "spread": number(Fraction(item.spread)),
        "agreed": item.agreed_at is not None,
        "votes": [item.votes_for or 0, item.votes_against or 0, item.votes_abstained or 0],
        **named(line),
    }


def _row(line: Line, ranking: Ranking) -> Json:
    points = line.sections or {}
    sections = ranking.summary["sections"]
    return {
        **named(line),
        "rank": line.rank,
        "tied": line.is_tied,
        "sections": [shown(points[each["code"]]) for each in sections] if points else [],
        "total": "" if line.total is None else shown(line.total),
        "requested": line.case.requested,
        "amount": line.amount,
        "outcome": line.outcome.value,
        "reserve": line.reserve,
        "sentence": whole(line),
    }


def _reductions(call: Call, lines: Mapping[str, Line]) -> list[Json]:
    return [
        {
            **named(lines[reference]),
            "requested": lines[reference].case.requested,
            "amount": reduction.amount,
            "reason": reduction.reason,
        }
        for reference, reduction in list_reductions(call).items()
        if reference in lines
    ]


def _scenario(call: Call) -> Json:
    chosen = next((each for each in list_scenarios(call) if each.chosen_at is not None), None)
    if chosen is None:
        return {}
    return {
        "name": chosen.name,
        "reason": chosen.reason,
        "envelopes": dict(chosen.changes.get("envelopes", {})),
    }


def _tie_votes(call: Call, committee: Committee, lines: Mapping[str, Line]) -> list[Json]:
    vote = get_tie_vote(call)
    if vote is None:
        return []
    names = {member.key: member.name for member in committee.members}
    votes: Sequence[Mapping[str, Any]] = vote.votes or [{"order": vote.references}]
    return [
        {
            "held_on": each.get("held_on", ""),
            "present": [names.get(key, key) for key in each.get("present", [])],
            "for": each.get("for"),
            "against": each.get("against"),
            "abstained": each.get("abstained"),
            "reason": each.get("reason", ""),
            **({"led_by": names.get(each["led_by"], "")} if "led_by" in each else {}),
            "order": [named(lines[key]) for key in each["order"]],
        }
        for each in votes
        if all(key in lines for key in each["order"])
    ]


def part_titles() -> dict[str, str]:
    """The parts as the page and the record call them."""
    return {
        "members": _("Sastav komisije"),
        "conflicts": _("Izuzeća"),
        "scoring": _("Ocjenjivanje"),
        "meetings": _("Usaglašavanje ocjena"),
        "results": _("Rezultati vrednovanja"),
        "amounts": _("Umanjeni iznosi"),
        "ties": _("Glasanje o izjednačenim prijavama"),
        "proposal": _("Prijedlog komisije"),
    }
