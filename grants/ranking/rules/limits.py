"""What one organisation may get in a call, and what it has got so far (scoring.md 5, limits)."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from grants.ranking.rules.inputs import Contender, Terms

AWARDS_PER_ORGANISATION = "awards_per_organisation"
ORGANISATION_CAP = "organisation_cap"


class Ledger:
    """The awards of this call by organisation, in the order they are made; amounts in fening.

    With `watched` only the awards of these are entered: no limit can reach the others, and two
    ledgers are then alike where they refuse alike.
    """

    def __init__(self, terms: Terms, *, watched: Collection[str] | None = None) -> None:
        self._terms = terms
        self._watched = watched
        self.numbers: dict[str, int] = {}
        self.amounts: dict[str, int] = dict(terms.prior_awards)

    def award(self, contender: Contender, amount: int) -> None:
        """Enter an award; one of 0.00 counts as well."""
        organisation = contender.organisation
        if self._watched is not None and organisation not in self._watched:
            return
        self.numbers[organisation] = self.numbers.get(organisation, 0) + 1
        self.amounts[organisation] = self.amounts.get(organisation, 0) + amount

    def refusal(self, contender: Contender) -> str | None:
        """The limit that refuses the wanted amount as things stand, None where none does."""
        return self._passed(contender.organisation, number=1, amount=contender.wanted)

    def amount_of(self, contender: Contender) -> int:
        """What counts for the organisation so far: its prior awards and those of this call."""
        return self.amounts.get(contender.organisation, 0)

    def admits_all(self, contenders: Iterable[Contender]) -> bool:
        """Whether awarding all of them together keeps every organisation within its limits."""
        number: dict[str, int] = defaultdict(int)
        amount: dict[str, int] = defaultdict(int)
        for contender in contenders:
            number[contender.organisation] += 1
            amount[contender.organisation] += contender.wanted
        return all(
            self._passed(organisation, number=number[organisation], amount=amount[organisation])
            is None
            for organisation in number
        )

    def copy(self) -> "Ledger":
        """The same standing, to be written on without consequences."""
        twin = Ledger(self._terms, watched=self._watched)
        twin.numbers = self.numbers.copy()
        twin.amounts = self.amounts.copy()
        return twin

    def differing(self, other: "Ledger") -> set[str]:
        """The organisations that stand otherwise in the other ledger."""
        if self.numbers == other.numbers and self.amounts == other.amounts:
            return set()
        entered = self.numbers | other.numbers
        return {each for each in entered if self.standing_of(each) != other.standing_of(each)}

    def overlaid(self, other: "Ledger", organisations: Iterable[str]) -> "Ledger":
        """A copy in which these organisations stand as in the other ledger."""
        twin = self.copy()
        for each in organisations:
            twin.numbers[each], twin.amounts[each] = other.standing_of(each)
        return twin

    def standing_of(self, organisation: str) -> tuple[int, int]:
        """How many awards are entered, and what counts for it in all."""
        return self.numbers.get(organisation, 0), self.amounts.get(organisation, 0)

    def _passed(self, organisation: str, *, number: int, amount: int) -> str | None:
        most = self._terms.awards_per_organisation
        if most is not None and self.numbers.get(organisation, 0) + number > most:
            return AWARDS_PER_ORGANISATION
        cap = self._terms.organisation_cap
        if cap is not None and self.amounts.get(organisation, 0) + amount > cap:
            return ORGANISATION_CAP
        return None
