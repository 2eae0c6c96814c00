"""How the refusals about bills are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "bill_outside_period": _l(
        "Račun je plaćen %(on)s, a provedba traje %(from_day)s – %(to_day)s Priznaju se samo "
        "troškovi iz tog vremena."
    ),
    "bill_in_future": _l("Dan plaćanja je u budućnosti. Danas je %(today)s"),
    "bill_empty": _l("Iznos mora biti veći od nule."),
    "bill_line": _l("Odaberite stavku iz ugovorenog budžeta."),
    "bill_repeated": _l(
        "Račun br. %(number)s (%(supplier)s, %(amount)s) već je upisan %(on)s Ako je ovo zaista "
        "drugi račun, označite to na dnu i sačuvajte ponovo."
    ),
    "bill_controlled": _l(
        "Ovaj račun je već pregledan, pa se više ne može ukloniti. Javite se službi koja vodi "
        "ugovor."
    ),
    "entry_closed": _l("Računi se unose dok je ugovor na snazi."),
    "control_note": _l("Napišite organizaciji zašto se iznos ne priznaje u cijelosti."),
    "control_part": _l("Djelimičan iznos mora biti veći od nule i manji od %(amount)s."),
}
