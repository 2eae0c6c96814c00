"""Words that the pages of an application share with its mails and files."""

from collections.abc import Mapping
from typing import Any

from grants.calls.rules.form import PARTNER_COLUMNS, Kind
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.money import form

# How prices are written, by the VAT mode of the call (domain.md 4.3).
_VAT = {
    "gross": _l("Cijene upisujte s PDV-om: u ovom pozivu PDV je prihvatljiv trošak."),
    "net_exempt": _l("Cijene upisujte bez PDV-a: ovaj program je oslobođen PDV-a."),
    "recoverable_excluded": _l(
        "Ako je vaša organizacija PDV obveznik, cijene upisujte bez PDV-a, jer PDV koji možete "
        "odbiti nije prihvatljiv trošak. Ako nije, upisujte ih s PDV-om."
    ),
}


def vat_sentence(mode: str) -> str:
    """Whether prices are typed with or without VAT."""
    return str(_VAT.get(mode, _VAT["gross"]))


def vat_warning(mode: str, vat_number: str) -> str:
    """What a VAT payer is warned of; empty where there is nothing to warn of."""
    if mode != "recoverable_excluded" or not vat_number:
        return ""
    return _(
        "U profilu vaše organizacije je upisan PDV broj %(number)s. Provjerite da su sve cijene "
        "bez PDV-a.",
        number=vat_number,
    )


# What the units of a budget mean, for the guide in the workbook.
UNIT_WORDS = {
    "mjesec": _l("mjesec rada ili zakupa"),
    "dan": _l("dan rada, na primjer trenera ili predavača"),
    "sat": _l("sat rada"),
    "komad": _l("jedan komad opreme ili materijala"),
    "komplet": _l("više stvari koje se nabavljaju zajedno"),
    "paušal": _l("jedan iznos za sve; u obrazloženju napišite od čega se sastoji"),
    "osoba": _l("jedna osoba, na primjer učesnik obuke"),
    "km": _l("pređeni kilometar"),
}


# The words of the partners' block, said in the language of whoever signs.
_PARTNER = {
    "name": _l("Partner"),
    "kind": _l("Vrsta partnera"),
    "jib": _l("JIB"),
    "country": _l("Država"),
    "role": _l("Uloga u projektu"),
    "representative": _l("Predstavnik partnera"),
    "brings": _l("Čime doprinosi"),
    "amount": _l("Iznos doprinosa"),
    "contribution": _l("Opis doprinosa"),
}
_CHOICES = {
    "local": _l("Lokalna organizacija"),
    "public": _l("Javna ustanova"),
    "diaspora": _l("Partner iz dijaspore"),
    "other": _l("Drugo"),
    "money": _l("novac"),
    "knowledge": _l("znanje"),
    "equipment": _l("oprema"),
    "contacts": _l("kontakti"),
}


def shown_partner(partner: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a statement says of the partner, name and value; what was not said is left out."""
    found = []
    for column in PARTNER_COLUMNS:
        value = partner.get(column.key)
        if column.key not in _PARTNER or not value:
            continue
        found.append((str(_PARTNER[column.key]), _shown(column.kind, value)))
    return found


def _shown(kind: Kind, value: Any) -> str:
    if kind is Kind.MONEY:
        return _("%(amount)s\u00a0KM", amount=form(value))
    if isinstance(value, list):
        return ", ".join(str(_CHOICES.get(each, each)) for each in value)
    return str(_CHOICES.get(value, value)) if kind is Kind.CHOICE else str(value)
