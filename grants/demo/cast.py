"""Who and what the story is made of: people, municipalities, files, and the days it happens on."""

from collections.abc import Mapping
from dataclasses import dataclass

from grants.db import db
from grants.demo.moments import Moments
from grants.documents.actions import Received
from grants.municipalities.models import Municipality
from grants.people.actors import Actor
from grants.people.queries import actor_of, get_user_with_roles


@dataclass(frozen=True)
class Cast:
    """People by the key of their account, municipalities by code, files by their key."""

    people: Mapping[str, Actor]
    towns: Mapping[str, Municipality]
    files: Mapping[str, Received]
    moments: Moments


def settle() -> None:
    """End a step as a request would: written down, and read anew by whatever comes next."""
    db.session.flush()
    db.session.expire_all()


def signed_in(person: Actor) -> Actor:
    """The person with the roles held by now: the story gives them on its way."""
    user = get_user_with_roles(int(person.id or 0))
    if user is None:
        raise LookupError(person.email)
    return actor_of(user)
