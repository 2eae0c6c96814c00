"""The public page of the short call: read by everybody, stood for and voted upon signed in."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_see_call
from grants.calls.models import Call
from grants.calls.queries import get_public_call
from grants.documents.actions import add_document, receive_upload
from grants.documents.rules.kinds import Kind
from grants.errors import DomainError
from grants.evaluation.access import may_represent_at, may_stand_for
from grants.evaluation.actions.seats import (
    cast_vote,
    ensure_may_stand,
    stand_for_seat,
    step_of,
    write_statement,
)
from grants.evaluation.models import SeatCall
from grants.evaluation.queries.seats import (
    Stand,
    chosen_of,
    count_votes,
    get_seat_call,
    get_stand,
    is_local,
    list_own_organisations,
    list_votes,
    standing_of,
    tied_to_call,
)
from grants.evaluation.rules.seats import SeatStatus, SeatStep
from grants.evaluation.seat_forms import BallotForm, CvForm, StatementForm
from grants.evaluation.views.shared import blueprint
from grants.i18n.languages import gettext as _
from grants.people.rules import Role
from grants.web.commit import release
from grants.web.errors import Refused, refused_by
from grants.web.forms import options
from grants.web.gate import actor, allow

PUBLIC = "/calls/<slug>/committee-seat"


@blueprint.get(PUBLIC)
@allow(may_see_call, on=get_public_call, seen_by=may_see_call, is_public=True)
def public_seat(call: Call) -> ResponseReturnValue:
    """The short call for the members' seat of civil society."""
    return _page(call)


@blueprint.post(f"{PUBLIC}/<organisation>")
@allow(may_stand_for, on=get_stand, seen_by=may_stand_for)
def stand(stand: Stand) -> ResponseReturnValue:
    """Stand for an own organisation, with a CV."""
    form, at = CvForm(), clock.now()
    address = {"slug": stand.call.slug, "organisation": stand.organisation.slug}
    if not form.validate_on_submit():
        return _page(stand.call, cv=(stand.organisation.slug, form)), 422
    try:
        ensure_may_stand(stand, by=actor(), at=at)
        release()
        received = receive_upload(
            form.file.data.stream, name=form.file.data.filename or "", allowed=frozenset({Kind.PDF})
        )
        stand = get_stand(actor(), **address) or abort(404)
        document = add_document(received, by_id=actor().id, at=at)
        stand_for_seat(stand, document, by=actor(), at=at)
    except DomainError as refusal:
        release()
        call = get_public_call(actor(), address["slug"]) or abort(404)
        return _page(call, refused=refused_by(refusal)), 422
    flash(
        _("Kandidatura je predata. Do kraja roka možete napisati zašto se kandidujete."), "success"
    )
    return redirect(url_for("evaluation.public_seat", slug=address["slug"]), 303)


@blueprint.post(f"{PUBLIC}/<organisation>/statement")
@allow(may_stand_for, on=get_stand, seen_by=may_stand_for)
def save_statement(stand: Stand) -> ResponseReturnValue:
    """What the candidate says."""
    form = StatementForm()
    if not form.validate_on_submit():
        return _page(stand.call, statement=form), 422
    try:
        write_statement(stand, form.statement.data or "", by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(stand.call, statement=form, refused=refused_by(refusal)), 422
    flash(_("Sačuvano."), "success")
    return redirect(url_for("evaluation.public_seat", slug=stand.call.slug))


@blueprint.post(f"{PUBLIC}/<organisation>/vote")
@allow(may_represent_at, on=get_stand, seen_by=may_stand_for)
def vote(stand: Stand) -> ResponseReturnValue:
    """The vote of an organisation, by its representative."""
    form = BallotForm()
    if not form.validate_on_submit():
        return _page(stand.call, ballot=(stand.organisation.slug, form)), 422
    try:
        cast_vote(stand, form.candidate.data or "", by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(stand.call, refused=refused_by(refusal)), 422
    flash(_("Glas je zabilježen. Do kraja glasanja ga možete promijeniti."), "success")
    return redirect(url_for("evaluation.public_seat", slug=stand.call.slug))


def _page(
    call: Call,
    *,
    cv: tuple[str, CvForm] | None = None,
    statement: StatementForm | None = None,
    ballot: tuple[str, BallotForm] | None = None,
    refused: Refused | None = None,
) -> str:
    found = get_seat_call(call)
    if found is None or found.status is SeatStatus.DRAFT:
        abort(404)
    step, who = step_of(found, at=clock.now()), actor()
    own = next((each for each in found.candidates if each.user_id == who.id), None)
    return render_template(
        "evaluation/public_seat.html",
        call=call,
        found=found,
        step=step.value,
        own=own,
        # Who stands is public once the days are over.
        candidates=[] if step is SeatStep.WAIT else found.candidates,
        chosen=chosen_of(found),
        votes=count_votes(found) if step is SeatStep.DONE and found.votes_until else {},
        seats=_seats(call) if step is SeatStep.WAIT and own is None else [],
        ballots=_ballots(call, found, ballot) if step is SeatStep.WAIT_FOR_VOTES else [],
        cv=cv[1] if cv else CvForm(formdata=None),
        cv_of=cv[0] if cv else "",
        statement=statement or StatementForm(statement=own.statement if own else ""),
        refused=refused or [],
    )


def _seats(call: Call) -> list[dict[str, Any]]:
    """The own organisations with whether one may stand for them, and why not."""
    own = list_own_organisations(actor())
    tied = tied_to_call(call, own)
    return [
        {
            "organisation": each,
            "is_local": is_local(each, call.municipality),
            "tied": tied.get(each.id, ""),
        }
        for each in own
    ]


def _ballots(
    call: Call, found: SeatCall, typed: tuple[str, BallotForm] | None
) -> list[dict[str, Any]]:
    """The ballots of the organisations one represents here, with what they chose so far."""
    own = [
        each
        for each in list_own_organisations(actor())
        if actor().holds(Role.REPRESENTATIVE, each.id) and is_local(each, call.municipality)
    ]
    votes = list_votes(found, [each.id for each in own]) if own else {}
    names = {each.id: each.slug for each in found.candidates}
    choices = {each.slug: f"{each.name}, {each.organisation.name}" for each in standing_of(found)}
    drawn = []
    for each in own:
        cast = votes.get(each.id)
        form = BallotForm(formdata=None, candidate=names[cast.candidate_id] if cast else None)
        if typed and typed[0] == each.slug:
            form = typed[1]
        form.candidate.choices = options(choices)
        cast_at = cast.cast_at if cast else None
        drawn.append(
            {
                "organisation": each,
                "form": form,
                "choices": list(choices.items()),
                "cast_at": cast_at,
            }
        )
    return drawn
