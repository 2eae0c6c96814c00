"""What is typed when somebody objects, when it came on paper, and when it is ruled upon."""

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from grants.complaints.labels import AGAINST, CHANNELS, CHOICES, EFFECTS, GROUNDS
from grants.complaints.rules.filing import PAPER, Envelope, Filing
from grants.complaints.rules.ruling import FormalGround, Proposal
from grants.complaints.rules.states import Against, Channel, Effect, Ruling
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MoneyField,
    TextField,
    at_most,
    chosen,
    options,
    required,
)


class FilingForm(Form):
    """Against what, why, and what is asked for."""

    against = RadioField(_l("Prigovor je"), [Optional()], validate_choice=False)
    text = LongTextField(
        _l("Zašto prigovarate"),
        description=_l("Navedite šta smatrate pogrešnim i na čemu to zasnivate."),
    )
    asks_for = LongTextField(
        _l("Šta tražite"),
        description=_l("Na primjer: da se prijava ponovo provjeri, da se ponovo ocijeni."),
    )

    def offer(self, allowed: Sequence[Against]) -> "FilingForm":
        """Offer what may be objected to; a single one is taken."""
        self.against.choices = options({each.value: AGAINST[each] for each in allowed})
        if len(allowed) == 1 and not self.against.data:
            self.against.data = allowed[0].value
        return self

    def filing(self) -> Filing:
        """What was typed."""
        against = self.against.data
        return Filing(
            against=Against(against) if against in list(Against) else None,
            text=self.text.data or "",
            asks_for=self.asks_for.data or "",
        )


class PaperForm(FilingForm):
    """The same from paper, with its envelope."""

    reference = SelectField(_l("Prijava"), [chosen()], validate_choice=False)
    channel = RadioField(
        _l("Kako je stigao"),
        [chosen()],
        choices=options({each.value: CHANNELS[each] for each in PAPER}),
        default=Channel.POST.value,
    )
    protocol_number = TextField(_l("Broj iz djelovodnika"), [required(), at_most(60)])
    received_on = DayField(_l("Dan prijema"), [required()])
    posted_on = DayField(_l("Dan predaje na poštu"), [Optional()])

    def envelope(self) -> Envelope:
        """How it came; only a letter was posted."""
        channel = Channel(self.channel.data)
        return Envelope(
            channel=channel,
            protocol_number=self.protocol_number.data or "",
            received_on=self.received_on.data,
            posted_on=self.posted_on.data if channel is Channel.POST else None,
        )


class RulingForm(Form):
    """How it is ruled, why, and what follows."""

    ruling = RadioField(_l("Odluka o prigovoru"), [chosen()], choices=options(CHOICES))
    effect = RadioField(_l("Ako se usvaja, šta slijedi"), [Optional()], validate_choice=False)
    ground = RadioField(
        _l("Ako se odbacuje, zašto"), [Optional()], choices=options(GROUNDS), validate_choice=False
    )
    is_reinstated = BooleanField(
        _l("Dozvoljen je povrat u prijašnje stanje, pa se zakašnjeli prigovor razmatra")
    )
    amount = MoneyField(
        _l("Ako se ispravlja iznos, koliko sada iznosi"),
        [Optional()],
        description=_l(
            "Ulazi u izreku, a s izdavanjem rješenja i u konačnu listu. Ostavite prazno ako iznos "
            "ostaje isti."
        ),
    )
    reasoning = LongTextField(
        _l("Obrazloženje"),
        description=_l(
            "Šta je provjereno, šta je utvrđeno i zašto se pojedini navodi prihvataju ili ne. "
            "Ulazi u rješenje."
        ),
    )
    commission = TextField(
        _l("Ko je dao prijedlog"),
        [at_most(500)],
        description=_l("Imena članova komisije za prigovore, ako je imenovana."),
    )

    def offer(self, allowed: Sequence[Effect]) -> "RulingForm":
        """Offer what may follow; a single one is taken."""
        self.effect.choices = options({each.value: EFFECTS[each] for each in allowed})
        if len(allowed) == 1 and not self.effect.data:
            self.effect.data = allowed[0].value
        return self

    def proposal(self) -> Proposal:
        """What was typed; what does not belong to the ruling is left out."""
        ruling, effect, ground = Ruling(self.ruling.data), self.effect.data, self.ground.data
        is_corrected = ruling is Ruling.UPHELD and effect == Effect.CORRECTED_RANKING
        is_upheld, is_dismissed = ruling is Ruling.UPHELD, ruling is Ruling.DISMISSED
        return Proposal(
            ruling=ruling,
            reasoning=self.reasoning.data or "",
            effect=Effect(effect) if is_upheld and effect in list(Effect) else None,
            ground=FormalGround(ground) if is_dismissed and ground in list(FormalGround) else None,
            is_reinstated=bool(self.is_reinstated.data),
            commission=self.commission.data or "",
            amount=self.amount.data if is_corrected else None,
        )


class AmountForm(Form):
    """The amount that the final list proposes, and why."""

    amount = MoneyField(_l("Predloženi iznos"), [required()])
    reason = LongTextField(
        _l("Obrazloženje"), description=_l("Potrebno kad je iznos manji od traženog.")
    )
