"""What has happened in the demo: built through the same actions as in real life, in the past."""

from collections.abc import Mapping
from datetime import datetime

from grants.audit.actions import record
from grants.audit.events import Event
from grants.demo.cast import Cast, settle
from grants.demo.check_call import run_check_call
from grants.demo.history import decide_history, import_history
from grants.demo.listed_call import run_listed_call
from grants.demo.moments import Moments
from grants.demo.money import spend_award
from grants.demo.municipalities import add_municipalities
from grants.demo.open_call import run_open_call
from grants.demo.organisations import add_organisations, renew_vaults
from grants.demo.people import EVERYBODY, PLATFORM, DemoPerson
from grants.demo.scoring_call import run_scoring_call
from grants.documents.actions import Received
from grants.municipalities.models import Municipality
from grants.people.actions import create_user, doer_of, give_role
from grants.people.actors import SYSTEM, Actor
from grants.people.models import User
from grants.people.rules import Role

# The house was opened a year ago, long before the first call of the story.
OPENED_BEFORE = 365


def tell(hashes: Mapping[str, str], papers: Mapping[str, Received], *, moments: Moments) -> None:
    """The whole story up to now; password hashes and papers were made before."""
    cast = open_house(hashes, papers, moments=moments)
    organisations = add_organisations(cast)
    history = import_history(cast)
    decide_history(history, cast)
    spend_award(history, cast)
    run_listed_call(organisations, cast)
    run_check_call(organisations, cast)
    run_scoring_call(organisations, cast)
    run_open_call(organisations, cast)
    renew_vaults(organisations.values(), cast)


def open_house(
    hashes: Mapping[str, str], papers: Mapping[str, Received], *, moments: Moments
) -> Cast:
    """Municipalities and people with their roles."""
    at = moments.before(OPENED_BEFORE)
    municipalities = add_municipalities(at=at)
    people: dict[str, Actor] = {}
    for person in EVERYBODY:
        user = _add_person(person, password_hash=hashes[person.email], at=at)
        _give_works(user, person, municipalities, at=at)
        if person is PLATFORM:
            give_role(user, role=Role.PLATFORM, scope_id=0, by=SYSTEM, at=at)
        people[person.key] = doer_of(user)
    settle()
    return Cast(people, municipalities, papers, moments)


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
