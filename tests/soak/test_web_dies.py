"""kill -9 of every process in the middle of saves: what was acknowledged is there afterwards.

One round in `make test`, many in `make soak`; and a rush of many applicants killed ten times.
"""

import hashlib
import os
import random
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.app import create_app
from grants.applications.models import Application, DraftSection, Snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.audit.queries import verify
from grants.db import db
from grants.people.models import User
from tests.applications.arranging import FILLED, Arranged, arrange
from tests.applications.rushing import Rush, arrange_rush, look_after_rush
from tests.client import session_cookie
from tests.conftest import Template
from tests.database import environment
from tests.serving import Server, Visitor

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "1"))
# One kill in `make test`, ten in `make soak`, with enough applicants to be hit each time.
KILLS, RUSHING = min(ROUNDS, 10), 25


class Saver(threading.Thread):
    """Saves one section over and over; knows which number was acknowledged last."""

    def __init__(self, visitor: Visitor, world: Arranged) -> None:
        super().__init__(daemon=True)
        self._visitor, self._path = visitor, f"{world.base}/sections/summary"
        self.asked = self.acknowledged = 0
        self.is_running = threading.Event()

    def run(self) -> None:
        """Save until no answer comes."""
        while True:
            self.asked += 1
            version = str(self.acknowledged + 1)
            typed = {"title": f"Naziv {self.asked}", "version": version, "stay": "1"}
            if self._visitor.post(self._path, FILLED["summary"] | typed) != 303:
                return
            self.acknowledged = self.asked
            if self.acknowledged == 3:
                self.is_running.set()


@pytest.fixture
def server(template: Template, tmp_path: Path) -> Iterator[Server]:
    """A running installation."""
    with template.copy(tmp_path) as url:
        running = Server(environment(tmp_path, url))
        yield running
        running.stop()


@pytest.fixture
def house(server: Server) -> Iterator[Flask]:
    """The application on the same database, to arrange and to look."""
    made = create_app(server.environ)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.mark.database
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_nothing_acknowledged_is_lost_when_everything_is_killed(
    server: Server, house: Flask, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  repeatable, no secret
    now = clock.now()
    window = {"opens_at": now - timedelta(days=9), "deadline": now + timedelta(days=9)}
    saved, submitted = arrange(house, **window), arrange(house, **window)
    saver = Saver(enter(server, house, saved.member, saved), saved)
    lejla = enter(server, house, submitted.representative, submitted)
    saver.start()
    assert saver.is_running.wait(30)
    killer = threading.Timer(chance.uniform(0.0, 0.3), server.kill)
    killer.start()
    receipt = lejla.post(f"{submitted.base}/submit", {"is_declared": "y"})
    killer.join()
    saver.join(30)
    server.start()
    look(house, saver, saved, submitted, is_acknowledged=receipt == 303)
    enter(server, house, saved.member, saved)


@pytest.mark.database
def test_rush_loses_nothing_when_everything_is_killed_again_and_again(
    server: Server, house: Flask
) -> None:
    chance = random.Random(KILLS)  # noqa: S311  repeatable, no secret
    applicants = arrange_rush(house, RUSHING * KILLS)
    rush = Rush(server.port, applicants, threads=8).start()
    kills = 0
    while kills < KILLS and not rush.is_over:
        time.sleep(chance.uniform(0.5, 2.5))
        server.kill()
        kills += 1
        server.start()
    rush.wait()
    assert rush.strange == []
    assert len(rush.submitted) == len(applicants)
    look_after_rush(house, rush)


def enter(server: Server, house: Flask, user: User, world: Arranged) -> Visitor:
    """Somebody signed in, at the check of the draft."""
    return Visitor(server.port, session_cookie(house, user)).opens(f"{world.base}/check")


def look(
    house: Flask, saver: Saver, saved: Arranged, submitted: Arranged, *, is_acknowledged: bool
) -> None:
    """Every acknowledged save and receipt is there; what was not acknowledged is whole or not."""
    with house.app_context(), tenancy.across("tests look"):
        row = db.session.execute(
            select(DraftSection).where(
                DraftSection.application_id == saved.application.id, DraftSection.key == "summary"
            )
        ).scalar_one()
        number = int(row.answers["title"].removeprefix("Naziv "))
        assert saver.acknowledged <= number <= saver.asked
        assert row.version == number + 1
        application = db.session.get(Application, submitted.application.id)
        assert application is not None
        frozen = list_snapshots(application)
        is_in = application.status is ApplicationStatus.SUBMITTED
        assert is_in or not is_acknowledged
        assert (len(frozen), bool(application.reference)) == ((1, True) if is_in else (0, False))
        assert [verdict for verdict in verify() if verdict.broken_at] == []


def list_snapshots(application: Application) -> list[str]:
    """The hashes of its frozen versions, each of which is that of its facts."""
    statement = select(Snapshot).where(Snapshot.application_id == application.id)
    found = db.session.execute(statement).scalars().all()
    assert all(one.sha256 == hashlib.sha256(one.facts.encode()).hexdigest() for one in found)
    return [one.sha256 for one in found]
