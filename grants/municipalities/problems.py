"""How the refusals about a municipality's settings are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "holiday_known": _l("Dan %(on)s je već u kalendaru."),
    "municipality_known": _l("Oznaka %(code)s je već zauzeta. Svaka jedinica ima svoju."),
}
