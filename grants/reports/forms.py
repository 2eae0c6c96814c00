"""What is typed about bills."""

from collections.abc import Iterable

from wtforms import BooleanField, FileField, RadioField, SelectField

from grants.contracts.models import ContractLine
from grants.i18n.languages import lazy_gettext as _l
from grants.reports.rules.bills import Bill, Control, Verdict
from grants.reports.rules.states import ExpenditureStatus
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MoneyField,
    TextField,
    at_most,
    chosen,
    optional_blank,
    options,
    required,
)

STATUS_LABELS = {
    ExpenditureStatus.ENTERED: _l("čeka pregled"),
    ExpenditureStatus.ACCEPTED: _l("priznato"),
    ExpenditureStatus.REFUSED: _l("nije priznato"),
}


class ReceiptForm(Form):
    """The scanned bill; nothing else, so that a refused file costs no text."""

    file = FileField(
        _l("Skeniran račun"), description=_l("PDF ili slika računa s dokazom o plaćanju.")
    )


class BillForm(Form):
    """The figures of one bill."""

    line_id = SelectField(_l("Stavka budžeta"), coerce=str, validators=[chosen()])
    supplier = TextField(_l("Dobavljač"), validators=[required(), at_most(200)])
    number = TextField(_l("Broj računa"), validators=[required(), at_most(60)])
    spent_on = DayField(
        _l("Dan plaćanja"), description=_l("Na primjer 17. 1. 2022."), validators=[required()]
    )
    amount = MoneyField(
        _l("Iznos iz granta"),
        description=_l("Samo dio koji plaćate dodijeljenim sredstvima."),
        validators=[required()],
    )
    description = TextField(_l("Za šta je račun"), validators=[required(), at_most(300)])
    is_another = BooleanField(_l("Ovo je drugi račun, iako ima isti broj i iznos"))

    def offer(self, lines: Iterable[ContractLine]) -> "BillForm":
        """The lines of the contract to choose from."""
        self.line_id.choices = options(
            {
                "": _l("Odaberite stavku"),
                **{str(line.id): f"{line.code} · {line.description}" for line in lines},
            }
        )
        return self

    def bill(self) -> Bill:
        """What was typed, as the rules know it."""
        return Bill(
            line_id=int(self.line_id.data),
            spent_on=self.spent_on.data,  # type: ignore[arg-type]  # required
            supplier=str(self.supplier.data),
            number=str(self.number.data),
            description=str(self.description.data),
            amount=self.amount.data,  # type: ignore[arg-type]  # required
        )


class ControlForm(Form):
    """The verdict on a bill."""

    verdict = RadioField(
        _l("Šta se priznaje"),
        choices=options(
            {
                Verdict.FULL.value: _l("Priznaje se u cijelosti"),
                Verdict.PART.value: _l("Priznaje se dio"),
                Verdict.REFUSED.value: _l("Ne priznaje se"),
            }
        ),
        validators=[chosen()],
    )
    amount = MoneyField(
        _l("Priznat dio"),
        description=_l("Upišite samo ako se priznaje dio."),
        validators=[optional_blank],
    )
    note = LongTextField(
        _l("Obrazloženje"),
        description=_l("Organizacija ga dobija ako se račun ne priznaje u cijelosti."),
        validators=[at_most(1000)],
    )

    def control(self) -> Control:
        """What was typed, as the rules know it."""
        return Control(Verdict(self.verdict.data), self.amount.data, self.note.data or "")


class FilterForm(Form):
    """Which bills of the list."""

    class Meta(Form.Meta):
        """Filters only read."""

        csrf = False

    status = SelectField(
        _l("Stanje"),
        choices=options(
            {
                "": _l("svi računi"),
                **{status.value: label for status, label in STATUS_LABELS.items()},
            }
        ),
        validate_choice=False,
    )

    def chosen_status(self) -> ExpenditureStatus | None:
        """The status asked for; nonsense is none."""
        known = {status.value: status for status in ExpenditureStatus}
        return known.get(self.status.data or "")
