"""What kinds of municipality there are and how each is called."""

from enum import StrEnum

from grants.workdays import Entity

__all__ = ["Entity", "Kind"]


class Kind(StrEnum):
    """What the unit of local self-government calls itself."""

    OPCINA = "općina"
    OPSTINA = "opština"
    GRAD = "grad"
