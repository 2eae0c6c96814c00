"""The migrations build exactly the models, on both engines, down and up again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select

from grants import tenancy
from grants.db import Base, db
from grants.organisations.models import Organisation
from tests.factories import make_application, make_call, make_municipality, make_organisation
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


def test_rows_survive_the_second_migration_when_others_point_to_them(app: Flask) -> None:
    with app.app_context():
        municipality = make_municipality()
        with tenancy.across("a test of the migrations"):
            call = make_call(municipality)
            make_application(call, make_organisation(name="Udruženje Lipa"))
            db.session.commit()
        db.session.remove()
        downgrade(directory=FOLDER, revision="0001_first_tables")
        upgrade(directory=FOLDER)
        kept = db.session.execute(select(Organisation)).scalar_one()
        assert (kept.name, kept.swift, kept.is_vat_payer) == ("Udruženje Lipa", "", False)
