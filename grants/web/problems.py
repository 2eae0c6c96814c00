"""Sentences for refusals that no slice owns."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "wrong_state": _l(
        "Predmet je u međuvremenu otišao dalje, pa ova radnja više nije moguća. "
        "Osvježite stranicu i pogledajte gdje stoji."
    ),
    "stale": _l(
        "Neko je u međuvremenu sačuvao ovaj dio. Pogledajte obje verzije i odlučite koja ostaje."
    ),
}
