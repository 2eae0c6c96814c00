"""Timing over real HTTP, one connection, one gunicorn worker; statements counted in process."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from bench.limits import Measured, judged
from bench.seed import Seeded, user_of
from tests.client import LintingClient, Statements

ROUNDS = 60
WARM_UP = 5
HOME = Path(__file__).parents[1]


def bare_page(port: int) -> dict[str, float]:
    """The yardstick on the same server."""
    return timed(port, "/", cookie="")


def pages(app: Flask, port: int, seeded: Seeded) -> dict[str, Measured]:
    """The pages of a call that is being scored: p50, p95, and how many statements each takes."""
    office = f"/m/{seeded.municipality}"
    call = f"{office}/calls/{seeded.call}"
    work = f"/committee/{seeded.committee}"
    asked = {
        "public list of calls": ("/", 0),
        "public call": (f"/calls/{seeded.call}", 0),
        "list of applications": (call, seeded.officer),
        "applications as CSV": (f"{call}/applications.csv", seeded.officer),
        "case file": (f"{office}/applications/{seeded.application}", seeded.officer),
        "ranking while scoring": (f"{call}/ranking", seeded.officer),
        "chair's page while scoring": (f"{work}/ranking", seeded.chair),
        "evaluators' overview": ("/committee", seeded.evaluator),
        "evaluator's list": (work, seeded.evaluator),
        "score sheet": (f"{work}/{seeded.application}", seeded.evaluator),
    }
    return measured_pages(app, port, asked)


def deciding_pages(app: Flask, port: int, seeded: Seeded) -> dict[str, Measured]:
    """The same of the ranking once its scoring has ended."""
    call = f"/m/{seeded.municipality}/calls/{seeded.call}"
    asked = {
        "ranking while deciding": (f"{call}/ranking", seeded.officer),
        "chair's page while deciding": (f"/committee/{seeded.committee}/ranking", seeded.chair),
    }
    return measured_pages(app, port, asked)


def measured_pages(app: Flask, port: int, asked: dict[str, tuple[str, int]]) -> dict[str, Measured]:
    """p50, p95 and statements of each page, by name: its path and who asks."""
    measured = {}
    for name, (path, user_id) in asked.items():
        client = LintingClient(app)
        cookie = _cookie(app, client, user_id)
        with Statements() as seen:
            client.get(path)
        measured[name] = judged(name, {**timed(port, path, cookie=cookie), "queries": len(seen)})
    return measured


def timed(port: int, path: str, *, cookie: str) -> dict[str, float]:
    """p50 and p95 in milliseconds of one page asked for again and again."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = []
    for turn in range(ROUNDS + WARM_UP):
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        if turn >= WARM_UP:
            taken.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return spread(taken)


def spread(taken: list[float]) -> dict[str, float]:
    """p50 and p95 of milliseconds."""
    ordered = sorted(taken)
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
    }


@dataclass(frozen=True)
class Served:
    """A running server: where it listens, and the process whose child answers."""

    port: int
    process_id: int


@contextmanager
def served(application: str, environ: dict[str, str]) -> Iterator[Served]:
    """One gunicorn worker, as `make run` starts it."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
        "--workers", "1", "--threads", "8", "--worker-class", "gthread", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603  our own command
        command, cwd=HOME, env={**os.environ, **environ}, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(lambda: _answers(port), seconds=30)
        yield Served(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def cookie_of(app: Flask, user_id: int) -> str:
    """The cookie of a seeded person who is signed in."""
    return _cookie(app, LintingClient(app), user_id)


def _cookie(app: Flask, client: LintingClient, user_id: int) -> str:
    if not user_id:
        return ""
    with app.app_context():
        client.sign_in(user_of(user_id))
    return f"session={client.cookie()}"


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(holds: Callable[[], Any], *, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if holds():
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")
