"""The pages of opening, checking and completing."""

from grants.eligibility.views import checking, opening
from grants.eligibility.views.shared import blueprint

__all__ = ["blueprint", "checking", "opening"]
