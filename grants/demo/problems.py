"""How the refusals of demo mode are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "demo_no_moment": _l("To nije trenutak na koji se sat može pomjeriti."),
    "demo_no_person": _l("Te osobe nema među probnim osobama. Izaberite jednu s popisa."),
}
