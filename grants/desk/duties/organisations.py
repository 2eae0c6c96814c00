"""What organisations ask for: reports, documents that expire, people who wait, a representative."""

from collections.abc import Iterator
from datetime import datetime

from grants.desk.duties.duty import AHEAD, Duty, term
from grants.desk.labels import STANDINGS
from grants.desk.navigation import find_url
from grants.desk.queries.work import Work
from grants.desk.rules import Urgency
from grants.i18n.languages import gettext as _
from grants.organisations.models import Organisation, OrganisationDocument, Standing
from grants.organisations.problems import DOCUMENT_KINDS


def duties_of_organisations(work: Work, *, at: datetime) -> Iterator[Duty]:
    """Everything that the organisations ask for."""
    names = {organisation.id: organisation for organisation in work.mine.organisations}
    for standing in work.standings:
        yield _owed(standing, names[standing.organisation_id], work, at=at)
    for kept in work.documents:
        yield _expiring(kept, names[kept.organisation_id], at=at)
    for asked in {request.organisation_id: request for request in work.mine.asking}.values():
        yield Duty(
            key=f"joining-{asked.organisation.slug}",
            text=_("Neko želi da se pridruži vašoj organizaciji"),
            note=asked.organisation.name,
            label=_("Odluči"),
            url=find_url("organisations.people", slug=asked.organisation.slug),
        )
    for seat, own in work.votes:
        yield Duty(
            key=f"vote-{seat.slug}-{own.slug}",
            text=_("Glasajte za člana komisije iz civilnog društva"),
            note=f"{seat.call.title} · {own.name}",
            label=_("Glasaj"),
            url=find_url("evaluation.public_seat", slug=seat.call.slug),
            until=seat.votes_until,
            event=_("Kraj glasanja za člana komisije: %(call)s", call=seat.call.title),
        )
    for organisation in work.mine.organisations:
        yield from _representative(organisation, work)


def _owed(standing: Standing, organisation: Organisation, work: Work, *, at: datetime) -> Duty:
    until = term(standing.due_on)
    what = _(
        "%(what)s po ugovoru %(reference)s",
        what=STANDINGS[standing.kind],
        reference=standing.reference,
    )
    is_late = until is not None and until < at
    return Duty(
        key=f"standing-{standing.id}",
        text=_("Kasni: %(what)s", what=what) if is_late else what,
        note=organisation.name,
        label=_("Otvori"),
        url=_contract_url(standing, work)
        or find_url("desk.organisation_history", slug=organisation.slug)
        or find_url("organisations.profile", slug=organisation.slug),
        until=until,
        is_day=True,
        shown_from=until - AHEAD if until else None,
        event=_("Rok: %(what)s", what=what),
    )


def _contract_url(standing: Standing, work: Work) -> str:
    """The expenditure of the contract that a reference names: the staff's page is not for us."""
    slugs = {contract.slug for contract in work.mine.contracts}
    slug = next((part for part in standing.path.split("/") if part in slugs), "")
    return find_url("reports.mine", slug=slug) if slug else ""


def _expiring(kept: OrganisationDocument, organisation: Organisation, *, at: datetime) -> Duty:
    name = kept.title or str(DOCUMENT_KINDS.get(kept.kind, kept.document.name))
    until = term(kept.expires_on)
    has_expired = until is not None and until < at
    return Duty(
        key=f"document-{kept.document.slug}",
        text=_("Dokument je istekao: %(name)s", name=name)
        if has_expired
        else _("Dokument uskoro ističe: %(name)s", name=name),
        note=organisation.name,
        label=_("Učitaj novi"),
        url=find_url("organisations.document", slug=organisation.slug, document=kept.document.slug),
        until=None if has_expired else until,
        is_day=True,
        shown_from=until - AHEAD if until else None,
        event="" if has_expired else _("Ističe: %(name)s", name=name),
    )


def _representative(organisation: Organisation, work: Work) -> Iterator[Duty]:
    url = find_url("organisations.representative", slug=organisation.slug)
    has_draft = any(draft.organisation_id == organisation.id for draft in work.drafts)
    if organisation.representative_user_id is None:
        yield Duty(
            key=f"representative-{organisation.slug}",
            text=_("Niko se nije izjasnio kao zakonski zastupnik; bez njega se prijava ne predaje"),
            note=organisation.name,
            label=_("Zakonski zastupnik"),
            url=url,
            undated=Urgency.NOW if has_draft else Urgency.WEEK,
        )
    elif organisation.representative_confirmed_at is None:
        yield Duty(
            key=f"representative-{organisation.slug}",
            text=_("Zakonski zastupnik čeka potvrdu: općina ga potvrđuje uz prvu prijavu"),
            note=organisation.name,
            label=_("Pogledaj"),
            url=url,
            undated=Urgency.LATER,
        )
