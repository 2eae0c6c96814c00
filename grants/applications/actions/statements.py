"""Statements of partnership: asked for by link, signed, declined, taken back, uploaded."""

import secrets
from datetime import datetime
from typing import Any

from grants.applications.actions.drafting import ensure_writable
from grants.applications.models import Application, PartnerStatement
from grants.applications.queries import get_open_reopening, typed_of
from grants.applications.queries.standing import list_statements
from grants.applications.rules.parsing import Row
from grants.applications.rules.partners import (
    partner_needs,
    partners_block,
    signed_facts,
)
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.rules import digest
from grants.calls.queries import criteria_of
from grants.calls.rules.form import Fact
from grants.db import db
from grants.documents.models import Document
from grants.errors import Incomplete, NotNow, Problem, WrongState
from grants.jobs.actions import enqueue
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient
from grants.organisations.queries import list_people_to_tell
from grants.people.actors import Actor
from grants.people.queries import hash_token


def ask_statement(
    application: Application, row: Row, *, language: str, by: Actor, at: datetime
) -> PartnerStatement:
    """Send the partner's representative a link to read, sign or decline the statement.

    A link sent before no longer opens. Raises Incomplete for what the partner's row lacks,
    WrongState or NotNow when the partners are not open for writing or the deadline has passed.
    """
    _ensure_open(application, at=at)
    facts = statement_facts(application, row)
    needs = partner_needs(row, title=str(facts["project"]))
    if needs:
        raise Incomplete(*needs)
    for waiting in list_statements(application):
        if waiting.row == row["id"] and waiting.signed_at is None and waiting.revoked_at is None:
            waiting.revoked_at = at
    token = secrets.token_urlsafe(32)
    asked = _make(application, row, facts, by=by, at=at)
    asked.token_hash, asked.email, asked.language = hash_token(token), row["email"], language
    db.session.flush()
    told = {"partner": row["name"], "sha256": asked.sha256}
    record(Event.STATEMENT_ASKED, application, by=by, at=at, facts=told)
    notify(
        [Recipient(asked.email, row["representative"], language)],
        "applications/emails/statement_asked.txt",
        at=at,
        path=f"/statements/{token}",
        facts={"facts": facts, "deadline": closing_of(application)},
    )
    return asked


def revoke_statement(asked: PartnerStatement, *, by: Actor, at: datetime) -> None:
    """Take a link back that nobody has signed. Raises WrongState where there is none."""
    if asked.signed_at is not None or asked.revoked_at is not None:
        raise WrongState(Problem("statement_settled"))
    asked.revoked_at = at
    told = {"partner": asked.facts["partner"]["name"], "sha256": asked.sha256}
    record(Event.STATEMENT_REVOKED, asked.application, by=by, at=at, facts=told)


def sign_statement(asked: PartnerStatement, *, name: str, title: str, at: datetime) -> None:
    """The partner's representative signs what the link shows; the worker makes the PDF and tells.

    Raises NotNow where the link no longer opens, see ensure_signable.
    """
    ensure_signable(asked, at=at)
    asked.signed_at, asked.signed_name, asked.signed_title = at, name, title
    told = {"partner": asked.facts["partner"]["name"], "as": title, "sha256": asked.sha256}
    by = Actor(name=name)
    record(Event.STATEMENT_SIGNED, asked.application, by=by, at=at, facts=told)
    people = list_people_to_tell(int(asked.application.organisation_id or 0))
    facts = {
        "statement_id": asked.id,
        "municipality_id": asked.municipality_id,
        "recipients": [[each.email, each.name, each.language, each.id] for each in people],
    }
    enqueue("render_statement", facts, at=at, key=f"statement:{asked.id}")


def decline_statement(asked: PartnerStatement, *, at: datetime) -> None:
    """The partner's representative declines; the applicants are told at once.

    Raises NotNow where the link no longer opens, see ensure_signable.
    """
    ensure_signable(asked, at=at)
    asked.declined_at = at
    partner = asked.facts["partner"]
    told = {"partner": partner["name"], "sha256": asked.sha256}
    by = Actor(name=partner["representative"])
    record(Event.STATEMENT_DECLINED, asked.application, by=by, at=at, facts=told)
    people = list_people_to_tell(int(asked.application.organisation_id or 0))
    notify(
        [each.as_recipient() for each in people],
        "applications/emails/statement_declined.txt",
        at=at,
        path=f"/my/applications/{asked.application.slug}",
        facts={"facts": asked.facts},
    )


