"""The profile of an organisation: what it must say, and what an application freezes of it."""

from collections.abc import Mapping
from typing import Any

from grants.errors import Problem
from grants.organisations.rules.identifiers import (
    account_problems,
    is_account,
    jib_problems,
    jib_warnings,
    normalised,
)

# What an application cannot do without, in the order of the profile.
NEEDED = ("name", "register_name", "register_number", "address", "place", "representative_name")
KINDS_OF_DOCUMENT = (
    "registration",
    "register_extract",
    "statute",
    "tax_certificate",
    "balance",
    "tax_paid",
    "bank",
    "report",
    "other",
)
FROZEN = (
    *("name", "short_name", "legal_form", "jib", "vat_number", "account", "bank"),
    *("register_name", "register_number", "registered_on", "founded_year", "address"),
    *("postal_code", "place", "phone", "email", "web", "activity", "members_count"),
    *("employees_count", "volunteers_count", "representative_name", "representative_title"),
)


def identity_problems(*, jib: str, account: str, is_jib_confirmed: bool) -> list[Problem]:
    """What is wrong with the typed numbers; an unusual control digit may be confirmed."""
    warnings = [] if is_jib_confirmed else jib_warnings(jib)
    return [*jib_problems(jib), *warnings, *account_problems(account)]


def missing_parts(profile: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts without which nothing can be submitted."""
    return tuple(key for key in NEEDED if not str(profile.get(key) or "").strip())


def iban_of(account: str) -> str:
    """The IBAN of a valid account: its control is always 39 (domain.md 6.4); else empty."""
    bare = normalised(account)
    return f"BA39{bare}" if is_account(bare) else ""
