"""What is typed about payments."""

from wtforms import SelectField

from grants.i18n.languages import lazy_gettext as _l
from grants.payments.rules import InstalmentStatus
from grants.web.forms import DayField, Form, LongTextField, TextField, at_most, options, required

STATUS_LABELS = {
    InstalmentStatus.PLANNED: _l("planirana"),
    InstalmentStatus.CONDITION_MET: _l("uslov ispunjen"),
    InstalmentStatus.ORDERED: _l("čeka odobrenje"),
    InstalmentStatus.APPROVED: _l("odobrena"),
    InstalmentStatus.PAID: _l("isplaćena"),
    InstalmentStatus.RETURNED: _l("vraćena"),
}


class MetForm(Form):
    """What proves that the condition is met."""

    note = TextField(
        _l("Po čemu je uslov ispunjen"),
        description=_l("Na primjer: ugovor potpisan, izvještaj odobren. Može ostati prazno."),
        validators=[at_most(500)],
    )


class OrderForm(Form):
    """A payment order; the amount is the instalment's and is not typed."""

    account = TextField(
        _l("Na račun"), description=_l("16 cifara."), validators=[required(), at_most(60)]
    )
    purpose = TextField(_l("Svrha"), validators=[required(), at_most(300)])
    reference = TextField(
        _l("Poziv na broj"),
        description=_l("Broj naloga u vašim knjigama."),
        validators=[required(), at_most(60)],
    )


class ReturnForm(Form):
    """Why the signatory sends an order back."""

    reason = LongTextField(_l("Šta treba popraviti"), validators=[required(), at_most(1000)])


class PaidForm(Form):
    """What the bank says."""

    paid_on = DayField(
        _l("Dan isplate"), description=_l("Kako stoji na izvodu banke."), validators=[required()]
    )
    reference = TextField(_l("Broj izvoda ili naloga banke"), validators=[required(), at_most(60)])


class FilterForm(Form):
    """Which instalments of the list."""

    class Meta(Form.Meta):
        """Filters only read."""

        csrf = False

    status = SelectField(
        _l("Stanje"),
        choices=options(
            {
                "": _l("sve rate"),
                **{status.value: label for status, label in STATUS_LABELS.items()},
            }
        ),
        validate_choice=False,
    )

    def chosen_status(self) -> InstalmentStatus | None:
        """The status asked for; nonsense is none."""
        known = {status.value: status for status in InstalmentStatus}
        return known.get(self.status.data or "")
