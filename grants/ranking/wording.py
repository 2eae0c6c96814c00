"""The reasons of a ranking in words, where no page asks: lists to take away, the record."""

from collections.abc import Iterable

from grants.errors import Problem
from grants.money import form_with_currency
from grants.ranking.problems import SENTENCES


def say(note: Problem) -> str:
    """One reason in the language of the moment, its amounts as they are written."""
    facts = {name: _text(name, fact) for name, fact in note.facts.items()}
    return str(SENTENCES[note.code]) % facts


def say_all(notes: Iterable[Problem]) -> list[str]:
    """One sentence for each."""
    return [say(note) for note in notes]


def _text(name: str, fact: object) -> object:
    is_amount = name in ("amount", "cap") or name.endswith("_amount")
    return form_with_currency(fact) if is_amount and isinstance(fact, int) else fact
