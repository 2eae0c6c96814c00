"""The history of an organisation: for its own people everywhere, for an office in its own town."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from grants import clock
from grants.desk.access import may_see_applicant
from grants.desk.labels import STANDINGS
from grants.desk.listed import case_line, own_line
from grants.desk.queries.organisations import (
    OrganisationHistory,
    get_applicant,
    read_history_here,
    read_own_history,
)
from grants.desk.views.blueprint import blueprint
from grants.municipalities.models import Municipality
from grants.organisations.access import may_belong
from grants.organisations.models import Organisation, Standing
from grants.organisations.queries import get_own_organisation
from grants.organisations.rules.standing import StandingKind
from grants.organisations.views.shared import tabs
from grants.web.gate import allow


@blueprint.get("/my/organisations/<slug>/history")
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def organisation_history(organisation: Organisation) -> ResponseReturnValue:
    """Applications, awards and reports of an own organisation over all municipalities."""
    history = read_own_history(organisation)
    return render_template(
        "desk/organisation_history.html",
        organisation=organisation,
        tabs=tabs(),
        history=history,
        lines=[own_line(application) for application in history.applications],
        owed=_owed(history),
        kinds=STANDINGS,
    )


@blueprint.get("/m/<municipality>/organisations/<slug>")
@allow(may_see_applicant, on=get_applicant, seen_by=may_see_applicant)
def applicant(subject: tuple[Municipality, Organisation]) -> ResponseReturnValue:
    """The same for the staff of one municipality: what it had with this organisation."""
    municipality, organisation = subject
    history = read_history_here(organisation)
    return render_template(
        "desk/applicant.html",
        office=municipality,
        organisation=organisation,
        history=history,
        lines=[case_line(each, municipality.slug) for each in history.applications],
        owed=_owed(history),
        kinds=STANDINGS,
    )


def _owed(history: OrganisationHistory) -> list[tuple[Standing, bool]]:
    """What stands or stood open, with whether it is late; a late report is told once."""
    today = clock.local_day(clock.now())
    told = [each for each in history.standings if each.kind is not StandingKind.REPORT_LATE]
    return [(each, _is_late(each, today)) for each in told]


def _is_late(standing: Standing, today: date) -> bool:
    return standing.cleared_at is None and standing.due_on is not None and standing.due_on < today
