"""What is typed about the short call for the seat of civil society."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, LongTextField, TextField, WholeField, at_most, chosen, required


class SeatCallForm(Form):
    """What the short call says, and for how many days it runs."""

    text = LongTextField(
        _l("Tekst poziva"), [required(_l("Napišite koga komisija traži.")), at_most(4000)]
    )
    length = WholeField(_l("Koliko dana traje"), [required(_l("Upišite broj dana."))])


class SeatVoteForm(Form):
    """For how many days the organisations vote."""

    length = WholeField(_l("Koliko dana se glasa"), [required(_l("Upišite broj dana."))])


class SeatReasonForm(Form):
    """Why a candidate is set aside."""

    reason = LongTextField(_l("Razlog"), [required(_l("Napišite razlog.")), at_most(1000)])


class SeatRecordForm(Form):
    """The number of the record, where it comes from the registry."""

    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class CvForm(Form):
    """The CV of a candidate; the form holds only the file."""

    file = FileField(_l("Biografija (PDF)"), [FileRequired(_l("Odaberite datoteku."))])


class StatementForm(Form):
    """What a candidate says."""

    statement = LongTextField(_l("Zašto se kandidujete"), [at_most(2000)])


class BallotForm(Form):
    """For whom an organisation votes."""

    candidate = RadioField(
        _l("Kandidat"), [chosen(_l("Odaberite kandidata."))], validate_choice=False
    )
