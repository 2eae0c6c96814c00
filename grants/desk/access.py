"""Who may look: the staff at its own municipality, applicants at their own cases."""

from grants.applications.access import may_follow
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.people.access import may_work_in
from grants.people.actors import Actor


def may_see_office(who: Actor, municipality: Municipality) -> bool:
    """All staff, the auditor included."""
    return may_work_in(who, municipality.id)


def may_see_inner_call(who: Actor, call: Call) -> bool:
    """All staff, in every state of the call."""
    return may_work_in(who, call.municipality_id)


def may_see_case(who: Actor, application: Application) -> bool:
    """All staff, once it was submitted: a draft is the applicant's alone."""
    is_draft = application.status is ApplicationStatus.DRAFT
    return not is_draft and may_work_in(who, application.municipality_id)


def may_see_own(who: Actor, application: Application) -> bool:
    """Everybody of the organisation."""
    return may_follow(who, application)


def may_see_applicant(who: Actor, subject: tuple[Municipality, Organisation]) -> bool:
    """All staff, what their own municipality had with an organisation."""
    return may_work_in(who, subject[0].id)
