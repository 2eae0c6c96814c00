"""Why each application stands where it stands: one short sentence each, with its figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from grants.calls.rules.allocation import Mode, Shortfall
from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.grid import Grid
from grants.calls.rules.numbers import decimal_text
from grants.errors import Problem
from grants.ranking.rules.inputs import SECTION, Contender, Terms
from grants.ranking.rules.limits import AWARDS_PER_ORGANISATION
from grants.ranking.rules.order import tied_groups
from grants.ranking.rules.outcomes import Outcome, RankedApplication, RankingResult
from grants.ranking.rules.points import shown

MISSING_DOCUMENT = "missing_document:"
# The formal grounds that have a sentence of their own; others are named as they are written.
GROUNDS = frozenset(
    {
        *("late", "incomplete", "unauthorised", "applicant_not_eligible", "out_of_range"),
        *("too_many", "budget_rules", "outstanding_reports", "conflict", "other"),
    }
)


@dataclass(frozen=True)
class Explainer:
    """What the sentences draw their figures from."""

    grid: Grid
    terms: Terms
    min_reviews: int
    documents: Sequence[RequiredDocument] = ()

    def explain(
        self, result: RankingResult, contenders: Sequence[Contender]
    ) -> dict[str, list[Problem]]:
        """The sentences of every application by reference; amounts in fening, points written."""
        by_reference = {contender.reference: contender for contender in contenders}
        said = {
            each.reference: [
                *self._sentences(each, by_reference[each.reference]),
                *self._reserve(each, by_reference[each.reference], result),
            ]
            for each in result.applications
        }
        voted = set(self.terms.tie_votes)
        for group in tied_groups(contenders, terms=self.terms, ranked=result.applications):
            if voted.issuperset(group):
                for reference in group:
                    said[reference].append(Problem("ranked_tie_voted"))
        return said

    def _sentences(self, ranked: RankedApplication, contender: Contender) -> Iterator[Problem]:
        match ranked.outcome:
            case Outcome.AWARDED:
                yield from self._awarded(ranked, contender)
            case Outcome.REFUSED_THRESHOLD:
                yield self._threshold(ranked)
            case Outcome.REFUSED_LIMIT:
                yield self._limit(ranked, contender)
            case Outcome.DISMISSED:
                yield self._dismissed(ranked.reason or "")
            case Outcome.TIE_UNRESOLVED:
                yield Problem("ranked_tie_open")
            case Outcome.NOT_SCORED:
                yield Problem("ranked_not_scored", facts={"needed": self.min_reviews})
            case Outcome.RESERVE if contender.wanted < contender.requested:
                yield Problem("ranked_reduced")

    def _awarded(self, ranked: RankedApplication, contender: Contender) -> Iterator[Problem]:
        if contender.wanted < contender.requested:
            yield Problem("ranked_reduced")
        if ranked.amount < contender.wanted:
            is_share = self.terms.allocation.mode is Mode.PROPORTIONAL
            code = "ranked_by_points" if is_share else "ranked_in_part"
            facts = {"amount": ranked.amount, "wanted_amount": contender.wanted}
            yield Problem(code, facts=facts)
        if ranked.is_from_pool:
            yield Problem("ranked_from_pool")

    def _reserve(
        self, ranked: RankedApplication, contender: Contender, result: RankingResult
    ) -> Iterator[Problem]:
        """Why there was no money: what is left, what was needed, and what of it can be given."""
        if ranked.outcome is not Outcome.RESERVE:
            return
        rule, wanted = self.terms.allocation, contender.wanted
        if rule.mode is Mode.PROPORTIONAL:
            yield Problem("ranked_by_points", facts={"amount": 0, "wanted_amount": wanted})
            return
        lot = next(each for each in result.lots if each.code == ranked.lot)
        left = lot.left if result.pool is None else result.pool.left
        place = "lot" if result.pool is None else "pool"
        facts = {"left_amount": left, "wanted_amount": wanted}
        is_partial = rule.on_shortfall is Shortfall.PARTIAL
        part = max(self.terms.grant_min, ceil(rule.partial_min_share * wanted))
        least = min(wanted, part) if is_partial else wanted
        if left and left >= least:
            yield Problem(f"ranked_{place}_stopped", facts=facts)
        elif left and is_partial:
            yield Problem(f"ranked_{place}_short_of_part", facts=facts | {"least_amount": least})
        else:
            yield Problem(f"ranked_{place}_short", facts=facts)

    def _threshold(self, ranked: RankedApplication) -> Problem:
        reason = ranked.reason or ""
        if ranked.total is None or ranked.sections is None:
            raise ValueError(f"{ranked.reference} is not scored")
        if not reason.startswith(SECTION):
            needed = self.terms.threshold_total
            points = shown(ranked.total, threshold=needed)
            return Problem("ranked_total_below", facts={"points": points, "needed": _text(needed)})
        code = reason.removeprefix(SECTION)
        needed = dict(self.terms.section_thresholds)[code]
        title = next(section.title for section in self.grid.sections if section.code == code)
        points = shown(ranked.sections[code], threshold=needed)
        facts = {"title": title, "points": points, "needed": _text(needed)}
        return Problem("ranked_section_below", code, facts)

    def _limit(self, ranked: RankedApplication, contender: Contender) -> Problem:
        if ranked.reason == AWARDS_PER_ORGANISATION:
            facts = {"most": self.terms.awards_per_organisation or 0}
            return Problem("ranked_awards_passed", facts=facts)
        figures = {
            "cap": self.terms.organisation_cap or 0,
            "before_amount": ranked.before,
            "wanted_amount": contender.wanted,
        }
        return Problem("ranked_cap_passed", facts=figures)

    def _dismissed(self, reason: str) -> Problem:
        if reason.startswith(MISSING_DOCUMENT):
            code = reason.removeprefix(MISSING_DOCUMENT)
            titles: Mapping[str, str] = {each.code: each.title for each in self.documents}
            return Problem("ranked_document_missing", code, {"title": titles.get(code, code)})
        if reason in GROUNDS:
            return Problem(f"ranked_dismissed_{reason}")
        code = "ranked_dismissed_for" if reason else "ranked_dismissed_other"
        return Problem(code, facts={"reason": reason})


def _text(points: Fraction) -> str:
    return str(decimal_text(points)).replace(".", ",")
