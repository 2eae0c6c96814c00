"""Who scores what."""

from enum import StrEnum


class AssignmentMode(StrEnum):
    """How sheets are handed out; only `everybody` needs no row per sheet."""

    EVERYBODY = "everybody"
    BY_LOT = "by_lot"
    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"
