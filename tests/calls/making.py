"""Calls in the making: a draft from the preset, filled as far as a test wants."""

from datetime import date, datetime
from typing import Any

from grants import tenancy
from grants.calls.actions.making import NewCall, change_call, make_call
from grants.calls.models import Call
from grants.calls.presets import presets
from grants.calls.queries import get_call
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.municipalities.models import Municipality
from grants.people.actors import SYSTEM, Actor
from grants.people.models import User
from grants.people.queries import actor_of, get_user_with_roles
from tests.client import commit
from tests.conftest import NOON

TITLE = "Javni poziv organizacijama civilnog društva"
LOTS = (
    LotFacts("1", "Mladi", 5_000_000),
    LotFacts("2", "Socijalna uključenost", 6_500_000),
    LotFacts("3", "Zaštita okoliša", 4_500_000),
)
FUNDING = (
    FundingFacts("Evropska unija / UNDP", 11_200_000),
    FundingFacts("Općina Novo Sarajevo", 4_800_000),
)


def make_draft(municipality: Municipality, *, by: Actor = SYSTEM, **over: Any) -> Call:
    """A draft from the preset LOD / ReLOaD, with money; `is_filled=False` leaves it as it comes."""
    is_filled = over.pop("is_filled", True)
    reference = over.pop("reference", "NS-2026-LOD")
    new = NewCall(reference, over.pop("title", TITLE), date(2026, 3, 16))
    with tenancy.within(municipality.id):
        call = make_call(municipality, new, preset=presets()["lod-reload"], by=by, at=NOON)
        commit()
        if is_filled:
            changes = {"lots": list(LOTS), "funding": list(FUNDING), **over}
            change_call(call, changes, version=call.version, by=by, at=NOON)
            commit()
    return call


def read(call: Call) -> Call:
    """The call as the database has it now."""
    with tenancy.within(call.municipality_id):
        found = get_call(call.slug)
    assert found is not None
    return found


def actor(user: User) -> Actor:
    """A person as whoever asks."""
    found = get_user_with_roles(user.id)
    assert found is not None
    return actor_of(found)


def day(text: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(text)
