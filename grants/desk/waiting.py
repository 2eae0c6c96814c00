"""What waits for the person who looks at the start page: one line for each thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from grants import clock
from grants.acts.rules import ActStatus
from grants.calls.asked import list_unanswered
from grants.calls.corrected import list_sent_corrections
from grants.calls.rules.states import Stage
from grants.complaints.queries.waiting import ObjectedCall, list_objected_calls
from grants.desk.listed import CallLine
from grants.desk.navigation import find_url
from grants.desk.queries.waiting import Counts, WaitingCases, count_waiting, list_waiting_cases
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext
from grants.municipalities.models import Municipality
from grants.payments.rules import InstalmentStatus
from grants.people.access import may_keep_books, may_lead_calls, may_sign
from grants.people.actors import Actor
from grants.web.filters import day

# Stages whose next step is the office's turn, not the committee's or the passing of time;
# what objections ask for is said one by one.
_MOST_CASES = 5
_TURNS = frozenset((Stage.DRAFT, Stage.CHECK, Stage.RANKING, Stage.DECISION))


@dataclass(frozen=True)
class Waiting:
    """One thing to do, and where."""

    text: str
    note: str
    label: str
    url: str


def list_waiting(
    who: Actor, municipality: Municipality, lines: Sequence[CallLine], *, at: datetime
) -> list[Waiting]:
    """What this person has to do in the municipality, calls first."""
    turns = [line for line in lines if line.step.is_mine and line.stage in _TURNS]
    own = [
        Waiting(line.step.text, line.call.title, line.step.label, line.step.url) for line in turns
    ]
    leads = may_lead_calls(who, municipality.id)
    cases = list_waiting_cases(limit=_MOST_CASES) if leads else WaitingCases((), ())
    return [
        *_questions(who, municipality, today=clock.local_day(at)),
        *own,
        *_objections(who, municipality, today=clock.local_day(at)),
        *_messages(cases, municipality),
        *_corrections(who, municipality),
        *_claims(cases, municipality),
        *_counted(who, municipality, {line.call.slug: line.call.title for line in lines}),
    ]


def _messages(cases: WaitingCases, municipality: Municipality) -> Iterator[Waiting]:
    """Officers answer; a case each, those that wait longest first."""
    for application, count in cases.unread:
        text = ngettext("%(num)d nepročitana poruka.", "%(num)d nepročitane poruke.", count)
        note = f"{application.organisation_name} · {application.title}"
        url = find_url(
            "applications.case_messages", municipality=municipality.slug, slug=application.slug
        )
        yield Waiting(text, note, _("Odgovori"), url)


def _objections(who: Actor, municipality: Municipality, *, today: date) -> Iterator[Waiting]:
    """Officers prepare rulings, see to those upheld, make the final list; acts wait elsewhere."""
    if not may_lead_calls(who, municipality.id):
        return
    for found in list_objected_calls(today=today):
        address = {"municipality": municipality.slug, "slug": found.slug}
        url, note = find_url("complaints.office", **address), found.title
        if found.open:
            until = _("%(call)s, najraniji rok %(day)s", call=found.title, day=day(found.due_on))
            yield Waiting(_unruled(found), until, _("Riješi prigovore"), url)
        if found.unsettled:
            text = ngettext(
                "%(num)d usvojen prigovor čeka izvršenje.",
                "%(num)d usvojenih prigovora čeka izvršenje.",
                found.unsettled,
            )
            yield Waiting(text, note, _("Pogledaj šta slijedi"), url)
        if found.is_ready_for_final:
            text = _("Rok za prigovore je istekao. Utvrdite konačnu listu.")
            yield Waiting(text, note, _("Prigovori i konačna lista"), url)
        if found.has_final and not found.is_waiting:
            text = _("Konačna lista je objavljena. Pripremite odluku i rješenja.")
            yield Waiting(text, note, _("Odluke"), find_url("decisions.overview", **address))


def _unruled(found: ObjectedCall) -> str:
    text = ngettext(
        "%(num)d prigovor čeka rješenje.", "%(num)d prigovora čeka rješenje.", found.open
    )
    if not found.overdue:
        return text
    late = ngettext("Kasni %(num)d.", "Kasni ih %(num)d.", found.overdue)
    return f"{text} {late}"


def _questions(who: Actor, municipality: Municipality, *, today: date) -> Iterator[Waiting]:
    if not may_lead_calls(who, municipality.id):
        return
    for found in list_unanswered(today=today):
        text = ngettext(
            "%(num)d pitanje čeka odgovor.", "%(num)d pitanja čeka odgovor.", found.count
        )
        if found.overdue:
            late = ngettext("Kasni %(num)d.", "Kasni ih %(num)d.", found.overdue)
            text = f"{text} {late}"
        note = _("%(call)s, odgovor do %(day)s", call=found.title, day=day(found.due_on))
        url = find_url("calls.asked", municipality=municipality.slug, slug=found.slug)
        yield Waiting(text, note, _("Odgovori"), url)


def _corrections(who: Actor, municipality: Municipality) -> Iterator[Waiting]:
    """The signatory decides; an officer is written to when one comes back."""
    if not may_sign(who, municipality.id):
        return
    for found in list_sent_corrections():
        url = find_url(
            "calls.correction",
            municipality=municipality.slug,
            slug=found.call_slug,
            correction=found.slug,
        )
        text = _("Ispravka poziva čeka vašu odluku.")
        yield Waiting(text, found.title, _("Pregledaj ispravku"), url)


def _claims(cases: WaitingCases, municipality: Municipality) -> Iterator[Waiting]:
    """Somebody asks for an organisation that an officer registered from paper."""
    for application, name in cases.claims:
        yield Waiting(
            _("%(name)s traži profil organizacije s papira.", name=name),
            application.organisation_name,
            _("Odluči"),
            find_url(
                "applications.case_representative",
                municipality=municipality.slug,
                slug=application.slug,
            ),
        )


def _counted(
    who: Actor, municipality: Municipality, titles: Mapping[str, str]
) -> Iterator[Waiting]:
    may = (may_sign, may_lead_calls, may_keep_books)
    if not any(each(who, municipality.id) for each in may):
        return
    counts: Counts = count_waiting(who.id)
    if may_lead_calls(who, municipality.id):
        yield from _seconds(municipality, counts.seconds, titles)
        yield from _hits(municipality, counts.hits, titles)
    if may_sign(who, municipality.id):
        yield from _committees(municipality, counts, titles)
    yield from _acts(who, municipality, counts.acts)
    yield from _payments(who, municipality, counts.instalments)


def _seconds(
    municipality: Municipality, counts: Mapping[str, int], titles: Mapping[str, str]
) -> Iterator[Waiting]:
    """Four eyes: what a colleague has checked waits for the second look."""
    for slug, count in counts.items():
        text = ngettext(
            "%(num)d prijava čeka vašu drugu provjeru.",
            "%(num)d prijava čeka vašu drugu provjeru.",
            count,
        )
        url = find_url("eligibility.checks", municipality=municipality.slug, slug=slug)
        yield Waiting(text, titles.get(slug, ""), _("Provjeri"), url)


def _hits(
    municipality: Municipality, counts: Mapping[str, int], titles: Mapping[str, str]
) -> Iterator[Waiting]:
    """In a blind call the chair may not know whose an application is, so officers decide."""
    for slug, count in counts.items():
        text = ngettext(
            "%(num)d mogući sukob interesa čeka odluku.",
            "%(num)d mogućih sukoba interesa čeka odluku.",
            count,
        )
        url = find_url("evaluation.office_hits", municipality=municipality.slug, slug=slug)
        yield Waiting(text, titles.get(slug, ""), _("Odluči"), url)


def _committees(
    municipality: Municipality, counts: Counts, titles: Mapping[str, str]
) -> Iterator[Waiting]:
    """Only the signatory appoints a committee and signs a change of it."""
    for slug in counts.committees:
        url = find_url("evaluation.committee", municipality=municipality.slug, slug=slug)
        text = _("Predložena komisija čeka imenovanje.")
        yield Waiting(text, titles.get(slug, ""), _("Pogledaj prijedlog"), url)
    for slug, count in counts.changes.items():
        url = find_url("evaluation.committee", municipality=municipality.slug, slug=slug)
        text = ngettext(
            "%(num)d izmjena sastava komisije čeka potpis.",
            "%(num)d izmjena sastava komisije čeka potpis.",
            count,
        )
        yield Waiting(text, titles.get(slug, ""), _("Pogledaj izmjenu"), url)


def _acts(
    who: Actor, municipality: Municipality, counts: Mapping[ActStatus, int]
) -> Iterator[Waiting]:
    signs, leads = may_sign(who, municipality.id), may_lead_calls(who, municipality.id)
    drafts = counts.get(ActStatus.DRAFT, 0) + counts.get(ActStatus.APPROVED, 0)
    issued = counts.get(ActStatus.ISSUED, 0)
    url = find_url("acts.index", municipality=municipality.slug)
    if signs and drafts:
        text = ngettext("%(num)d akt čeka potpis.", "%(num)d akata čeka potpis.", drafts)
        yield Waiting(text, _("Akti"), _("Pregledaj akte"), f"{url}?status=draft")
    if leads and issued:
        text = ngettext("%(num)d akt čeka uručenje.", "%(num)d akata čeka uručenje.", issued)
        yield Waiting(text, _("Akti"), _("Upiši uručenja"), f"{url}?status=issued")


def _payments(
    who: Actor, municipality: Municipality, counts: Mapping[InstalmentStatus, int]
) -> Iterator[Waiting]:
    signs, keeps = may_sign(who, municipality.id), may_keep_books(who, municipality.id)
    url = find_url("payments.index", municipality=municipality.slug)
    met = counts.get(InstalmentStatus.CONDITION_MET, 0)
    ordered = counts.get(InstalmentStatus.ORDERED, 0)
    approved = counts.get(InstalmentStatus.APPROVED, 0)
    if keeps and met:
        text = ngettext("%(num)d rata čeka nalog.", "%(num)d rata čeka nalog.", met)
        yield Waiting(text, _("Isplate"), _("Pripremi naloge"), url)
    if signs and ordered:
        text = ngettext("%(num)d nalog čeka odobrenje.", "%(num)d naloga čeka odobrenje.", ordered)
        yield Waiting(text, _("Isplate"), _("Odobri isplate"), url)
    if keeps and approved:
        text = ngettext("%(num)d rata čeka isplatu.", "%(num)d rata čeka isplatu.", approved)
        yield Waiting(text, _("Isplate"), _("Upiši isplate"), url)
