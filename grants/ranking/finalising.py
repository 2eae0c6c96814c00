"""The final list: a new version of the ranking from what stands after the objections."""

from datetime import datetime

from sqlalchemy import func, select

from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.db import db
from grants.errors import Incomplete
from grants.evaluation.models import Conflict, Sheet
from grants.people.actors import Actor
from grants.ranking.actions import freeze_ranking, keep_rows
from grants.ranking.keeping import ask_for_record
from grants.ranking.models import Ranking
from grants.ranking.previews import Preview, open_items, summary_of
from grants.ranking.publishing import tell_applicants
from grants.ranking.queries import list_applications
from grants.ranking.rules.kinds import RankingKind
from grants.ranking.weighed import Weighed, still_holding


def publish_final(
    call: Call, before: Ranking, *, by: Actor, at: datetime, weighed: Weighed | None = None
) -> Ranking:
    """Freeze and publish the final list; `before` is the preliminary one, which stays.

    Every application moves on and everybody is told. Raises Incomplete with what blocks it, Stale
    where something changed since the whole `weighed` ranking was computed.
    """
    shown = still_holding(call, weighed, is_whole=True)
    problems = open_items(shown)
    if problems:
        raise Incomplete(*problems)
    ranking = freeze_ranking(call, shown, at=at)
    ranking.kind, ranking.session = RankingKind.FINAL, dict(before.session)
    ranking.summary = summary_of(shown, sheets=_count_counted(call))
    ranking.closed_by_id, ranking.record_act_id = by.id, before.record_act_id
    ranking.published_at, ranking.published_by_id = at, by.id
    ranking.objections_until = before.objections_until
    ranking.objections_counted = before.objections_counted
    db.session.flush()
    _move_on(call, ranking, shown, by=by, at=at)
    facts = {
        "version": ranking.version,
        "sha256": ranking.inputs_sha256,
        "is_same": ranking.inputs_sha256 == before.inputs_sha256,
    }
    record(Event.FINAL_LIST_PUBLISHED, ranking, by=by, at=at, facts=facts)
    ask_for_record(ranking, at=at)
    tell_applicants(call, ranking, "ranking/emails/final.txt", at=at)
    return ranking


def _move_on(call: Call, ranking: Ranking, shown: Preview, *, by: Actor, at: datetime) -> None:
    applications = {str(each.reference): each for each in list_applications(call)}
    keep_rows(ranking, shown, applications)
    for application in applications.values():
        if application.status is ApplicationStatus.ELIGIBLE:
            advance(application, ApplicationStatus.RANKED, by=by, at=at)
    db.session.flush()


def _count_counted(call: Call) -> dict[str, int]:
    """Of the final list every sheet that counts was given; nothing is expected any more."""
    of_call = Application.call_id == call.id
    given = (
        select(func.count(Sheet.id))
        .join(Application, Application.id == Sheet.application_id)
        .where(
            of_call,
            Sheet.signed_at.is_not(None),
            Sheet.set_aside_at.is_(None),
            Sheet.is_recused.is_(False),
            Sheet.is_consensus.is_(False),
            Application.status != ApplicationStatus.DISMISSED,
        )
    )
    recused = (
        select(func.count(Conflict.id))
        .join(Application, Application.id == Conflict.application_id)
        .where(of_call)
    )
    count = db.session.execute(given).scalar_one()
    recusals = db.session.execute(recused).scalar_one()
    return {"given": count, "expected": count, "recused": recusals}
