"""Exact numbers as a dossier writes them: whole JSON numbers or decimal strings."""

import re
from fractions import Fraction

# Longer numbers are refused: nobody scores with them, and Python refuses to print them.
MOST_DIGITS = 1000
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def is_exact(value: object) -> bool:
    """Whether the value is a whole number (never a bool) or a decimal string."""
    if isinstance(value, str):
        return len(value) <= MOST_DIGITS and _DECIMAL.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def exact(value: object) -> Fraction:
    """The value of a whole number or a decimal string `-?[0-9]+(\\.[0-9]+)?`; else ValueError."""
    if not is_exact(value):
        raise ValueError(f"neither a whole number nor a decimal string: {value!r:.80}")
    if isinstance(value, int):
        return Fraction(value)
    whole, _, decimals = str(value).partition(".")
    if not decimals:
        return Fraction(int(whole))
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def decimal_text(value: Fraction) -> int | str:
    """The value as a dossier writes it: a whole number, else a decimal string.

    ValueError where it has no finite decimal form (such as 1/3).
    """
    if value.denominator == 1:
        return value.numerator
    twos, fives, rest = _powers(value.denominator)
    if rest != 1:
        raise ValueError(f"no finite decimal form: {value}")
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _powers(number: int) -> tuple[int, int, int]:
    counts = []
    for prime in (2, 5):
        count = 0
        while number % prime == 0:
            number, count = number // prime, count + 1
        counts.append(count)
    return counts[0], counts[1], number
