"""What is typed about a ranking: an amount with its reason, an order, a session."""

from wtforms import SelectField
from wtforms.validators import Optional

from grants.i18n.languages import lazy_gettext as _l
from grants.ranking.rules.closing import LONGEST_REASON, Session
from grants.ranking.rules.voting import CastVote
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MoneyField,
    TextField,
    WholeField,
    at_most,
    chosen,
    required,
)


class ReductionForm(Form):
    """Less than was asked for, and why."""

    reference = SelectField(_l("Prijava"), validators=[chosen()], validate_choice=False)
    amount = MoneyField(_l("Predloženi iznos"), validators=[required()])
    reason = LongTextField(
        _l("Obrazloženje"),
        description=_l("Ulazi u zapisnik komisije i vidi ga podnosilac."),
        validators=[at_most(LONGEST_REASON)],
    )


class SessionForm(Form):
    """The session that closes the ranking, for the record."""

    held_on = DayField(_l("Datum sjednice"), validators=[required()])
    place = TextField(_l("Mjesto sjednice"), validators=[at_most(200)])
    votes_for = WholeField(_l("Za"), validators=[Optional()])
    votes_against = WholeField(_l("Protiv"), validators=[Optional()])
    votes_abstained = WholeField(_l("Suzdržani"), validators=[Optional()])
    remarks = LongTextField(
        _l("Primjedbe članova"),
        description=_l("Ono što je neki član tražio da uđe u zapisnik."),
        validators=[at_most(10_000)],
    )

    def session(self, present: list[str]) -> Session:
        """The session as typed, with those who were there."""
        if self.held_on.data is None:
            raise ValueError("the form was not validated")
        return Session(
            held_on=self.held_on.data,
            place=self.place.data or "",
            present=present,
            votes_for=self.votes_for.data,
            votes_against=self.votes_against.data,
            votes_abstained=self.votes_abstained.data,
            remarks=self.remarks.data or "",
        )


class TieForm(Form):
    """The vote on one tie; its order comes as places, those present as keys."""

    held_on = DayField(_l("Dan glasanja"), validators=[required()])
    votes_for = WholeField(_l("Za"), validators=[Optional()])
    votes_against = WholeField(_l("Protiv"), validators=[Optional()])
    votes_abstained = WholeField(_l("Suzdržani"), validators=[Optional()])
    reason = LongTextField(
        _l("Zašto ovim redom"),
        description=_l("Ulazi u zapisnik komisije."),
        validators=[at_most(LONGEST_REASON)],
    )

    def cast(self, order: list[str], present: list[str]) -> CastVote:
        """The vote as typed."""
        if self.held_on.data is None:
            raise ValueError("the form was not validated")
        return CastVote(
            order=order,
            held_on=self.held_on.data,
            present=present,
            votes_for=self.votes_for.data,
            votes_against=self.votes_against.data,
            votes_abstained=self.votes_abstained.data,
            reason=self.reason.data or "",
        )


class RecordForm(Form):
    """The number of the record, where the registry has given one."""

    number = TextField(
        _l("Broj iz djelovodnika"),
        description=_l("Ostavite prazno da broj dodijeli sistem."),
        validators=[at_most(60)],
    )


class StepForm(Form):
    """A step without anything to type."""
