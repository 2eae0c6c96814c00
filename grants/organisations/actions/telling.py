"""Writing to the people of an organisation."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from grants.errors import DomainError, Problem
from grants.notifications.actions import notify
from grants.organisations.models import Organisation
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import get_user


def tell(
    users: Iterable[User],
    organisation: Organisation,
    mail: str,
    *,
    at: datetime,
    part: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write to these people; `part` is the page of the organisation where one goes on."""
    notify(
        [user.as_recipient() for user in users],
        f"organisations/emails/{mail}.txt",
        at=at,
        path=f"/my/organisations/{organisation.slug}{part}",
        facts={"organisation": organisation.name, **(facts or {})},
    )


def account_of(by: Actor) -> User:
    """The account of whoever acts; DomainError `no_such_person` when it is gone."""
    user = get_user(int(by.id or 0))
    if user is None:
        raise DomainError(Problem("no_such_person"))
    return user
