"""Who may: the organisation's people write, its representative submits, the office reads."""

from typing import Any

from grants.applications.models import Application, ApplicationDocument, Message
from grants.calls.models import Call
from grants.calls.rules.form import Section
from grants.organisations.models import Organisation
from grants.people.access import may_lead_calls, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role

MEMBERS = (Role.OWNER, Role.REPRESENTATIVE, Role.MEMBER)


def may_write(who: Actor, application: Application) -> bool:
    """The people of the organisation that applies; the state decides what they still change."""
    return application.organisation_id is not None and who.holds_any(
        MEMBERS, application.organisation_id
    )


def may_write_section(who: Actor, subject: tuple[Application, Section, *tuple[Any, ...]]) -> bool:
    """A section, or one question of it, is written by whoever writes its application."""
    return may_write(who, subject[0])


def may_submit(who: Actor, application: Application) -> bool:
    """Only the legal representative of the organisation submits and withdraws."""
    return application.organisation_id is not None and who.holds(
        Role.REPRESENTATIVE, application.organisation_id
    )


def may_use_own_document(who: Actor, document: ApplicationDocument) -> bool:
    """The files of an application are open to the people of its organisation."""
    return may_write(who, document.application)


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


def may_confirm_representative(who: Actor, application: Application) -> bool:
    """Officers compare the registration with the person who declared to represent."""
    return may_lead_calls(who, application.municipality_id)


def may_write_to_applicant(who: Actor, application: Application) -> bool:
    """Officers write for the municipality; the rest of its staff reads."""
    return may_lead_calls(who, application.municipality_id)


def may_use_own_message(who: Actor, message: Message) -> bool:
    """The messages of a case are the organisation's …"""
    return may_write(who, message.application)


def may_read_case_message(who: Actor, message: Message) -> bool:
    """… and those of the municipality's staff, its auditor included; never an evaluator's."""
    return may_work_in(who, message.municipality_id)


def may_write_case_message(who: Actor, message: Message) -> bool:
    """Officers add to what they wrote."""
    return may_lead_calls(who, message.municipality_id)


def may_anyone_verify(_who: Actor, _receipt: object) -> bool:
    """A receipt is checked by whoever holds it; only its hash leads to it."""
    return True
