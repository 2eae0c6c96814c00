"""What is needed to open, register and check the applications of a call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.applications.models import (
    Activity,
    Application,
    ApplicationDocument,
    BudgetRow,
    Partner,
)
from grants.applications.rules.budget import BudgetLine
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.queries import form_of
from grants.calls.rules.form import Fact
from grants.db import db
from grants.eligibility.models import (
    Check,
    CheckRecord,
    CompletionRequest,
    EligibilityOutcome,
    Opening,
)
from grants.eligibility.rules.computed import Owed, Submitted
from grants.eligibility.rules.findings import Answered
from grants.eligibility.rules.readings import Reading, Readings
from grants.municipalities import entering
from grants.organisations.models import Organisation
from grants.organisations.queries import list_open_standings
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import enter_as_staff, list_memberships
from grants.people.rules import Role, ScopeKind

_S = ApplicationStatus
RECEIVED = tuple(status for status in _S if status is not _S.DRAFT)
UNDECIDED = (_S.SUBMITTED, _S.REGISTERED, _S.COMPLETION_REQUESTED, _S.COMPLETED)
APPLICANTS = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)


@dataclass(frozen=True)
class CallProgress:
    """How many applications of a call stand where."""

    received: int
    registered: int
    eligible: int
    dismissed: int
    waiting: int
    withdrawn: int

    @property
    def decided(self) -> int:
        """Eligible and dismissed together."""
        return self.eligible + self.dismissed

    @property
    def still_open(self) -> int:
        """Neither decided nor withdrawn."""
        return self.received - self.decided - self.withdrawn


@dataclass(frozen=True)
class CheckedItem:
    """One kept answer with the name of who gave it."""

    check: Check
    by: str


# The answers by reading and question.
Checks = dict[int, dict[str, CheckedItem]]


def get_call_to_check(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>/…`, its municipality entered."""
    if entering.enter_by_slug(municipality) is None:
        return None
    statement = select(Call).where(Call.slug == slug).options(joinedload(Call.municipality))
    return db.session.execute(statement).scalar()


def get_call_with_lots(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The same call with its lots, to filter by them."""
    if entering.enter_by_slug(municipality) is None:
        return None
    options = (joinedload(Call.municipality), selectinload(Call.lots))
    return db.session.execute(select(Call).where(Call.slug == slug).options(*options)).scalar()


def get_case_to_check(who: Actor, municipality: str, slug: str) -> Application | None:
    """The received application of `/m/<municipality>/applications/<slug>/check`."""
    if enter_as_staff(who, municipality) is None:
        return None
    statement = _whole_case().where(Application.slug == slug, Application.status.in_(RECEIVED))
    return db.session.execute(statement).scalar()


def get_opening(call: Call) -> Opening | None:
    """The opening of a call with its record."""
    statement = select(Opening).where(Opening.call_id == call.id).options(joinedload(Opening.act))
    return db.session.execute(statement).scalar()


def get_check_record(call: Call) -> CheckRecord | None:
    """The record of the check of a call, with its act."""
    statement = (
        select(CheckRecord)
        .where(CheckRecord.call_id == call.id)
        .options(joinedload(CheckRecord.act))
    )
    return db.session.execute(statement).scalar()


def count_cases(call: Call) -> CallProgress:
    """The figures of a call's list, in one statement."""
    status = Application.status

    def having(*states: ApplicationStatus) -> Any:
        return func.count().filter(status.in_(states))

    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(status != _S.SUBMITTED),
            func.count().filter(status.not_in((*UNDECIDED, _S.DISMISSED, _S.WITHDRAWN))),
            having(_S.DISMISSED),
            having(_S.COMPLETION_REQUESTED),
            having(_S.WITHDRAWN),
        ).where(Application.call_id == call.id, status.in_(RECEIVED))
    ).one()
    return CallProgress(*row)


def list_received(
    call: Call, *, offset: int = 0, limit: int | None = None
) -> Sequence[Application]:
    """The received applications of a call in the order of their references."""
    statement = (
        select(Application)
        .where(Application.call_id == call.id, Application.status.in_(RECEIVED))
        .order_by(Application.reference, Application.id)
    )
    return db.session.execute(statement.offset(offset).limit(limit)).scalars().all()


def list_unregistered(call: Call, *, slugs: Iterable[str] | None = None) -> Sequence[Application]:
    """The applications that have no protocol number yet, in the order of their receipt."""
    statement = select(Application).where(
        Application.call_id == call.id, Application.status == _S.SUBMITTED
    )
    if slugs is not None:
        statement = statement.where(Application.slug.in_(list(slugs)))
    ordered = statement.order_by(Application.submitted_at, Application.reference)
    return db.session.execute(ordered).scalars().all()


def default_series(call: Call) -> str:
    """The series of the municipality in which the numbers of its records run."""
    return legal_texts(call.municipality, ActKind.RECORD_OF_OPENING).series


def list_present_documents(call: Call) -> dict[int, frozenset[str]]:
    """The codes of the documents that are there, by application; one statement for a call."""
    statement = (
        select(ApplicationDocument.application_id, ApplicationDocument.code)
        .join(Application, Application.id == ApplicationDocument.application_id)
        .where(Application.call_id == call.id, ApplicationDocument.removed_at.is_(None))
    )
    found: dict[int, set[str]] = {}
    for application_id, code in db.session.execute(statement):
        found.setdefault(application_id, set()).add(code)
    return {application_id: frozenset(codes) for application_id, codes in found.items()}


