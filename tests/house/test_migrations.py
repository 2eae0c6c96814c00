"""The migrations build exactly the models, on both engines, down and up again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from grants.db import Base, db
from tests.house.sources import ROOT

FOLDER = str(ROOT / "migrations")


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_migrations_build_exactly_the_models(app: Flask) -> None:
    with app.app_context():
        assert _differences() == []


def test_migrations_go_down_to_nothing_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=FOLDER, revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade(directory=FOLDER)
        assert _differences() == []
