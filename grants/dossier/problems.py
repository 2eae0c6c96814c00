"""How the refusals of an import and an export are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "reference_taken": _l(
        "Poziv s oznakom %(reference)s već postoji u ovoj instalaciji. Uvoz ne mijenja postojeće "
        "pozive, pa ništa nije uvezeno."
    ),
    "reference_unknown": _l("Poziva s oznakom %(reference)s nema u ovoj instalaciji."),
    "not_exportable": _l(
        "Poziv %(reference)s još nema datum otvaranja i rok, pa se ne može zapisati kao dosje."
    ),
    "amount_too_large": _l("%(path)s: iznos je veći od svega što se ovdje može zapisati."),
    "count_too_large": _l("%(path)s: broj je veći od svega što se ovdje može zapisati."),
    "key_unusable": _l(
        "%(path)s: „%(key)s“ ne može biti oznaka. Oznaka ima najviše %(most)d znakova i nijedan "
        "znak s kodom 0."
    ),
}
