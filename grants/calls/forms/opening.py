"""The short forms around a call: a new one, a file's title, why it goes back."""

from wtforms import FileField, RadioField

from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import DayField, Form, LongTextField, TextField, at_most, chosen, required


class NewCallForm(Form):
    """What is asked before there is a draft."""

    preset = RadioField(_l("Od čega polazite"), [chosen()])
    reference = TextField(_l("Oznaka poziva"), [required(), at_most(40)])
    title = TextField(_l("Naziv poziva"), [required(), at_most(200)])
    opens_on = DayField(_l("Prijavljivanje počinje"), [required()])


class FileForm(Form):
    """A file and nothing else, so that a refused one costs no typed text."""

    file = FileField(_l("Datoteka"), [chosen(_l("Odaberite datoteku."))])


class TitleForm(Form):
    """How a file is called on the public page."""

    title = TextField(_l("Naziv dokumenta"), [required(), at_most(200)])


class ReasonForm(Form):
    """Why a call goes back to the officer."""

    reason = LongTextField(
        _l("Šta treba popraviti"), [required(_l("Napišite šta treba popraviti.")), at_most(2000)]
    )
