"""One application in a ranking as pages, lists, mails and the record show it."""

from dataclasses import dataclass, field
from fractions import Fraction

from grants.errors import Problem
from grants.ranking.rules.outcomes import Outcome


@dataclass(frozen=True)
class Case:
    """One application as lists name it; the amount in fening."""

    id: int
    slug: str
    reference: str
    title: str
    organisation: str
    requested: int

    @property
    def anchor(self) -> str:
        """Where a page shows it."""
        return f"prijava-{self.slug}"


@dataclass(frozen=True)
class Line:
    """One application in a ranking, computed or kept; amounts in fening, points exact."""

    case: Case
    lot: str
    outcome: Outcome
    rank: int | None = None
    is_tied: bool = False
    reserve: int | None = None
    sections: dict[str, Fraction] | None = None
    total: Fraction | None = None
    amount: int = 0
    notes: list[Problem] = field(default_factory=list)
