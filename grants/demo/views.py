"""Pages of demo mode: the clock, and signing in as one of the demo people."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.demo.clock import DemoClock
from grants.demo.forms import ClockForm
from grants.demo.queries import get_demo_user, list_terms
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.people import session
from grants.people.access import may_anyone
from grants.people.actions import note_sign_in
from grants.web.gate import allow
from grants.web.views import local_path

blueprint = Blueprint("demo", __name__)
# So much past a deadline that its own instant, which still counts, has gone by.
JUST_AFTER = timedelta(minutes=1)


@blueprint.route("/demo/clock", methods=["GET", "POST"])
@allow(may_anyone)
def clock_page() -> ResponseReturnValue:
    """Move the clock by hours or days, or past the next term."""
    form = ClockForm()
    if form.validate_on_submit():
        _demo_clock().move(form.distance())
        return _moved()
    page = render_template("demo/clock_page.html", form=form, terms=list_terms(at=clock.now()))
    return page, 422 if form.errors else 200


@blueprint.post("/demo/clock/to")
@allow(may_anyone)
def clock_to() -> ResponseReturnValue:
    """Move the clock just past a moment."""
    try:
        target = datetime.fromisoformat(request.form.get("until", ""))
        distance = target - clock.now() + JUST_AFTER
    except (ValueError, TypeError) as fault:
        raise DomainError(Problem("demo_no_moment")) from fault
    _demo_clock().move(distance)
    return _moved()


@blueprint.post("/demo/clock/reset")
@allow(may_anyone)
def clock_reset() -> ResponseReturnValue:
    """Show the real time again."""
    _demo_clock().reset()
    return _moved()


@blueprint.post("/demo/sign-in")
@allow(may_anyone)
def sign_in() -> ResponseReturnValue:
    """Sign in as a demo person with one click."""
    user = get_demo_user(request.form.get("email", ""))
    if user is None:
        raise DomainError(Problem("demo_no_person"))
    note_sign_in(user, at=clock.now())
    session.begin(user)
    return redirect(local_path(request.form.get("next") or "/start"))


def _demo_clock() -> DemoClock:
    found: DemoClock = current_app.extensions["demo_clock"]
    return found


def _moved() -> ResponseReturnValue:
    flash(_("Sat je pomjeren; novo vrijeme stoji u traci na vrhu."), "success")
    return redirect(url_for("demo.clock_page"))
