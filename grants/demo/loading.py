"""Loading the demo in one transaction; what is slow, hashing and printing, lies outside of it."""

from datetime import datetime

from grants.db import unit_of_work
from grants.demo.moments import Moments
from grants.demo.papers import make_papers
from grants.demo.people import EVERYBODY
from grants.demo.story import tell
from grants.people.passwords import hash_password


def load(*, at: datetime) -> None:
    """Build the whole demo as it stands at a moment, or nothing of it."""
    hashes = {person.email: hash_password(person.password) for person in EVERYBODY}
    papers = make_papers(at=at)
    with unit_of_work("the demo is loaded"):
        tell(hashes, papers, moments=Moments(at))
