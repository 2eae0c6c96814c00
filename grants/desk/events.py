"""How the events of the record are told on pages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from grants.acts.labels import KINDS, WAYS
from grants.audit.models import AuditEntry
from grants.calls.rules.states import CallStatus, stage
from grants.desk.labels import STAGES, STATUSES
from grants.desk.words import EVENTS, FACTS, FACTS_OF
from grants.i18n.languages import gettext as _
from grants.web.filters import day, fact_text, moment_seconds

# Kinds, states and ways are recorded by value; calls in their stage's words.
VALUES: dict[object, Any] = {
    **{
        status.value: STAGES[
            stage(status, opens_at=None, deadline=None, at=datetime.max.replace(tzinfo=UTC))
        ]
        for status in CallStatus
    },
    **{status.value: words for status, words in STATUSES.items()},
    **{kind.value: words for kind, words in KINDS.items()},
    **{way.value: words for way, words in WAYS.items()},
}
# So much of a text fits a line of the history.
LONGEST = 160


@dataclass(frozen=True)
class Told:
    """One event as the timeline draws it."""

    at: datetime
    who: str
    text: str
    detail: str
    url: str = ""


def tell(entry: AuditEntry) -> Told:
    """The event in words, with its exact facts."""
    text = str(EVENTS.get(entry.event, entry.event))
    words = {**FACTS, **FACTS_OF.get(entry.event, {})}
    details = [
        _fact(words[name], name, fact)
        for name, fact in sorted(entry.facts.items())
        if fact is not None and name in words
    ]
    return Told(entry.at, entry.actor_name or _("Poziv"), text, " · ".join(filter(None, details)))


def _fact(word: Any, name: str, fact: Any) -> str:
    """`iznos: 1.500,00 KM`; ids of rows tell nobody anything and stay in the record."""
    if isinstance(fact, dict) or fact == "":
        return ""
    if isinstance(fact, list):
        shown = ", ".join(str(each) for each in fact)
    else:
        shown = str(VALUES.get(fact) or fact_text(name, _typed(fact)))
    return f"{word}: {shown[:LONGEST]}"


def _typed(fact: Any) -> Any:
    """Moments and days travel through the record as ISO text."""
    if not isinstance(fact, str) or len(fact) < 10 or fact[4:5] != "-":
        return _("da") if fact is True else _("ne") if fact is False else fact
    try:
        if len(fact) == 10:
            return day(date.fromisoformat(fact))
        return moment_seconds(datetime.fromisoformat(fact))
    except ValueError:
        return fact
