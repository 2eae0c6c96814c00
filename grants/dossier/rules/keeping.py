"""What a valid dossier may still hold that no database can keep: endless numbers and names."""

from collections.abc import Iterator, Mapping
from typing import Any

from grants.errors import Problem
from grants.money import from_dossier

# 64 bits of fening for amounts, 32 bits for counts, what an index takes for a key.
MOST_AMOUNT = 2**63 - 1
MOST_COUNT = 2**31 - 1
LONGEST_KEY = 400

Json = Mapping[str, Any]


def keeping_problems(content: Json) -> list[Problem]:
    """What is too large or no key, with the member's JSON path.

    Codes: `dossier_amount_too_large`, `dossier_count_too_large`, `dossier_key_unusable`.
    """
    return [
        *_amounts(content),
        *_counts(content),
        *(_unusable(path, key) for path, key in _keys(content) if not _is_usable(key)),
    ]


def text(value: str) -> str:
    """A text as a database keeps it: PostgreSQL has no place for a NUL."""
    return value.replace("\0", "")


def _is_usable(key: str) -> bool:
    return "\0" not in key and len(key) <= LONGEST_KEY


def _unusable(path: str, key: str) -> Problem:
    return Problem(
        "dossier_key_unusable", path, {"path": path, "key": key[:40], "most": LONGEST_KEY}
    )


def _keys(content: Json) -> Iterator[tuple[str, str]]:
    yield "$.call.reference", content["call"]["reference"]
    yield "$.municipality.code", content["municipality"]["code"]
    for name, member, items in (
        ("call.lots", "code", content["call"]["lots"]),
        ("applications", "reference", content["applications"]),
        ("committee", "key", content["committee"]),
    ):
        for number, each in enumerate(items):
            yield f"$.{name}[{number}].{member}", each[member]


def _amounts(content: Json) -> Iterator[Problem]:
    for path, amount in _all_amounts(content):
        if amount is not None and from_dossier(amount) > MOST_AMOUNT:
            yield Problem("dossier_amount_too_large", path, {"path": path})


def _all_amounts(content: Json) -> Iterator[tuple[str, str | None]]:
    call = content["call"]
    for name in ("grant_min", "grant_max", "organisation_cap"):
        yield f"$.call.{name}", call[name]
    for number, lot in enumerate(call["lots"]):
        yield f"$.call.lots[{number}].envelope", lot["envelope"]
    for number, part in enumerate(call["funding"]):
        yield f"$.call.funding[{number}].amount", part["amount"]
    for number, application in enumerate(content["applications"]):
        path = f"$.applications[{number}]"
        for name in ("requested", "proposed"):
            yield f"{path}.{name}", application.get(name)
        for place, line in enumerate(application["budget"]):
            for name in ("unit_cost", "grant", "own"):
                yield f"{path}.budget[{place}].{name}", line[name]


def _counts(content: Json) -> Iterator[Problem]:
    for path, count in _all_counts(content):
        if count is not None and abs(count) > MOST_COUNT:
            yield Problem("dossier_count_too_large", path, {"path": path})


def _all_counts(content: Json) -> Iterator[tuple[str, int | None]]:
    call = content["call"]
    for name in ("applications_per_organisation", "awards_per_organisation", "min_reviews"):
        yield f"$.call.{name}", call.get(name)
    for name in ("min", "max"):
        yield f"$.call.duration_months.{name}", call["duration_months"][name]
    for number, application in enumerate(content["applications"]):
        yield f"$.applications[{number}].duration_months", application["duration_months"]
