"""The reasons of a ranking in words, where no page asks: lists to take away, the record."""

from collections.abc import Iterable

from grants.errors import Problem
from grants.i18n.languages import gettext as _
from grants.money import form
from grants.ranking.lines import Line
from grants.ranking.problems import SENTENCES
from grants.ranking.rules.changes import Standing
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.points import shown


def say(note: Problem) -> str:
    """One reason in the language of the moment, its amounts as they are written."""
    facts = {name: _text(name, fact) for name, fact in note.facts.items()}
    return str(SENTENCES[note.code]) % facts


def say_all(notes: Iterable[Problem]) -> list[str]:
    """One sentence for each."""
    return [say(note) for note in notes]


def whole(line: Line) -> str:
    """The outcome of an application in one sentence with its figures.

    `86,20 bodova, 2. mjesto; nije dodijeljeno: uz ranije dodijeljenih 95.000,00 KM …`
    """
    reasons = "; ".join(say_all(line.notes))
    return in_words(line) + (f": {reasons}" if reasons else "")


def in_words(line: Line | Standing) -> str:
    """The same without the reasons."""
    parts = []
    if line.total is not None:
        parts.append(_("%(points)s bodova", points=shown(line.total)))
    if line.rank is not None:
        parts.append(_("%(rank)s. mjesto", rank=line.rank))
    outcome = _outcome(line)
    return "; ".join([", ".join(parts), outcome] if parts else [outcome])


def _outcome(line: Line | Standing) -> str:
    match line.outcome:
        case Outcome.AWARDED:
            return _("predloženo %(amount)s\u00a0KM", amount=form(line.amount))
        case Outcome.RESERVE:
            return _("rezerva %(place)s", place=line.reserve or "")
        case Outcome.DISMISSED:
            return _("odbačeno")
        case Outcome.NOT_SCORED:
            return _("nije ocijenjeno")
        case _:
            return _("nije dodijeljeno")


def _text(name: str, fact: object) -> object:
    is_amount = name in ("amount", "cap") or name.endswith("_amount")
    if not is_amount or not isinstance(fact, int):
        return fact
    return _("%(amount)s\u00a0KM", amount=form(fact))
