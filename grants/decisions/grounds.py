"""Grounds in the words of an act: why an application is dismissed, or why no funds are left."""

from collections.abc import Iterable, Mapping
from typing import Any

from grants.errors import Problem
from grants.i18n.languages import lazy_gettext as _l
from grants.ranking.wording import say

# As they follow "jer" and "da": what carries no stress stands second in its clause.
_WORDS = {
    "late": _l("je prijava predata nakon isteka roka"),
    "incomplete": _l("je prijava nepotpuna, a nije dopunjena ni nakon poziva za dopunu"),
    "unauthorised": _l("je prijavu predala osoba koja nije ovlaštena za zastupanje podnosioca"),
    "applicant_not_eligible": _l("podnosilac ne ispunjava uslove za učešće na javnom pozivu"),
    "out_of_range": _l("je traženi iznos ili trajanje projekta izvan granica javnog poziva"),
    "too_many": _l("je podnosilac predao više prijava nego što javni poziv dopušta"),
    "budget_rules": _l("budžet prelazi ograničenja javnog poziva i nakon poziva za dopunu"),
    "outstanding_reports": _l("podnosilac nije opravdao ranije dodijeljena sredstva"),
    "conflict": _l("postoji sukob interesa koji isključuje učešće na javnom pozivu"),
}
_OTHER = _l("prijava ne ispunjava formalne uslove javnog poziva")
_SHORT = ("ranked_lot_", "ranked_pool_", "ranked_tie_voted")
_VOTED = _l(
    "Prijava je po bodovima izjednačena s drugom prijavom, pa je njihov redoslijed odlučila "
    "komisija glasanjem."
)


def dismissal_text(reason: str) -> str:
    """The formal ground of a code, as it follows "jer"; an unknown code gets the general words."""
    return str(_WORDS.get(reason, _OTHER))


def shortfall_sentences(notes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why money did not suffice, from the notes of a ranked row; [] where it kept none.

    `U lotu je preostalo 7.900,00 KM, a potrebno je 10.900,00 KM.`
    """
    kept = [note for note in notes if str(note["code"]).startswith(_SHORT)]
    # The vote first: it explains why this one was the one that was left with too little.
    kept.sort(key=lambda note: note["code"] != "ranked_tie_voted")
    return [_sentence(Problem(note["code"], facts=note["facts"])) for note in kept]


def _sentence(note: Problem) -> str:
    if note.code == "ranked_tie_voted":
        return str(_VOTED)
    said = say(note)
    return f"{said[:1].upper()}{said[1:]}."
