"""The record: one chain per municipality, sealed at commit, broken links found."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from grants import cli, slices, tenancy
from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.models import AuditEntry
from grants.audit.queries import Verdict, list_history, verify
from grants.db import db
from grants.people.actors import SYSTEM
from tests.factories import make_call, make_municipality, make_user


def arrange(at: datetime) -> int:
    """Three events on a call of one municipality; the chain's own key."""
    municipality = make_municipality()
    call = make_call(municipality)
    for number in range(3):
        record(Event.CALL_CHANGED, call, by=SYSTEM, at=at, facts={"number": number})
    with tenancy.across("tests arrange"):
        db.session.commit()
    return municipality.id


@pytest.mark.usefixtures("context")
def test_chain_is_unbroken_after_commits(at: datetime) -> None:
    municipality_id = arrange(at)
    make_user()
    db.session.commit()
    assert list(verify()) == [Verdict(f"municipality:{municipality_id}", 3)]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("position", "field"), [(1, "actor_name"), (2, "event"), (3, "hash")])
def test_first_broken_link_is_named_when_a_row_was_changed(
    at: datetime, position: int, field: str
) -> None:
    arrange(at)
    change = update(AuditEntry).where(AuditEntry.position == position).values({field: "x"})
    db.session.execute(change)
    db.session.commit()
    assert [verdict.broken_at for verdict in verify()] == [position]


@pytest.mark.usefixtures("context")
def test_missing_end_is_found_when_last_link_was_removed(at: datetime) -> None:
    arrange(at)
    last = db.session.execute(select(AuditEntry).where(AuditEntry.position == 3)).scalar_one()
    db.session.delete(last)
    db.session.commit()
    assert [verdict.broken_at for verdict in verify()] == [3]


@pytest.mark.usefixtures("context")
def test_rolled_back_act_leaves_no_entry(at: datetime) -> None:
    call = make_call(make_municipality())
    record(Event.CALL_CHANGED, call, by=SYSTEM, at=at)
    db.session.rollback()
    db.session.commit()
    assert list_history("Call", call.id) == []


def test_command_names_the_broken_link(app: Flask, at: datetime) -> None:

    cli.install(app, slices.COMMANDS)
    with app.app_context():
        arrange(at)
        db.session.execute(update(AuditEntry).where(AuditEntry.position == 2).values(event="x"))
        db.session.commit()
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (result.exit_code, "broken at link 2" in result.output) == (1, True)
