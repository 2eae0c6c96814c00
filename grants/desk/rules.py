"""Whose pages are whose; how soon what is to be done has to be done."""

from datetime import datetime, timedelta
from enum import StrEnum

from grants.people.rules import Role

# The people of an organisation, whatever each of them may do there.
APPLICANT = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)
COMMITTEE = (Role.CHAIR, Role.EVALUATOR, Role.SECRETARY)


class Urgency(StrEnum):
    """How soon a thing is to be done; in this order."""

    NOW = "now"
    WEEK = "week"
    LATER = "later"


# What ends sooner is urgent; what ends within seven days belongs to this week.
SOON, THIS_WEEK = timedelta(hours=48), timedelta(days=7)


def urgency_of(until: datetime | None, *, undated: Urgency, at: datetime) -> Urgency:
    """How soon something is to be done; what is late is the most urgent."""
    if until is None:
        return undated
    if until - at <= SOON:
        return Urgency.NOW
    return Urgency.WEEK if until - at <= THIS_WEEK else Urgency.LATER


def order_of(until: datetime | None, *, undated: Urgency, at: datetime) -> tuple[int, datetime]:
    """The place in the list: by urgency, then by term; without a term after those that have one."""
    urgency = urgency_of(until, undated=undated, at=at)
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return list(Urgency).index(urgency), until or far
