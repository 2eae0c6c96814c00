"""What members of a committee are told about its record."""

from collections.abc import Iterable
from datetime import datetime

from grants.calls.models import Call
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries import list_users_by_email
from grants.notifications.actions import notify


def tell_members(
    call: Call, committee: Committee, members: Iterable[Member], *, template: str, at: datetime
) -> None:
    """Write to those of these members who have a vote and an account, on the page of the record."""
    emails = [each.email for each in members if each.is_voting and each.user_id]
    notify(
        [user.as_recipient() for user in list_users_by_email(emails).values()],
        template,
        at=at,
        path=f"/committee/{committee.slug}/record",
        facts={"call": call.title},
    )
