"""Who may: the organisation's people write, its representative submits, the office reads."""

from typing import Any

from grants.applications.models import (
    Application,
    ApplicationDocument,
    Message,
    PartnerStatement,
)
from grants.applications.rules.paper import is_being_keyed
from grants.applications.rules.parsing import Row
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.form import Section
from grants.organisations.models import Organisation
from grants.people.access import may_lead_calls, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role

_KEYED = (ApplicationStatus.DRAFT, ApplicationStatus.COMPLETION_REQUESTED)
MEMBERS = (Role.OWNER, Role.REPRESENTATIVE, Role.MEMBER)


def may_write(who: Actor, application: Application) -> bool:
    """The people of the organisation that applies; the state decides what they still change.

    A paper is written by the officers: all of it while it is keyed in, later a completion that
    came on paper as well.
    """
    if application.keyed_by_id is not None and application.status in _KEYED:
        is_officer = may_lead_calls(who, application.municipality_id)
        return is_officer or may_follow(who, application)
    return may_follow(who, application)


def may_follow(who: Actor, application: Application) -> bool:
    """The people of the organisation follow their own case; a paper once it was keyed in."""
    if is_being_keyed(application.status, keyed_by_id=application.keyed_by_id):
        return False
    return application.organisation_id is not None and who.holds_any(
        MEMBERS, application.organisation_id
    )


def may_write_section(who: Actor, subject: tuple[Application, Section, *tuple[Any, ...]]) -> bool:
    """A section, or one question of it, is written by whoever writes its application."""
    return may_write(who, subject[0])


def may_submit(who: Actor, application: Application) -> bool:
    """Only the legal representative submits, withdraws, hands a completion in.

    What came on paper is not submitted here; officers hand in a completion that came on paper.
    """
    if is_being_keyed(application.status, keyed_by_id=application.keyed_by_id):
        return False
    is_on_paper = application.keyed_by_id is not None
    is_asked = application.status is ApplicationStatus.COMPLETION_REQUESTED
    if is_on_paper and is_asked and may_lead_calls(who, application.municipality_id):
        return True
    return application.organisation_id is not None and who.holds(
        Role.REPRESENTATIVE, application.organisation_id
    )


def may_use_own_document(who: Actor, document: ApplicationDocument) -> bool:
    """The files of an application are open to the people of its organisation."""
    return may_write(who, document.application)


def may_write_partner(who: Actor, subject: tuple[Application, Row]) -> bool:
    """The partners of an application are kept by whoever writes it."""
    return may_write(who, subject[0])


def may_read_case_statement(who: Actor, statement: PartnerStatement) -> bool:
    """What belongs to a case is open to the municipality's staff."""
    return may_work_in(who, statement.municipality_id)


def may_start(who: Actor, _call: Call) -> bool:
    """Whoever is signed in; for which organisation is asked on the page."""
    return who.is_signed_in


def may_start_for(who: Actor, organisation: Organisation) -> bool:
    """The people of an organisation start its applications."""
    return who.holds_any(MEMBERS, organisation.id)


def may_read_case(who: Actor, application: Application) -> bool:
    """The staff of the municipality, its auditor included."""
    return may_work_in(who, application.municipality_id)


def may_read_case_document(who: Actor, document: ApplicationDocument) -> bool:
    """What belongs to a case is open to the municipality's staff."""
    return may_work_in(who, document.municipality_id)


def may_key_in(who: Actor, call: Call) -> bool:
    """Officers key in what came on paper."""
    return may_lead_calls(who, call.municipality_id)


def may_see_papers(who: Actor, call: Call) -> bool:
    """The staff of the municipality sees what came on paper."""
    return may_work_in(who, call.municipality_id)


def may_complete_paper(who: Actor, application: Application) -> bool:
    """An officer ends the entry."""
    return may_lead_calls(who, application.municipality_id)


def may_confirm_representative(who: Actor, application: Application) -> bool:
    """Officers compare the registration with the person who declared to represent."""
    return may_lead_calls(who, application.municipality_id)


def may_write_to_applicant(who: Actor, application: Application) -> bool:
    """Officers write for the municipality; the rest of its staff reads."""
    return may_lead_calls(who, application.municipality_id)


def may_use_own_message(who: Actor, message: Message) -> bool:
    """The messages of a case are the organisation's …"""
    return may_follow(who, message.application)


def may_read_case_message(who: Actor, message: Message) -> bool:
    """… and those of the municipality's staff, its auditor included; never an evaluator's."""
    return may_work_in(who, message.municipality_id)


def may_write_case_message(who: Actor, message: Message) -> bool:
    """Officers add to what they wrote."""
    return may_lead_calls(who, message.municipality_id)


def may_anyone_verify(_who: Actor, _receipt: object) -> bool:
    """A receipt is checked by whoever holds it; only its hash leads to it."""
    return True
