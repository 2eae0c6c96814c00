"""What is typed on the pages of acts."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from grants.acts.labels import WAYS
from grants.acts.rules import ServiceWay
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    TextField,
    at_most,
    chosen,
    options,
    required,
)


class IssueForm(Form):
    """A number from the registry, or none."""

    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class ReturnForm(Form):
    """What the signatory wants changed."""

    reason = LongTextField(
        _l("Šta treba promijeniti"),
        [required(_l("Napišite šta treba promijeniti.")), at_most(2000)],
    )


class ServiceForm(Form):
    """When and how an act reached the party."""

    on = DayField(_l("Dan uručenja"), [required(_l("Upišite dan uručenja."))])
    way = RadioField(
        _l("Način uručenja"),
        [chosen(_l("Odaberite način uručenja."))],
        choices=options({way.value: WAYS[way] for way in ServiceWay}),
    )
    note = TextField(_l("Napomena"), [at_most(300)])


class ScanForm(Form):
    """The scan of the signed and stamped copy."""

    file = FileField(
        _l("Sken potpisanog i ovjerenog akta"), [FileRequired(_l("Odaberite datoteku."))]
    )


class CorrectionForm(Form):
    """What stands wrongly in an issued act, and what should stand there."""

    wrong = LongTextField(
        _l("U aktu stoji"), [required(_l("Prepišite riječi koje su pogrešne.")), at_most(2000)]
    )
    right = LongTextField(
        _l("Treba da stoji"), [required(_l("Napišite šta treba da stoji.")), at_most(2000)]
    )
