"""Pages of an applicant: what to do next, and one own case."""

from flask import render_template
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.labels import KINDS
from grants.applications.models import Application
from grants.desk.access import may_see_own
from grants.desk.case_life import case_stations
from grants.desk.duties.duty import title_of
from grants.desk.duties.listing import grouped, list_duties
from grants.desk.first_steps import first_steps
from grants.desk.labels import state_colour, state_label
from grants.desk.listed import own_line
from grants.desk.navigation import find_url
from grants.desk.queries.mine import get_own_case, read_own_case
from grants.desk.queries.work import read_work
from grants.desk.views.blueprint import blueprint
from grants.people.access import may_person
from grants.web.gate import actor, allow


@blueprint.get("/my")
@allow(may_person)
def my() -> ResponseReturnValue:
    """What I must do next, and everything my organisations have."""
    at, who = clock.now(), actor()
    work = read_work(who, at=at)
    mine = work.mine
    return render_template(
        "desk/my.html",
        mine=mine,
        groups=grouped(list_duties(work, at=at), at=at),
        lines=[own_line(each, unread=mine.unread.get(each.id, 0)) for each in mine.applications],
        steps=first_steps(mine),
        kinds=KINDS,
        urls={
            "new_organisation": find_url("organisations.new"),
            "calls": find_url("register.index"),
            "calendar": find_url("preferences.settings"),
            "notices": find_url("notices.inbox"),
        },
    )


@blueprint.get("/my/applications/<slug>")
@allow(may_see_own, on=get_own_case, seen_by=may_see_own)
def my_application(application: Application) -> ResponseReturnValue:
    """One own application: where it stands and what came of it."""
    file = read_own_case(application)
    slug = application.slug
    return render_template(
        "desk/my_application.html",
        file=file, application=application, call=application.call, title=title_of(application),
        state=(state_label(application), state_colour(application)),
        stations=case_stations(application), kinds=KINDS,
        is_objecting=file.objections_until is not None
        and clock.local_day(clock.now()) <= file.objections_until,
        urls={
            "check": find_url("applications.check", slug=slug),
            "receipt": find_url("applications.receipt", slug=slug),
            "messages": find_url("applications.own_messages", slug=slug),
            "completion": find_url("eligibility.completion", slug=slug),
            "scores": find_url("complaints.scores", slug=slug),
            "objections": find_url("complaints.mine", slug=slug),
            "file": find_url("complaints.own_file", slug=slug),
            "call": find_url("register.call", slug=application.call.slug),
            "results": find_url("register.results", slug=application.call.slug),
            "contract": find_url("contracts.mine", slug=file.contract.slug)
            if file.contract else "",
        },
    )  # fmt: skip
