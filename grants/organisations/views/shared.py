"""What the pages of an organisation share: blueprint, tabs, uploads, refusals at their fields."""

from dataclasses import dataclass

from flask import Blueprint, abort, request
from wtforms import Form

from grants.documents.actions import Received, receive_upload
from grants.errors import DomainError, Stale
from grants.i18n.languages import gettext as _
from grants.organisations.models import Organisation
from grants.organisations.queries import get_own_organisation
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor

blueprint = Blueprint("organisations", __name__)


@dataclass(frozen=True)
class Upload:
    """A file that was taken in with the organisation loaded anew, or what is wrong with it."""

    organisation: Organisation
    received: Received | None
    problems: list[str]


def take_upload(slug: str, *, missing: str) -> Upload:
    """Take in the file of this request, outside of any transaction; `missing` asks for one."""
    file = request.files.get("file")
    received, problems = None, []
    if file is None or not file.filename:
        problems = [missing]
    else:
        release()
        try:
            received = receive_upload(file.stream, name=file.filename)
        except DomainError as refusal:
            problems = sentences(refusal.problems)
    organisation = get_own_organisation(actor(), slug)
    if organisation is None:
        abort(404)
    return Upload(organisation, received, problems)


def show(refusal: DomainError, form: Form) -> int:
    """The sentences of a refusal at the fields they are about; the status of the page."""
    for problem in refusal.problems:
        field = form._fields.get(problem.place)
        said = sentences([problem])
        if field is None:
            form.form_errors = [*form.form_errors, *said]
        else:
            field.errors = [*field.errors, *said]
    return 409 if isinstance(refusal, Stale) else 422


def tabs() -> list[tuple[str, str]]:
    """The pages of an organisation, each with its name."""
    return [
        ("organisations.profile", _("Profil")),
        ("organisations.documents", _("Dokumenti")),
        ("organisations.people", _("Ljudi")),
        ("desk.organisation_history", _("Istorija")),
    ]
