"""Numbers that identify an organisation: its JIB and its bank account."""

import re

from grants.errors import Problem

JIB_LENGTH = 13
ACCOUNT_LENGTH = 16
_JIB = re.compile(r"[0-9]{13}")
_ACCOUNT = re.compile(r"[0-9]{16}")
# What people put between groups of digits: spaces of every kind, dashes, dots and slashes.
_BETWEEN = re.compile(r"[\s\u2060\u00ad./\-\u2010-\u2015\u2212]")
_JIB_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def normalised(typed: str) -> str:
    """The digits as typed without what stands between them; nothing is ever padded or guessed."""
    return _BETWEEN.sub("", typed)


def is_jib(text: str) -> bool:
    """Whether the text is exactly 13 digits 0-9 (domain.md 6.2)."""
    return _JIB.fullmatch(text) is not None


def is_account(text: str) -> bool:
    """Whether the text is 16 digits 0-9 that leave remainder 1 divided by 97 (domain.md 6.3)."""
    return _ACCOUNT.fullmatch(text) is not None and int(text) % 97 == 1


def jib_problems(typed: str) -> list[Problem]:
    """What makes the typed number no JIB: `jib` with the number of digits found and wanted."""
    bare = normalised(typed)
    if is_jib(bare):
        return []
    return [Problem("jib", "jib", {"figure": _digits(bare), "limit": JIB_LENGTH, "typed": typed})]


def jib_warnings(typed: str) -> list[Problem]:
    """`jib_control` where the last digit is not the usual mod-11 control digit.

    No official rule was found for it (domain.md 6.2), so it is a warning and refuses nothing.
    """
    bare = normalised(typed)
    if not is_jib(bare) or int(bare[-1]) == _jib_control(bare):
        return []
    return [Problem("jib_control", "jib", {"typed": typed})]


def account_problems(typed: str) -> list[Problem]:
    """What makes the typed number no account: `account_length` or `account_control`.

    An account printed without its leading zeros is refused and asked for, never filled up.
    """
    bare = normalised(typed)
    if is_account(bare):
        return []
    if _ACCOUNT.fullmatch(bare):
        return [Problem("account_control", "account", {"typed": typed})]
    facts = {"figure": _digits(bare), "limit": ACCOUNT_LENGTH, "typed": typed}
    return [Problem("account_length", "account", facts)]


def _digits(bare: str) -> int:
    return sum(sign in "0123456789" for sign in bare)


def _jib_control(jib: str) -> int:
    rest = sum(int(digit) * weight for digit, weight in zip(jib, _JIB_WEIGHTS, strict=False)) % 11
    control = 11 - rest
    return 0 if control > 9 else control
