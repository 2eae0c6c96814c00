"""The frozen versions of an application, and the receipts that name them by their hash."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.applications.models import (
    Application,
    Snapshot,
)
from grants.calls.models import Call
from grants.calls.queries import form_of, form_of_version
from grants.calls.rules.form import Form
from grants.db import db
from grants.municipalities import entering
from grants.people.actors import Actor


def get_receipt(_who: Actor, sha256: str) -> tuple[Snapshot, Application] | None:
    """The frozen version of a hash with its application, its municipality entered."""
    with tenancy.across("the public check of a receipt"):
        statement = (
            select(Snapshot, Application)
            .join(Application, Application.id == Snapshot.application_id)
            .where(Snapshot.sha256 == sha256)
            .options(joinedload(Application.call).joinedload(Call.municipality))
        )
        found = db.session.execute(statement).first()
    if found is None:
        return None
    entering.enter(found[1].call.municipality)
    return found[0], found[1]


def list_versions(application: Application) -> Sequence[Snapshot]:
    """Every frozen version of an application, the first first, each with its PDF."""
    statement = (
        select(Snapshot)
        .where(Snapshot.application_id == application.id)
        .options(joinedload(Snapshot.pdf))
        .order_by(Snapshot.version)
    )
    return db.session.execute(statement).scalars().all()


def get_snapshot(application: Application, *, version: int | None = None) -> Snapshot | None:
    """A frozen version of an application, the newest where none is named."""
    wanted = application.snapshot_version if version is None else version
    statement = (
        select(Snapshot)
        .where(Snapshot.application_id == application.id, Snapshot.version == wanted)
        .options(joinedload(Snapshot.pdf))
    )
    return db.session.execute(statement).scalar()


def read_snapshot(application: Application) -> dict[str, Any]:
    """What the newest frozen version says, see rules.freezing; {} before the first submission."""
    snapshot = get_snapshot(application)
    return snapshot.read() if snapshot else {}


def form_of_snapshot(call: Call, snapshot: Mapping[str, Any]) -> Form:
    """The form in which a frozen version was answered, however often it was corrected since."""
    number = snapshot.get("form_version")
    return form_of_version(call, number) if isinstance(number, int) else form_of(call)
