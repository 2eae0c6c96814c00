"""What is typed about an organisation."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import Email, ValidationError

from grants.i18n.languages import gettext as _
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


class UpperField(TextField):
    """A code in capitals without spaces, however it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """`bbib ba 22` is `BBIBBA22`."""
        self.data = "".join(str(valuelist[0]).split()).upper() if valuelist else ""


class IdentityPart(Form):
    """Name, form and register."""

    name = TextField(
        _l("Puni naziv"),
        [required(), at_most(200)],
        description=_l("Kao u rješenju o registraciji."),
    )
    short_name = TextField(_l("Skraćeni naziv"), [at_most(60)])
    legal_form = SelectField(_l("Pravni oblik"), choices=options(LEGAL_FORMS))
    register_name = TextField(
        _l("Registar"),
        [required(), at_most(200)],
        description=_l("Na primjer: Ministarstvo pravde Kantona Sarajevo."),
    )
    register_number = TextField(_l("Broj upisa"), [required(), at_most(60)])
    registered_on = DayField(
        _l("Datum upisa u registar"),
        [required()],
        description=_l("Prvi upis, na primjer 15. 6. 2016. Po njemu se računa starost."),
    )
    last_registered_on = DayField(
        _l("Datum posljednjeg upisa"),
        [optional_blank],
        description=_l("Ako je u registru poslije nešto promijenjeno: zastupnik, adresa, statut."),
    )
    founded_year = WholeField(_l("Godina osnivanja"), [optional_blank])


class AddressPart(Form):
    """Where the organisation sits and how it is reached."""

    address = TextField(_l("Ulica i broj"), [required(), at_most(200)])
    postal_code = TextField(_l("Poštanski broj"), [at_most(10)])
    place = TextField(_l("Mjesto"), [required(), at_most(100)])
    seat_municipality = TextField(
        _l("Općina ili grad sjedišta"),
        [at_most(120)],
        description=_l("Neki pozivi primaju samo organizacije sa svoje teritorije."),
    )
    seat_region = TextField(
        _l("Entitet ili kanton"),
        [at_most(120)],
        description=_l("Na primjer Kanton Sarajevo, Republika Srpska, Brčko distrikt."),
    )
    phone = TextField(_l("Telefon"), [at_most(40)])
    email = TextField(_l("E-pošta organizacije"), [optional_blank, Email(EMAIL), at_most(200)])
    web = TextField(_l("Internet stranica"), [at_most(200)])
    contact_name = TextField(
        _l("Kontakt osoba"),
        [at_most(120)],
        description=_l("Koga služba zove kad nešto nije jasno; ne mora biti zastupnik."),
    )
    contact_email = TextField(
        _l("E-pošta kontakt osobe"), [optional_blank, Email(EMAIL), at_most(200)]
    )
    contact_phone = TextField(_l("Telefon kontakt osobe"), [at_most(40)])


class AccountPart(Form):
    """Financial identification."""

    account = TextField(
        _l("Broj računa"),
        [required(), at_most(60)],
        description=_l("16 cifara, u KM. Račun mora glasiti na organizaciju."),
    )
    bank = TextField(
        _l("Banka"),
        [at_most(120)],
        description=_l("Ostavite prazno ako banku prepoznamo po prve tri cifre računa."),
    )
    bank_address = TextField(_l("Adresa banke"), [at_most(200)])
    swift = UpperField(_l("SWIFT kod"), [at_most(40)], description=_l("8 ili 11 znakova."))
    is_vat_payer = BooleanField(_l("Organizacija je u sistemu PDV-a"))
    vat_number = TextField(
        _l("PDV broj"), [at_most(20)], description=_l("12 cifara; samo za obveznike PDV-a.")
    )


