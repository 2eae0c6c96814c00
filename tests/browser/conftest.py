"""A real server with a worker, and people with real browsers who watch over every page."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright

from grants import clock
from grants.app import create_app
from grants.db import db, unit_of_work
from grants.demo.moments import Moments
from grants.demo.people import EVERYBODY
from grants.demo.story import open_house
from grants.people.passwords import hash_password
from tests.applications.arranging import Arranged, arrange
from tests.browser.people import Person
from tests.client import session_cookie
from tests.conftest import Template
from tests.database import environment
from tests.serving import Server

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
    """Everything in this folder drives a browser; the long walks begin first, one a worker."""
    items.sort(key=lambda item: item.path.name != "test_walk.py")
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def server(template: Template, tmp_path: Path) -> Iterator[Server]:
    """A running installation with its own empty, migrated database."""
    with template.copy(tmp_path) as url:
        running = Server(environment(tmp_path, url))
        yield running
        running.stop()


@pytest.fixture(scope="session")
def steady_server(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One installation for all tests that keep to a world of their own in it."""
    folder = tmp_path_factory.mktemp("installation")
    with template.copy(folder) as url:
        running = Server(environment(folder, url))
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

    def meet(name: str, *, width: int = 1380, scripts: bool = True) -> Person:
        person = Person(browser, server.url, name=name, width=width, scripts=scripts)
        met.append(person)
        return person

    yield meet
    for person in met:
        person.leave()


@pytest.fixture
def house(server: Server) -> Iterator[Flask]:
    """The application on the server's own database, to arrange what a test begins with."""
    made = create_app(server.environ)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def world(house: Flask) -> Arranged:
    """A call that is open and one draft for it, everything filled in."""
    now = clock.now()
    return arrange(house, opens_at=now - timedelta(days=9), deadline=now + timedelta(days=9))


@pytest.fixture
def amra(house: Flask, world: Arranged, somebody: Callable[..., Person]) -> Callable[..., Person]:
    """The member who fills in the draft, signed in, with a browser as asked for."""

    def meet(**browser: Any) -> Person:
        person = somebody(world.member.name, **browser)
        return person.carries(session_cookie(house, world.member))

    return meet
