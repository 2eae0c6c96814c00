"""The administrator's page: who works for the municipality, and in which role."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.i18n.languages import current_language
from grants.i18n.languages import gettext as _
from grants.municipalities.entering import enter_by_slug
from grants.municipalities.models import Municipality
from grants.people.access import may_administer
from grants.people.actions import Invitation, invite, invite_again, take_role
from grants.people.actors import Actor
from grants.people.forms import ROLE_NAMES, InviteForm
from grants.people.models import MailLink, Membership
from grants.people.queries import (
    get_membership_by_id,
    get_open_invitation,
    list_memberships,
    list_open_invitations,
)
from grants.people.rules import Role, ScopeKind
from grants.web.gate import actor, allow

blueprint = Blueprint("administration", __name__)


@dataclass(frozen=True)
class Seat:
    """One role of one person in one municipality."""

    municipality: Municipality
    membership: Membership


def get_office(_who: Actor, municipality: str) -> Municipality | None:
    """The municipality of an address, entered."""
    return enter_by_slug(municipality)


def get_seat(_who: Actor, municipality: str, membership: int) -> Seat | None:
    """A role held in the municipality of the address; somebody else's is not found."""
    office = enter_by_slug(municipality)
    held = get_membership_by_id(membership)
    if office is None or held is None:
        return None
    is_here = (held.scope_kind, held.scope_id) == (ScopeKind.MUNICIPALITY, office.id)
    return Seat(office, held) if is_here else None


@dataclass(frozen=True)
class Invited:
    """An invitation to a role in one municipality that nobody has taken up yet."""

    municipality: Municipality
    link: MailLink


def get_invited(_who: Actor, municipality: str, invitation: int) -> Invited | None:
    """An open invitation of the municipality of the address."""
    office = enter_by_slug(municipality)
    if office is None:
        return None
    link = get_open_invitation(invitation, ScopeKind.MUNICIPALITY, office.id)
    return Invited(office, link) if link else None


def may_invite(who: Actor, invited: Invited) -> bool:
    """The municipality's administrators."""
    return may_administer(who, invited.municipality.id)


def may_run_office(who: Actor, municipality: Municipality) -> bool:
    """The municipality's administrators."""
    return may_administer(who, municipality.id)


def may_take_seat(who: Actor, seat: Seat) -> bool:
    """The administrators, but nobody takes the own administration away and locks all out."""
    is_own = seat.membership.user_id == who.id and seat.membership.role is Role.ADMINISTRATOR
    return may_administer(who, seat.municipality.id) and not is_own


def may_know_seat(who: Actor, seat: Seat) -> bool:
    """Only administrators know who holds what."""
    return may_administer(who, seat.municipality.id)


@blueprint.route("/m/<municipality>/people", methods=["GET", "POST"])
@allow(may_run_office, on=get_office, seen_by=may_run_office)
def people(municipality: Municipality) -> ResponseReturnValue:
    """Everybody with a role here; an invitation by mail link adds one."""
    form = InviteForm()
    if form.validate_on_submit():
        _invite(form, municipality)
        flash(_("Pozivnica je poslana na %(email)s.", email=form.email.data), "success")
        return redirect(url_for("administration.people", municipality=municipality.slug))
    held = list_memberships(ScopeKind.MUNICIPALITY, [municipality.id])
    page = render_template(
        "people/staff.html",
        form=form,
        held=held,
        invited=list_open_invitations(ScopeKind.MUNICIPALITY, municipality.id),
        names=ROLE_NAMES,
        office=municipality,
        now=clock.now(),
    )
    return page, 422 if form.errors else 200


def _invite(form: InviteForm, municipality: Municipality) -> None:
    role = Role(form.role.data)
    place = f"{municipality.full_name}, {ROLE_NAMES[role]}"
    invitation = Invitation(
        email=form.email.data,
        name=form.name.data,
        language=current_language().code,
        role=role,
        scope_id=municipality.id,
        facts={"place": place},
    )
    invite(invitation, by=actor(), at=clock.now())


@blueprint.post("/m/<municipality>/people/invitations/<int:invitation>/again")
@allow(may_invite, on=get_invited, seen_by=may_invite)
def resend(invited: Invited) -> ResponseReturnValue:
    """Send an invitation once more; the link of the first mail no longer works."""
    invite_again(invited.link, language=current_language().code, by=actor(), at=clock.now())
    flash(_("Pozivnica je ponovo poslana na %(email)s.", email=invited.link.email), "success")
    return redirect(url_for("administration.people", municipality=invited.municipality.slug))


@blueprint.post("/m/<municipality>/people/<int:membership>/end")
@allow(may_take_seat, on=get_seat, seen_by=may_know_seat)
def end_role(seat: Seat) -> ResponseReturnValue:
    """Take a role back; what the person did stays on the record."""
    held = seat.membership
    take_role(held.user, role=held.role, scope_id=held.scope_id, by=actor(), at=clock.now())
    flash(_("Uloga je završena."), "success")
    return redirect(url_for("administration.people", municipality=seat.municipality.slug))
