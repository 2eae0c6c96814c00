"""What an applicant must do next, in the order of the deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.contracts.rules.states import ContractStatus
from grants.desk.navigation import find_url
from grants.desk.queries.mine import Mine
from grants.i18n.languages import gettext as _
from grants.organisations.models import Organisation


@dataclass(frozen=True)
class Duty:
    """One thing to do, until when, and where; without a deadline it can wait."""

    text: str
    note: str
    label: str
    url: str
    until: datetime | None = None


def list_duties(mine: Mine, *, at: datetime) -> list[Duty]:
    """All of them; those with the nearest deadline first, those without one last."""
    found = [
        *_drafts(mine, at),
        *_completions(mine, at),
        *_messages(mine),
        *_contracts(mine),
        *_joining(mine),
    ]
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted((duty for duty in found if duty.url), key=lambda duty: duty.until or far)


def _drafts(mine: Mine, at: datetime) -> Iterator[Duty]:
    for application in mine.applications:
        deadline = application.call.deadline
        is_open = deadline is None or at <= deadline
        if application.status is ApplicationStatus.DRAFT and is_open:
            yield Duty(
                _("Prijava nije podnesena: %(title)s", title=title_of(application)),
                application.call.title,
                _("Nastavi prijavu"),
                find_url("applications.check", slug=application.slug) or _own_url(application),
                deadline,
            )


def _completions(mine: Mine, at: datetime) -> Iterator[Duty]:
    by_id = {application.id: application for application in mine.applications}
    for request in mine.requests:
        application = by_id[request.application_id]
        if at <= request.until:
            yield Duty(
                _("Zatražena je dopuna: %(title)s", title=title_of(application)),
                application.call.title,
                _("Dopuni prijavu"),
                find_url("eligibility.completion", slug=application.slug) or _own_url(application),
                request.until,
            )


def _messages(mine: Mine) -> Iterator[Duty]:
    for application in mine.applications:
        if mine.unread.get(application.id):
            yield Duty(
                _("Općina vam je pisala: %(title)s", title=title_of(application)),
                application.call.title,
                _("Pročitaj poruke"),
                find_url("applications.own_messages", slug=application.slug),
            )


def _contracts(mine: Mine) -> Iterator[Duty]:
    by_id = {application.id: application for application in mine.applications}
    for contract in mine.contracts:
        title = title_of(by_id[contract.application_id])
        url = find_url("contracts.mine", slug=contract.slug)
        if contract.status is ContractStatus.PREPARED:
            text = _("Ugovor je pripremljen za potpis: %(title)s", title=title)
            yield Duty(text, by_id[contract.application_id].call.title, _("Otvori ugovor"), url)
        elif contract.status is ContractStatus.ACTIVE:
            yield Duty(
                _("Upisujte troškove projekta: %(title)s", title=title),
                by_id[contract.application_id].call.title,
                _("Troškovi"),
                find_url("reports.mine", slug=contract.slug),
            )


def _joining(mine: Mine) -> Iterator[Duty]:
    asked = {request.organisation_id: request.organisation for request in mine.asking}
    for organisation in asked.values():
        yield Duty(
            _("Neko želi da se pridruži vašoj organizaciji"),
            organisation.name,
            _("Odluči"),
            _members_url(organisation),
        )


def _members_url(organisation: Organisation) -> str:
    return find_url("organisations.members", slug=organisation.slug)


def _own_url(application: Application) -> str:
    return find_url("desk.my_application", slug=application.slug)


def title_of(application: Application) -> str:
    """Its title, or what stands for one while there is none."""
    return application.title or _("prijava bez naslova")
