"""What is typed about an organisation."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import Email

from grants.i18n.languages import lazy_gettext as _l
from grants.organisations.models import LegalForm
from grants.organisations.problems import DOCUMENT_KINDS, LEGAL_FORMS
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    TextField,
    WholeField,
    at_most,
    optional_blank,
    options,
    required,
)

EMAIL = _l("Upišite adresu e-pošte, na primjer ime@example.ba.")


class IdentityPart(Form):
    """Name, form and register."""

    name = TextField(_l("Puni naziv"), [required(), at_most(200)])
    short_name = TextField(_l("Skraćeni naziv"), [at_most(60)])
    legal_form = SelectField(_l("Pravni oblik"), choices=options(LEGAL_FORMS))
    register_name = TextField(_l("Registar"), [required(), at_most(200)])
    register_number = TextField(_l("Broj upisa"), [required(), at_most(60)])
    registered_on = DayField(_l("Datum upisa u registar"), [required()])


class AddressPart(Form):
    """Where the organisation sits and how it is reached."""

    address = TextField(_l("Ulica i broj"), [required(), at_most(200)])
    postal_code = TextField(_l("Poštanski broj"), [at_most(10)])
    place = TextField(_l("Mjesto"), [required(), at_most(100)])
    phone = TextField(_l("Telefon"), [at_most(40)])
    email = TextField(_l("E-pošta organizacije"), [optional_blank, Email(EMAIL), at_most(200)])
    web = TextField(_l("Internet stranica"), [at_most(200)])


class AccountPart(Form):
    """Financial identification."""

    account = TextField(_l("Broj računa"), [required(), at_most(60)])
    bank = TextField(_l("Banka"), [at_most(120)])
    vat_number = TextField(_l("PDV broj"), [at_most(20)])


class RepresentativePart(Form):
    """Who represents the organisation."""

    representative_name = TextField(_l("Zakonski zastupnik"), [required(), at_most(120)])
    representative_title = TextField(_l("Funkcija"), [at_most(120)])


class WorkPart(Form):
    """What it does and with how many people."""

    activity = LongTextField(_l("Djelatnost"), [at_most(1000)])
    founded_year = WholeField(_l("Godina osnivanja"), [optional_blank])
    members_count = WholeField(_l("Broj članova"), [optional_blank])
    employees_count = WholeField(_l("Broj zaposlenih"), [optional_blank])
    volunteers_count = WholeField(_l("Broj volontera"), [optional_blank])


class RegisterForm(AccountPart, RepresentativePart, AddressPart, IdentityPart):
    """A new organisation: what no application can do without."""

    jib = TextField(_l("JIB (ID broj)"), [required(), at_most(60)])
    is_jib_confirmed = BooleanField(_l("Provjerili smo: JIB je tačno ovaj."))


PARTS: Mapping[str, type[Form]] = {
    "identity": IdentityPart,
    "address": AddressPart,
    "account": AccountPart,
    "representative": RepresentativePart,
    "work": WorkPart,
}


class JoinForm(Form):
    """A request to join."""

    jib = HiddenField()
    message = LongTextField(_l("Poruka vlasniku profila"), [at_most(1000)])


class InviteForm(Form):
    """Whom to invite."""

    name = TextField(_l("Ime i prezime"), [required(), at_most(120)])
    email = TextField(_l("E-pošta"), [required(EMAIL), Email(EMAIL), at_most(200)])


class DocumentForm(Form):
    """What a kept document is."""

    kind = SelectField(_l("Vrsta dokumenta"), choices=options(DOCUMENT_KINDS))
    issued_on = DayField(_l("Datum izdavanja"), [optional_blank])
    expires_on = DayField(_l("Vrijedi do"), [optional_blank])


def typed_profile(form: Form) -> dict[str, Any]:
    """What a form says of the profile, without what serves only the form."""
    typed = {
        name: value
        for name, value in form.data.items()
        if name not in ("csrf_token", "is_jib_confirmed")
    }
    if "legal_form" in typed:
        typed["legal_form"] = LegalForm(typed["legal_form"])
    return typed
