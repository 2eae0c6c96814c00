"""What members of a committee are told about its record and about votes they lead."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from grants.calls.models import Call
from grants.evaluation.models import Committee, Member, MemberRole
from grants.evaluation.queries import list_users_by_email
from grants.notifications.actions import notify
from grants.ranking.bench import Bench
from grants.ranking.pages import leaders_of


def record_page(committee: Committee) -> str:
    """Where a member reads the record."""
    return f"/committee/{committee.slug}/record"


def tell_members(
    call: Call,
    committee: Committee,
    members: Iterable[Member],
    *,
    template: str,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write to those of these members who have a vote and an account, on the page of the record."""
    emails = [each.email for each in members if each.is_voting and each.user_id]
    notify(
        [user.as_recipient() for user in list_users_by_email(emails).values()],
        template,
        at=at,
        path=record_page(committee),
        facts={"call": call.title, **(facts or {})},
    )


def tell_leaders(
    bench: Bench, ties: Sequence[Sequence[str]], *, told: Collection[str], at: datetime
) -> list[str]:
    """Write to whoever leads a vote in the chair's place, once for each tie; a mark for each told.

    `told` are the marks of those who heard before.
    """
    marks = []
    for group, leader in zip(ties, leaders_of(bench, ties), strict=True):
        if leader is None or leader.role is MemberRole.CHAIR or bench.committee is None:
            continue
        mark = f"{leader.key}:{','.join(sorted(group))}"
        marks.append(mark)
        if mark in told:
            continue
        notify(
            [user.as_recipient() for user in list_users_by_email([leader.email]).values()],
            "ranking/emails/tie_leader.txt",
            at=at,
            path=f"/committee/{bench.committee.slug}/ranking/ties",
            facts={"call": bench.call.title},
        )
    return marks
