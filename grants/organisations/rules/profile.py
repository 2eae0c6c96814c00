"""The profile of an organisation: what it must say, and what an application freezes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.errors import Problem
from grants.organisations.rules.banks import is_swift
from grants.organisations.rules.identifiers import (
    account_problems,
    is_account,
    jib_problems,
    jib_warnings,
    normalised,
)

# What an application cannot do without, in the order of the profile.
NEEDED = ("name", "register_name", "register_number", "address", "place", "representative_name")
# What most calls ask for besides: worth to be filled in once, not a condition (domain.md 2.8).
WANTED = (
    *("founded_year", "postal_code", "seat_municipality", "seat_region", "phone", "email"),
    *("contact_name", "contact_email", "bank", "bank_address", "swift", "representative_title"),
    *("representative_until", "activity", "activity_code", "members_count", "volunteers_count"),
    "employees_count",
)
# The profile by parts, as it is edited; domain.md 2.8.
PARTS: Mapping[str, tuple[str, ...]] = {
    "identity": (
        *("name", "short_name", "legal_form", "register_name", "register_number"),
        *("registered_on", "last_registered_on", "founded_year"),
    ),
    "address": (
        *("address", "postal_code", "place", "seat_municipality", "seat_region", "phone"),
        *("email", "web", "contact_name", "contact_email", "contact_phone"),
    ),
    "account": ("account", "bank", "bank_address", "swift", "is_vat_payer", "vat_number"),
    "representative": ("representative_name", "representative_title", "representative_until"),
    "board": ("board",),
    "work": (
        *("activity", "activity_code", "members_count", "members_women", "members_youth"),
        *("employees_count", "contractors_count", "volunteers_count", "volunteers_women"),
    ),
}
KINDS_OF_DOCUMENT = (
    "registration",
    "register_extract",
    "statute",
    "tax_certificate",
    "tax_paid",
    "balance",
    "income",
    "bank",
    "report",
    "other",
)
FROZEN = ("jib", *(key for keys in PARTS.values() for key in keys))
# Nothing was founded before, and a count is no larger than a town.
OLDEST_YEAR, MOST_PEOPLE = 1850, 1_000_000
_COUNTS = (
    *("members_count", "members_women", "members_youth", "employees_count"),
    *("contractors_count", "volunteers_count", "volunteers_women"),
)
_WITHIN = (
    ("members_women", "members_count"),
    ("members_youth", "members_count"),
    ("volunteers_women", "volunteers_count"),
)


@dataclass(frozen=True)
class PartProgress:
    """How far a part of the profile is: what an application needs, what is asked for often."""

    part: str
    missing: tuple[str, ...]
    wanted: tuple[str, ...]


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


def progress(profile: Mapping[str, Any]) -> tuple[PartProgress, ...]:
    """Every part of the profile with what is not filled in yet."""
    blank = {key for key in (*NEEDED, *WANTED) if _is_blank(profile.get(key))}
    return tuple(
        PartProgress(
            part,
            tuple(key for key in keys if key in blank and key in NEEDED),
            tuple(key for key in keys if key in blank and key in WANTED),
        )
        for part, keys in PARTS.items()
    )


def share_filled(profile: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the needed and wanted entries are filled in, and how many there are."""
    asked = (*NEEDED, *WANTED)
    return sum(not _is_blank(profile.get(key)) for key in asked), len(asked)


def profile_problems(profile: Mapping[str, Any], *, today: date) -> list[Problem]:
    """What cannot be right in a profile; each problem's place is the entry it is about."""
    return [
        *_register_problems(profile, today=today),
        *_bank_problems(profile),
        *_people_problems(profile),
    ]


def _register_problems(profile: Mapping[str, Any], *, today: date) -> list[Problem]:
    found = []
    first, last = profile.get("registered_on"), profile.get("last_registered_on")
    year, until = profile.get("founded_year"), profile.get("representative_until")
    for place, on in (("registered_on", first), ("last_registered_on", last)):
        if on is not None and on > today:
            found.append(Problem("registered_in_future", place, {"today": today}))
    if first is not None and last is not None and last < first:
        found.append(Problem("registered_backwards", "last_registered_on", {"first": first}))
    if year is not None and not OLDEST_YEAR <= year <= today.year:
        facts = {"first": str(OLDEST_YEAR), "last": str(today.year)}
        found.append(Problem("founded_year", "founded_year", facts))
    if until is not None and first is not None and until < first:
        found.append(Problem("term_before_founding", "representative_until", {"first": first}))
    return found


def _bank_problems(profile: Mapping[str, Any]) -> list[Problem]:
    found = []
    swift, is_payer = str(profile.get("swift") or ""), bool(profile.get("is_vat_payer"))
    if swift and not is_swift(swift):
        found.append(Problem("swift", "swift", {"typed": swift[:40]}))
    if is_payer and _is_blank(profile.get("vat_number")):
        found.append(Problem("vat_number_missing", "vat_number"))
    return found


def _people_problems(profile: Mapping[str, Any]) -> list[Problem]:
    found = []
    for key in _COUNTS:
        count = profile.get(key)
        if count is not None and not 0 <= count <= MOST_PEOPLE:
            found.append(Problem("people_count", key))
    for part, whole in _WITHIN:
        some, every = profile.get(part), profile.get(whole)
        if some is not None and every is not None and some > every:
            found.append(Problem("more_than_all", part, {"figure": some, "limit": every}))
    return found


def _is_blank(entry: object) -> bool:
    return entry is None or not str(entry).strip()
