"""What is typed when applications are opened and checked."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from grants.eligibility.rules.dismissal import Ground
from grants.eligibility.rules.findings import ITEMS, Answered, Finding
from grants.eligibility.words import GROUNDS, UNITS
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import (
    Form,
    LongTextField,
    TextField,
    WholeField,
    at_most,
    chosen,
    options,
    required,
)
from grants.workdays import Unit

PROTOCOL = "protocol-"
# As many as one page of the list holds.
MOST_TICKED = 50


class OpeningForm(Form):
    """Who is there when the applications are opened."""

    present = LongTextField(
        _l("Prisutni"), [required(_l("Upišite ko je prisutan.")), at_most(2000)]
    )
    remarks = LongTextField(_l("Napomene"), [at_most(4000)])

    def names(self) -> list[str]:
        """One person a line."""
        lines = (self.present.data or "").split("\n")
        return [line.strip() for line in lines if line.strip()]


class RegistryForm(Form):
    """A series from which the missing protocol numbers are taken."""

    series = TextField(_l("Serija brojeva"), [at_most(40)])


class RecordForm(Form):
    """The number of the record, where it comes from the registry."""

    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class CheckForm(Form):
    """The answers of the check are the fields of the list, see `answers_of`; why one changed."""

    reason = LongTextField(_l("Zašto mijenjate odgovor"), [at_most(1000)])


class CompletionForm(Form):
    """What to complete, until when."""

    parts = SelectMultipleField(
        _l("Dijelovi prijave"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    text = LongTextField(
        _l("Šta treba dopuniti"), [required(_l("Napišite šta treba dopuniti.")), at_most(4000)]
    )
    length = WholeField(_l("Rok"), [required(_l("Upišite rok."))])
    unit = RadioField(_l("Rok se računa u"), choices=options(UNITS), default=Unit.WORKING_DAYS)
    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class ManyForm(Form):
    """What is done with the ticked applications; which ones, see `ticked_of`."""

    series = TextField(_l("Serija brojeva"), [at_most(40)])


class ManyCompletionForm(Form):
    """One term for several requests; what each is to complete, see `wanted_of`."""

    length = WholeField(_l("Rok"), [required(_l("Upišite rok."))])
    unit = RadioField(_l("Rok se računa u"), choices=options(UNITS), default=Unit.WORKING_DAYS)


class CheckRecordForm(Form):
    """Remarks of the record of the check and its number, where it comes from the registry."""

    remarks = LongTextField(_l("Napomene"), [at_most(4000)])
    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class EligibleForm(Form):
    """Nothing to type: the button alone."""


class DismissalForm(Form):
    """On which ground, in which words."""

    ground = SelectField(_l("Razlog"), [chosen()], choices=options({"": "", **GROUNDS}))
    reason = LongTextField(_l("Obrazloženje"), [required(), at_most(4000)])

    def chosen_ground(self) -> Ground:
        """The ground of the catalogue."""
        return Ground(self.ground.data)


def protocols_of(sent: Mapping[str, str]) -> dict[str, str]:
    """The protocol numbers typed, by the address of the application."""
    return {
        name.removeprefix(PROTOCOL): text.strip()
        for name, text in sent.items()
        if name.startswith(PROTOCOL) and text.strip()
    }


def ticked_of(sent: MultiDict[str, str]) -> list[str]:
    """The addresses of the ticked applications; with the tick for the whole page, all of it."""
    return sent.getlist("listed" if "whole_page" in sent else "tick")[:MOST_TICKED]


def wanted_of(sent: MultiDict[str, str], slug: str) -> tuple[list[str], str]:
    """Which parts of one application are asked for, and in which words."""
    return sent.getlist(f"parts-{slug}"), sent.get(f"text-{slug}", "").strip()[:4000]


def answers_of(sent: Mapping[str, str]) -> dict[str, Answered]:
    """The answers given on the page of the check; a question left open is not among them."""
    known = set(Finding)
    return {
        item.code: Answered(Finding(given), sent.get(f"note-{item.code}", "").strip()[:2000])
        for item in ITEMS
        if (given := sent.get(f"finding-{item.code}", "")) in known
    }
