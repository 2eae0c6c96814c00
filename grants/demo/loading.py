"""Loading the demo: each chapter in a unit of work of its own, slow hashing outside of all."""

from datetime import datetime, timedelta

from grants.db import unit_of_work
from grants.demo.people import EVERYBODY
from grants.demo.story import open_house
from grants.people.passwords import hash_password

# The house was opened a year ago, long before the first call of the story.
OPENED_BEFORE = timedelta(days=365)


def load(*, at: datetime) -> None:
    """Build the whole demo as it stands at a moment."""
    hashes = {person.email: hash_password(person.password) for person in EVERYBODY}
    with unit_of_work("demo: municipalities and people"):
        open_house(hashes, at=at - OPENED_BEFORE)
