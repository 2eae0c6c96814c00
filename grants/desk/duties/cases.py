"""What submitted applications ask for: completions, answers, decisions, contracts, budgets."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from grants.acts.labels import DECISIONS, KINDS
from grants.acts.models import Act
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.contracts.rules.states import ContractStatus
from grants.desk.duties.duty import Duty, own_url, term, title_of
from grants.desk.navigation import find_url
from grants.desk.queries.work import Work
from grants.desk.rules import Urgency
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext

# A decision whose service was never noted is news for so long.
NEWS_LASTS = timedelta(days=30)
# What the published list does not name.
_NOT_LISTED = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


def duties_of_cases(work: Work, *, at: datetime) -> Iterator[Duty]:
    """Everything that the submitted applications ask for."""
    cases = {application.id: application for application in work.mine.applications}
    yield from _completions(work, cases, at=at)
    yield from _objections(work, at=at)
    yield from _messages(work, cases)
    yield from _decisions(work, at=at)
    yield from _contracts(work, cases)
    yield from _budgets(work)


def _completions(work: Work, cases: dict[int, Application], *, at: datetime) -> Iterator[Duty]:
    for request in work.mine.requests:
        case = cases[request.application_id]
        if at <= request.until:
            title = title_of(case)
            yield Duty(
                key=f"completion-{case.slug}-{request.id}",
                text=_("Zatražena je dopuna: %(title)s", title=title),
                note=case.call.title,
                label=_("Dopuni prijavu"),
                url=find_url("eligibility.completion", slug=case.slug) or own_url(case),
                until=request.until,
                is_loud=True,
                event=_("Rok za dopunu: %(title)s", title=title),
            )


def _objections(work: Work, *, at: datetime) -> Iterator[Duty]:
    """While the term for objections runs and none was filed; that is the representative's."""
    for case in work.mine.applications:
        until = term(work.terms.get(case.call_id))
        if until is None or at > until or case.status in _NOT_LISTED:
            continue
        if case.id in work.mine.objected:
            continue
        title = title_of(case)
        yield Duty(
            key=f"objection-{case.slug}",
            text=_("Objavljena je preliminarna lista. Pogledajte ocjene: %(title)s", title=title),
            note=_("%(call)s · rok za prigovor teče", call=case.call.title),
            label=_("Ocjene i prigovor"),
            url=find_url("complaints.scores", slug=case.slug),
            until=until,
            is_day=True,
            event=_("Zadnji dan za prigovor: %(title)s", title=title),
        )


def _messages(work: Work, cases: dict[int, Application]) -> Iterator[Duty]:
    for case_id, count in work.mine.unread.items():
        case = cases[case_id]
        yield Duty(
            key=f"messages-{case.slug}",
            text=ngettext(
                "%(num)d nepročitana poruka općine", "%(num)d nepročitanih poruka općine", count
            ),
            note=title_of(case),
            label=_("Pročitaj poruke"),
            url=find_url("applications.own_messages", slug=case.slug) or own_url(case),
        )


def _decisions(work: Work, *, at: datetime) -> Iterator[Duty]:
    for act in work.mine.acts:
        if act.kind not in DECISIONS:
            continue
        until = term(act.remedy_until)
        if until is not None and at <= until:
            yield _decision(act, until)
        elif until is None and act.remedy_days and _is_fresh(act, at):
            yield _decision(act, None)


def _is_fresh(act: Act, at: datetime) -> bool:
    return act.issued_at is not None and at - act.issued_at <= NEWS_LASTS


def _decision(act: Act, until: datetime | None) -> Duty:
    name = f"{KINDS[act.kind]} {act.number or ''}".strip()
    running = _("Rok za pravni lijek teče: %(act)s", act=name)
    fresh = _("Donesen je akt, rok za pravni lijek teče od uručenja: %(act)s", act=name)
    return Duty(
        key=f"remedy-{act.slug}",
        text=running if until else fresh,
        note=act.title,
        label=_("Pročitaj akt"),
        url=find_url("acts.my_pdf", slug=act.slug),
        until=until,
        is_day=True,
        event=_("Zadnji dan za pravni lijek: %(act)s", act=name),
    )


def _contracts(work: Work, cases: dict[int, Application]) -> Iterator[Duty]:
    for contract in work.mine.contracts:
        case = cases[contract.application_id]
        title = title_of(case)
        if contract.status is ContractStatus.PREPARED:
            yield Duty(
                key=f"contract-{contract.slug}",
                text=_("Ugovor je pripremljen za potpis: %(title)s", title=title),
                note=case.call.title,
                label=_("Otvori ugovor"),
                url=find_url("contracts.mine", slug=contract.slug),
            )
        elif contract.status is ContractStatus.ACTIVE:
            yield Duty(
                key=f"expenditure-{contract.slug}",
                text=_("Upisujte troškove projekta: %(title)s", title=title),
                note=case.call.title,
                label=_("Troškovi"),
                url=find_url("reports.mine", slug=contract.slug),
                undated=Urgency.LATER,
            )


def _budgets(work: Work) -> Iterator[Duty]:
    for award in work.reduced:
        yield Duty(
            key=f"budget-{award.slug}",
            text=_(
                "Uskladite budžet s dodijeljenim iznosom: %(title)s", title=title_of(award.case)
            ),
            note=award.case.call.title,
            label=_("Uskladi budžet"),
            url=find_url("contracts.my_budget", slug=award.slug),
        )
