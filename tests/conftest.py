"""Fixtures: an installation with a database of its own, a client that lints its pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

from grants import clock
from grants.app import create_app
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


@pytest.fixture
def app(template: Template, tmp_path: Path) -> Iterator[Flask]:
    """An installation of its own."""
    with template.copy(tmp_path) as url:
        made = create_app(environment(tmp_path, url))
        made.testing = True
        yield made
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
