"""Exact amounts: whole fening (1/100 KM), read from what people type and written as they read."""

import re
from collections.abc import Sequence
from fractions import Fraction

# As it is typed: in Latin, in Cyrillic, as banks write it.
_CURRENCIES = re.compile(r"(?:KM|\u041a\u041c|BAM)$")
# One digit group form only: 1.234.567,89 or 1234567,89 or 1234567.89; anything else is refused.
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")
_PLAIN = re.compile(r"\d+(,\d{1,2})?|\d+\.\d{1,2}")
_DOSSIER = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


def parse(text: str) -> int | None:
    """Fening for an amount as typed (`1.234,56`, `1234.5`, `1 234,5 KM`), None if it is none.

    A dot before exactly three digits groups thousands, as everybody here writes.
    """
    bare = _CURRENCIES.sub("", re.sub(r"[\s\u00a0\u202f]", "", text))
    if not bare.isascii():
        return None
    if _GROUPED.fullmatch(bare):
        return _to_fening(bare.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return _to_fening(bare.replace(",", "."))
    return None


def from_dossier(text: str) -> int:
    """Fening for a dossier amount `[0-9]+(\\.[0-9]{1,2})?`; ValueError when it is not one."""
    if not _DOSSIER.fullmatch(text):
        raise ValueError(text)
    return _to_fening(text)


def to_dossier(fening: int) -> str:
    """An amount with a dot and exactly two decimals: `1234.50`."""
    sign, rest = ("-", -fening) if fening < 0 else ("", fening)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def form(fening: int) -> str:
    """An amount as it is read here, without currency: `1.234,50`."""
    sign, rest = ("-", -fening) if fening < 0 else ("", fening)
    return f"{sign}{rest // 100:,}".replace(",", ".") + f",{rest % 100:02d}"


def round_half_up(exact: Fraction) -> int:
    """The whole number nearest to an exact value of 0 or more; one half goes up."""
    return int(exact + Fraction(1, 2)) if exact >= 0 else -round_half_up(-exact)


def share_out(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split an amount by weights so that the parts add up to it exactly.

    Largest remainder first, earlier ones first among equals. Without any weight above 0 there is
    nothing to split by: ValueError.
    """
    whole = sum(map(Fraction, weights), Fraction(0))
    if whole <= 0:
        raise ValueError("no weight above 0")
    exact = [total * Fraction(weight) / whole for weight in weights]
    parts = [value.numerator // value.denominator for value in exact]
    rest = total - sum(parts)
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[:rest]:
        parts[at] += 1
    return parts


def _to_fening(text: str) -> int:
    # Not through Decimal: its context would round an amount of more than 28 digits.
    whole, _, cents = text.partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0"))
