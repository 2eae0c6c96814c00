"""Which list a ranking is."""

from enum import StrEnum


class RankingKind(StrEnum):
    """The preliminary list may be objected to, the final one is decided upon."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
