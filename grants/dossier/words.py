"""How the tables to take away are called."""

from grants.i18n.languages import lazy_gettext as _l

TABLE_NAMES = {
    "ocjene": (_l("Ocjene"), _l("svaki list: ocjena po pitanju, bodovi po odjeljku i ukupno")),
    "obrazlozenja": (_l("Obrazloženja"), _l("svaki komentar uz pitanje ili odjeljak")),
    "razlike": (_l("Razlike"), _l("najmanji i najveći zbir po prijavi i razlika među njima")),
}
