"""Formal grounds in the words of an act: an application is dismissed, it is not judged."""

from grants.i18n.languages import lazy_gettext as _l

_WORDS = {
    "late": _l("prijava je predata nakon isteka roka"),
    "incomplete": _l("prijava je nepotpuna, a nije dopunjena ni nakon poziva za dopunu"),
    "unauthorised": _l("prijavu je predala osoba koja nije ovlaštena za zastupanje podnosioca"),
    "applicant_not_eligible": _l("podnosilac ne ispunjava uslove za učešće na javnom pozivu"),
    "out_of_range": _l("traženi iznos ili trajanje projekta je izvan granica javnog poziva"),
    "too_many": _l("podnosilac je predao više prijava nego što javni poziv dopušta"),
    "budget_rules": _l("budžet prelazi ograničenja javnog poziva i nakon poziva za dopunu"),
    "outstanding_reports": _l("podnosilac nije opravdao ranije dodijeljena sredstva"),
    "conflict": _l("postoji sukob interesa koji isključuje učešće na javnom pozivu"),
}
_OTHER = _l("prijava ne ispunjava formalne uslove javnog poziva")


def dismissal_text(reason: str) -> str:
    """The formal ground of a code; an unknown code gets the general words."""
    return str(_WORDS.get(reason, _OTHER))
