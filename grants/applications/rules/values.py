"""What a typed string means: an amount, a number, a day; or which sentence it gets."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from grants import money
from grants.calls.rules.form import Choice, Column, Kind
from grants.calls.rules.numbers import decimal_text, exact

MOST = 10**13
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,3})?")
_DECIMAL = re.compile(r"(\d{1,12})(?:[.,](\d{1,3}))?")
_DAY = re.compile(r"\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{4})\s*\.?\s*")
_ISO_DAY = re.compile(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})\s*")


class Unreadable(Exception):
    """A text that means nothing here: the code of its sentence, and the figures in it."""

    def __init__(self, code: str, facts: Mapping[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def read_value(asked: Column, text: str) -> Any:
    """The plain-JSON value of a text that is not blank; Unreadable with the sentence's code.

    Money is whole fening, a number an int or a decimal string, a day an ISO string.
    """
    bare = text.strip()
    reader = _READERS.get(asked.kind)
    if reader is not None:
        value = reader(bare)
        if asked.kind is Kind.NUMBER:
            _ensure_between(exact(value), asked, bare)
        return value
    if asked.kind in (Kind.CHOICE, Kind.LOT) and asked.choices:
        return _choice(bare, asked.choices)
    if asked.limit is not None and len(bare) > asked.limit:
        raise Unreadable("answer_too_long", {"figure": len(bare), "limit": asked.limit})
    if asked.words is not None and count_words(bare) > asked.words:
        facts = {"figure": count_words(bare), "limit": asked.words}
        raise Unreadable("answer_too_many_words", facts)
    return bare


def count_words(text: str) -> int:
    """How many words a text has: whatever stands between white space, as the page counts."""
    return len(text.split())


def read_number(text: str) -> Fraction | None:
    """A number of 0 or more with up to three decimals, as typed here; None when it is none.

    As in an amount, a dot before exactly three digits groups thousands.
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not bare.isascii():
        return None
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    found = _DECIMAL.fullmatch(bare)
    if found is None:
        return None
    decimals = found[2] or ""
    return Fraction(int(found[1] + decimals), 10 ** len(decimals))


def read_day(text: str) -> date | None:
    """A day as written here or in ISO, None when it is none."""
    written, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    if written:
        parts = (int(written[3]), int(written[2]), int(written[1]))
    elif iso:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _ensure_between(figure: Fraction, asked: Column, text: str) -> None:
    if figure < asked.least:
        raise Unreadable("answer_too_low", {"typed": _short(text), "limit": asked.least})
    if asked.most is not None and figure > asked.most:
        raise Unreadable("answer_too_high", {"typed": _short(text), "limit": asked.most})


def _number(text: str) -> int | str:
    found = read_number(text)
    if found is None:
        raise Unreadable("answer_not_number", {"typed": _short(text)})
    return decimal_text(found)


def _amount(text: str) -> int:
    amount = money.parse(text)
    if amount is None:
        raise Unreadable("answer_not_money", {"typed": _short(text)})
    if amount > MOST:
        raise Unreadable("answer_too_much", {"typed": _short(text)})
    return amount


def _day(text: str) -> str:
    on = read_day(text)
    if on is None:
        raise Unreadable("answer_not_day", {"typed": _short(text)})
    return on.isoformat()


def _declared(text: str) -> bool:
    return text == "yes"


def _choice(text: str, choices: tuple[Choice, ...]) -> str:
    if text not in {choice.code for choice in choices}:
        raise Unreadable("answer_not_choice", {"typed": _short(text)})
    return text


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _amount,
    Kind.DATE: _day,
    Kind.DECLARATION: _declared,
}
