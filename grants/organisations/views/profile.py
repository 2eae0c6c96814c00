"""The profile: registering an organisation, joining one that is known, changing it by parts."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.organisations.access import may_belong, may_lead
from grants.organisations.actions.people import ask_to_join
from grants.organisations.actions.profile import change_organisation, register_organisation
from grants.organisations.forms import PARTS, BoardPart, JoinForm, RegisterForm, typed_profile
from grants.organisations.models import Organisation
from grants.organisations.problems import LEGAL_FORMS, PROFILE_PARTS
from grants.organisations.problems import PARTS as ENTRIES
from grants.organisations.queries import (
    get_organisation_by_jib,
    get_own_organisation,
    list_held,
    list_open_requests,
)
from grants.organisations.rules.banks import bank_of
from grants.organisations.rules.identifiers import normalised
from grants.organisations.rules.profile import PARTS as KEYS
from grants.organisations.rules.profile import iban_of, progress, share_filled
from grants.organisations.views.shared import blueprint, show, tabs
from grants.people.access import may_person
from grants.people.rules import Role
from grants.web.forms import Form
from grants.web.gate import actor, allow
from grants.web.views import local_path


@blueprint.route("/my/organisations/new", methods=["GET", "POST"])
@allow(may_person)
def new() -> ResponseReturnValue:
    """Register an organisation; a known JIB leads to a request to join.

    Whoever came from a call goes back there.
    """
    form = RegisterForm(formdata=request.form if request.method == "POST" else None)
    if form.validate_on_submit():
        standing = get_organisation_by_jib(normalised(form.jib.data))
        if standing is not None:
            join_form = JoinForm(formdata=None, jib=standing.jib)
            return _join_page(join_form, standing), 409
        made = _register(form)
        if made is not None:
            flash(_("Organizacija je upisana, a vi ste vlasnik njenog profila."), "success")
            profile = url_for("organisations.profile", slug=made.slug)
            return redirect(local_path(request.args.get("next", profile)))
    status = 422 if form.errors else 200
    return render_template("organisations/new.html", form=form), status


def _register(form: RegisterForm) -> Organisation | None:
    try:
        return register_organisation(
            typed_profile(form),
            is_jib_confirmed=form.is_jib_confirmed.data,
            by=actor(),
            at=clock.now(),
        )
    except DomainError as refusal:
        show(refusal, form)
        return None


@blueprint.post("/my/organisations/join")
@allow(may_person)
def join() -> ResponseReturnValue:
    """Ask the owner of a known organisation to be let in."""
    form = JoinForm()
    organisation = get_organisation_by_jib(normalised(form.jib.data or ""))
    if organisation is None:
        abort(404)
    if not form.validate():
        return _join_page(form, organisation), 422
    ask_to_join(organisation, message=form.message.data or "", by=actor(), at=clock.now())
    return render_template(
        "organisations/asked.html", organisation=organisation, has_owner=_has_owner(organisation)
    )


def _join_page(form: JoinForm, organisation: Organisation) -> str:
    return render_template(
        "organisations/join.html",
        form=form,
        organisation=organisation,
        has_owner=_has_owner(organisation),
    )


def _has_owner(organisation: Organisation) -> bool:
    """What an officer registered from paper has none: the officer decides who gets it."""
    return any(Role.OWNER in roles for roles in list_held(organisation).values())


@blueprint.get("/my/organisations/<slug>")
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def profile(organisation: Organisation) -> ResponseReturnValue:
    """The profile by parts, with what is still missing for an application."""
    is_owner = may_lead(actor(), organisation)
    return render_template(
        "organisations/profile.html",
        organisation=organisation,
        tabs=tabs(),
        requests=list_open_requests(organisation) if is_owner else [],
        iban=iban_of(organisation.account),
        legal_forms=LEGAL_FORMS,
        **_progress(organisation),
    )


def _progress(organisation: Organisation) -> dict[str, Any]:
    said = {key: getattr(organisation, key) for keys in KEYS.values() for key in keys}
    parts = progress(said)
    done, asked = share_filled(said)
    return {
        "parts": {each.part: each for each in parts},
        "part_names": PROFILE_PARTS,
        "entries": ENTRIES,
        "done": done,
        "asked": asked,
        "is_ready": not any(each.missing for each in parts),
    }


@blueprint.route("/my/organisations/<slug>/edit", methods=["GET", "POST"])
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def edit(organisation: Organisation) -> ResponseReturnValue:
    """One part of the profile, named by `?part=`."""
    part = request.args.get("part", "identity")
    if part not in PARTS:
        abort(404)
    form = PARTS[part](obj=organisation)
    if isinstance(form, BoardPart) and form.adds_row(request.form):
        return _edit_page(organisation, part, form)
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        status = _change(organisation, form)
        if status == 303:
            flash(_("Sačuvano."), "success")
            place = url_for("organisations.profile", slug=organisation.slug)
            return redirect(f"{place}#{part}", 303)
    return _edit_page(organisation, part, form), status


def _edit_page(organisation: Organisation, part: str, form: Form) -> str:
    return render_template(
        "organisations/edit.html",
        form=form,
        part=part,
        title=PROFILE_PARTS[part],
        organisation=organisation,
        iban=iban_of(organisation.account),
        known_bank=bank_of(organisation.account),
    )


def _change(organisation: Organisation, form: RegisterForm) -> int:
    version = request.form.get("version", "")
    try:
        change_organisation(
            organisation,
            typed_profile(form),
            version=int(version) if version.isdigit() else 0,
            by=actor(),
            at=clock.now(),
        )
    except DomainError as refusal:
        return show(refusal, form)
    return 303
