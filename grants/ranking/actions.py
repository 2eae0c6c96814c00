"""What happens to a ranking: scoring ends, amounts and ties are decided, it closes, it is shown."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import insert

from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.actions.deciding import advance_call
from grants.calls.models import Call
from grants.calls.rules.allocation import VOTE
from grants.calls.rules.states import CallStatus, Origin
from grants.db import db
from grants.errors import DomainError, Incomplete, Problem, WrongState
from grants.evaluation.actions import lock_sheets
from grants.evaluation.models import Committee
from grants.evaluation.queries import count_progress
from grants.evaluation.rules.committee import has_quorum
from grants.people.actors import Actor
from grants.ranking.keeping import ask_for_preview, ask_for_record
from grants.ranking.models import RankedRow, Ranking, Reduction, TieVote
from grants.ranking.previews import Preview, open_items, summary_of, ties_of
from grants.ranking.queries import (
    count_sheets,
    get_reduction,
    get_tie_vote,
    latest_ranking,
    list_applications,
    list_recused,
)
from grants.ranking.rules.closing import (
    Session,
    ensure_amounts_open,
    ensure_reducible,
    merged_votes,
    session_problems,
)
from grants.ranking.rules.outcomes import BlockingReason, RankedApplication
from grants.ranking.rules.printed import result_json
from grants.ranking.rules.voting import CastVote, cast_json, cast_problems, merged_casts
from grants.ranking.telling import tell_members
from grants.ranking.weighed import Weighed, still_holding, unsigned_sheets


def close_scoring(
    call: Call,
    committee: Committee | None,
    *,
    by: Actor,
    at: datetime,
    weighed: Weighed | None = None,
) -> None:
    """End scoring and lock every sheet.

    Raises Incomplete with what is still open: unsigned sheets first; only once all are signed,
    applications with too few sheets or with sheets too far apart. `weighed` is the ranking
    computed before; Stale where something changed since.
    """
    if committee is None or committee.appointed_at is None:
        raise DomainError(Problem("ranking_no_committee"))
    if call.status is not CallStatus.SCORING or committee.scoring_closed_at is not None:
        raise WrongState(Problem("ranking_scoring_closed"))
    issues = unsigned_sheets(committee, count_progress(committee))
    issues = issues or _scoring_issues(still_holding(call, weighed))
    if issues:
        raise Incomplete(*issues)
    lock_sheets(committee, by=by, at=at)
    record(Event.SCORING_CLOSED, call, by=by, at=at)
    ask_for_preview(call, at=at)


def _scoring_issues(shown: Preview) -> list[Problem]:
    wanted = (BlockingReason.NOT_SCORED, BlockingReason.DIVERGENCE)
    return open_items(shown, reasons=wanted)


def reduce_amount(
    application: Application,
    committee: Committee | None,
    *,
    amount: int,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """The committee proposes this amount (fening); the requested one takes the proposal back.

    Raises Incomplete where it is above the requested amount or has no reason, NotNow before the
    end of scoring, WrongState once the ranking is closed or for a dismissed application.
    """
    _ensure_open(application.call, committee)
    if application.status is ApplicationStatus.DISMISSED:
        dismissed = {"reference": application.reference}
        raise WrongState(Problem("ranking_dismissed", "reference", dismissed))
    write_amount(application, amount=amount, reason=reason, by=by, at=at)
    ask_for_preview(application.call, at=at)


def write_amount(
    application: Application, *, amount: int, reason: str, by: Actor, at: datetime
) -> None:
    """Keep the amount (fening) that is proposed instead of the requested one, with its reason.

    The requested amount takes the proposal back. Raises as `reduce_amount` about the amount; when
    it may be changed the caller knows.
    """
    ensure_reducible(amount, requested=application.requested, reason=reason)
    reduction = get_reduction(application)
    if amount == application.requested:
        if reduction is not None:
            db.session.delete(reduction)
    elif reduction is None:
        reduction = Reduction(
            municipality_id=application.municipality_id, application_id=application.id
        )
        db.session.add(reduction)
    if reduction is not None:
        reduction.amount, reduction.reason = amount, reason.strip()
        reduction.entered_at, reduction.entered_by_id = at, by.id
    facts: dict[str, object] = {
        "requested": application.requested,
        "amount": amount,
        "reason": reason.strip(),
    }
    record(Event.AMOUNT_REDUCED, application, by=by, at=at, facts=facts)


def vote_on_tie(
    call: Call,
    committee: Committee | None,
    cast: CastVote,
    *,
    by: Actor,
    at: datetime,
    weighed: Weighed | None = None,
) -> None:
    """Put the applications of one tie in the order the committee voted for, with its record.

    Raises DomainError where the call foresees no vote or the order is not that of one whole tie,
    Incomplete where its record is not whole or counts a recused member, Stale where something
    changed since `weighed`. Before the final list it votes once more where the objections brought
    a tie.
    """
    is_after = call.status is CallStatus.OBJECTIONS
    if not is_after:
        _ensure_open(call, committee)
    if VOTE not in call.tie_breaks:
        raise DomainError(Problem("ranking_no_vote"))
    problems = _cast_problems(call, committee, cast)
    if problems:
        raise Incomplete(*problems)
    vote = get_tie_vote(call)
    standing = vote.references if vote else []
    if is_after and set(cast.order) <= set(standing):
        raise WrongState(Problem("ranking_closed"))
    shown = still_holding(call, weighed)
    merged = merged_votes(standing, cast.order, groups=ties_of(shown))
    if vote is None:
        vote = TieVote(municipality_id=call.municipality_id, call_id=call.id, votes=[])
        db.session.add(vote)
    vote.references, vote.voted_at, vote.voted_by_id = merged, at, by.id
    vote.votes = merged_casts(vote.votes, cast)
    record(Event.TIE_VOTED, call, by=by, at=at, facts=cast_json(cast))
    ask_for_preview(call, at=at)


def _cast_problems(call: Call, committee: Committee | None, cast: CastVote) -> list[Problem]:
    members = committee.members if committee else []
    voting = {each.key: each.name for each in members if each.is_voting}
    return cast_problems(cast, voting=voting, recused=list_recused(call, cast.order))


def close_ranking(
    call: Call,
    committee: Committee | None,
    session: Session,
    *,
    by: Actor,
    at: datetime,
    weighed: Weighed | None = None,
) -> Ranking:
    """Freeze the ranking with the dossier it was computed from; every application moves on.

    Raises Incomplete with everything that blocks it (scoring.md 6) or with votes that do not add
    up, NotNow before the end of scoring, WrongState when it is closed already, Stale where
    something changed since the whole `weighed` ranking was computed.
    """
    _ensure_open(call, committee)
    shown = still_holding(call, weighed, is_whole=True)
    problems = open_items(shown) + _session_problems(call, committee, session)
    if problems:
        raise Incomplete(*problems)
    applications = {str(each.reference): each for each in list_applications(call)}
    ranking = freeze_ranking(call, shown, at=at)
    ranking.session = {**asdict(session), "held_on": session.held_on.isoformat()}
    progress = count_progress(committee) if committee else {}
    ranking.summary = summary_of(shown, sheets=count_sheets(call, progress))
    ranking.closed_by_id = by.id
    db.session.flush()
    keep_rows(ranking, shown, applications)
    for application in applications.values():
        if application.status is ApplicationStatus.ELIGIBLE:
            advance(application, ApplicationStatus.RANKED, by=by, at=at)
    advance_call(call, CallStatus.RANKED, by=by, at=at)
    db.session.flush()
    facts = {"version": ranking.version, "sha256": ranking.inputs_sha256}
    record(Event.RANKING_CLOSED, ranking, by=by, at=at, facts=facts)
    if committee is not None:
        ask_for_record(ranking, at=at)
        template = "ranking/emails/record.txt"
        tell_members(call, committee, committee.members, template=template, at=at)
    return ranking


def _session_problems(call: Call, committee: Committee | None, session: Session) -> list[Problem]:
    """Votes that do not add up, and a session without quorum; an imported one was long ago."""
    voting = [each for each in committee.members if each.is_voting] if committee else []
    present = sum(each.key in session.present for each in voting)
    if committee is None or call.origin is Origin.IMPORTED:
        return session_problems(session, members=len(voting))
    problems = session_problems(session, members=len(voting), present=present)
    if not has_quorum(present, len(voting), committee.quorum):
        facts = {"present": present, "members": len(voting)}
        problems.append(Problem("ranking_quorum", "present-1", facts))
    return problems


def _ensure_open(call: Call, committee: Committee | None) -> None:
    if committee is None:
        raise DomainError(Problem("ranking_no_committee"))
    ensure_amounts_open(
        is_scoring=call.status is CallStatus.SCORING,
        is_scoring_closed=committee.scoring_closed_at is not None,
    )


def freeze_ranking(call: Call, shown: Preview, *, at: datetime) -> Ranking:
    """The next version of a call's ranking with the dossier it was computed from, not flushed."""
    before = latest_ranking(call)
    sha256 = shown.dossier.sha256()
    ranking = Ranking(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        version=before.version + 1 if before else 1,
        inputs=shown.dossier.canonical().decode(),
        inputs_sha256=sha256,
        result=result_json(shown.result, reference=call.reference, sha256=sha256),
        closed_at=at,
    )
    db.session.add(ranking)
    return ranking


