"""The findings of the quiz in words: the condition, its figure, and what would mend it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grants.calls.rules.criteria import CofinancingBase
from grants.calls.rules.quiz import Finding, Must, Verdict
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.i18n.languages import ngettext
from grants.web.filters import day, money_km, percent

Facts = Mapping[str, Any]
VERDICTS = {
    Verdict.MET: (_l("ispunjeno"), "green"),
    Verdict.NOT_MET: (_l("nije ispunjeno"), "red"),
    Verdict.UNANSWERED: (_l("nije odgovoreno"), ""),
}


@dataclass(frozen=True)
class Said:
    """One finding as the page draws it."""

    title: str
    figure: str
    remedy: str
    label: str
    colour: str
    is_met: bool


def say(finding: Finding) -> Said:
    """A finding in the language of the moment; what would mend it only where it is not met."""
    label, colour = VERDICTS[finding.verdict]
    is_failed = finding.verdict is Verdict.NOT_MET
    if finding.condition is not None:
        title, figure = finding.condition.text, _answer_that_fits(finding.condition.must)
        remedy = finding.condition.remedy
    else:
        words = _WORDS[finding.code]
        title, figure = str(_TITLES[finding.code]), words.figure(finding.facts)
        remedy = words.remedy(finding.facts) if is_failed else ""
    shown = remedy if is_failed else ""
    return Said(title, figure, shown, str(label), colour, finding.verdict is Verdict.MET)


@dataclass(frozen=True)
class _Words:
    figure: Callable[[Facts], str]
    remedy: Callable[[Facts], str]


def _answer_that_fits(must: Must) -> str:
    return _("Poziv traži odgovor: da.") if must is Must.YES else _("Poziv traži odgovor: ne.")


def _registered(_facts: Facts) -> str:
    return _("Prijavljuju se udruženja i fondacije.")


def _register_first(_facts: Facts) -> str:
    return _(
        "Prijaviti se može samo registrovano udruženje ili fondacija. Neformalna grupa može "
        "sarađivati s organizacijom koja je registrovana i koja se prijavljuje."
    )


def _jib(_facts: Facts) -> str:
    return _("Bez JIB-a se prijava ne može predati.")


def _get_jib(_facts: Facts) -> str:
    return _("JIB dodjeljuje poreska uprava nakon registracije. Zatražite ga prije prijave.")


def _age(facts: Facts) -> str:
    asked = _("Registracija najkasnije %(latest)s, na dan otvaranja poziva.", latest=_day(facts))
    if "registered_on" not in facts:
        return asked
    years, months = divmod(facts["months"], 12)
    old = _(
        "Na dan roka organizacija ima %(years)s i %(months)s.",
        years=ngettext("%(num)d godinu", "%(num)d godina", years),
        months=ngettext("%(num)d mjesec", "%(num)d mjeseci", months),
    )
    return f"{asked} {old}"


def _too_young(facts: Facts) -> str:
    return _(
        "Organizacija je registrovana %(registered_on)s, poslije otvaranja poziva. Možete biti "
        "partner organizaciji koja ispunjava uslov, ili sačekati sljedeći poziv.",
        registered_on=day(facts["registered_on"]),
    )


def _amount(facts: Facts) -> str:
    limits = _(
        "Od %(least)s do %(most)s.", least=money_km(facts["least"]), most=money_km(facts["most"])
    )
    if "requested" not in facts:
        return limits
    return _("Tražite %(requested)s.", requested=money_km(facts["requested"])) + f" {limits}"


def _other_amount(facts: Facts) -> str:
    if facts["over"]:
        return _("Smanjite traženi iznos za %(over)s.", over=money_km(facts["over"]))
    return _("Povećajte traženi iznos za %(under)s.", under=money_km(facts["under"]))


def _duration(facts: Facts) -> str:
    limits = _("Od %(least)s do %(most)s mjeseci.", least=facts["least"], most=facts["most"])
    if "months" not in facts:
        return limits
    planned = ngettext("Planirate %(num)d mjesec.", "Planirate %(num)d mjeseci.", facts["months"])
    return f"{planned} {limits}"


def _other_duration(facts: Facts) -> str:
    if facts["months"] < facts["least"]:
        return _("Produžite projekat na najmanje %(least)s mjeseci.", least=facts["least"])
    return _("Skratite projekat na najviše %(most)s mjeseci.", most=facts["most"])


def _own(facts: Facts) -> str:
    if facts["base"] == CofinancingBase.TOTAL:
        rule = _("Najmanje %(share)s ukupnog budžeta.", share=percent(facts["share"]))
    else:
        rule = _("Najmanje %(share)s traženog iznosa.", share=percent(facts["share"]))
    if facts.get("needed") is None:
        return rule
    needed = _(
        "Za %(requested)s treba vlastitih %(needed)s.",
        requested=money_km(facts["requested"]),
        needed=money_km(facts["needed"]),
    )
    if "own" not in facts:
        return f"{rule} {needed}"
    return f"{rule} {needed} " + _("Imate %(own)s.", own=money_km(facts["own"]))


def _more_own(facts: Facts) -> str:
    if facts["needed"] is None:
        return _("Poziv ne daje sredstva bez potpunog vlastitog učešća.")
    return _(
        "Nedostaje %(missing)s. Povećajte vlastito učešće, nađite partnera koji ulaže ili tražite "
        "manje.",
        missing=money_km(facts["missing"]),
    )


def _applications(facts: Facts) -> str:
    limit = ngettext(
        "Jedna organizacija može predati najviše %(num)d prijavu.",
        "Jedna organizacija može predati najviše %(num)d prijave.",
        facts["limit"],
    )
    if "left" not in facts:
        return limit
    left = ngettext("Ostaje vam još %(num)d.", "Ostaje vam još %(num)d.", facts["left"])
    return f"{limit} {left}"


def _enough_applications(_facts: Facts) -> str:
    return _("Već ste predali koliko se može. Predatu prijavu možete povući i predati drugu.")


def _cap(facts: Facts) -> str:
    cap = _(
        "U cijelom programu jedna organizacija može dobiti najviše %(amount)s.",
        amount=money_km(facts["cap"]),
    )
    if "left" not in facts:
        return cap
    return f"{cap} " + _("Ostaje vam još %(left)s.", left=money_km(facts["left"]))


def _over_cap(facts: Facts) -> str:
    if facts["left"] >= max(facts["least"], 1):
        return _("Tražite najviše %(left)s.", left=money_km(facts["left"]))
    return _("Iz ovog programa ne možete dobiti više. Potražite poziv iz drugog programa.")


def _reports(_facts: Facts) -> str:
    return _("Ranije dodjele moraju biti opravdane izvještajem.")


def _send_reports(_facts: Facts) -> str:
    return _("Predajte izvještaje koji nedostaju prije nego što predate prijavu.")


def _documents(facts: Facts) -> str:
    return _(
        "Imate %(there)s od %(needed)s obaveznih.", there=facts["there"], needed=facts["needed"]
    )


def _get_documents(facts: Facts) -> str:
    return _("Do roka pribavite: %(missing)s.", missing=", ".join(facts["missing"]))


def _day(facts: Facts) -> str:
    return day(facts["latest"])


_TITLES = {
    "registered": _l("Registrovana organizacija"),
    "jib": _l("JIB organizacije"),
    "age": _l("Datum registracije"),
    "amount": _l("Traženi iznos"),
    "duration": _l("Trajanje projekta"),
    "own": _l("Vlastito učešće"),
    "applications": _l("Broj prijava"),
    "cap": _l("Granica u programu"),
    "reports": _l("Raniji izvještaji"),
    "documents": _l("Obavezni dokumenti"),
}
_WORDS = {
    "registered": _Words(_registered, _register_first),
    "jib": _Words(_jib, _get_jib),
    "age": _Words(_age, _too_young),
    "amount": _Words(_amount, _other_amount),
    "duration": _Words(_duration, _other_duration),
    "own": _Words(_own, _more_own),
    "applications": _Words(_applications, _enough_applications),
    "cap": _Words(_cap, _over_cap),
    "reports": _Words(_reports, _send_reports),
    "documents": _Words(_documents, _get_documents),
}
