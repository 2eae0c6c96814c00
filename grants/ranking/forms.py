"""What is typed about a ranking: an amount with its reason, an order, a session."""

from fractions import Fraction

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.i18n.languages import lazy_gettext as _l
from grants.ranking.rules.closing import LONGEST_REASON, Session
from grants.ranking.rules.scenarios import Changes
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
    options,
    required,
)

_UNCHANGED = {"": _l("kao u pozivu")}
MODES = {
    Mode.RANKED_CUTOFF.value: _l("redom po rang-listi dok ima sredstava"),
    Mode.PROPORTIONAL.value: _l("svima iznad praga, srazmjerno bodovima"),
}
SHORTFALLS = {
    Shortfall.STOP.value: _l("ide na rezervnu listu, a dodjela staje"),
    Shortfall.SKIP.value: _l("ide na rezervnu listu, a dodjela ide dalje"),
    Shortfall.PARTIAL.value: _l("dobija ostatak ako je dovoljno velik, a dodjela staje"),
}
LEFTOVERS = {
    Leftover.NONE.value: _l("ostaje neutrošeno"),
    Leftover.POOL.value: _l("ide u zajednički ostatak za rezervne liste svih oblasti"),
}


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


class ScenarioForm(Form):
    """Another rule; envelopes come as `envelope-<lot>`. Empty leaves what the call says."""

    name = TextField(_l("Ime scenarija"), validators=[required(), at_most(80)])
    mode = SelectField(_l("Kako se dijele sredstva"), choices=options(_UNCHANGED | MODES))
    on_shortfall = SelectField(
        _l("Kad za projekat na redu nema dovoljno sredstava"),
        choices=options(_UNCHANGED | SHORTFALLS),
    )
    leftover = SelectField(
        _l("Šta biva s onim što u oblasti ostane"), choices=options(_UNCHANGED | LEFTOVERS)
    )
    partial_min_share = WholeField(
        _l("Najmanji dio pri djelimičnoj dodjeli (%)"), validators=[Optional()]
    )

    def changes(self, envelopes: dict[str, int]) -> Changes:
        """What was asked for; the caller reads the envelopes."""
        share = self.partial_min_share.data
        return Changes(
            envelopes,
            mode=Mode(self.mode.data) if self.mode.data else None,
            on_shortfall=Shortfall(self.on_shortfall.data) if self.on_shortfall.data else None,
            partial_min_share=None if share is None else Fraction(share, 100),
            leftover=Leftover(self.leftover.data) if self.leftover.data else None,
        )


class ChoiceForm(Form):
    """Why the committee takes a scenario over."""

    reason = LongTextField(
        _l("Odluka o preraspodjeli i razlog"),
        description=_l("Broj i datum odluke, ko ju je donio i zašto. Ulazi u zapisnik."),
        validators=[at_most(LONGEST_REASON)],
    )


class RecordForm(Form):
    """The number of the record, where the registry has given one."""

    number = TextField(
        _l("Broj iz djelovodnika"),
        description=_l("Ostavite prazno da broj dodijeli sistem."),
        validators=[at_most(60)],
    )
    missing_reason = LongTextField(
        _l("Zašto se izdaje bez izjašnjenja svih članova"),
        description=_l("Samo ako se neko nije izjasnio. Ulazi u zapisnik."),
        validators=[at_most(LONGEST_REASON)],
    )


class WordForm(Form):
    """What a member says after reading the record."""

    says = RadioField(
        _l("Pročitao/la sam zapisnik"),
        validators=[chosen()],
        choices=options({"agreed": _l("Saglasan/na sam"), "apart": _l("Imam izdvojeno mišljenje")}),
    )
    remark = LongTextField(
        _l("Izdvojeno mišljenje"),
        description=_l("Ulazi u zapisnik riječ po riječ."),
        validators=[at_most(4000)],
    )
