"""Where a call stands, in a word and in a sentence for the public."""

from dataclasses import dataclass

from grants.calls.rules.states import Stage
from grants.i18n.languages import lazy_gettext as _l


@dataclass(frozen=True)
class StageTag:
    """A state in a word, its colour, and what it means for whoever reads."""

    label: str
    colour: str
    sentence: str


_WORDS = {
    Stage.PUBLICATION: (
        _l("uskoro"),
        "blue",
        _l("Poziv je objavljen, a prijavljivanje još nije počelo."),
    ),
    Stage.APPLICATIONS: (_l("otvoreno"), "green", _l("Prijave se primaju do roka.")),
    Stage.CHECK: (
        _l("provjera"),
        "",
        _l("Rok je istekao. Provjerava se da li su prijave potpune i u skladu s pozivom."),
    ),
    Stage.SCORING: (_l("ocjenjivanje"), "", _l("Komisija ocjenjuje prijave, svaki član za sebe.")),
    Stage.RANKING: (
        _l("rang-lista"),
        "",
        _l("Ocjenjivanje je zaključeno. Preliminarna rang-lista još nije objavljena."),
    ),
    Stage.OBJECTIONS: (
        _l("prigovori"),
        "amber",
        _l("Preliminarna rang-lista je objavljena i teče rok za prigovor."),
    ),
    Stage.DECISION: (_l("odlučeno"), "blue", _l("Odluka o dodjeli sredstava je donesena.")),
    Stage.IMPLEMENTATION: (_l("provedba"), "blue", _l("Podržani projekti se provode.")),
    Stage.CANCELLED: (_l("poništen"), "red", _l("Poziv je poništen i prijave se ne primaju.")),
    Stage.DRAFT: (_l("nacrt"), "", _l("Poziv se priprema.")),
}


def stage_tag(stage: Stage) -> StageTag:
    """The words of a stage in the language of the moment."""
    label, colour, sentence = _WORDS[stage]
    return StageTag(str(label), colour, str(sentence))
