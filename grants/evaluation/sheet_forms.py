"""What is typed around a score sheet: the signature, a reopening, a note, a filled text form."""

from wtforms import FileField, PasswordField

from grants.evaluation.rules.notes import LONGEST_NOTE
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, LongTextField, at_most, required


class SignForm(Form):
    """The password, typed once more: whoever walks by an open screen signs nothing."""

    signing_password = PasswordField(
        _l("Vaša lozinka"), [required(_l("Upišite lozinku da potpišete.")), at_most(200)]
    )


class ReopenForm(Form):
    """Why a signed sheet is opened again."""

    reason = LongTextField(_l("Razlog"), [required(), at_most(2000)])


class NoteForm(Form):
    """A private note."""

    text = LongTextField(_l("Moja bilješka"), [at_most(LONGEST_NOTE)])


class TextSheetForm(Form):
    """A text form filled in offline."""

    file = FileField(_l("Popunjeni obrazac (.txt)"))
