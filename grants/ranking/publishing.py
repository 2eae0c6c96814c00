"""Publishing a closed ranking: the preliminary list, the term it opens, who is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.actions.deciding import advance_call
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.errors import Problem, WrongState
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import list_memberships
from grants.people.rules import ScopeKind
from grants.ranking.models import Ranking
from grants.ranking.queries import calendar_of, list_applications, list_lines
from grants.workdays import Deadline, days, deadline


def publish_ranking(call: Call, ranking: Ranking | None, *, by: Actor, at: datetime) -> Ranking:
    """Publish a closed ranking as the preliminary list; from today the term of objections runs.

    Every applicant's people are told their own result. Raises WrongState unless it is closed and
    not published.
    """
    if ranking is None:
        raise WrongState(Problem("ranking_not_closed"))
    if ranking.published_at is not None:
        raise WrongState(Problem("ranking_published"))
    advance_call(call, CallStatus.OBJECTIONS, by=by, at=at)
    calendar = calendar_of(call.municipality_id)
    counted = deadline(clock.local_day(at), term=days(call.objection_days), calendar=calendar)
    ranking.published_at, ranking.published_by_id = at, by.id
    ranking.objections_until = counted.ends_on
    ranking.objections_counted = counted_json(counted)
    facts = {
        "version": ranking.version,
        "sha256": ranking.inputs_sha256,
        "objections_until": counted.ends_on.isoformat(),
    }
    record(Event.RANKING_PUBLISHED, ranking, by=by, at=at, facts=facts)
    tell_applicants(call, ranking, "ranking/emails/published.txt", at=at)
    return ranking


def counted_json(counted: Deadline) -> dict[str, Any]:
    """How a term was counted, as plain JSON."""
    return {
        "start": counted.start.isoformat(),
        "days": counted.term.length,
        "raw_end": counted.raw_end.isoformat(),
        "skipped": [[day.day.isoformat(), day.rest.value, day.name] for day in counted.skipped],
    }


def tell_applicants(call: Call, ranking: Ranking, template: str, *, at: datetime) -> None:
    """Tell the people of every applicant their own result in a published list, as a mail says."""
    organisations = {each.id: each.organisation_id for each in list_applications(call)}
    people = _people_of({key for key in organisations.values() if key is not None})
    for line in list_lines(ranking):
        users = people.get(organisations.get(line.case.id) or 0, [])
        if users:
            notify(
                [user.as_recipient() for user in users],
                template,
                at=at,
                path=f"/my/applications/{line.case.slug}/scores",
                facts={"call": call.title, "line": line, "until": ranking.objections_until},
                is_urgent=True,
            )


def _people_of(organisation_ids: set[int]) -> Mapping[int, list[User]]:
    people: dict[int, list[User]] = {}
    for held in list_memberships(ScopeKind.ORGANISATION, organisation_ids):
        users = people.setdefault(held.scope_id, [])
        if held.user not in users:
            users.append(held.user)
    return people
