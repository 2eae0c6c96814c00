"""What kinds of municipality there are and how each is called."""

from enum import StrEnum


class Kind(StrEnum):
    """What the unit of local self-government calls itself."""

    OPCINA = "općina"
    OPSTINA = "opština"
    GRAD = "grad"


class Entity(StrEnum):
    """Whose laws and holidays hold."""

    FBIH = "FBiH"
    RS = "RS"
    BD = "BD"
