"""Finding applications, their drafts and their frozen versions."""

import json
from typing import Any

from sqlalchemy import select

from grants.applications.models import Application, Reopening, Snapshot
from grants.db import db


def get_snapshot(application: Application, *, version: int | None = None) -> Snapshot | None:
    """A frozen version of an application, the newest where none is named."""
    wanted = application.snapshot_version if version is None else version
    statement = select(Snapshot).where(
        Snapshot.application_id == application.id, Snapshot.version == wanted
    )
    return db.session.execute(statement).scalar()


def read_snapshot(application: Application) -> dict[str, Any]:
    """What the newest frozen version says, see rules.freezing; {} before the first submission."""
    snapshot = get_snapshot(application)
    if snapshot is None:
        return {}
    facts: dict[str, Any] = json.loads(snapshot.facts)
    return facts


def get_open_reopening(application: Application) -> Reopening | None:
    """The request to complete that waits for an answer, whether or not its term has passed."""
    statement = (
        select(Reopening)
        .where(Reopening.application_id == application.id, Reopening.answered_at.is_(None))
        .order_by(Reopening.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()
