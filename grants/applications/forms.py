"""What is declared when an application is handed in, and the dates of its documents."""

from wtforms import BooleanField

from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import DayField, Form, optional_blank, required


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
