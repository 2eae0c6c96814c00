"""Reminding everybody of an organisation that a draft is not submitted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from grants.applications.models import Application
from grants.applications.problems import worded
from grants.applications.queries.unsubmitted import findings_of
from grants.applications.rules.checking import blocking
from grants.applications.rules.reminders import key_of, reminder_due
from grants.errors import Problem
from grants.i18n.rendering import speaking
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient
from grants.people.queries import list_memberships
from grants.people.rules import ScopeKind

# The mail names so many things that are missing; the check page has all of them.
MOST_NAMED = 8


def remind_of_draft(application: Application, *, at: datetime) -> bool:
    """Write that it is not submitted, and what is missing; False when no reminder is due.

    A second run finds it sent. The application is held and has its whole draft loaded.
    """
    deadline = application.call.deadline
    if deadline is None or application.organisation_id is None:
        return False
    due = reminder_due(
        deadline,
        at=at,
        started_at=application.started_at,
        reminded_for=application.reminded_for,
    )
    if due is None:
        return False
    application.reminded_for = key_of(due, deadline)
    missing = blocking(findings_of(application, at=at))
    for language, people in _people_of(application.organisation_id).items():
        with speaking(language):
            facts = _facts(application, missing, deadline=deadline)
        notify(
            people,
            "applications/emails/not_submitted.txt",
            at=at,
            path=f"/my/applications/{application.slug}/check",
            facts=facts,
            is_urgent=True,
        )
    return True


def _people_of(organisation_id: int) -> Mapping[str, list[Recipient]]:
    """Everybody of the organisation, by language: the words of what is missing depend on it."""
    held = list_memberships(ScopeKind.ORGANISATION, [organisation_id])
    found: dict[str, list[Recipient]] = {}
    for user in {each.user_id: each.user for each in held}.values():
        found.setdefault(user.language, []).append(user.as_recipient())
    return found


def _facts(
    application: Application, missing: Sequence[Problem], *, deadline: datetime
) -> dict[str, Any]:
    return {
        "title": application.title,
        "call": application.call.title,
        "organisation": application.organisation.name if application.organisation else "",
        "deadline": deadline,
        "missing": [worded(problem) for problem in missing[:MOST_NAMED]],
        "more": max(0, len(missing) - MOST_NAMED),
    }
