"""What is declared when an application is handed in, its documents' dates, papers."""

from datetime import datetime

from wtforms import BooleanField, RadioField, SelectField

from grants import clock
from grants.applications.rules.paper import LONGEST_NUMBER
from grants.applications.rules.states import Channel
from grants.i18n.languages import lazy_gettext as _l
from grants.organisations.problems import LEGAL_FORMS
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MomentField,
    TextField,
    at_most,
    chosen,
    optional_blank,
    options,
    parse_day,
    required,
)


class SubmitForm(Form):
    """The statement of the legal representative."""

    is_declared = BooleanField(
        _l(
            "Pod materijalnom i krivičnom odgovornošću izjavljujem da su podaci u prijavi tačni i "
            "da zastupam organizaciju."
        ),
        [required(_l("Označite izjavu pa predajte prijavu."))],
    )


class DatesForm(Form):
    """The dates of a document in its slot."""

    issued_on = DayField(_l("Datum izdavanja"), [optional_blank])
    expires_on = DayField(_l("Vrijedi do"), [optional_blank])


class PostmarkField(MomentField):
    """A postmark: a day, and an hour where one can read it; without it the day began."""

    def read(self, text: str) -> datetime:
        """The instant."""
        on = parse_day(text)
        if on is not None:
            return clock.from_local(datetime(on.year, on.month, on.day))  # noqa: DTZ001  from_local gives it its zone
        return super().read(text)


class EnvelopeForm(Form):
    """What stands on the envelope of an application on paper, and in the registry."""

    channel = RadioField(
        _l("Kako je prijava stigla?"),
        [chosen()],
        choices=options({Channel.POST.value: _l("poštom"), Channel.IN_PERSON.value: _l("lično")}),
    )
    protocol_number = TextField(
        _l("Broj protokola"),
        [required(), at_most(LONGEST_NUMBER)],
        description=_l("Pod kojim je prijava zaprimljena, na primjer 04-14-215/26."),
    )
    received_at = MomentField(
        _l("Zaprimljena"), [required()], description=_l("Na primjer 9. 3. 2026. u 11:20.")
    )
    posted_at = PostmarkField(
        _l("Poštanski žig"),
        [optional_blank],
        description=_l("Samo za poštu: dan sa žiga, i sat ako se čita."),
    )
    late_reason = LongTextField(
        _l("Zašto se unosi poslije roka"),
        [at_most(1000)],
        description=_l("Samo ako je zaprimljena poslije roka za prijave."),
    )


class PaperForm(EnvelopeForm):
    """The envelope, and whose application it holds."""

    jib = TextField(
        _l("JIB (ID broj) organizacije"),
        [required(), at_most(60)],
        description=_l("13 cifara, kako piše na prijavi."),
    )
    is_jib_confirmed = BooleanField(_l("Provjereno: JIB je tačno ovaj."))


class CorrectEnvelopeForm(EnvelopeForm):
    """The envelope put right, and why."""

    reason = LongTextField(_l("Zašto se ispravlja"), [required(), at_most(1000)])


class PaperOrganisationForm(Form):
    """What the paper says of an organisation that is not registered yet."""

    name = TextField(_l("Puni naziv"), [required(), at_most(200)])
    legal_form = SelectField(_l("Pravni oblik"), choices=options(LEGAL_FORMS))
    registered_on = DayField(
        _l("Datum upisa u registar"),
        [required()],
        description=_l("Iz priloženog rješenja, na primjer 15. 6. 2016."),
    )
    register_name = TextField(_l("Registar"), [at_most(200)])
    register_number = TextField(_l("Broj upisa"), [at_most(60)])
    address = TextField(_l("Ulica i broj"), [at_most(200)])
    postal_code = TextField(_l("Poštanski broj"), [at_most(10)])
    place = TextField(_l("Mjesto"), [at_most(100)])
    phone = TextField(_l("Telefon"), [at_most(40)])
    email = TextField(_l("E-pošta organizacije"), [at_most(200)])
    account = TextField(_l("Broj računa"), [at_most(60)])
    representative_name = TextField(_l("Zakonski zastupnik"), [at_most(120)])
    representative_title = TextField(_l("Funkcija"), [at_most(120)])


class StatementForm(Form):
    """What a partner's representative types to sign a statement of partnership."""

    name = TextField(_l("Ime i prezime"), [required(_l("Upišite ime i prezime.")), at_most(120)])
    title = TextField(_l("Funkcija"), [required(_l("Upišite funkciju.")), at_most(120)])
    is_declared = BooleanField(
        _l(
            "Pod materijalnom i krivičnom odgovornošću izjavljujem da su navedeni podaci tačni i "
            "da smijem potpisati u ime partnera."
        ),
        [required(_l("Označite izjavu pa potpišite."))],
    )
