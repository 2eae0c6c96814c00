"""A real server with a worker, and people with real browsers who watch over every page."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from grants import clock
from grants.app import create_app
from grants.db import db, unit_of_work
from grants.demo.moments import Moments
from grants.demo.people import EVERYBODY
from grants.demo.story import open_house
from grants.people.passwords import hash_password
from tests.browser.people import Person
from tests.conftest import Template
from tests.database import environment

HOME = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


class Server:
    """Web and worker process of one installation, as `make run` starts them."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.instance = Path(environ["INSTANCE"])
        self.environ = {**os.environ, **environ, "PORT": str(self.port), "PUBLIC_URL": self.url}
        self._log = (self.instance / "server.log").open("wb")
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        self._process = subprocess.Popen(
            command, env=self.environ, cwd=HOME, stdout=self._log, stderr=self._log
        )
        self._wait_until_it_answers()

    def command(self, *words: str) -> str:
        """What `flask --app wsgi …` prints."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        done = subprocess.run(
            command, env=self.environ, cwd=HOME, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def people(self) -> dict[str, dict[str, object]]:
        """The demo people by role, as the command prints them."""
        found = json.loads(self.command("demo", "people"))
        return {role: person for person in found for role in person["roles"]}

    def stop(self) -> None:
        """Stop both processes the polite way."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.close()

    def _wait_until_it_answers(self) -> None:
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):  # noqa: S310  ours
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError((self.instance / "server.log").read_text("utf-8"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(template: Template, tmp_path: Path) -> Iterator[Server]:
    """A running installation with its own empty, migrated database."""
    with template.copy(tmp_path) as url:
        running = Server(environment(tmp_path, url))
        yield running
        running.stop()


@pytest.fixture
def town(server: Server) -> Server:
    """The same with the demo's municipalities and people, and no call yet."""
    hashes = {person.email: hash_password(person.password) for person in EVERYBODY}
    app = create_app(server.environ)
    with app.app_context():
        with unit_of_work("a walk's house"):
            open_house(hashes, {}, moments=Moments(clock.now()))
        db.engine.dispose()
    return server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def somebody(browser: Browser, server: Server) -> Iterator[Callable[..., Person]]:
    """Somebody with a browser of their own: `somebody("Lejla", width=360)`."""
    met: list[Person] = []

    def meet(name: str, *, width: int = 1380) -> Person:
        person = Person(browser, server.url, name=name, width=width)
        met.append(person)
        return person

    yield meet
    for person in met:
        person.leave()
