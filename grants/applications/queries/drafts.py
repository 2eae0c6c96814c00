"""Finding applications and their drafts, and what the rules read of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from grants import clock, tenancy
from grants.applications.models import (
    Application,
    ApplicationDocument,
    DraftSection,
    Reopening,
)
from grants.applications.queries.standing import standing_statements
from grants.applications.rules.checking import Applicant, Grounds
from grants.applications.rules.parsing import Typed
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, FormVersion
from grants.calls.queries import criteria_of, form_of, form_of_version, list_form_versions
from grants.calls.rules.form import Choice, Form, Kind, Question, Section
from grants.calls.rules.form_changes import changes_from_json
from grants.calls.rules.papers import Paper
from grants.db import db
from grants.municipalities import entering
from grants.organisations.models import Organisation
from grants.organisations.rules.profile import FROZEN, iban_of, missing_parts
from grants.people.actors import Actor
from grants.people.queries import enter_as_staff
from grants.people.rules import PEOPLE_OF_ORGANISATION, Role

_CASE: tuple[ORMOption, ...] = (
    joinedload(Application.call).options(joinedload(Call.municipality), selectinload(Call.lots)),
    joinedload(Application.organisation),
)
# Everything typed_of and the pages of a draft read.
DRAFT: tuple[ORMOption, ...] = (
    *_CASE,
    joinedload(Application.receipt),
    selectinload(Application.sections),
    selectinload(Application.documents).joinedload(ApplicationDocument.document),
)


def get_own_draft(who: Actor, slug: str) -> Application | None:
    """The application of `/my/applications/<slug>` with its draft, its municipality entered."""
    return _find(who, slug, DRAFT)


def get_draft_to_submit(who: Actor, slug: str) -> Application | None:
    """The same, read while nobody else can save it or submit anything to its call."""
    with tenancy.across("own applications"):
        lock = select(Application.id).join(Application.call).where(Application.slug == slug)
        db.session.execute(lock.with_for_update())
    return _find(who, slug, DRAFT)


def get_own_section(who: Actor, slug: str, section: str) -> tuple[Application, Section] | None:
    """One section of an own draft, everything of the draft loaded."""
    return _with_section(get_own_draft(who, slug), section)


def get_section_to_save(who: Actor, slug: str, section: str) -> tuple[Application, Section] | None:
    """One section of an own draft with as little as saving it needs."""
    return _with_section(_find(who, slug, _CASE), section)


def get_own_question(
    who: Actor, slug: str, section: str, question: str
) -> tuple[Application, Section, Question] | None:
    """One file question of an own draft, everything of the draft loaded."""
    found = get_own_section(who, slug, section)
    for asked in found[1].questions if found else ():
        if found and asked.key == question and asked.kind is Kind.FILE:
            return found[0], found[1], asked
    return None


def get_own_document(who: Actor, slug: str, document: str) -> ApplicationDocument | None:
    """A file of an own application by both addresses; a removed one is gone."""
    application = get_own_draft(who, slug)
    if application is None:
        return None
    return _present(application, document)


def get_case_document(
    who: Actor, municipality: str, slug: str, document: str
) -> ApplicationDocument | None:
    """A file of a case of `/m/<municipality>/applications/<slug>`, its municipality entered."""
    application = get_case(who, municipality, slug)
    if application is None:
        return None
    return _present(application, document)


def get_case(who: Actor, municipality: str, slug: str) -> Application | None:
    """The case of `/m/<municipality>/applications/<slug>` with its files; drafts are nobody's."""
    if enter_as_staff(who, municipality) is None:
        return None
    statement = select(Application).where(
        Application.slug == slug, Application.status != ApplicationStatus.DRAFT
    )
    return db.session.execute(statement.options(*DRAFT)).scalar()


def list_own_drafts(call: Call, organisations: Sequence[Organisation]) -> Sequence[Application]:
    """What these organisations have begun or submitted in a call, the organisation loaded."""
    statement = (
        select(Application)
        .where(
            Application.call_id == call.id,
            Application.organisation_id.in_([each.id for each in organisations]),
            Application.status != ApplicationStatus.WITHDRAWN,
            ~is_being_keyed_in(),
        )
        .options(joinedload(Application.organisation))
        .order_by(Application.id)
    )
    return db.session.execute(statement).scalars().all()


def is_being_keyed_in() -> ColumnElement[bool]:
    """A paper that an officer keys in: not yet an application of its organisation."""
    is_draft = Application.status == ApplicationStatus.DRAFT
    return is_draft & Application.keyed_by_id.is_not(None)


