"""Who may see, sign, keep and serve acts."""

from grants.acts.models import Act
from grants.municipalities.models import Municipality
from grants.people.access import may_lead_calls, may_sign, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role

_OF_ORGANISATION = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)


def may_list_acts(who: Actor, municipality: Municipality) -> bool:
    """All staff, the auditor included."""
    return may_work_in(who, municipality.id)


def may_see_act(who: Actor, act: Act) -> bool:
    """All staff, the auditor included."""
    return may_work_in(who, act.municipality_id)


def may_sign_act(who: Actor, act: Act) -> bool:
    """The mayor or a deputy approves, returns and issues."""
    return may_sign(who, act.municipality_id)


def may_keep_act(who: Actor, act: Act) -> bool:
    """Officers add the scan, note the service, prepare corrections."""
    return may_lead_calls(who, act.municipality_id)


def may_see_own_act(who: Actor, act: Act) -> bool:
    """Everybody of the organisation, once the act is issued."""
    return act.issued_at is not None and act.organisation_id in who.scopes_of(*_OF_ORGANISATION)
