"""How the refusals of an import and an export are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "dossier_reference_taken": _l(
        "Poziv s oznakom %(reference)s već postoji u ovoj instalaciji. Uvoz ne mijenja postojeće "
        "pozive, pa ništa nije uvezeno."
    ),
    "dossier_reference_unknown": _l("Poziva s oznakom %(reference)s nema u ovoj instalaciji."),
    "dossier_not_exportable": _l(
        "Poziv %(reference)s još nema datum otvaranja i rok, pa se ne može zapisati kao dosje."
    ),
    "dossier_amount_too_large": _l("%(path)s: iznos je veći od svega što se ovdje može zapisati."),
    "dossier_count_too_large": _l("%(path)s: broj je veći od svega što se ovdje može zapisati."),
    "dossier_key_unusable": _l(
        "%(path)s: „%(key)s“ ne može biti oznaka. Oznaka ima najviše %(most)s znakova i nijedan "
        "znak s kodom 0."
    ),
    "bundle_call_open": _l(
        "Paket se može napraviti kad se prijave otvore. Do tada ih niko iz službe ne vidi."
    ),
    "bundle_under_way": _l("Paket ovog poziva se već pravi. Sačekajte da bude gotov."),
}
