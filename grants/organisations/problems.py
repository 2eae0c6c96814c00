"""How the refusals about organisations are said, and the names of what they keep."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "jib": _l(
        "JIB ima tačno %(limit)s cifara, a ovdje ih je %(figure)s. Prepišite ga s uvjerenja o "
        "poreznoj registraciji."
    ),
    "jib_control": _l(
        "Posljednja cifra JIB-a nije uobičajena kontrolna cifra. Provjerite broj još jednom; ako "
        "je tačan, označite to ispod polja i pošaljite ponovo."
    ),
    "jib_known": _l("Organizacija s ovim JIB-om je već upisana: %(name)s."),
    "account_length": _l(
        "Broj računa ima tačno %(limit)s cifara, a ovdje ih je %(figure)s. Ako su u srednjem "
        "dijelu izostavljene nule, upišite ih."
    ),
    "account_control": _l(
        "Broj računa nije ispravan: kontrolne cifre na kraju ne odgovaraju. Prepišite ga s ugovora "
        "ili potvrde banke."
    ),
    "account": _l("Broj računa nije ispravan."),
    "profile_stale": _l(
        "Neko je u međuvremenu promijenio profil. Vaš tekst je i dalje ovdje: pogledajte ga i "
        "sačuvajte ponovo ako treba da ostane."
    ),
    "no_representative": _l("Niko se još nije prijavio kao zakonski zastupnik ove organizacije."),
    "join_decided": _l("O ovom zahtjevu je već odlučeno."),
    "claimed_already": _l("Ova organizacija već ima vlasnika profila; o pristupu odlučuje on."),
    "last_owner": _l(
        "Profil mora imati bar jednog vlasnika. Najprije nekog drugog učinite vlasnikom."
    ),
    "not_a_member": _l("Vlasnik može postati samo osoba koja je već u organizaciji."),
    "already_yours": _l("Vi ste već vlasnik profila."),
    "belongs_already": _l("Osoba s adresom %(email)s je već u organizaciji."),
    "representative_declared": _l(
        "Ime zakonskog zastupnika se mijenja tako da se novi zastupnik prijavi i priloži rješenje "
        "o registraciji."
    ),
    "registered_in_future": _l("Datum upisa ne može biti poslije današnjeg (%(today)s)."),
    "registered_backwards": _l(
        "Posljednji upis ne može biti prije prvog (%(first)s). Provjerite oba datuma."
    ),
    "founded_year": _l("Godina osnivanja je između %(first)s. i %(last)s."),
    "term_before_founding": _l(
        "Mandat ne može isteći prije nego što je organizacija upisana (%(first)s)."
    ),
    "swift": _l(
        "„%(typed)s“ nije SWIFT kod: on ima 8 ili 11 znakova, na primjer BBIBBA22. Piše na ugovoru "
        "s bankom."
    ),
    "vat_number_missing": _l("Ako je organizacija u sistemu PDV-a, upišite i PDV broj."),
    "people_count": _l("Ovaj broj ne može biti tačan. Provjerite ga."),
    "more_than_all": _l("Ovdje je %(figure)s, a ukupno ih je %(limit)s. Provjerite oba broja."),
    "issued_in_future": _l("Dokument ne može biti izdat poslije današnjeg dana (%(today)s)."),
    "document_replaced": _l(
        "U međuvremenu je već dodana novija verzija ovog dokumenta. Otvorite nju."
    ),
    "expires_before_issue": _l(
        "Dokument ne može isteći prije nego što je izdat (%(issued_on)s). Provjerite oba datuma."
    ),
    "no_such_person": _l("Ovaj račun više ne postoji. Prijavite se ponovo."),
}
DOCUMENT_KINDS = {
    "registration": _l("Rješenje o registraciji"),
    "register_extract": _l("Izvod iz registra"),
    "statute": _l("Statut"),
    "tax_certificate": _l("Uvjerenje o poreznoj registraciji (JIB)"),
    "tax_paid": _l("Uvjerenje o izmirenim poreskim obavezama"),
    "balance": _l("Bilans stanja"),
    "income": _l("Bilans uspjeha"),
    "bank": _l("Potvrda banke o računu"),
    "report": _l("Godišnji izvještaj"),
    "other": _l("Drugi dokument"),
}
LEGAL_FORMS = {
    "udruženje": _l("Udruženje"),
    "fondacija": _l("Fondacija"),
    "drugo": _l("Drugi oblik"),
}
ROLES = {
    "owner": _l("vlasnik profila"),
    "representative": _l("zakonski zastupnik"),
    "member": _l("član"),
}
PARTS = {
    "name": _l("naziv"),
    "register_name": _l("registar u koji je organizacija upisana"),
    "register_number": _l("broj upisa u registar"),
    "address": _l("adresa"),
    "place": _l("mjesto"),
    "representative_name": _l("ime zakonskog zastupnika"),
    # What most calls ask for besides.
    "founded_year": _l("godina osnivanja"),
    "postal_code": _l("poštanski broj"),
    "seat_municipality": _l("općina sjedišta"),
    "seat_region": _l("entitet ili kanton"),
    "phone": _l("telefon"),
    "email": _l("e-pošta organizacije"),
    "contact_name": _l("kontakt osoba"),
    "contact_email": _l("e-pošta kontakt osobe"),
    "bank": _l("banka"),
    "bank_address": _l("adresa banke"),
    "swift": _l("SWIFT kod"),
    "representative_title": _l("funkcija zastupnika"),
    "representative_until": _l("kraj mandata zastupnika"),
    "activity": _l("opis djelatnosti"),
    "activity_code": _l("šifra djelatnosti"),
    "members_count": _l("broj članova"),
    "volunteers_count": _l("broj volontera"),
    "employees_count": _l("broj zaposlenih"),
}
PROFILE_PARTS = {
    "identity": _l("Naziv i registracija"),
    "address": _l("Sjedište i kontakt"),
    "account": _l("Finansijska identifikacija"),
    "representative": _l("Zakonski zastupnik"),
    "board": _l("Uprava"),
    "work": _l("Djelatnost i ljudi"),
}
