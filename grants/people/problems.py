"""How the refusals about accounts are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "password_short": _l(
        "Lozinka treba imati najmanje %(shortest)s znakova. Dobra je i duga rečenica."
    ),
    "password_long": _l("Lozinka može imati najviše %(longest)s znakova."),
    "password_common": _l(
        "Tu lozinku bi drugi lako pogodili. Odaberite neku koju niko drugi ne koristi."
    ),
    "sign_in_throttled": _l(
        "Previše neuspjelih pokušaja. Pokušajte ponovo nakon %(until)s ili zatražite novu lozinku."
    ),
    "invitation_taken": _l("Pozivnica je već prihvaćena. Osoba je na spisku s ulogom."),
    "link_spent": _l(
        "Ova poveznica je već iskorištena ili joj je istekao rok. "
        "Zatražite novu; stara više ne vrijedi."
    ),
}
