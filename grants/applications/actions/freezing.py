"""A version of an application frozen: its facts, its hash, its rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from grants import clock
from grants.applications.models import (
    Activity,
    Application,
    ApplicationDocument,
    BudgetRow,
    Partner,
    Snapshot,
)
from grants.applications.queries import (
    present_documents,
    profile_of,
)
from grants.applications.queries.standing import frozen_statements
from grants.applications.rules.freezing import Frozen, Seal, freeze
from grants.applications.rules.parsing import Typed
from grants.db import db
from grants.jobs.actions import enqueue
from grants.people.actors import Actor
from grants.people.queries import get_user

# What the frozen text says of a partner and its row has no column for.
_ONLY_IN_TEXT = ("amount", "statement")


def freeze_version(application: Application, typed: Typed, *, by: Actor, at: datetime) -> Snapshot:
    """Keep what the draft says now as the next version, its lists as rows; its PDF is ordered."""
    frozen = frozen_of(application, typed, by=by, at=at)
    application.snapshot_version += 1
    snapshot = Snapshot(
        municipality_id=application.municipality_id,
        application_id=application.id,
        version=application.snapshot_version,
        facts=frozen.text,
        sha256=frozen.sha256,
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(snapshot)
    # In bulk: one statement a table, however many lines there are.
    db.session.bulk_save_objects(_rows(application, frozen, version=snapshot.version))
    _order_pdf(application, at=at)
    return snapshot


def frozen_of(application: Application, typed: Typed, *, by: Actor, at: datetime) -> Frozen:
    """What the next version would be if it were frozen now; nothing is kept."""
    organisation = application.organisation
    seal = Seal(
        version=application.snapshot_version + 1,
        call=application.call.reference,
        reference=application.reference or "",
        at=at,
        by=by.name,
        organisation=profile_of(organisation) if organisation else {},
        documents=[
            _document_facts(each)
            for each in present_documents(application)
            if _is_asked(typed, each.code)
        ],
        paper=_paper(application),
        statements=frozen_statements(application, typed),
    )
    return freeze(typed, seal)


def _paper(application: Application) -> dict[str, Any] | None:
    """How and when a paper came, and who keyed it in; its postmark as a day in Sarajevo."""
    if application.keyed_by_id is None:
        return None
    keyed_by, received_at = get_user(application.keyed_by_id), application.received_at
    posted_at = application.posted_at
    return {
        "channel": application.channel.value,
        "protocol": application.protocol_number,
        "received_at": received_at.isoformat() if received_at else None,
        "posted_on": clock.local_day(posted_at).isoformat() if posted_at else None,
        "late_reason": application.late_reason,
        "keyed_by": keyed_by.name if keyed_by else "",
    }


def _order_pdf(application: Application, *, at: datetime) -> None:
    facts = {
        "application_id": application.id,
        "municipality_id": application.municipality_id,
        "version": application.snapshot_version,
    }
    enqueue("render_application", facts, at=at)


def _rows(application: Application, frozen: Frozen, *, version: int) -> Iterable[Any]:
    shared = {
        "municipality_id": application.municipality_id,
        "application_id": application.id,
        "version": version,
    }
    for at, activity in enumerate(frozen.facts["activities"]):
        told = {key: activity[key] for key in ("code", "title", "responsible", "months")}
        yield Activity(**shared, position=at, **told)
    for at, line in enumerate(frozen.facts["budget"]):
        yield BudgetRow(**shared, position=at, **line)
    for at, partner in enumerate(frozen.facts["partners"]):
        told = {key: value for key, value in partner.items() if key not in _ONLY_IN_TEXT}
        yield Partner(**shared, position=at, **told)


def _is_asked(typed: Typed, code: str) -> bool:
    """A file of a question that is not asked stays in the draft and does not freeze."""
    question = typed.form.files().get(code)
    return question is None or typed.is_shown(question)


def _document_facts(attached: ApplicationDocument) -> dict[str, Any]:
    document = attached.document
    if document is None:
        return {"code": attached.code}
    return {
        "code": attached.code,
        "name": document.name,
        "slug": document.slug,
        "sha256": document.sha256,
        "size": document.size,
        "issued_on": attached.issued_on.isoformat() if attached.issued_on else None,
        "expires_on": attached.expires_on.isoformat() if attached.expires_on else None,
    }
