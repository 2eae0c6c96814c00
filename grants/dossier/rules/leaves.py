"""The values without parts that a dossier holds: texts, numbers, amounts, instants."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grants.calls.rules.numbers import MOST_DIGITS, exact, is_exact
from grants.dossier.rules.shapes import Leaf, one_of_names
from grants.money import from_dossier
from grants.ranking.rules.instants import day, instant

CENT = Fraction(1, 100)


def is_text(value: Any) -> bool:
    """Whether the value is a text that UTF-8 can write (no lone surrogate)."""
    if type(value) is not str:
        return False
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_whole(value: Any) -> bool:
    """Whether the value is a whole JSON number; true and false are none."""
    return type(value) is int


def _reads(read: Callable[[str], object]) -> Callable[[Any], bool]:
    """Whether the reader takes the value without a ValueError."""

    def holds(value: Any) -> bool:
        if type(value) is not str or len(value) > MOST_DIGITS:
            return False
        try:
            read(value)
        except ValueError:
            return False
        return True

    return holds


def one_of(*names: str) -> Leaf:
    """One of a few words."""
    return Leaf(lambda value: type(value) is str and value in names, one_of_names(names))


def one_of_enum(words: type[StrEnum]) -> Leaf:
    """One of the values of an enumeration."""
    return one_of(*(word.value for word in words))


TEXT = Leaf(is_text, "a text")
FLAG = Leaf(lambda value: type(value) is bool, "true or false")
NUMBER_ALLOWED = f"a whole number or a decimal string of at most {MOST_DIGITS} digits"
NUMBER = Leaf(is_exact, NUMBER_ALLOWED)
NOT_NEGATIVE = Leaf(
    lambda value: is_exact(value) and exact(value) >= 0, f"{NUMBER_ALLOWED}, 0 or more"
)
ABOVE_ZERO = Leaf(lambda value: is_exact(value) and exact(value) > 0, f"{NUMBER_ALLOWED} above 0")
ROUNDING = Leaf(
    lambda value: is_exact(value) and exact(value) > 0 and exact(value) % CENT == 0,
    f"{NUMBER_ALLOWED}, a positive multiple of 0.01",
)
WHOLE = Leaf(is_whole, "a whole number")
COUNT = Leaf(lambda value: is_whole(value) and value >= 0, "a whole number, 0 or more")
AT_LEAST_ONE = Leaf(lambda value: is_whole(value) and value >= 1, "a whole number, 1 or more")
# An answer in a sheet that need not count: its range is not checked.
ANSWER = Leaf(lambda value: is_whole(value) or is_text(value), "a whole number or a text")
AMOUNT = Leaf(_reads(from_dossier), f'an amount such as "1500.00" of at most {MOST_DIGITS} digits')
INSTANT = Leaf(_reads(instant), "an existing instant YYYY-MM-DDTHH:MM[:SS[.f]] with Z or ±HH:MM")
DAY = Leaf(_reads(day), "an existing day YYYY-MM-DD")
