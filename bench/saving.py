"""What is written: a section of a draft, a score, a submission; over real HTTP."""

import http.client
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask

from bench.limits import Measured, judged
from bench.measuring import spread
from bench.seed import Seeded, user_of
from grants import clock
from tests.applications.arranging import Arranged, arrange
from tests.client import TOKEN, LintingClient, Statements

ROUNDS = 30
SUBMISSIONS = 10
AUTOSAVE = {"X-Autosave": "1"}
Fields = dict[str, str]


@dataclass
class Sender:
    """Somebody signed in who sends forms: in process to count, over HTTP to time."""

    client: LintingClient
    port: int
    token: str = ""

    def sign_in(self, app: Flask, user_id: int) -> "Sender":
        """Be this person, with the token of the session."""
        with app.app_context():
            self.client.sign_in(user_of(user_id))
        found = TOKEN.search(self.client.get("/sign-in").text)
        if found is None:
            raise RuntimeError("no token")
        self.token = found[1]
        self.client.post("/language/bs", status=405)  # the client too has its token from now on
        return self

    def count(self, path: str, fields: Fields, *, status: int, headers: Fields) -> int:
        """The statements of one form."""
        sent = {"csrf_token": self.token, **fields}
        with Statements() as seen:
            self.client.post(path, sent, status=status, headers=headers)
        return len(seen)

    def time(self, path: str, fields: Fields, *, status: int, headers: Fields) -> float:
        """The milliseconds of one form."""
        sent = urlencode({"csrf_token": self.token, **fields})
        cookie = {"Cookie": f"session={self.client.cookie()}"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            begun = time.perf_counter()
            connection.request("POST", path, sent, {**cookie, **form, **headers})
            response = connection.getresponse()
            body = response.read()
        if response.status != status:
            raise RuntimeError(f"{path}: {response.status} {body[:300]!r}")
        return (time.perf_counter() - begun) * 1000


def measure(app: Flask, port: int, seeded: Seeded) -> dict[str, Measured]:
    """p50, p95 and statements of what people send most."""
    found = {
        "save a section": _section(app, port),
        "save a score": _score(app, port, seeded),
        "submit": _submit(app, port),
    }
    return {name: judged(name, measured) for name, measured in found.items()}


def _section(app: Flask, port: int) -> dict[str, float]:
    world = _arrange(app)
    sender = Sender(LintingClient(app), port).sign_in(app, world.member.id)

    def fields(version: int) -> Fields:
        return {"version": str(version), "changed": "summary_text", "summary_text": f"{version}"}

    return _autosaved(sender, f"{world.base}/sections/summary/autosave", fields, first=1)


def _score(app: Flask, port: int, seeded: Seeded) -> dict[str, float]:
    sender = Sender(LintingClient(app), port).sign_in(app, seeded.evaluator)

    def fields(version: int) -> Fields:
        return {"version": str(version), "changed": "q-1.1", "q-1.1": str(2 + version % 4)}

    path = f"/committee/{seeded.committee}/{seeded.in_work}"
    return _autosaved(sender, path, fields, first=1)


def _autosaved(
    sender: Sender, path: str, fields: Callable[[int], Fields], *, first: int
) -> dict[str, float]:
    sent = {"status": 200, "headers": AUTOSAVE}
    counted = sender.count(path, fields(first), **sent)  # type: ignore[arg-type]
    taken = [
        sender.time(path, fields(version), **sent)  # type: ignore[arg-type]
        for version in range(first + 1, first + 1 + ROUNDS)
    ]
    return {**spread(taken), "queries": counted}


def _submit(app: Flask, port: int) -> dict[str, float]:
    taken, counted = [], 0
    for number in range(SUBMISSIONS + 1):
        world = _arrange(app)
        sender = Sender(LintingClient(app), port).sign_in(app, world.representative.id)
        path, fields = f"{world.base}/submit", {"is_declared": "y"}
        if number == 0:
            counted = sender.count(path, fields, status=303, headers={})
        else:
            taken.append(sender.time(path, fields, status=303, headers={}))
    return {**spread(taken), "queries": counted}


def _arrange(app: Flask) -> Arranged:
    """A filled draft of a call that is open now."""
    at = clock.now()
    return arrange(app, opens_at=at - timedelta(days=1), deadline=at + timedelta(days=1))
