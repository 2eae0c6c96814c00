"""What a draft asks for: to be submitted, to be looked at again, statements of its partners."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from grants.applications.models import Application
from grants.applications.rules.checking import Finding, blocking
from grants.calls.queries import form_of
from grants.calls.rules.states import CallStatus
from grants.desk.duties.duty import Duty, own_url, title_of
from grants.desk.navigation import find_url
from grants.desk.queries.work import Work
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext

# So long a correction of the call stands among what is to be done.
NEWS_LASTS = timedelta(days=7)


def duties_of_drafts(work: Work, *, at: datetime) -> Iterator[Duty]:
    """Everything that the open drafts ask for."""
    for draft in work.drafts:
        if is_open(draft, at=at):
            yield _submitting(draft, work.findings.get(draft.id, []))
            yield from _form_corrected(draft)
            yield from _call_corrected(draft, work, at=at)
            yield from _statements(draft, work)


def is_open(draft: Application, *, at: datetime) -> bool:
    """Whether it can still be submitted."""
    call = draft.call
    is_in_time = call.deadline is None or at <= call.deadline
    return is_in_time and call.status is CallStatus.PUBLISHED


def _submitting(draft: Application, findings: Sequence[Finding]) -> Duty:
    title = title_of(draft)
    return Duty(
        key=f"draft-{draft.slug}",
        text=_("Prijava NIJE PREDATA: %(title)s", title=title),
        note=_about(draft),
        label=_("Nastavi prijavu") if blocking(findings) else _("Predaj prijavu"),
        url=_check_url(draft),
        until=draft.call.deadline,
        missing=_missing(draft, findings),
        is_loud=True,
        event=_("NIJE PREDATO: %(title)s", title=title),
        is_draft=True,
    )


def _missing(draft: Application, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The sections with something to mend, and in how many places."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.section] = counts.get(finding.section, 0) + finding.is_blocking
    titles = {section.key: section.title for section in form_of(draft.call).sections}
    return tuple(f"{titles.get(key, key)} ({count})" for key, count in counts.items() if count)


def _form_corrected(draft: Application) -> Iterator[Duty]:
    if form_of(draft.call).version > draft.form_version:
        yield Duty(
            key=f"form-{draft.slug}",
            text=_("Obrazac prijave je ispravljen: pregledajte šta se promijenilo"),
            note=_about(draft),
            label=_("Pogledaj ispravku"),
            url=_check_url(draft),
            until=draft.call.deadline,
        )


def _call_corrected(draft: Application, work: Work, *, at: datetime) -> Iterator[Duty]:
    for correction in work.corrections:
        published = correction.published_at
        if correction.call_id != draft.call_id or published is None:
            continue
        if draft.started_at <= published and at - published <= NEWS_LASTS:
            yield Duty(
                key=f"correction-{correction.slug}-{draft.slug}",
                text=_("Poziv je ispravljen (ispravka br. %(n)s)", n=correction.number or ""),
                note=_about(draft),
                label=_("Pročitaj ispravku"),
                url=find_url("register.call", slug=draft.call.slug),
                until=draft.call.deadline,
            )


def _statements(draft: Application, work: Work) -> Iterator[Duty]:
    rows = {each.row for each in work.statements if each.application_id == draft.id}
    signed = {
        each.row
        for each in work.statements
        if each.application_id == draft.id and (each.signed_at or each.document_id)
    }
    if waiting := len(rows - signed):
        yield Duty(
            key=f"statements-{draft.slug}",
            text=ngettext(
                "%(num)d izjava o partnerstvu još nije potpisana",
                "%(num)d izjava o partnerstvu još nije potpisano",
                waiting,
            ),
            note=_about(draft),
            label=_("Pogledaj partnere"),
            url=find_url("applications.partners", slug=draft.slug) or _check_url(draft),
            until=draft.call.deadline,
        )


def _check_url(draft: Application) -> str:
    return find_url("applications.check", slug=draft.slug) or own_url(draft)


def _about(draft: Application) -> str:
    organisation = draft.organisation.name if draft.organisation else ""
    return " · ".join(filter(None, (draft.call.title, organisation)))
