"""How objections, rulings and their effects are called on pages and in acts."""

from collections.abc import Mapping
from typing import Any

from grants.complaints.models import Objection
from grants.complaints.rules.ruling import FormalGround, proposal_from
from grants.complaints.rules.states import Against, Channel, Effect, ObjectionStatus, Ruling
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.money import form

AGAINST: Mapping[Against, Any] = {
    Against.DISMISSAL: _l("protiv odbacivanja prijave"),
    Against.SCORE: _l("protiv ocjene"),
    Against.RANKING: _l("protiv redoslijeda ili predloženog iznosa"),
}
CHANNELS: Mapping[Channel, Any] = {
    Channel.ONLINE: _l("putem ove stranice"),
    Channel.POST: _l("poštom"),
    Channel.IN_PERSON: _l("lično, u pisarnici"),
}
# The same as a ruling says it.
CHANNELS_IN_ACT: Mapping[Channel, Any] = {
    Channel.ONLINE: _l("elektronski"),
    Channel.POST: _l("preporučenom poštom"),
    Channel.IN_PERSON: _l("neposredno u pisarnici"),
}
STATUSES: Mapping[ObjectionStatus, Any] = {
    ObjectionStatus.FILED: _l("čeka rješenje"),
    ObjectionStatus.WITHDRAWN: _l("povučen"),
    ObjectionStatus.RULED: _l("riješen"),
}
# Dismissed ("odbačen") is formal, rejected ("odbijen") on the merits; the two never mix.
RULINGS: Mapping[Ruling, Any] = {
    Ruling.UPHELD: _l("usvojen"),
    Ruling.REJECTED: _l("odbijen"),
    Ruling.DISMISSED: _l("odbačen"),
}
RULING_COLOURS: Mapping[Ruling, str] = {
    Ruling.UPHELD: "green",
    Ruling.REJECTED: "red",
    Ruling.DISMISSED: "",
}
CHOICES: Mapping[Ruling, Any] = {
    Ruling.UPHELD: _l("Usvaja se: prigovor je osnovan"),
    Ruling.REJECTED: _l("Odbija se: prigovor je razmotren i nije osnovan"),
    Ruling.DISMISSED: _l("Odbacuje se: formalni razlog, prigovor se ne razmatra"),
}
EFFECTS: Mapping[Effect, Any] = {
    Effect.RECHECK: _l("Prijava se ponovo administrativno provjerava"),
    Effect.NEW_SHEETS: _l("Drugi članovi komisije daju nove ocjene; dosadašnje ne važe"),
    Effect.CORRECTED_RANKING: _l("Ispravlja se rang-lista: iznos ili redoslijed"),
}
# The same once it is done, as decisions name it beside the number of the ruling.
EFFECTS_DONE: Mapping[Effect, Any] = {
    Effect.RECHECK: _l("odbacivanje je stavljeno van snage, a prijava ponovo provjerena"),
    Effect.NEW_SHEETS: _l(
        "prijavu su ponovo ocijenili drugi članovi komisije, a te ocjene zamjenjuju dotadašnje"
    ),
    Effect.CORRECTED_RANKING: _l("ispravljen je predloženi iznos ili redoslijed"),
}
GROUNDS: Mapping[FormalGround, Any] = {
    FormalGround.LATE: _l("podnesen je poslije roka"),
    FormalGround.UNAUTHORISED: _l("podnijela ga je osoba koja za to nije ovlaštena"),
    FormalGround.INADMISSIBLE: _l("ne odnosi se na ono protiv čega se prigovor može podnijeti"),
}
# The same as a ruling says it after "jer".
GROUNDS_IN_ACT: Mapping[FormalGround, Any] = {
    FormalGround.LATE: _l("je podnesen poslije roka"),
    FormalGround.UNAUTHORISED: _l("ga je podnijela osoba koja za to nije ovlaštena"),
    FormalGround.INADMISSIBLE: _l("se ne odnosi na ono protiv čega se prigovor može podnijeti"),
}


def state_of(status: ObjectionStatus, ruling: Ruling | None) -> tuple[str, str]:
    """The state in a word, with its colour: the ruling once there is one."""
    if ruling is not None:
        return str(RULINGS[ruling]), RULING_COLOURS[ruling]
    return str(STATUSES[status]), "amber" if status is ObjectionStatus.FILED else ""


def effect_done(objection: Objection) -> str:
    """What an upheld one changed, the corrected amount where its act (loaded) says it."""
    ruled = objection.act.facts["ruling"] if objection.act else {}
    amount = proposal_from(ruled).amount if ruled else None
    if amount is not None:
        return _("predloženi iznos ispravljen je na %(amount)s\u00a0KM", amount=form(amount))
    return str(EFFECTS_DONE[objection.effect]) if objection.effect else ""
