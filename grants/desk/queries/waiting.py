"""How much waits for whom."""

from collections.abc import Mapping

from sqlalchemy import func, select

from grants.acts.models import Act
from grants.acts.rules import ActStatus
from grants.db import db
from grants.payments.models import Instalment
from grants.payments.rules import InstalmentStatus


def count_acts() -> Mapping[ActStatus, int]:
    """The municipality's acts by status."""
    statement = select(Act.status, func.count(Act.id)).group_by(Act.status)
    return {row[0]: row[1] for row in db.session.execute(statement)}


def count_instalments() -> Mapping[InstalmentStatus, int]:
    """The municipality's instalments by status."""
    statement = select(Instalment.status, func.count(Instalment.id)).group_by(Instalment.status)
    return {row[0]: row[1] for row in db.session.execute(statement)}
