"""What the committee may still decide before a ranking is closed, and what keeps it open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from grants.errors import DomainError, Incomplete, NotNow, Problem, WrongState
from grants.ranking.rules.outcomes import Blocking, BlockingReason
from grants.ranking.rules.points import shown

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Session:
    """The committee's session that closed a ranking: when, where, who, how they voted."""

    held_on: date
    place: str = ""
    present: Sequence[str] = ()
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    remarks: str = ""


def ensure_amounts_open(*, is_scoring: bool, is_scoring_closed: bool) -> None:
    """Amounts and ties are decided between the end of scoring and the closed ranking.

    Raises NotNow `ranking_scoring_open` before, WrongState `ranking_closed` after.
    """
    if not is_scoring:
        raise WrongState(Problem("ranking_closed"))
    if not is_scoring_closed:
        raise NotNow(Problem("ranking_scoring_open"))


def ensure_reducible(amount: int, *, requested: int, reason: str) -> None:
    """Incomplete `amount_above_requested` (fening) or `reduction_reason`."""
    problems = []
    if amount > requested:
        facts = {"wanted_amount": amount, "requested_amount": requested}
        problems.append(Problem("ranking_above_requested", "amount", facts))
    if amount < requested and not reason.strip():
        problems.append(Problem("ranking_reason_missing", "reason"))
    if len(reason) > LONGEST_REASON:
        problems.append(Problem("ranking_reason_long", "reason", {"most": LONGEST_REASON}))
    if problems:
        raise Incomplete(*problems)


def order_of(places: Sequence[tuple[str, str]]) -> list[str]:
    """The references in the order of their typed places; each place from 1 on is taken once.

    DomainError `ranking_no_such_tie` otherwise.
    """
    by_place = {place.strip(): reference for reference, place in places}
    wanted = [str(number) for number in range(1, len(places) + 1)]
    if sorted(by_place) != sorted(wanted):
        raise DomainError(Problem("ranking_no_such_tie", "votes"))
    return [by_place[place] for place in wanted]


def merged_votes(
    standing: Sequence[str], order: Sequence[str], *, groups: Iterable[Sequence[str]]
) -> list[str]:
    """The vote with one more group put in order; what stood for its members goes.

    DomainError `ranking_no_such_tie` unless the order names one whole group, each member once.
    """
    if not any(sorted(group) == sorted(order) for group in groups):
        raise DomainError(Problem("ranking_no_such_tie", "votes"))
    return [*(each for each in standing if each not in set(order)), *order]


def blocking_problems(
    blocking: Iterable[Blocking],
    *,
    spreads: dict[str, Fraction],
    limit: Fraction | None,
    min_reviews: int,
) -> list[Problem]:
    """One sentence for each thing that keeps a ranking open; the place is the reference."""
    problems = []
    for item in blocking:
        facts: dict[str, object] = {"reference": item.reference}
        if item.reason is BlockingReason.NOT_SCORED:
            facts["needed"] = min_reviews
        if item.reason is BlockingReason.DIVERGENCE:
            facts["spread"] = shown(spreads.get(item.reference, Fraction(0)))
            facts["most"] = shown(limit or Fraction(0))
        problems.append(Problem(f"ranking_{item.reason.value}", item.reference, facts))
    return problems


def session_problems(
    session: Session, *, members: int, present: int | None = None
) -> list[Problem]:
    """What the votes on the list lack; `members` have a vote, `present` of them were there.

    Without `present` (an imported call) votes may be unknown. Codes: `ranking_votes` (more than
    have a vote), `ranking_votes_missing`, `ranking_votes_present` (as many as were there),
    `ranking_votes_against`.
    """
    votes = (session.votes_for, session.votes_against, session.votes_abstained)
    given = sum(number or 0 for number in votes)
    if given > members:
        return [Problem("ranking_votes", "votes_for", {"given": given, "members": members})]
    if present and given != present:
        code = "ranking_votes_present" if given else "ranking_votes_missing"
        return [Problem(code, "votes_for", {"given": given, "present": present})]
    if given and (session.votes_for or 0) <= (session.votes_against or 0):
        return [Problem("ranking_votes_against", "votes_for")]
    return []
