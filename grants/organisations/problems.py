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
    "owner_stays": _l("Sebe ne možete ukloniti. Neka to učini drugi vlasnik profila."),
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
    "balance": _l("Bilans stanja i uspjeha"),
    "tax_paid": _l("Uvjerenje o izmirenim poreskim obavezama"),
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
}
