"""The pages of contracts, by audience."""

from grants.contracts.views import own, staff
from grants.contracts.views.shared import blueprint

__all__ = ["blueprint", "own", "staff"]
