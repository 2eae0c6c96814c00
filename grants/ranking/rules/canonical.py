"""The canonical form of a dossier: the same bytes for the same content (dossier.md)."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from grants.money import from_dossier, to_dossier
from grants.ranking.rules.instants import instant, instant_text

AMOUNTS = frozenset(
    {
        *("amount", "envelope", "grant_min", "grant_max", "organisation_cap"),
        *("requested", "proposed", "unit_cost", "grant", "own", "prior_awards"),
    }
)
INSTANTS = frozenset({"opens_at", "deadline", "submitted_at", "posted_at"})
# Required members that may be null; every other null is an absent member.
NULLABLE = frozenset(
    {"applications_per_organisation", "awards_per_organisation", "organisation_cap", "cofinancing"}
)
# What people wrote under codes of their own: a question coded `own` is no amount.
KEPT = frozenset({"scores", "comments"})


def canonical(content: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a valid dossier's content."""
    text = json.dumps(_object(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def sha256(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _object(content: Mapping[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for name, value in content.items():
        if value is None:
            if name in NULLABLE:
                written[name] = None
        else:
            written[name] = _BY_NAME.get(name, _any)(value)
    return written


def _any(value: Any) -> Any:
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, list):
        return [_any(each) for each in value]
    return value


def _kept(value: Any) -> Any:
    return value


def _amount(value: Any) -> str:
    return to_dossier(from_dossier(value))


def _instant(value: Any) -> str:
    return instant_text(instant(value))


_BY_NAME: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(AMOUNTS, _amount),
    **dict.fromkeys(INSTANTS, _instant),
    **dict.fromkeys(KEPT, _kept),
}
