"""The pages of expenditure, by audience."""

from grants.reports.views import own, staff
from grants.reports.views.shared import blueprint

__all__ = ["blueprint", "own", "staff"]
