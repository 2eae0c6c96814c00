"""What the cut hangs on: single sheets without which an outcome would be another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grants.calls.rules.allocation import Mode
from grants.evaluation.rules.scoring import Score, Scorer, ScoringTerms, Sheet
from grants.evaluation.rules.tally import PointTable
from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.lineup import Move, Places
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.reshare import Reshare
from grants.ranking.rules.result import rank
from grants.ranking.rules.rewalk import STRIDE, Rewalk


@dataclass(frozen=True)
class Tip:
    """A sheet without which an outcome would be another; `others` are further ones that change."""

    application: str
    evaluator: str
    before: Outcome
    after: Outcome
    others: tuple[str, ...] = ()


def tips(
    field: "Field",
    sheets: Mapping[str, Sequence[Sheet]],
    *,
    scoring: ScoringTerms,
    table: PointTable | None = None,
    between: Callable[[], None] = lambda: None,
) -> Iterator[Tip]:
    """Leave out one counted sheet after the other and see whose outcome changes.

    `sheets` are those that count, by reference. The least number of sheets is not asked of what
    is left; the only sheet of an application cannot be left out. Nothing is decided by this.
    `between` is called once for each application: thousands of sheets take seconds.
    """
    scorer = Scorer(replace(scoring, min_reviews=1, divergence_limit=None), table=table)
    for contender in field.contenders:
        between()
        own = sheets.get(contender.reference, ())
        if contender.scored is None or len(own) < 2:
            continue
        for left_out in own:
            score = scorer.score(sheet for sheet in own if sheet is not left_out)
            if score is not None:
                yield from _tip(field, contender, score, left_out.evaluator)


def _tip(field: "Field", contender: Contender, score: Score, evaluator: str) -> Iterator[Tip]:
    changed = field.changed_by(contender, score)
    if changed:
        reference = contender.reference
        others = tuple(sorted(changed.keys() - {reference}))
        before = field.outcomes[reference]
        yield Tip(reference, evaluator, before, changed.get(reference, before), others)


class Field:
    """The ranking as it is, and what one other total would change of it."""

    def __init__(
        self, contenders: Sequence[Contender], terms: Terms, *, stride: int = STRIDE
    ) -> None:
        self.contenders = sorted(contenders, key=lambda each: each.reference)
        ranked = rank(contenders, terms=terms).applications
        self.outcomes = {each.reference: each.outcome for each in ranked}
        self._places = Places(contenders, terms)
        found = {each.reference: self._places.of(each) for each in contenders}
        self._found = {key: place for key, place in found.items() if place is not None}
        self._again: Rewalk | Reshare
        if terms.allocation.mode is Mode.PROPORTIONAL:
            self._again = Reshare(contenders, terms, places=self._found)
        else:
            self._again = Rewalk(contenders, terms, places=self._found, stride=stride)

    def changed_by(self, contender: Contender, score: Score) -> dict[str, Outcome]:
        """The new outcomes, of those only that change, with this score in place of the own."""
        own, after = contender.reference, replace(contender, score=score)
        move = Move(contender, after, self._found.get(own), self._places.of(after))
        if move.old == move.new:
            return {}  # the same points in all, or below a threshold with both
        found = self._again.outcomes_after(move)
        if move.new is None:
            found[own] = Outcome.REFUSED_THRESHOLD
        return {key: each for key, each in found.items() if each is not self.outcomes[key]}
