"""What a correction changes, in words: what stood there, what stands there now."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from grants.calls.building import changes_in_words
from grants.calls.labels import label_of
from grants.calls.rules.corrections import FORM, Change
from grants.calls.rules.form_changes import changed_sections
from grants.calls.rules.form_json import read_form
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext
from grants.web.filters import day, moment_long, money_km

# Texts are compared by words; dates and amounts are marked whole.
_IN_WORDS = frozenset(("title", "summary", "text", "document", "file"))
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether only this side has it."""

    text: str
    is_own: bool = False


@dataclass(frozen=True)
class ChangeTold:
    """One change as the pages draw it: both sides in pieces, what differs marked."""

    label: str
    before: Sequence[Piece]
    after: Sequence[Piece]


def tell_changes(changes: Iterable[Change]) -> list[ChangeTold]:
    """Every change in the language of the moment."""
    return [_tell(change) for change in changes]


def _tell(change: Change) -> ChangeTold:
    if change.part == FORM:
        return _tell_form(change)
    before, after = (_value(change, value) for value in (change.before, change.after))
    if not before:
        return ChangeTold(label_of(change), (Piece(_("nije bilo")),), (Piece(after, is_own=True),))
    if not after:
        return ChangeTold(label_of(change), (Piece(before, is_own=True),), (Piece(_("uklonjeno")),))
    if change.kind not in _IN_WORDS:
        whole = [(Piece(text, is_own=True),) for text in (before, after)]
        return ChangeTold(label_of(change), *whole)
    return ChangeTold(label_of(change), *_compared(before, after))


def _tell_form(change: Change) -> ChangeTold:
    """Which questions of which section become otherwise."""
    old, new = (read_form(each) for each in (change.before, change.after))
    sections = changes_in_words(changed_sections(old, new))
    lines = [
        ": ".join(filter(None, (title, gone, "; ".join(said)))) for title, gone, said in sections
    ]
    before = _("%(n)s. verzija obrasca", n=old.version)
    return ChangeTold(label_of(change), (Piece(before),), (Piece("\n".join(lines), is_own=True),))


def _value(change: Change, value: Any) -> str:
    if value is None or value == "":
        return ""
    match change.kind:
        case "deadline" | "questions_until":
            return moment_long(datetime.fromisoformat(value))
        case "planned":
            return day(date.fromisoformat(value))
        case "grant_min" | "grant_max" | "lot" | "funding":
            return money_km(value)
        case "duration_min" | "duration_max":
            return ngettext("%(num)d mjesec", "%(num)d mjeseci", value)
        case "document":
            kind = _("obavezan") if value["mandatory"] else _("nije obavezan")
            return f"{value['title']} ({kind})"
        case "file":
            return f"{value['title']} ({value['name']})"
        case _:
            return str(value)


def _compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts by words, with what only one of them has marked."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_own = kind != "equal"
        if old[a:b]:
            left.append(Piece("".join(old[a:b]), is_own))
        if new[c:d]:
            right.append(Piece("".join(new[c:d]), is_own))
    return tuple(left), tuple(right)