def keep_rows(ranking: Ranking, shown: Preview, applications: Mapping[str, Application]) -> None:
    """Keep the result of every application (by reference) in a flushed ranking."""
    rows = [
        _row(ranking, each, position, application=applications[each.reference], shown=shown)
        for position, each in enumerate(shown.result.applications, start=1)
    ]
    if rows:
        db.session.execute(insert(RankedRow), rows)


def _row(
    ranking: Ranking,
    ranked: RankedApplication,
    position: int,
    *,
    application: Application,
    shown: Preview,
) -> dict[str, Any]:
    points = ranked.sections or {}
    return {
        "municipality_id": application.municipality_id,
        "ranking_id": ranking.id,
        "application_id": application.id,
        "position": position,
        "lot_code": ranked.lot,
        "outcome": ranked.outcome.value,
        "reason": ranked.reason,
        "rank": ranked.rank,
        "is_tied": ranked.is_tied,
        "reserve": ranked.reserve,
        "notes": [
            {"code": note.code, "facts": dict(note.facts)} for note in shown.notes[ranked.reference]
        ],
        "sections": {code: str(value) for code, value in points.items()},
        "total": None if ranked.total is None else _exact(ranked.total),
        "amount": ranked.amount,
    }


def _exact(points: Fraction) -> str:
    return f"{points.numerator}/{points.denominator}"
