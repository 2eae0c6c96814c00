"""How the refusals about acts are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "number_taken": _l(
        "Broj %(number)s je već dat u %(year)s. godini. Provjerite djelovodnik i upišite drugi."
    ),
    "issued_with_its_case": _l(
        "Ovaj akt se izdaje na stranici svog predmeta, jer njegovo izdavanje mijenja i predmet."
    ),
    "nothing_to_correct": _l(
        "Akt još nije izdat, pa nema šta da se ispravlja: pripremite ga ponovo."
    ),
    "act_not_issued": _l("Akt još nije izdat; sken se dodaje kad dobije broj."),
    "served_before_issue": _l("Akt je izdat %(acted_on)s i nije mogao biti uručen ranije."),
    "served_in_future": _l("Datum uručenja je u budućnosti. Danas je %(today)s"),
}