def get_submitted(application: Application) -> Submitted:
    """What the check computes from, out of the newest frozen version; four statements."""
    organisation = application.organisation
    budget = form_of(application.call).by_fact(Fact.BUDGET)
    activities, partners, number = db.session.execute(_counts(application)).one()
    return Submitted(
        submitted_at=application.submitted_at or application.started_at,
        channel=application.channel,
        requested=application.requested,
        duration_months=application.duration_months,
        posted_at=application.posted_at,
        is_by_representative=_is_by_representative(application),
        is_representative_confirmed=bool(organisation and organisation.representative_confirmed_at),
        registered_on=organisation.registered_on if organisation else None,
        number_in_call=number,
        activities=activities,
        partners=partners,
        lines=_lines(application),
        in_kind_limit=budget.in_kind_limit if budget else None,
        documents=_documents(application),
        owed=_owed(application),
    )


def list_checks(application: Application) -> Checks:
    """The kept answers by reading and question, each with who gave it."""
    return list_checks_of([application]).get(application.id, {})


def list_checks_of(applications: Sequence[Application]) -> dict[int, Checks]:
    """The kept answers of several applications by their ids, in one statement."""
    statement = (
        select(Check, User.name)
        .outerjoin(User, User.id == Check.checked_by_id)
        .where(Check.application_id.in_([each.id for each in applications]))
        .order_by(Check.id)
    )
    found: dict[int, Checks] = {}
    for check, name in db.session.execute(statement):
        checks = found.setdefault(check.application_id, {})
        checks.setdefault(check.reading, {})[check.item] = CheckedItem(check, name or "")
    return found


def readings_of(checks: Checks) -> Readings:
    """The kept answers as the rules read them; whose a reading is, its answers say."""
    return {
        number: Reading(
            by_id=next(iter(items.values())).check.checked_by_id,
            answers={
                code: Answered(each.check.finding, each.check.note) for code, each in items.items()
            },
        )
        for number, items in checks.items()
    }


def list_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of these people by their ids."""
    statement = select(User.id, User.name).where(User.id.in_(set(ids)))
    return {row[0]: row[1] for row in db.session.execute(statement)}


def get_completion(application: Application) -> CompletionRequest | None:
    """The request to complete of an application, with its term and its act."""
    statement = (
        select(CompletionRequest)
        .join(CompletionRequest.reopening)
        .where(CompletionRequest.application_id == application.id)
        .options(contains_eager(CompletionRequest.reopening), joinedload(CompletionRequest.act))
    )
    return db.session.execute(statement).scalar()


def list_ticked(call: Call, slugs: Iterable[str]) -> Sequence[Application]:
    """The received applications of a call with these addresses, as the check needs them."""
    statement = _whole_case().where(
        Application.call_id == call.id,
        Application.slug.in_(list(slugs)),
        Application.status.in_(RECEIVED),
    )
    ordered = statement.order_by(Application.submitted_at, Application.reference)
    return db.session.execute(ordered).scalars().all()


def get_outcome(application: Application) -> EligibilityOutcome | None:
    """What was decided about an application, if anything."""
    statement = select(EligibilityOutcome).where(
        EligibilityOutcome.application_id == application.id
    )
    return db.session.execute(statement).scalar()


def list_outcomes(call: Call) -> dict[int, EligibilityOutcome]:
    """What was decided about the applications of a call, by application."""
    statement = (
        select(EligibilityOutcome)
        .join(Application, Application.id == EligibilityOutcome.application_id)
        .where(Application.call_id == call.id)
    )
    return {each.application_id: each for each in db.session.execute(statement).scalars()}


def _whole_case() -> Select[Any]:
    return select(Application).options(
        joinedload(Application.call).joinedload(Call.municipality),
        joinedload(Application.organisation),
        joinedload(Application.lot),
    )


def _owed(application: Application) -> tuple[Owed, ...] | None:
    if application.organisation_id is None:
        return None
    found = list_open_standings(application.organisation_id)
    return tuple(Owed(each.kind, each.reference, each.due_on) for each in found)


def _is_by_representative(application: Application) -> bool:
    organisation = application.organisation
    by = application.submitted_by_id
    return by is not None and organisation is not None and organisation.representative_user_id == by


def _counts(application: Application) -> Select[Any]:
    """How many activities and partners the version has, and which of its organisation's it is."""

    def rows_of(model: type[Activity] | type[Partner]) -> Any:
        return (
            select(func.count())
            .where(
                model.application_id == application.id,
                model.version == application.snapshot_version,
            )
            .scalar_subquery()
        )

    earlier = or_(
        Application.submitted_at < application.submitted_at,
        and_(
            Application.submitted_at == application.submitted_at,
            Application.reference <= application.reference,
        ),
    )
    number = (
        select(func.count())
        .where(
            Application.call_id == application.call_id,
            Application.organisation_id == application.organisation_id,
            Application.status.in_(RECEIVED),
            earlier,
        )
        .scalar_subquery()
    )
    return select(rows_of(Activity), rows_of(Partner), number)


def _lines(application: Application) -> tuple[BudgetLine, ...]:
    statement = (
        select(BudgetRow)
        .where(
            BudgetRow.application_id == application.id,
            BudgetRow.version == application.snapshot_version,
        )
        .order_by(BudgetRow.position)
    )
    return tuple(row.as_line() for row in db.session.execute(statement).scalars())


def _documents(application: Application) -> frozenset[str]:
    statement = select(ApplicationDocument.code).where(
        ApplicationDocument.application_id == application.id,
        ApplicationDocument.removed_at.is_(None),
    )
    return frozenset(db.session.execute(statement).scalars())


def list_applicants_of(organisation: Organisation | None) -> list[User]:
    """Everybody who works on the applications of an organisation, by name."""
    if organisation is None:
        return []
    memberships = list_memberships(ScopeKind.ORGANISATION, [organisation.id])
    people = {each.user.id: each.user for each in memberships if each.role in APPLICANTS}
    return sorted(people.values(), key=lambda user: (user.name, user.id))
