"""The platform administrator's page: which municipalities there are, and opening another."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.errors import DomainError
from grants.i18n.languages import current_language
from grants.i18n.languages import gettext as _
from grants.municipalities.actions import NewMunicipality, open_municipality
from grants.municipalities.queries import list_municipalities
from grants.municipalities.rules import Entity, Kind
from grants.people.access import may_run_installation
from grants.people.actions import Invitation, invite
from grants.people.forms import ROLE_NAMES, MunicipalityForm
from grants.people.rules import Role
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow

blueprint = Blueprint("installation", __name__)


@blueprint.route("/installation", methods=["GET", "POST"])
@allow(may_run_installation)
def municipalities() -> ResponseReturnValue:
    """All municipalities; a new one gets its calendar and an administrator by invitation."""
    form = MunicipalityForm()
    if form.validate_on_submit():
        try:
            _open(form)
        except DomainError as refusal:
            release()
            form.code.errors = sentences(refusal.problems)
        else:
            flash(_("Jedinica je otvorena; administrator je dobio pozivnicu."), "success")
            return redirect(url_for("installation.municipalities"))
    page = render_template("people/installation.html", form=form, rows=list_municipalities())
    return page, 422 if form.errors else 200


def _open(form: MunicipalityForm) -> None:
    at, role = clock.now(), Role.ADMINISTRATOR
    new = NewMunicipality(
        code=form.code.data,
        name=form.name.data,
        kind=Kind(form.kind.data),
        entity=Entity(form.entity.data),
        canton=form.canton.data or None,
        place=form.place.data,
    )
    opened = open_municipality(new, years=range(at.year - 1, at.year + 3))
    invitation = Invitation(
        email=form.email.data,
        name=form.person.data,
        language=current_language().code,
        role=role,
        scope_id=opened.id,
        facts={"place": f"{opened.full_name}, {ROLE_NAMES[role]}"},
    )
    invite(invitation, by=actor(), at=at)
    record(Event.MUNICIPALITY_OPENED, opened, by=actor(), at=at, facts={"code": opened.code})
