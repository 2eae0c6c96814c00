"""What has happened in the demo: built through the same actions as in real life, in the past."""

from collections.abc import Mapping
from datetime import datetime

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.demo.municipalities import add_municipalities
from grants.demo.people import EVERYBODY, PLATFORM, DemoPerson
from grants.municipalities.models import Municipality
from grants.people.actions import create_user, doer_of, give_role
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.rules import Role


def open_house(hashes: Mapping[str, str], *, at: datetime) -> None:
    """Municipalities and people with their roles; the password hashes were made before."""
    municipalities = add_municipalities(at=at)
    for person in EVERYBODY:
        user = _add_person(person, password_hash=hashes[person.email], at=at)
        _give_works(user, person, municipalities, at=at)
        if person is PLATFORM:
            give_role(user, role=Role.PLATFORM, scope_id=0, by=SYSTEM, at=at)
    db.session.flush()


def _add_person(person: DemoPerson, *, password_hash: str, at: datetime) -> User:
    user = create_user(
        person.email, name=person.name, language="bs", password_hash=password_hash, at=at
    )
    user.confirmed_at = at
    record(Event.EMAIL_CONFIRMED, user, by=doer_of(user), at=at)
    return user


def _give_works(
    user: User, person: DemoPerson, municipalities: Mapping[str, Municipality], *, at: datetime
) -> None:
    for role, code in person.works:
        give_role(user, role=role, scope_id=municipalities[code].id, by=SYSTEM, at=at)
