"""What is typed about contracts."""

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, SelectField
from wtforms.validators import NumberRange

from grants.applications.rules.budget import BudgetLine
from grants.contracts.rules.states import ContractStatus
from grants.contracts.rules.terms import Terms
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MoneyField,
    TextField,
    WholeField,
    at_most,
    options,
    required,
)

WAITING = "waiting"
STATUS_LABELS = {
    ContractStatus.PREPARED: _l("u pripremi"),
    ContractStatus.SIGNED: _l("čeka potpis korisnika"),
    ContractStatus.ACTIVE: _l("na snazi"),
    ContractStatus.FINAL_REPORT: _l("završni izvještaj"),
    ContractStatus.CLOSED: _l("završen"),
    ContractStatus.TERMINATED: _l("raskinut"),
}
_DAYS = NumberRange(min=1, max=90, message=_l("Upišite broj dana od 1 do 90."))
_COPIES = NumberRange(min=2, max=12, message=_l("Upišite broj primjeraka od 2 do 12."))


class TermsForm(Form):
    """The terms of a contract."""

    representative_name = TextField(
        _l("Ko potpisuje za organizaciju"), validators=[required(), at_most(200)]
    )
    representative_title = TextField(_l("Funkcija"), validators=[required(), at_most(200)])
    account = TextField(
        _l("Transakcijski račun"),
        description=_l("16 cifara, kako stoji u kartonu deponovanih potpisa."),
        validators=[required(), at_most(60)],
    )
    bank = TextField(_l("Banka"), validators=[at_most(200)])
    starts_on = DayField(_l("Početak provedbe"), validators=[required()])
    ends_on = DayField(_l("Završetak provedbe"), validators=[required()])
    report_days = WholeField(
        _l("Završni izvještaj: dana nakon završetka"), validators=[required(), _DAYS]
    )
    return_days = WholeField(
        _l("Povrat neprihvatljivih sredstava: dana od poziva"), validators=[required(), _DAYS]
    )
    copies = WholeField(_l("Broj primjeraka"), validators=[required(), _COPIES])
    special = LongTextField(
        _l("Posebne odredbe"),
        description=_l("Dodaju se na kraj ugovora kao poseban član. Može ostati prazno."),
        validators=[at_most(4000)],
    )

    def terms(self) -> Terms:
        """What was typed, as the rules know it."""
        return Terms(**{name: self[name].data for name in Terms.__dataclass_fields__})


class SignForm(Form):
    """The signature of the municipality."""

    number = TextField(
        _l("Broj iz djelovodnika"),
        description=_l("Ostavite prazno da se dodijeli sljedeći broj."),
        validators=[at_most(60)],
    )


class ScanForm(Form):
    """The scan of the signed contract; nothing else, so that a refused file costs no text."""

    file = FileField(
        _l("Skeniran ugovor"), description=_l("PDF s potpisima i pečatima obje strane.")
    )


class SignedForm(Form):
    """The day on which the second party signed."""

    signed_on = DayField(
        _l("Dan potpisivanja"),
        description=_l("Kad je potpisala druga strana, na primjer 17. 1. 2022."),
        validators=[required()],
    )


class FilterForm(Form):
    """Which contracts of the list."""

    class Meta(Form.Meta):
        """Filters only read."""

        csrf = False

    status = SelectField(
        _l("Stanje"),
        choices=options(
            {
                "": _l("svi ugovori"),
                WAITING: _l("dodjele bez ugovora"),
                **{status.value: label for status, label in STATUS_LABELS.items()},
            }
        ),
        validate_choice=False,
    )

    def chosen_status(self) -> ContractStatus | None:
        """The status asked for; nonsense is none."""
        known = {status.value: status for status in ContractStatus}
        return known.get(self.status.data or "")


class RevisionForm(Form):
    """A grant for each line of the budget; made for the lines by `revision_form`."""

    def grants(self) -> dict[int, int]:
        """Fening by position."""
        return {at: field.data for at, field in enumerate(self.amounts())}

    def typed_sum(self) -> int:
        """The sum of what can be read of the fields, in fening."""
        return sum(field.data for field in self.amounts() if isinstance(field.data, int))

    def amounts(self) -> list[Any]:
        """The fields in the order of the lines."""
        return [field for field in self if field.name.startswith("grant-")]


def revision_form(lines: Sequence[BudgetLine], grants: Sequence[int]) -> RevisionForm:
    """The form for these lines, filled with these amounts until something was typed."""
    fields = {
        f"grant-{at}": MoneyField(f"{line.code} {line.description}", validators=[required()])
        for at, line in enumerate(lines)
    }
    made: RevisionForm = type("LinesForm", (RevisionForm,), fields)(
        data={f"grant-{at}": grant for at, grant in enumerate(grants)}
    )
    return made