def get_section_row(application: Application, key: str) -> DraftSection | None:
    """The kept strings of a section, locked until the transaction ends."""
    statement = (
        select(DraftSection)
        .where(DraftSection.application_id == application.id, DraftSection.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.execute(statement).scalar()


def lock_status(application: Application) -> None:
    """Hold the application until the transaction ends, with its status as it is now."""
    statement = select(Application.status).where(Application.id == application.id)
    status = db.session.execute(statement.with_for_update()).scalar_one()
    set_committed_value(application, "status", status)


def count_submitted(application: Application) -> tuple[int, int]:
    """The last ordinal given out in the call, and how many others this organisation submitted."""
    is_submitted = Application.submitted_at.is_not(None) & (
        Application.status != ApplicationStatus.DRAFT
    )
    is_other = (Application.organisation_id == application.organisation_id) & (
        Application.id != application.id
    )
    statement = select(
        func.coalesce(func.max(Application.ordinal), 0),
        func.count().filter(is_submitted & is_other),
    ).where(Application.call_id == application.call_id)
    last, others = db.session.execute(statement).one()
    return int(last or 0), int(others)


def get_open_reopening(application: Application) -> Reopening | None:
    """The request to complete that waits for an answer, whether or not its term has passed."""
    statement = (
        select(Reopening)
        .where(Reopening.application_id == application.id, Reopening.answered_at.is_(None))
        .order_by(Reopening.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def typed_of(application: Application) -> Typed:
    """The whole draft as the rules read it; sections and lots must be loaded."""
    answers = {row.key: row.answers for row in application.sections}
    return Typed(answered_form(application), answers, lots_of(application), files_of(application))


def answered_form(application: Application) -> Form:
    """The form an application answers: a draft the current one, later the one it was given in."""
    if application.status is ApplicationStatus.DRAFT:
        return form_of(application.call)
    return form_of_version(application.call, application.form_version)


def list_unseen_versions(application: Application) -> Sequence[FormVersion]:
    """The corrections of the form that nobody of the organisation has confirmed, for a draft."""
    if application.status is not ApplicationStatus.DRAFT:
        return []
    if form_of(application.call).version <= application.form_version:
        return []
    return list_form_versions(application.call, after=application.form_version)


def lots_of(application: Application) -> tuple[Choice, ...]:
    """The lots of the call, to choose from."""
    return tuple(Choice(lot.code, lot.title) for lot in application.call.lots)


def files_of(application: Application) -> dict[str, list[str]]:
    """The names of the files in each slot."""
    found: dict[str, list[str]] = {}
    for attached in present_documents(application):
        if attached.document is not None:
            found.setdefault(attached.code, []).append(attached.document.name)
    return found


def present_documents(application: Application) -> list[ApplicationDocument]:
    """The files in the slots now, in the order in which they came."""
    return [each for each in application.documents if each.removed_at is None]


def papers_of(application: Application, *, at: datetime) -> dict[str, list[Paper]]:
    """The dates of the files in each slot.

    What was handed in with the submission counts on its day, anything else on the day of `at`.
    """
    found: dict[str, list[Paper]] = {}
    submitted_at = application.submitted_at
    for each in present_documents(application):
        is_submitted = (
            application.status is not ApplicationStatus.DRAFT
            and submitted_at is not None
            and each.added_at <= submitted_at
        )
        counts_on = clock.local_day(submitted_at if is_submitted and submitted_at else at)
        found.setdefault(each.code, []).append(Paper(each.issued_on, each.expires_on, counts_on))
    return found


def grounds_of(
    application: Application,
    *,
    submitted_before: int,
    at: datetime,
    unseen: Sequence[FormVersion] | None = None,
) -> Grounds:
    """Against what the draft is held at a moment, the organisation's others counted.

    `unseen` are the corrections of its form, where whoever asks has read those of many drafts.
    """
    organisation = application.organisation
    if organisation is None:
        raise ValueError(f"application {application.id} has no organisation of its own")
    is_net_of_vat = application.call.vat_mode == "recoverable_excluded"
    return Grounds(
        criteria=criteria_of(application.call),
        applicant=Applicant(
            jib=organisation.jib,
            account=organisation.account,
            registered_on=organisation.registered_on,
            missing=missing_parts(profile_of(organisation)),
        ),
        documents={each.code for each in present_documents(application)},
        submitted_before=submitted_before,
        unconfirmed=_unconfirmed(list_unseen_versions(application) if unseen is None else unseen),
        papers=papers_of(application, at=at),
        standing=standing_statements(application, typed_of(application)).keys(),
        deducts_vat=organisation.vat_number if is_net_of_vat else "",
    )


def _unconfirmed(unseen: Sequence[FormVersion]) -> tuple[str, ...]:
    """The sections that a correction of the form asks to be looked at again."""
    return tuple(
        change.key
        for version in unseen
        for change in changes_from_json(version.changed)
        if change.asks
    )


def profile_of(organisation: Organisation) -> dict[str, Any]:
    """The profile as plain JSON, as a frozen version keeps it."""
    profile: dict[str, Any] = {key: getattr(organisation, key) for key in FROZEN}
    profile["legal_form"] = organisation.legal_form.value
    days = {key: on.isoformat() for key, on in profile.items() if isinstance(on, date)}
    return {**profile, **days, "iban": iban_of(organisation.account)}


def _find(who: Actor, slug: str, options: tuple[ORMOption, ...]) -> Application | None:
    """Of the person's own organisations, or a paper of the own office: nothing else is loaded."""
    own = Application.organisation_id.in_(who.scopes_of(*PEOPLE_OF_ORGANISATION))
    led = Application.municipality_id.in_(who.scopes_of(Role.OFFICER))
    mine = own | (Application.keyed_by_id.is_not(None) & led)
    with tenancy.across("own applications"):
        statement = select(Application).where(Application.slug == slug, mine).options(*options)
        application = db.session.execute(statement).scalar()
    if application is not None:
        entering.enter(application.call.municipality)
    return application


def _with_section(application: Application | None, key: str) -> tuple[Application, Section] | None:
    section = answered_form(application).section(key) if application else None
    return (application, section) if application and section else None


def _present(application: Application, slug: str) -> ApplicationDocument | None:
    for attached in present_documents(application):
        if attached.document is not None and attached.document.slug == slug:
            set_committed_value(attached, "application", application)
            return attached
    return None
