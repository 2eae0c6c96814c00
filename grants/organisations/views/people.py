"""Who belongs to an organisation: members, requests, invitations, owners."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.organisations.access import may_belong, may_lead
from grants.organisations.actions.people import (
    decide_join,
    hand_over,
    invite_member,
    make_owner,
    remove_member,
)
from grants.organisations.forms import InviteForm
from grants.organisations.models import Organisation
from grants.organisations.problems import ROLES
from grants.organisations.queries import get_own_organisation, list_members, list_open_requests
from grants.organisations.views.shared import blueprint, show, tabs
from grants.people.actions import invite_again, revoke_invitation
from grants.people.queries import get_open_invitation, list_open_invitations
from grants.people.rules import ScopeKind
from grants.web.errors import sentences
from grants.web.gate import actor, allow

PLACE = "/my/organisations/<slug>"


@blueprint.get(f"{PLACE}/people")
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def people(organisation: Organisation) -> ResponseReturnValue:
    """Everybody with what they may do; who asks to come in; who was invited."""
    return _people_page(organisation), 200


def _people_page(organisation: Organisation, problems: tuple[str, ...] = ()) -> str:
    is_owner = may_lead(actor(), organisation)
    return render_template(
        "organisations/people.html",
        organisation=organisation,
        tabs=tabs(),
        members=list_members(organisation),
        requests=list_open_requests(organisation) if is_owner else [],
        invitations=list_open_invitations(ScopeKind.ORGANISATION, organisation.id)
        if is_owner
        else [],
        role_names=ROLES,
        is_owner=is_owner,
        problems=problems,
    )


@blueprint.post(f"{PLACE}/members")
@allow(may_lead, on=get_own_organisation, seen_by=may_belong)
def members(organisation: Organisation) -> ResponseReturnValue:
    """Let somebody in, or not; make an owner; hand the ownership over; remove somebody."""
    deed, _sep, who = request.form.get("deed", "").partition(":")
    if not who.isdigit() or len(who) > 12 or deed not in DEEDS:
        abort(400)
    try:
        DEEDS[deed](organisation, user_id=int(who), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _people_page(organisation, tuple(sentences(refusal.problems))), 409
    flash(_("Sačuvano."), "success")
    return _back(organisation)


def _accept(organisation: Organisation, **said: Any) -> None:
    decide_join(organisation, is_accepted=True, **said)


def _decline(organisation: Organisation, **said: Any) -> None:
    decide_join(organisation, is_accepted=False, **said)


DEEDS: dict[str, Callable[..., None]] = {
    "accept": _accept,
    "decline": _decline,
    "own": make_owner,
    "hand": hand_over,
    "remove": remove_member,
}


@blueprint.post(f"{PLACE}/leave")
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def leave(organisation: Organisation) -> ResponseReturnValue:
    """Leave an organisation; its last owner stays."""
    try:
        remove_member(organisation, user_id=int(actor().id or 0), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _people_page(organisation, tuple(sentences(refusal.problems))), 409
    flash(_("Više niste u organizaciji %(name)s.", name=organisation.name), "success")
    return redirect("/my", 303)


@blueprint.route(f"{PLACE}/invite", methods=["GET", "POST"])
@allow(may_lead, on=get_own_organisation, seen_by=may_belong)
def invite(organisation: Organisation) -> ResponseReturnValue:
    """Invite a member by mail."""
    form, status = InviteForm(), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            invite_member(
                organisation, email=form.email.data, name=form.name.data, by=actor(), at=clock.now()
            )
        except DomainError as refusal:
            status = show(refusal, form)
        else:
            flash(_("Pozivnica je poslana na %(email)s.", email=form.email.data), "success")
            return _back(organisation)
    page = render_template("organisations/invite.html", form=form, organisation=organisation)
    return page, status


@blueprint.post(f"{PLACE}/invitations")
@allow(may_lead, on=get_own_organisation, seen_by=may_belong)
def invitations(organisation: Organisation) -> ResponseReturnValue:
    """Send an invitation once more, or take it back."""
    deed, _sep, which = request.form.get("deed", "").partition(":")
    is_one = which.isdigit() and len(which) <= 12
    kind = ScopeKind.ORGANISATION
    link = get_open_invitation(int(which), kind, organisation.id) if is_one else None
    if link is None or deed not in ("resend", "revoke"):
        abort(404)
    at = clock.now()
    if deed == "resend":
        invite_again(link, language=actor().language or "bs", by=actor(), at=at)
        flash(_("Pozivnica je ponovo poslana na %(email)s.", email=link.email), "success")
    else:
        revoke_invitation(link, by=actor(), at=at)
        flash(_("Pozivnica za %(email)s više ne vrijedi.", email=link.email), "success")
    return _back(organisation)


def _back(organisation: Organisation) -> ResponseReturnValue:
    return redirect(url_for("organisations.people", slug=organisation.slug), 303)
