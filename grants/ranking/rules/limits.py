"""What one organisation may get in a call, and what it has got so far (scoring.md 5, limits)."""

from collections import defaultdict
from collections.abc import Iterable

from grants.ranking.rules.inputs import Contender, Terms

AWARDS_PER_ORGANISATION = "awards_per_organisation"
ORGANISATION_CAP = "organisation_cap"


class Ledger:
    """The awards of this call by organisation, in the order they are made; amounts in fening."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._number: dict[str, int] = defaultdict(int)
        self._amount: dict[str, int] = defaultdict(int, terms.prior_awards)

    def award(self, contender: Contender, amount: int) -> None:
        """Enter an award; one of 0.00 counts as well."""
        self._number[contender.organisation] += 1
        self._amount[contender.organisation] += amount

    def refusal(self, contender: Contender) -> str | None:
        """The limit that refuses the wanted amount as things stand, None where none does."""
        return self._passed(contender.organisation, number=1, amount=contender.wanted)

    def amount_of(self, contender: Contender) -> int:
        """What counts for the organisation so far: its prior awards and those of this call."""
        return self._amount[contender.organisation]

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
        twin = Ledger(self._terms)
        twin._number.update(self._number)
        twin._amount.update(self._amount)
        return twin

    def _passed(self, organisation: str, *, number: int, amount: int) -> str | None:
        most = self._terms.awards_per_organisation
        if most is not None and self._number[organisation] + number > most:
            return AWARDS_PER_ORGANISATION
        cap = self._terms.organisation_cap
        if cap is not None and self._amount[organisation] + amount > cap:
            return ORGANISATION_CAP
        return None
