"""The reasons of a ranking in words, where no page asks: lists to take away, the record."""

from collections.abc import Iterable

from grants.errors import Problem
from grants.i18n.languages import gettext as _
from grants.money import form
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
    if not is_amount or not isinstance(fact, int):
        return fact
    return _("%(amount)s\u00a0KM", amount=form(fact))
