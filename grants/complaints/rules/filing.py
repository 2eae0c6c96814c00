"""Against what one may object, until when, and what an objection has to say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from grants.complaints.rules.states import Against, Channel
from grants.errors import Incomplete, NotNow, Problem, WrongState
from grants.ranking.rules.outcomes import Outcome
from grants.workdays import filing_day

LONGEST_TEXT = 10_000
LONGEST_ASKS = 2_000
LONGEST_NUMBER = 60
PAPER = (Channel.POST, Channel.IN_PERSON)


@dataclass(frozen=True)
class Filing:
    """What is objected to, why, and what is asked for, as typed."""

    against: Against | None
    text: str
    asks_for: str


@dataclass(frozen=True)
class Envelope:
    """How an objection came on paper: the registry's number, when posted, when received."""

    channel: Channel
    protocol_number: str
    received_on: date | None
    posted_on: date | None = None


def grounds_for(outcome: str | None) -> tuple[Against, ...]:
    """What an applicant may object to by the own outcome; () where there is none.

    What was dismissed was never scored, so its formal ground alone can be wrong.
    """
    if outcome is None:
        return ()
    if outcome == Outcome.DISMISSED:
        return (Against.DISMISSAL,)
    return (Against.SCORE, Against.RANKING)


def ensure_complete(filing: Filing, *, allowed: Sequence[Against]) -> None:
    """Raise Incomplete with everything missing; places are the fields.

    Codes: `objection_against`, `objection_text`, `objection_text_long`, `objection_asks`,
    `objection_asks_long`.
    """
    problems = []
    if filing.against not in allowed:
        problems.append(Problem("objection_against", "against"))
    problems += _text_problems(filing)
    if problems:
        raise Incomplete(*problems)


def _text_problems(filing: Filing) -> list[Problem]:
    problems = []
    for place, text, most in (
        ("text", filing.text, LONGEST_TEXT),
        ("asks_for", filing.asks_for, LONGEST_ASKS),
    ):
        name = place.removesuffix("_for")
        if not text.strip():
            problems.append(Problem(f"objection_{name}", place))
        if len(text) > most:
            problems.append(Problem(f"objection_{name}_long", place, {"most": most}))
    return problems


def ensure_filing_open(until: date | None, *, today: date, is_decided: bool) -> None:
    """Raise NotNow `objection_not_yet` or `objection_late`, WrongState `objection_decided`.

    `until` is the last day of the published list's term; that whole day is in time.
    """
    if until is None:
        raise NotNow(Problem("objection_not_yet"))
    if is_decided:
        raise WrongState(Problem("objection_decided"))
    if today > until:
        raise NotNow(Problem("objection_late", facts={"until": until}))


def ensure_single(against: Against | None, *, standing: Collection[Against]) -> None:
    """Raise WrongState `objection_standing` where one against the same waits for its ruling."""
    if against in standing:
        raise WrongState(Problem("objection_standing", "against"))


def ensure_envelope(envelope: Envelope, *, today: date, published_on: date) -> None:
    """Raise Incomplete for an envelope that cannot be.

    Codes: `objection_number`, `objection_received`, `objection_received_future`,
    `objection_posted_late` (posted after it was received), `objection_too_early`.
    """
    problems = []
    received, posted = envelope.received_on, envelope.posted_on
    if not 0 < len(envelope.protocol_number.strip()) <= LONGEST_NUMBER:
        problems.append(Problem("objection_number", "protocol_number", {"most": LONGEST_NUMBER}))
    if received is None:
        problems.append(Problem("objection_received", "received_on"))
    elif received > today:
        problems.append(Problem("objection_received_future", "received_on", {"today": today}))
    elif received < published_on:
        facts = {"published_on": published_on}
        problems.append(Problem("objection_too_early", "received_on", facts))
    if posted is not None and received is not None and posted > received:
        problems.append(Problem("objection_posted_late", "posted_on"))
    if problems:
        raise Incomplete(*problems)


def is_late(received_on: date, posted_on: date | None, *, until: date) -> bool:
    """Whether it was filed after the term; of a registered letter the day of posting counts.

    Source: general administrative procedure (domain.md 5.5).
    """
    return filing_day(received_on, posted_on=posted_on) > until
