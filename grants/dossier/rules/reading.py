"""Reading a dossier: from the bytes of a file to a valid dossier, or to every fault in it."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from grants.calls.rules.numbers import MOST_DIGITS
from grants.dossier.rules.faults import Doubled, Fault, Faults, Odd
from grants.dossier.rules.members import DOSSIER
from grants.dossier.rules.references import look_at_references
from grants.dossier.rules.sheets import look_at_reviews
from grants.errors import DomainError, Problem
from grants.ranking.rules.dossier import Dossier

_ALLOWED = "one JSON object in UTF-8 without byte order mark"


class InvalidDossier(DomainError):
    """The file is no dossier; every fault says where, what was found and what is allowed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            *(
                Problem(
                    "dossier_fault", fault.path, {"found": fault.found, "allowed": fault.allowed}
                )
                for fault in faults
            )
        )
        self.faults = tuple(faults)


def parse(raw: bytes) -> Dossier:
    """The dossier in the bytes of a file; InvalidDossier with every fault where it is none."""
    faults = Faults()
    content = _json(raw)
    DOSSIER.look(content, "$", faults)
    look_at_references(content, faults)
    table = look_at_reviews(content, faults)
    if faults.found or table is None:
        raise InvalidDossier(faults.found)
    return Dossier(content, table)


def _json(raw: bytes) -> Any:
    """The JSON value, with a mark in the place of everything that no dossier may hold."""
    try:
        text = raw.decode("utf-8")
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=lambda number: Odd(number, "a number with a fraction or an exponent"),
            parse_constant=lambda name: Odd(name, "not JSON"),
        )
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 at position {error.start}"
    except RecursionError:
        found = "lists or objects nested too deeply"
    except json.JSONDecodeError as error:
        found = f"what is not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    raise InvalidDossier([Fault("$", found, _ALLOWED)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    doubled = Doubled(members)
    times = Counter(name for name, _ in pairs)
    doubled.names = tuple(name for name in members if times[name] > 1)
    return doubled


def _whole(digits: str) -> int | Odd:
    if len(digits) > MOST_DIGITS:
        return Odd(digits, "more digits than anybody needs")
    return int(digits)
