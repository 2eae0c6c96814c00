"""The applicant's own organisation: registering, the profile by parts, people, documents."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.documents.actions import add_document, receive_upload
from grants.documents.vault import storage
from grants.errors import DomainError, Stale
from grants.i18n.languages import gettext as _
from grants.organisations.access import may_belong, may_lead, may_use_document
from grants.organisations.actions import (
    ask_to_join,
    change_organisation,
    decide_join,
    declare_representative,
    describe_document,
    invite_member,
    keep_document,
    register_organisation,
    remove_document,
    remove_member,
)
from grants.organisations.forms import (
    PARTS,
    DocumentForm,
    InviteForm,
    JoinForm,
    RegisterForm,
    typed_profile,
)
from grants.organisations.models import Organisation, OrganisationDocument
from grants.organisations.problems import DOCUMENT_KINDS, LEGAL_FORMS, ROLES
from grants.organisations.queries import (
    get_organisation_by_jib,
    get_own_document,
    get_own_organisation,
    list_documents,
    list_members,
    list_open_requests,
)
from grants.organisations.rules.identifiers import normalised
from grants.organisations.rules.profile import iban_of
from grants.people.access import may_person
from grants.web.commit import release
from grants.web.downloads import attachment
from grants.web.errors import sentences
from grants.web.gate import actor, allow

blueprint = Blueprint("organisations", __name__)


@blueprint.route("/my/organisations/new", methods=["GET", "POST"])
@allow(may_person)
def new() -> ResponseReturnValue:
    """Register an organisation; a known JIB leads to a request to join."""
    form = RegisterForm(formdata=request.form if request.method == "POST" else None)
    if form.validate_on_submit():
        standing = get_organisation_by_jib(normalised(form.jib.data))
        if standing is not None:
            join_form = JoinForm(formdata=None, jib=standing.jib)
            page = render_template("organisations/join.html", form=join_form, organisation=standing)
            return page, 409
        made = _register(form)
        if made is not None:
            flash(_("Organizacija je upisana, a vi ste vlasnik njenog profila."), "success")
            return redirect(url_for("organisations.profile", slug=made.slug))
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
        _show(refusal, form)
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
        page = render_template("organisations/join.html", form=form, organisation=organisation)
        return page, 422
    ask_to_join(organisation, message=form.message.data or "", by=actor(), at=clock.now())
    return render_template("organisations/asked.html", organisation=organisation)


@blueprint.get("/my/organisations/<slug>")
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def profile(organisation: Organisation) -> ResponseReturnValue:
    """The profile with its people and documents."""
    return render_template(
        "organisations/profile.html",
        organisation=organisation,
        members=list_members(organisation),
        documents=list_documents(organisation),
        requests=list_open_requests(organisation),
        iban=iban_of(organisation.account),
        legal_forms=LEGAL_FORMS,
        document_kinds=DOCUMENT_KINDS,
        role_names=ROLES,
        is_owner=may_lead(actor(), organisation),
        invite_form=InviteForm(formdata=None),
    )


@blueprint.route("/my/organisations/<slug>/edit", methods=["GET", "POST"])
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def edit(organisation: Organisation) -> ResponseReturnValue:
    """One part of the profile, named by `?part=`."""
    part = request.args.get("part", "identity")
    if part not in PARTS:
        abort(404)
    form = PARTS[part](obj=organisation)
    status = 200
    if form.validate_on_submit():
        status = _change(organisation, form)
        if status == 303:
            flash(_("Sačuvano."), "success")
            return redirect(url_for("organisations.profile", slug=organisation.slug), 303)
    elif form.errors:
        status = 422
    page = render_template(
        "organisations/edit.html", form=form, part=part, organisation=organisation
    )
    return page, status


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
    except Stale as refusal:
        form.form_errors = sentences(refusal.problems)
        return 409
    except DomainError as refusal:
        _show(refusal, form)
        return 422
    return 303


@blueprint.route("/my/organisations/<slug>/representative", methods=["GET", "POST"])
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def representative(organisation: Organisation) -> ResponseReturnValue:
    """Declare to be the legal representative and show the registration."""
    problems: list[str] = []
    file = request.files.get("file")
    if request.method == "POST":
        if not request.form.get("is_declared"):
            problems = [_("Označite izjavu da ste zakonski zastupnik.")]
        elif not file or not file.filename:
            problems = [_("Odaberite datoteku s rješenjem o registraciji.")]
        else:
            problems = _receive_evidence(organisation.slug)
        if not problems:
            flash(_("Upisani ste kao zakonski zastupnik. Službenik će potvrditi."), "success")
            return redirect(url_for("organisations.profile", slug=organisation.slug), 303)
    page = render_template(
        "organisations/representative.html", organisation=organisation, problems=problems
    )
    return page, 422 if problems else 200


def _receive_evidence(slug: str) -> list[str]:
    file = request.files["file"]
    release()
    try:
        received = receive_upload(file.stream, name=file.filename or "")
    except DomainError as refusal:
        return sentences(refusal.problems)
    organisation = get_own_organisation(actor(), slug)
    if organisation is None:
        abort(404)
    at = clock.now()
    evidence = add_document(received, by_id=actor().id, at=at)
    declare_representative(organisation, evidence, by=actor(), at=at)
    return []


@blueprint.post("/my/organisations/<slug>/members")
@allow(may_lead, on=get_own_organisation, seen_by=may_belong)
def members(organisation: Organisation) -> ResponseReturnValue:
    """Let somebody in, or not; remove somebody."""
    deed, _sep, who = request.form.get("deed", "").partition(":")
    if not who.isdigit() or len(who) > 12 or deed not in ("accept", "decline", "remove"):
        abort(400)
    at = clock.now()
    if deed == "remove":
        remove_member(organisation, user_id=int(who), by=actor(), at=at)
    else:
        accepts = deed == "accept"
        decide_join(organisation, user_id=int(who), is_accepted=accepts, by=actor(), at=at)
    flash(_("Sačuvano."), "success")
    return redirect(url_for("organisations.profile", slug=organisation.slug), 303)


@blueprint.route("/my/organisations/<slug>/invite", methods=["GET", "POST"])
@allow(may_lead, on=get_own_organisation, seen_by=may_belong)
def invite(organisation: Organisation) -> ResponseReturnValue:
    """Invite a member by mail."""
    form = InviteForm()
    if form.validate_on_submit():
        invite_member(
            organisation, email=form.email.data, name=form.name.data, by=actor(), at=clock.now()
        )
        flash(_("Pozivnica je poslana na %(email)s.", email=form.email.data), "success")
        return redirect(url_for("organisations.profile", slug=organisation.slug), 303)
    page = render_template("organisations/invite.html", form=form, organisation=organisation)
    return page, 422 if form.errors else 200


@blueprint.route("/my/organisations/<slug>/documents", methods=["GET", "POST"])
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def documents(organisation: Organisation) -> ResponseReturnValue:
    """Put a file into the vault; what it is one says on the next page."""
    problems: list[str] = []
    file, slug = request.files.get("file"), organisation.slug
    if request.method == "POST" and (not file or not file.filename):
        problems = [_("Odaberite datoteku.")]
    elif request.method == "POST" and file:
        release()
        try:
            received = receive_upload(file.stream, name=file.filename or "")
        except DomainError as refusal:
            problems = sentences(refusal.problems)
        else:
            kept = _keep(received, slug)
            place = url_for("organisations.document", slug=slug, document=kept.document.slug)
            return redirect(place, 303)
    page = render_template(
        "organisations/upload.html", organisation=organisation, problems=problems
    )
    return page, 422 if problems else 200


def _keep(received: object, slug: str) -> OrganisationDocument:
    organisation = get_own_organisation(actor(), slug)
    if organisation is None:
        abort(404)
    at = clock.now()
    file = add_document(received, by_id=actor().id, at=at)  # type: ignore[arg-type]
    return keep_document(organisation, file, kind="other", by=actor(), at=at)


@blueprint.route("/my/organisations/<slug>/documents/<document>", methods=["GET", "POST"])
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def document(kept: OrganisationDocument) -> ResponseReturnValue:
    """What a kept document is, and from when to when it holds."""
    form = DocumentForm(obj=kept)
    if form.validate_on_submit():
        try:
            describe_document(
                kept,
                kind=form.kind.data,
                issued_on=form.issued_on.data,
                expires_on=form.expires_on.data,
            )
        except DomainError as refusal:
            _show(refusal, form)
        else:
            return redirect(url_for("organisations.profile", slug=kept.organisation.slug), 303)
    page = render_template("organisations/document.html", form=form, kept=kept)
    return page, 422 if form.errors else 200


@blueprint.get("/my/organisations/<slug>/documents/<document>/file")
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def document_file(kept: OrganisationDocument) -> ResponseReturnValue:
    """Download a kept document."""
    file = kept.document
    stream = storage().open(file.sha256)
    return attachment(stream, name=file.name, media_type=file.media_type, size=file.size)


@blueprint.post("/my/organisations/<slug>/documents/<document>/remove")
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def remove(kept: OrganisationDocument) -> ResponseReturnValue:
    """Take a document out of the vault."""
    remove_document(kept, by=actor(), at=clock.now())
    flash(_("Dokument je uklonjen."), "success")
    return redirect(url_for("organisations.profile", slug=kept.organisation.slug), 303)


def _show(refusal: DomainError, form: RegisterForm) -> None:
    """The sentences of a refusal at the fields they are about."""
    for problem in refusal.problems:
        field = form._fields.get(problem.place)
        said = sentences([problem])
        if field is None:
            form.form_errors = [*form.form_errors, *said]
        else:
            field.errors = [*field.errors, *said]
