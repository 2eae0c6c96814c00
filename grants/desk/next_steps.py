"""What has to happen next with a call, whose turn it is, and the one button that leads there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from grants import clock
from grants.calls.life_line import stage_of
from grants.calls.models import Call
from grants.calls.queries import CallPart
from grants.calls.rules.states import CallStatus, Stage
from grants.desk.navigation import find_url
from grants.desk.queries.calls import Counts
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext
from grants.people.rules import Role
from grants.web.filters import day, moment
from grants.web.gate import actor, allowed


@dataclass(frozen=True)
class Milestones:
    """What the later stages have reached, loaded once for a page."""

    has_committee: bool = False
    is_scoring_closed: bool = False
    objections_until: Any = None
    objections_open: int = 0
    has_final_list: bool = False


NOTHING_YET = Milestones()


@dataclass(frozen=True)
class NextStep:
    """One sentence and, for whoever's turn it is and the gate lets through, one button."""

    text: str
    label: str = ""
    url: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class _Step:
    text: str
    label: str = ""
    endpoint: str = ""
    subject: Any = None
    turn: Role = Role.OFFICER


def next_step(
    call: Call, counts: Counts, milestones: Milestones = NOTHING_YET, *, slug: str, at: datetime
) -> NextStep:
    """The next step of a call; `slug` is its municipality's."""
    found = _FINDERS[stage_of(call, at=at)](call, counts, milestones, at)
    subject = found.subject if found.subject is not None else call
    is_mine = (
        found.endpoint in current_app.view_functions
        and actor().holds(found.turn, call.municipality_id)
        and allowed(found.endpoint, subject)
    )
    if not is_mine:
        return NextStep(found.text)
    address = {"municipality": slug, "slug": call.slug}
    if isinstance(subject, CallPart):
        address["part"] = subject.part
    if found.endpoint == "register.call":
        address.pop("municipality")
    return NextStep(found.text, found.label, find_url(found.endpoint, **address), is_mine=True)


def _draft(call: Call, _counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    check = CallPart(call, "check")
    if call.status is CallStatus.APPROVED:
        text = _("Poziv je odobren i može se objaviti.")
        return _Step(text, _("Objavi poziv"), "calls.edit", check)
    if call.sent_at is not None:
        text = _("Poziv čeka odobrenje potpisnika od %(moment)s.", moment=moment(call.sent_at))
        return _Step(text, _("Pregledaj i odobri"), "calls.edit", check, Role.SIGNATORY)
    if call.return_reason:
        text = _("Potpisnik je vratio poziv: %(reason)s", reason=call.return_reason)
        return _Step(text, _("Doradi poziv"), "calls.edit", CallPart(call, "texts"))
    text = _("Poziv je u pripremi. Popunite sve dijelove i pošaljite ga potpisniku.")
    return _Step(text, _("Nastavi pripremu"), "calls.edit", CallPart(call, "texts"))


def _publication(call: Call, _counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    text = _("Poziv je objavljen. Prijave se primaju od %(moment)s.", moment=moment(call.opens_at))
    return _Step(text, _("Javna stranica poziva"), "register.call")


def _applications(call: Call, counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    begun = ngettext("%(num)d započeta", "%(num)d započetih", counts.drafts)
    text = _(
        "Prijave se primaju do %(moment)s. Do sada: %(received)s podneseno, %(begun)s.",
        moment=moment(call.deadline), received=counts.received, begun=begun,
    )  # fmt: skip
    return _Step(text, _("Javna stranica poziva"), "register.call")


def _check(call: Call, counts: Counts, reached: Milestones, _at: datetime) -> _Step:
    if call.status is CallStatus.PUBLISHED:
        text = _("Rok za prijave je istekao. Otvorite prijave i sačinite zapisnik.")
        return _Step(text, _("Otvori prijave"), "eligibility.opening")
    if counts.unchecked:
        text = ngettext(
            "%(num)d prijava čeka ishod administrativne provjere.",
            "%(num)d prijava čeka ishod administrativne provjere.",
            counts.unchecked,
        )
        return _Step(text, _("Provjeri prijave"), "eligibility.opening")
    if not reached.has_committee:
        text = _("Sve prijave su provjerene. Imenujte komisiju.")
        return _Step(text, _("Imenuj komisiju"), "evaluation.committee")
    text = _("Komisija je imenovana. Počinje ocjenjivanje.")
    return _Step(text, _("Komisija"), "evaluation.committee")


def _scoring(_call: Call, _counts: Counts, reached: Milestones, _at: datetime) -> _Step:
    if reached.is_scoring_closed:
        return _Step(_("Ocjenjivanje je zaključeno."), _("Rang-lista"), "ranking.overview")
    text = _("Komisija ocjenjuje prijave. Predsjednik zaključuje ocjenjivanje.")
    return _Step(text, _("Napredak komisije"), "evaluation.committee")


def _ranking(_call: Call, _counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    text = _("Rang-lista je utvrđena i čeka objavu preliminarne liste.")
    return _Step(text, _("Pogledaj i objavi"), "ranking.overview")


def _objections(_call: Call, _counts: Counts, reached: Milestones, at: datetime) -> _Step:
    until, waiting = reached.objections_until, reached.objections_open
    if waiting:
        text = ngettext(
            "%(num)d prigovor čeka rješenje ili izvršenje.",
            "%(num)d prigovora čeka rješenje ili izvršenje.",
            waiting,
        )
        return _Step(text, _("Prigovori"), "complaints.office")
    if until is None:
        text = _("Primaju se i rješavaju prigovori na preliminarnu listu.")
        return _Step(text, _("Prigovori"), "complaints.office")
    if clock.local_day(at) <= until:
        text = _("Rok za prigovore teče do %(day)s.", day=day(until))
        return _Step(text, _("Prigovori"), "complaints.office")
    if not reached.has_final_list:
        text = _("Rok za prigovore je istekao. Utvrdite konačnu listu.")
        return _Step(text, _("Prigovori i konačna lista"), "complaints.office")
    text = _("Konačna lista je objavljena. Pripremite odluku i rješenja.")
    return _Step(text, _("Pripremi odluke"), "decisions.overview")


def _decision(_call: Call, _counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    text = _("Odluka je donesena. Uručite rješenja i pripremite ugovore.")
    return _Step(text, _("Odluke i uručenja"), "decisions.overview")


def _implementation(_call: Call, _counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    text = _("Projekti se provode. Pratite isplate i troškove u ugovorima.")
    return _Step(text, _("Odluke i ugovori"), "decisions.overview")


def _cancelled(_call: Call, _counts: Counts, _reached: Milestones, _at: datetime) -> _Step:
    return _Step(_("Poziv je poništen."))


_FINDERS: dict[Stage, Callable[[Call, Counts, Milestones, datetime], _Step]] = {
    Stage.DRAFT: _draft,
    Stage.PUBLICATION: _publication,
    Stage.APPLICATIONS: _applications,
    Stage.CHECK: _check,
    Stage.SCORING: _scoring,
    Stage.RANKING: _ranking,
    Stage.OBJECTIONS: _objections,
    Stage.DECISION: _decision,
    Stage.IMPLEMENTATION: _implementation,
    Stage.CANCELLED: _cancelled,
}
