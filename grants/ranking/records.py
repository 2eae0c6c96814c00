"""The record of the committee's work: composed from what happened, issued as an act."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from grants.acts.actions import Draft, Signature, issue_act, prepare_act
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.errors import Problem, WrongState
from grants.evaluation.models import Committee, Conflict, Member, MemberRole
from grants.evaluation.queries import list_conflicts
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actors import Actor
from grants.ranking.lines import Line
from grants.ranking.models import Ranking
from grants.ranking.queries import get_tie_vote, list_lines, list_reductions
from grants.ranking.rules.points import shown
from grants.ranking.wording import say_all

TEMPLATE = "ranking/record.pdf.html"
Json = dict[str, Any]


def make_record(
    call: Call,
    committee: Committee,
    ranking: Ranking | None,
    *,
    number: str = "",
    by: Actor,
    at: datetime,
) -> Act:
    """Issue the record of the committee about a closed ranking; the worker makes its PDF.

    `number` is the one typed in from the registry, else the next of the series. Raises WrongState
    before the ranking is closed and when its record was made already.
    """
    if ranking is None:
        raise WrongState(Problem("ranking_not_closed"))
    if ranking.record_act_id is not None:
        raise WrongState(Problem("ranking_record_made"))
    draft = _draft(call, committee, ranking)
    act = prepare_act(draft, by=by, at=at)
    issue_act(act, signature=_signature(call, committee, number), by=by, at=at)
    ranking.record_act_id = act.id
    record(Event.RECORD_OF_COMMITTEE_MADE, ranking, by=by, at=at, facts={"number": act.number})
    return act


def _draft(call: Call, committee: Committee, ranking: Ranking) -> Draft:
    with speaking(call.language):
        kind = _("Zapisnik")
        about = _("o radu komisije za vrednovanje prijava na %(title)s", title=call.title)
        facts = _facts(call, committee, ranking) | {
            "record": {"kind": kind, "about": about, "signatories": _signatories(committee)}
        }
    return Draft(
        key=f"record_of_committee:{ranking.id}",
        kind=ActKind.RECORD_OF_COMMITTEE,
        title=f"{kind} {about}",
        template=TEMPLATE,
        facts=facts,
        subject=call.as_subject(),
    )


def _signature(call: Call, committee: Committee, number: str) -> Signature:
    seated = [each for each in committee.members if each.is_seated]
    chair = next((each for each in seated if each.role is MemberRole.CHAIR), None)
    legal = legal_texts(call.municipality, ActKind.RECORD_OF_COMMITTEE, call.language)
    with speaking(call.language):
        title = _("predsjedava komisijom")
    return Signature(chair.name if chair else "", title, series=legal.series, typed_number=number)


def _facts(call: Call, committee: Committee, ranking: Ranking) -> Json:
    lines = list_lines(ranking)
    titles = {line.case.id: line for line in lines}
    by_reference = {line.case.reference: line for line in lines}
    vote = get_tie_vote(call)
    return {
        "call": {"title": call.title, "reference": call.reference},
        "session": ranking.session,
        "summary": dict(ranking.summary),
        "members": [
            _member(member, ranking.session) for member in committee.members if member.is_seated
        ],
        "recusals": list(_recusals(list_conflicts(call), titles)),
        "lots": [
            {**lot, "rows": [_row(line, ranking) for line in lines if line.lot == lot["code"]]}
            for lot in ranking.summary["lots"]
        ],
        "reductions": [
            {
                **_named(by_reference[reference]),
                "requested": by_reference[reference].case.requested,
                "amount": reduction.amount,
                "reason": reduction.reason,
            }
            for reference, reduction in list_reductions(call).items()
            if reference in by_reference
        ],
        "tie_vote": [
            _named(by_reference[each])
            for each in (vote.references if vote else [])
            if each in by_reference
        ],
        "ranking": {
            "version": ranking.version,
            "closed_at": ranking.closed_at.isoformat(),
            "sha256": ranking.inputs_sha256,
        },
    }


def _member(member: Member, session: Mapping[str, Any]) -> Json:
    present = session.get("present") or []
    return {
        "name": member.name,
        "role": member.role.value,
        "stands_for": member.stands_for,
        "present": member.key in present,
    }


def _signatories(committee: Committee) -> list[dict[str, str]]:
    functions = {
        MemberRole.CHAIR: _("Predsjedava komisijom"),
        MemberRole.MEMBER: _("Član komisije"),
        MemberRole.SECRETARY: _("Sekretar komisije"),
    }
    return [
        {"function": functions[each.role], "name": each.name}
        for each in committee.members
        if each.is_seated
    ]


def _recusals(conflicts: Iterable[Conflict], lines: Mapping[int, Line]) -> Iterable[Json]:
    for conflict in conflicts:
        line = lines.get(conflict.application_id)
        if line is not None:
            yield {"name": conflict.member.name, **_named(line)}


def _named(line: Line) -> Json:
    case = line.case
    return {
        "reference": case.reference,
        "title": case.title,
        "organisation": case.organisation,
    }


def _row(line: Line, ranking: Ranking) -> Json:
    points = line.sections or {}
    sections = ranking.summary["sections"]
    return {
        **_named(line),
        "rank": line.rank,
        "tied": line.is_tied,
        "sections": [shown(points[each["code"]]) for each in sections] if points else [],
        "total": "" if line.total is None else shown(line.total),
        "requested": line.case.requested,
        "amount": line.amount,
        "outcome": line.outcome.value,
        "reserve": line.reserve,
        "reasons": say_all(line.notes),
    }
