"""What is said of an application beside its problems: its profile, its ways, its receipts."""

from grants.applications.rules.receipts import ReceiptState
from grants.applications.rules.states import Channel
from grants.i18n.languages import lazy_gettext as _l

# The frozen profile of the applicant, in the order in which it is read.
PROFILE = {
    "name": _l("Puni naziv"),
    "short_name": _l("Skraćeni naziv"),
    "legal_form": _l("Pravni oblik"),
    "jib": _l("JIB"),
    "register_name": _l("Registar"),
    "register_number": _l("Broj upisa"),
    "registered_on": _l("Datum upisa"),
    "last_registered_on": _l("Posljednji upis"),
    "founded_year": _l("Godina osnivanja"),
    "address": _l("Adresa"),
    "postal_code": _l("Poštanski broj"),
    "place": _l("Mjesto"),
    "seat_municipality": _l("Općina sjedišta"),
    "seat_region": _l("Entitet ili kanton"),
    "phone": _l("Telefon"),
    "email": _l("E-pošta"),
    "web": _l("Internet stranica"),
    "contact_name": _l("Kontakt osoba"),
    "contact_email": _l("E-pošta kontakt osobe"),
    "contact_phone": _l("Telefon kontakt osobe"),
    "account": _l("Broj računa"),
    "iban": _l("IBAN"),
    "bank": _l("Banka"),
    "bank_address": _l("Adresa banke"),
    "swift": _l("SWIFT"),
    "is_vat_payer": _l("U sistemu PDV-a"),
    "vat_number": _l("PDV broj"),
    "representative_name": _l("Zakonski zastupnik"),
    "representative_title": _l("Funkcija zastupnika"),
    "representative_until": _l("Mandat zastupnika do"),
    "activity": _l("Djelatnost"),
    "activity_code": _l("Šifra djelatnosti"),
    "members_count": _l("Članova"),
    "members_women": _l("Članica"),
    "members_youth": _l("Mladih članova"),
    "employees_count": _l("Zaposlenih"),
    "contractors_count": _l("Angažovanih po ugovoru o djelu"),
    "volunteers_count": _l("Volontera"),
    "volunteers_women": _l("Volonterki"),
}
DAYS = frozenset(("registered_on", "last_registered_on", "representative_until"))
CHANNELS = {
    Channel.ONLINE: _l("putem ove stranice"),
    Channel.POST: _l("na papiru, poštom"),
    Channel.IN_PERSON: _l("na papiru, lično"),
}
# The words and the colour of a receipt's standing.
RECEIPTS = {
    ReceiptState.STANDS: (_l("važi"), "green"),
    ReceiptState.COMPLETES: (_l("dopuna"), "green"),
    ReceiptState.TAKEN_BACK: (_l("vraćena u nacrt"), "amber"),
    ReceiptState.REPLACED: (_l("zamijenjena"), "amber"),
    ReceiptState.WITHDRAWN: (_l("povučena"), "amber"),
}
