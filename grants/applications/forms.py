"""What is declared when an application is handed in."""

from wtforms import BooleanField

from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, required


class SubmitForm(Form):
    """The statement of the legal representative."""

    is_declared = BooleanField(
        _l(
            "Pod materijalnom i krivičnom odgovornošću izjavljujem da su podaci u prijavi tačni i "
            "da zastupam organizaciju."
        ),
        [required(_l("Označite izjavu pa predajte prijavu."))],
    )
