"""Statements of partnership from the applicant's side: asked for, taken back, uploaded, read."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_read_case_statement, may_write_partner
from grants.applications.actions.statements import (
    ask_statement,
    keep_statement_scan,
    revoke_statement,
)
from grants.applications.models import Application, PartnerStatement
from grants.applications.problems import worded
from grants.applications.queries import typed_of
from grants.applications.queries.standing import list_statements
from grants.applications.queries.statements import get_case_statement, get_own_partner
from grants.applications.rules.parsing import Row
from grants.applications.rules.partners import partners_block
from grants.applications.views.blueprint import blueprint
from grants.applications.views.pages import section_page, section_place
from grants.calls.rules.form import Section
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.documents.models import Document
from grants.errors import DomainError
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.languages import gettext as _
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow

Subject = tuple[Application, Row]
_AT = "/my/applications/<slug>/partners/<row>/statement"


@blueprint.post(_AT)
@allow(may_write_partner, on=get_own_partner, seen_by=may_write_partner)
def ask_partner(subject: Subject) -> ResponseReturnValue:
    """Send the partner's representative a link to sign."""
    application, row = subject
    chosen = request.form.get("language", "")
    language = chosen if chosen in BY_CODE else SOURCE.code
    try:
        ask_statement(application, row, language=language, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _refused(subject, refusal)
    flash(_("Izjava je poslana na adresu %(email)s.", email=row["email"]), "success")
    return redirect(_place(application, row), 303)


@blueprint.post(f"{_AT}/revoke")
@allow(may_write_partner, on=get_own_partner, seen_by=may_write_partner)
def revoke_partner(subject: Subject) -> ResponseReturnValue:
    """Take back a link that waits for a signature."""
    application, row = subject
    waiting = [
        each
        for each in list_statements(application)
        if each.row == row["id"] and each.signed_at is None and each.revoked_at is None
    ]
    if not waiting:
        abort(404)
    for each in waiting:
        revoke_statement(each, by=actor(), at=clock.now())
    flash(_("Poveznica je povučena i više se ne otvara."), "success")
    return redirect(_place(application, row), 303)


@blueprint.post(f"{_AT}/upload")
@allow(may_write_partner, on=get_own_partner, seen_by=may_write_partner)
def upload_statement(subject: Subject) -> ResponseReturnValue:
    """Keep a statement that was signed on paper; the form holds only the file."""
    application, row = subject
    slug, file = application.slug, request.files.get("file")
    if file is None or not file.filename:
        return _refused_with(subject, [_("Odaberite datoteku.")])
    release()
    try:
        received = receive_upload(file.stream, name=file.filename)
    except DomainError as refusal:
        return _refused(_again(slug, row), refusal)
    subject = _again(slug, row)
    at, by = clock.now(), actor()
    try:
        document = add_document(received, by_id=by.id, at=at)
        keep_statement_scan(*subject, document, by=by, at=at)
    except DomainError as refusal:
        return _refused(subject, refusal)
    flash(_("Potpisana izjava je sačuvana."), "success")
    return redirect(_place(*subject), 303)


@blueprint.get(f"{_AT}.pdf")
@allow(may_write_partner, on=get_own_partner, seen_by=may_write_partner)
def own_statement(subject: Subject) -> ResponseReturnValue:
    """Download the newest signed statement of a partner."""
    application, row = subject
    signed = [
        each
        for each in list_statements(application)
        if each.row == row["id"] and each.document is not None
    ]
    return _send(signed[-1].document if signed else None)


@blueprint.get("/m/<municipality>/applications/<slug>/statements/<sha256>")
@allow(may_read_case_statement, on=get_case_statement, seen_by=may_read_case_statement)
def case_statement(signed: PartnerStatement) -> ResponseReturnValue:
    """Download the statement of a partner of a case."""
    return _send(signed.document)


def _refused(subject: Subject, refusal: DomainError) -> ResponseReturnValue:
    return _refused_with(subject, sentences(worded(each) for each in refusal.problems))


def _refused_with(subject: Subject, said: list[str]) -> ResponseReturnValue:
    application, row = subject
    section = _section(application)
    page = section_page(
        application, section, with_missing=False, statement_problems={row["id"]: said}
    )
    return page, 422


def _again(slug: str, row: Row) -> Subject:
    """The partner once more: what was loaded before the file came is gone with release()."""
    found = get_own_partner(actor(), slug, row["id"])
    if found is None or not may_write_partner(actor(), found):
        abort(404)
    return found


def _section(application: Application) -> Section:
    typed = typed_of(application)
    question = partners_block(typed)
    return (typed.form.section_of(question.key) if question else None) or abort(404)


def _place(application: Application, row: Row) -> str:
    here = section_place(application, _section(application))
    return f"{here}#statement-{row['id']}"


def _send(file: Document | None) -> ResponseReturnValue:
    if file is None:
        abort(404)
    return hand_out(file)
