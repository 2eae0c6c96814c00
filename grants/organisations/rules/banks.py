"""Which bank an account lies with, and how a bank is named abroad."""

import re

from grants.organisations.rules.identifiers import normalised

# Three digits of the central bank's catalogue (domain.md 6.3); the others are asked for.
BANKS = {
    "000": "Centralna banka Bosne i Hercegovine",
    "141": "Bosna Bank International",
    "199": "Sparkasse Bank",
}
_SWIFT = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


def bank_of(account: str) -> str:
    """The bank by the first three digits of an account (domain.md 6.3); empty when not known."""
    return BANKS.get(normalised(account)[:3], "")


def is_swift(text: str) -> bool:
    """Whether the text is a bank's code of 8 or 11 signs (ISO 9362)."""
    return _SWIFT.fullmatch(text) is not None
