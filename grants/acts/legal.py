"""What a municipality's acts rest on and which remedy they name; its own texts before ours."""

from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from grants.acts.rules import ActKind
from grants.i18n.languages import lazy_gettext as _l
from grants.i18n.rendering import in_script
from grants.municipalities.models import Municipality
from grants.municipalities.rules import Entity

DEFAULT_SERIES = "02-1"
# Stands in a remedy's text for the number of days, so that both can never differ.
DAYS = "{rok}"

# Without article numbers: these have to be verified in the official gazettes first, and each
# municipality writes its own.
_BASIS: dict[Entity, LazyString] = {
    Entity.FBIH: _l(
        "propisa o principima lokalne samouprave u Federaciji Bosne i Hercegovine, statuta i "
        "odluke kojom je uređena dodjela sredstava organizacijama civilnog društva"
    ),
    Entity.RS: _l(
        "propisa o lokalnoj samoupravi Republike Srpske, statuta i odluke kojom je uređena "
        "dodjela sredstava organizacijama civilnog društva"
    ),
    Entity.BD: _l(
        "statuta Brčko distrikta Bosne i Hercegovine i propisa kojim je uređena dodjela sredstava "
        "organizacijama civilnog društva"
    ),
}
_APPEAL = _l(
    "Protiv ovog akta može se izjaviti žalba u roku od {rok} dana od dana uručenja. Žalba se "
    "izjavljuje drugostepenom organu, a predaje se putem organa koji je donio ovaj akt, "
    "neposredno ili preporučenom poštom."
)
_NOTICE = _l(
    "Ova odluka objavljuje se na internet stranici i oglasnoj ploči. Svaki podnosilac prijave "
    "dobija poseban akt o svojoj prijavi, s uputstvom o pravnom lijeku."
)
# A ruling upon an objection comes before the decision; whoever is not content with it says so
# when the decision is there.
_AFTER_RULING = _l(
    "Ovo rješenje je konačno u postupku po prigovoru i protiv njega nije dopušten poseban pravni "
    "lijek. Može se pobijati zajedno s aktom kojim se odlučuje o prijavi, u roku i na način koji "
    "su u tom aktu navedeni."
)
_REMEDIES: dict[ActKind, LazyString] = {
    ActKind.AWARD_DECISION: _NOTICE,
    ActKind.AWARD: _APPEAL,
    ActKind.REFUSAL: _APPEAL,
    ActKind.DISMISSAL: _APPEAL,
    ActKind.RESERVE_ACTIVATION: _APPEAL,
    ActKind.CORRECTION: _APPEAL,
    ActKind.RULING: _AFTER_RULING,
}
_DAYS_OF_APPEAL = 15


@dataclass(frozen=True)
class LegalTexts:
    """What an act of a kind takes from its municipality; `remedy` has its days written in."""

    basis: str
    remedy: str
    remedy_days: int | None
    series: str


def legal_texts(municipality: Municipality, kind: ActKind, language: str = "bs") -> LegalTexts:
    """The texts for an act, in the script of its language; speak the language around the call.

    The municipality keeps its own under `legal_texts`: `basis`, `remedy`, `remedy_days` and
    `series`, each by kind of act or `default`.
    """
    remedy = in_script(_own(municipality, "remedy", kind), language)
    remedy = remedy or str(_REMEDIES.get(kind, ""))
    days = _own(municipality, "remedy_days", kind)
    term = int(days) if days.isdigit() else _default_days(kind)
    return LegalTexts(
        basis=in_script(_own(municipality, "basis", kind), language)
        or str(_BASIS[municipality.entity]),
        remedy=remedy.replace(DAYS, str(term or "")),
        remedy_days=term,
        series=_own(municipality, "series", kind) or DEFAULT_SERIES,
    )


def _default_days(kind: ActKind) -> int | None:
    return _DAYS_OF_APPEAL if _REMEDIES.get(kind) is _APPEAL else None


def _own(municipality: Municipality, part: str, kind: ActKind) -> str:
    texts = (municipality.legal_texts or {}).get(part) or {}
    return str(texts.get(kind.value) or texts.get("default") or "").strip()