class RepresentativePart(Form):
    """Who represents the organisation."""

    representative_name = TextField(
        _l("Zakonski zastupnik"),
        [required(), at_most(120)],
        description=_l("Osoba upisana u registar. Samo ona predaje prijave i potpisuje ugovore."),
    )
    representative_title = TextField(
        _l("Funkcija"), [at_most(120)], description=_l("Na primjer predsjednica.")
    )
    representative_until = DayField(
        _l("Mandat traje do"),
        [optional_blank],
        description=_l("Prazno ako mandat nije ograničen."),
    )


class BoardRow(PlainForm):
    """One person who leads the organisation; a blank row is none."""

    name = TextField(_l("Ime i prezime"), [at_most(120)])
    function = TextField(_l("Funkcija"), [at_most(120)])
    email = TextField(_l("E-pošta"), [optional_blank, Email(EMAIL), at_most(200)])

    def validate_name(self, field: TextField) -> None:
        """Whoever has a function or an address has a name."""
        if not field.data and (self.function.data or self.email.data):
            raise ValidationError(_("Upišite ime i prezime ili ispraznite cijeli red."))


class BoardPart(Form):
    """The board and whoever else decides in the organisation, beside the representative."""

    MOST = 30

    board = FieldList(FormField(BoardRow), _l("Članovi uprave"), min_entries=3, max_entries=MOST)

    def adds_row(self, pressed: Mapping[str, str]) -> bool:
        """Draw one row more where its button was pressed; nothing is kept by it."""
        if "add" not in pressed:
            return False
        if len(self.board.entries) < self.MOST:
            self.board.append_entry()
        return True


class WorkPart(Form):
    """What it does and with how many people."""

    activity = LongTextField(_l("Djelatnost"), [at_most(1000)])
    activity_code = TextField(
        _l("Šifra djelatnosti"),
        [at_most(20)],
        description=_l("Iz obavještenja o razvrstavanju, na primjer 94.99."),
    )
    members_count = WholeField(_l("Broj članova"), [optional_blank])
    members_women = WholeField(_l("Od toga žena"), [optional_blank])
    members_youth = WholeField(
        _l("Od toga mladih"), [optional_blank], description=_l("Od 15 do 30 godina.")
    )
    employees_count = WholeField(
        _l("Broj zaposlenih"), [optional_blank], description=_l("Po ugovoru o radu.")
    )
    contractors_count = WholeField(
        _l("Broj angažovanih"), [optional_blank], description=_l("Po ugovoru o djelu.")
    )
    volunteers_count = WholeField(_l("Broj volontera"), [optional_blank])
    volunteers_women = WholeField(_l("Od toga volonterki"), [optional_blank])


class RegisterForm(AccountPart, RepresentativePart, AddressPart, IdentityPart):
    """A new organisation: what no application can do without."""

    jib = TextField(_l("JIB (ID broj)"), [required(), at_most(60)])
    is_jib_confirmed = BooleanField(_l("Provjerili smo: JIB je tačno ovaj."))


PARTS: Mapping[str, type[Form]] = {
    "identity": IdentityPart,
    "address": AddressPart,
    "account": AccountPart,
    "representative": RepresentativePart,
    "board": BoardPart,
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
    title = TextField(
        _l("Vlastiti naziv"),
        [at_most(120)],
        description=_l("Kad vrsta nije dovoljna, na primjer „Preporuka Mjesne zajednice“."),
    )
    issued_on = DayField(
        _l("Datum izdavanja"),
        [optional_blank],
        description=_l("Na primjer 15. 6. 2026. Po njemu poziv provjerava da dokument nije star."),
    )
    expires_on = DayField(
        _l("Vrijedi do"),
        [optional_blank],
        description=_l("Podsjetit ćemo vas 30 i 7 dana prije. Prazno ako nema roka."),
    )


def typed_profile(form: Form) -> dict[str, Any]:
    """What a form says of the profile, without what serves only the form."""
    typed = {
        name: value
        for name, value in form.data.items()
        if name not in ("csrf_token", "is_jib_confirmed")
    }
    if "legal_form" in typed:
        typed["legal_form"] = LegalForm(typed["legal_form"])
    if "board" in typed:
        typed["board"] = [row for row in typed["board"] if any(row.values())]
    return typed
