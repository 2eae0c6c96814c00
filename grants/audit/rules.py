"""How one link of the chain is computed from the one before it."""

import hashlib
import json
from collections.abc import Mapping

GENESIS = "0" * 64


def canonical(facts: Mapping[str, object]) -> str:
    """One writing for the same facts: sorted keys, no white space, nothing escaped needlessly."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(facts: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical writing, in hex."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def link(previous: str, entry: Mapping[str, object]) -> str:
    """The SHA-256 over the link before and the canonical entry, in hex."""
    return hashlib.sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()
