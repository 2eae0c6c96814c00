"""kill -9 of every process in the middle of saves: what was acknowledged is there afterwards.

One round in `make test`, many in `make soak`.
"""

import hashlib
import http.client
import os
import random
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

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
from tests.client import session_cookie
from tests.conftest import Template
from tests.database import environment
from tests.serving import Server

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "1"))
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Visitor:
    """Somebody signed in, over plain HTTP; no answer counts as 0."""

    def __init__(self, server: Server, session: str) -> None:
        self._port, self._cookie, self._token = server.port, f"session={session}", ""

    def opens(self, path: str) -> "Visitor":
        """Open a page; its token is sent from now on."""
        found = TOKEN.search(self._ask("GET", path, {})[1])
        assert found is not None
        self._token = found[1]
        return self

    def post(self, path: str, fields: dict[str, Any]) -> int:
        """The status of the answer to a form."""
        try:
            return self._ask("POST", path, {"csrf_token": self._token, **fields})[0]
        except (OSError, http.client.HTTPException):
            return 0

    def _ask(self, method: str, path: str, fields: dict[str, Any]) -> tuple[int, str]:
        talk = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        form = "application/x-www-form-urlencoded"
        headers = {"Cookie": self._cookie, "Content-Type": form}
        try:
            talk.request(method, path, urlencode(fields, doseq=True), headers)
            answer = talk.getresponse()
            if cookie := answer.getheader("Set-Cookie"):
                self._cookie = cookie.partition(";")[0]
            return answer.status, answer.read().decode()
        finally:
            talk.close()


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


def enter(server: Server, house: Flask, user: User, world: Arranged) -> Visitor:
    """Somebody signed in, at the check of the draft."""
    return Visitor(server, session_cookie(house, user)).opens(f"{world.base}/check")


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