def keep_statement_scan(
    application: Application, row: Row, document: Document, *, by: Actor, at: datetime
) -> PartnerStatement:
    """A statement signed on paper, uploaded; it stands for the partner's row as it is now.

    Raises Incomplete and WrongState as ask_statement does; no address is needed. A paper that is
    keyed in after the deadline brings its statements with it.
    """
    ensure_writable(application, _section(application), at=at)
    facts = statement_facts(application, row)
    needs = partner_needs({**row, "email": "-"}, title=str(facts["project"]))
    if needs:
        raise Incomplete(*needs)
    kept = _make(application, row, facts, by=by, at=at)
    kept.signed_at, kept.signed_name, kept.document = at, row["representative"], document
    told = {"partner": row["name"], "sha256": document.sha256}
    record(Event.STATEMENT_UPLOADED, application, by=by, at=at, facts=told)
    db.session.flush()
    return kept


def ensure_signable(asked: PartnerStatement, *, at: datetime) -> None:
    """Raise NotNow with the sentence that the holder of a link reads where it no longer opens.

    Codes: statement_revoked, statement_declined, statement_signed, statement_expired (after the
    deadline), statement_closed (the application is submitted), statement_outdated (the applicant
    has changed what it says).
    """
    for moment, code in (
        (asked.revoked_at, "statement_revoked"),
        (asked.declined_at, "statement_declined"),
        (asked.signed_at, "statement_signed"),
    ):
        if moment is not None:
            raise NotNow(Problem(code))
    application = asked.application
    closes_at = closing_of(application)
    if closes_at is None:
        raise NotNow(Problem("statement_closed"))
    if at > closes_at:
        raise NotNow(Problem("statement_expired", facts={"until": closes_at}))
    row = next((each for each in _rows(application) if each["id"] == asked.row), None)
    if row is None or digest(signed_facts(row)) != digest(asked.facts["partner"]):
        raise NotNow(Problem("statement_outdated"))


def statement_facts(application: Application, row: Row) -> dict[str, Any]:
    """What is signed: project, call, applicant and the partner's row; amounts in fening."""
    call = application.call
    return {
        "project": typed_of(application).value(Fact.TITLE) or "",
        "call": call.title,
        "call_reference": call.reference,
        "municipality": call.municipality.full_name,
        "organisation": application.organisation_name,
        "partner": signed_facts(row),
    }


def closing_of(application: Application) -> datetime | None:
    """Until when partners may sign: the deadline, or the term of a completion; None: no more."""
    if application.status is ApplicationStatus.DRAFT:
        return criteria_of(application.call).deadline
    if application.status is not ApplicationStatus.COMPLETION_REQUESTED:
        return None
    reopening = get_open_reopening(application)
    return reopening.until if reopening and _section(application) in reopening.parts else None


def _ensure_open(application: Application, *, at: datetime) -> None:
    ensure_writable(application, _section(application), at=at)
    until = closing_of(application)
    if until is not None and at > until:
        raise NotNow(Problem("statement_late", facts={"until": until}))


def _section(application: Application) -> str:
    typed = typed_of(application)
    question = partners_block(typed)
    section = typed.form.section_of(question.key) if question else None
    return section.key if section else ""


def _rows(application: Application) -> list[Row]:
    return list(typed_of(application).rows(Fact.PARTNERS))


def _make(
    application: Application, row: Row, facts: dict[str, Any], *, by: Actor, at: datetime
) -> PartnerStatement:
    made = PartnerStatement(
        municipality_id=application.municipality_id,
        application=application,
        row=row["id"],
        facts=facts,
        sha256=digest(facts),
        asked_at=at,
        asked_by_id=by.id,
    )
    db.session.add(made)
    return made
