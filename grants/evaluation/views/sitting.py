"""A member's pages: the own committees, the two declarations, the list of applications."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.queries import grid_of
from grants.calls.rules.states import CallStatus
from grants.errors import DomainError
from grants.evaluation.access import may_preside_over, may_sit
from grants.evaluation.actions import declare_impartiality, declare_interests
from grants.evaluation.forms import DeclarationForm, InterestsForm, grounds_of, ties_of
from grants.evaluation.models import Member
from grants.evaluation.queries import (
    ListedApplication,
    Progress,
    count_own_progress,
    get_member,
    list_applicants,
    list_applications,
    list_own_seats,
)
from grants.evaluation.queries.anew import has_sheets_anew
from grants.evaluation.queries.blinding import is_hidden, list_names, slugs_of
from grants.evaluation.queries.hits import Desk, count_open_hits, count_pairs
from grants.evaluation.rules.committee import VOTING, ConflictGround, MemberRole
from grants.evaluation.rules.sheets import Standing, standing
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import DECLARATION, GROUNDS, ROLES
from grants.i18n.languages import gettext as _
from grants.people.access import may_person
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number


@blueprint.get("/committee")
@allow(may_person)
def index() -> ResponseReturnValue:
    """The committees one sits on; what is to do in each once its declarations are given."""
    seats = list_own_seats(actor())
    declared = [seat for seat in seats if seat.interests_at is not None]
    return render_template(
        "evaluation/index.html",
        seats=seats,
        progress=count_own_progress(declared) if declared else {},
        hits=count_open_hits([seat for seat in declared if seat.role is MemberRole.CHAIR]),
        roles=ROLES,
        voting=VOTING,
    )


@blueprint.get("/committee/<slug>")
@allow(may_sit, on=get_member, seen_by=may_sit)
def work(member: Member) -> ResponseReturnValue:
    """The applications to score, with the own progress."""
    if member.declared_at is None:
        return redirect(url_for("evaluation.declaration", slug=member.committee.slug))
    is_open = member.committee.call.status is CallStatus.SCORING
    if member.interests_at is None and (is_open or has_sheets_anew(member)):
        return redirect(url_for("evaluation.interests", slug=member.committee.slug))
    page, progress = page_number(), Progress(0, 0)
    listed: list[ListedApplication] = []
    if member.interests_at is not None:
        progress = count_own_progress([member])[member.id]
        listed = list(list_applications(member, offset=(page - 1) * PER_PAGE, limit=PER_PAGE))
    return render_template(
        "evaluation/work.html",
        member=member,
        call=member.committee.call,
        progress=progress,
        listed=Page(listed, page, progress.expected),
        standings=_standings(member, listed),
        is_voting=member.is_voting or has_sheets_anew(member),
        waiting=_waiting(member),
        is_blind=is_hidden(member.committee),
    )


@blueprint.get("/committee/<slug>/declaration")
@allow(may_sit, on=get_member, seen_by=may_sit)
def declaration(member: Member) -> ResponseReturnValue:
    """The declaration of impartiality and confidentiality, before anything is seen."""
    if member.declared_at is not None:
        return redirect(url_for("evaluation.work", slug=member.committee.slug))
    return _declaration_page(member, DeclarationForm())


@blueprint.post("/committee/<slug>/declaration")
@allow(may_sit, on=get_member, seen_by=may_sit)
def declare(member: Member) -> ResponseReturnValue:
    """Sign the declaration."""
    form = DeclarationForm()
    if not form.validate_on_submit():
        return _declaration_page(member, form), 422
    ties, text = ties_of(form), str(DECLARATION)
    declare_impartiality(member, text, ties=ties, by=actor(), at=clock.now())
    flash(_("Izjava je potpisana."), "success")
    return redirect(url_for("evaluation.work", slug=member.committee.slug))


@blueprint.get("/committee/<slug>/interests")
@allow(may_sit, on=get_member, seen_by=may_sit)
def interests(member: Member) -> ResponseReturnValue:
    """The list of applicants, to declare conflicts from."""
    if member.declared_at is None or member.interests_at is not None:
        return redirect(url_for("evaluation.work", slug=member.committee.slug))
    return _interests_page(member, InterestsForm())


@blueprint.post("/committee/<slug>/interests")
@allow(may_sit, on=get_member, seen_by=may_sit)
def declare_all(member: Member) -> ResponseReturnValue:
    """Declare the conflicts; from here on nothing of those applications is seen any more."""
    if member.declared_at is None:
        return redirect(url_for("evaluation.declaration", slug=member.committee.slug))
    form = InterestsForm()
    if not form.validate_on_submit():
        return _interests_page(member, form), 422
    try:
        declare_interests(member, _declared(member), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _interests_page(member, form, refused=refused_by(refusal)), 422
    flash(_("Izjava o interesima je sačuvana."), "success")
    return redirect(url_for("evaluation.work", slug=member.committee.slug))


def _declaration_page(member: Member, form: DeclarationForm) -> str:
    return render_template(
        "evaluation/declaration.html", member=member, form=form, text=DECLARATION
    )


def _declared(member: Member) -> dict[str, ConflictGround]:
    """What was declared, by the addresses of applications; of names where they are hidden."""
    grounds = grounds_of(request.form)
    return slugs_of(member, grounds) if is_hidden(member.committee) else grounds


def _interests_page(member: Member, form: InterestsForm, *, refused: Refused | None = None) -> str:
    is_blind = is_hidden(member.committee)
    return render_template(
        "evaluation/interests.html",
        member=member,
        call=member.committee.call,
        is_blind=is_blind,
        names=list_names(member) if is_blind else [],
        applicants=[] if is_blind else list_applicants(member),
        typed=grounds_of(request.form),
        grounds=GROUNDS,
        form=form,
        refused=refused or [],
    )


def _waiting(member: Member) -> int | None:
    """How many possible conflicts wait for the chair; None for everybody else."""
    if not may_preside_over(actor(), member) or is_hidden(member.committee):
        return None
    return count_pairs(Desk(member.committee.call, member.committee, member))[1]


def _standings(member: Member, listed: list[ListedApplication]) -> dict[int, Standing]:
    grid = grid_of(member.committee.call)
    return {
        each.application.id: standing(grid, each.sheet.scores if each.sheet else {})
        for each in listed
    }
