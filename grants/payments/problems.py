"""How the refusals about payments are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "beyond_contract": _l(
        "Ugovoreno je %(base)s, a već je naloženo %(sum)s. Ova isplata od %(amount)s prešla bi "
        "ugovor za %(over)s."
    ),
    "own_order": _l(
        "Ovaj nalog ste sami pripremili, pa ga ne možete i odobriti. Odobrava ga druga osoba."
    ),
    "order_account": _l(
        "„%(typed)s“ nije transakcijski račun: potrebno je svih 16 cifara, s kontrolnim na kraju."
    ),
    "paid_before_approval": _l("Nalog je odobren %(on)s, pa banka nije mogla platiti ranije."),
    "paid_in_future": _l("Dan isplate je u budućnosti. Danas je %(today)s"),
    "contract_not_running": _l("Isplaćuje se samo po ugovoru koji je na snazi."),
}
