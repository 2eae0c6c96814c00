"""Fixtures: an installation with a database of its own, a client that lints its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import event, make_url

from grants import clock
from grants.app import create_app
from grants.config import read_settings
from grants.db import db
from tests.client import LintingClient
from tests.database import PostgreSQLTemplate, SQLiteTemplate, environment, make_template

Template = SQLiteTemplate | PostgreSQLTemplate

settings.register_profile("poziv", deadline=None)
settings.load_profile("poziv")

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the database runs on both of them."""
    for item in items:
        if "app" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def template(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Template]:
    """The migrated, empty database that each test copies."""
    made = make_template(tmp_path_factory.mktemp("template"))
    yield made
    made.stop()


@dataclass
class Place:
    """The database of the test that runs now."""

    url: str

    def connect(self, dialect: Any, _record: object, cargs: Any, cparams: Any) -> Any:
        """Lead every new connection there."""
        args, named = dialect.create_connect_args(make_url(self.url))
        return dialect.connect(*(args or cargs), **{**cparams, **named})


@pytest.fixture(scope="session")
def installation(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Place]]:
    """One application for the whole run: its routes, templates and statements compile once."""
    folder = tmp_path_factory.mktemp("shared")
    with template.copy(folder) as url:
        made, place = create_app(environment(folder, url)), Place(url)
        made.testing = True
        with made.app_context():
            event.listen(db.engine, "do_connect", place.connect)
        yield made, place
        _let_go(made)


@pytest.fixture
def app(installation: tuple[Flask, Place], template: Template, tmp_path: Path) -> Iterator[Flask]:
    """An installation with a database and a folder of its own."""
    made, place = installation
    with template.copy(tmp_path) as url:
        before = dict(made.config)
        made.config["SETTINGS"] = read_settings(environment(tmp_path, url))
        made.config["SQLALCHEMY_DATABASE_URI"] = place.url = url
        yield made
        _let_go(made)
        made.config.clear()
        made.config.update(before)


def _let_go(made: Flask) -> None:
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def at() -> Iterator[datetime]:
    """Noon of a Monday in Sarajevo, held for the whole test."""
    with clock.held_at(NOON) as moment:
        yield moment


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context for tests that call actions and queries themselves."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> LintingClient:
    """A browser of sorts: keeps the session, sends the CSRF token, lints every page."""
    return LintingClient(app)
