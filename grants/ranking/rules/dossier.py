"""A call with everything that led to its ranking, as one valid dossier holds it (dossier.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grants.calls.rules.grid import Grid
from grants.evaluation.rules.tally import PointTable
from grants.ranking.rules.canonical import canonical, sha256


@dataclass(frozen=True)
class Dossier:
    """A valid dossier: its content as given, and the point table of its grid."""

    content: Mapping[str, Any]
    table: PointTable

    @property
    def grid(self) -> Grid:
        """The evaluation grid."""
        return self.table.grid

    @property
    def call(self) -> Mapping[str, Any]:
        """The members of the call."""
        found: Mapping[str, Any] = self.content["call"]
        return found

    def canonical(self) -> bytes:
        """The canonical form (dossier.md)."""
        return canonical(self.content)

    def sha256(self) -> str:
        """The SHA-256 of the canonical form, in hexadecimal digits."""
        return sha256(self.content)
