"""How much waits for whom."""

from collections.abc import Mapping, Sequence

from sqlalchemy import String, cast, exists, func, literal, select, union_all

from grants.acts.models import Act
from grants.acts.rules import ActStatus
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.db import db
from grants.organisations.models import JoinRequest, JoinStatus, Organisation
from grants.payments.models import Instalment
from grants.payments.rules import InstalmentStatus
from grants.people.models import Membership, User
from grants.people.rules import Role


def count_acts_and_instalments() -> tuple[Mapping[ActStatus, int], Mapping[InstalmentStatus, int]]:
    """The municipality's acts and its instalments by status, in one statement."""
    acts = select(literal("act"), cast(Act.status, String), func.count(Act.id))
    instalments = select(
        literal("instalment"), cast(Instalment.status, String), func.count(Instalment.id)
    )
    statement = union_all(acts.group_by(Act.status), instalments.group_by(Instalment.status))
    rows = db.session.execute(statement).all()
    return (
        {ActStatus(status): count for kind, status, count in rows if kind == "act"},
        {InstalmentStatus(status): count for kind, status, count in rows if kind != "act"},
    )


def list_claims(*, limit: int) -> Sequence[tuple[Application, str]]:
    """Who asks for an organisation that came on paper and that nobody owns, with its case."""
    owned = exists().where(Membership.scope_id == Organisation.id, Membership.role == Role.OWNER)
    statement = (
        select(Application, User.name)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .join(JoinRequest, JoinRequest.organisation_id == Organisation.id)
        .join(User, User.id == JoinRequest.user_id)
        .where(
            Application.keyed_by_id.is_not(None),
            Application.status != ApplicationStatus.DRAFT,
            JoinRequest.status == JoinStatus.OPEN,
            ~owned,
        )
        .order_by(JoinRequest.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]
