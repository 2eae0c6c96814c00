"""The states of an act, the kinds there are, and how a number is written."""

import secrets
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grants.errors import DomainError, Problem, WrongState
from grants.lifecycle import Lifecycle


class ActKind(StrEnum):
    """Which act it is; dismissed is formal, refused is on the merits, and the two never mix."""

    COMMITTEE_APPOINTMENT = "committee_appointment"
    RECORD_OF_OPENING = "record_of_opening"
    RECORD_OF_COMMITTEE = "record_of_committee"
    COMPLETION_REQUEST = "completion_request"
    AWARD_DECISION = "award_decision"
    AWARD = "award"
    REFUSAL = "refusal"
    DISMISSAL = "dismissal"
    RESERVE_ACTIVATION = "reserve_activation"
    CONTRACT = "contract"
    CORRECTION = "correction"
    RECORD_OF_CHECK = "record_of_check"
    RECORD_OF_SELECTION = "record_of_selection"
    COMMITTEE_CHANGE = "committee_change"
    MINUTES = "minutes"
    RULING = "ruling"


@dataclass(frozen=True)
class Subject:
    """What an act is about, in which language, and to whom it goes; empty: to nobody named."""

    kind: str
    id: int
    municipality_id: int
    call_reference: str = ""
    language: str = "bs"
    recipient_name: str = ""
    organisation_id: int | None = None


# A record says what happened; it has no remedy and needs no service.
RECORDS = frozenset(
    {
        ActKind.RECORD_OF_OPENING,
        ActKind.RECORD_OF_CHECK,
        ActKind.RECORD_OF_SELECTION,
        ActKind.MINUTES,
        ActKind.RECORD_OF_COMMITTEE,
    }
)


# Their issue changes a case, a committee or a contract, so each is issued where that happens.
ISSUED_WITH_THEIR_CASE = frozenset(
    {
        ActKind.COMMITTEE_APPOINTMENT,
        ActKind.COMMITTEE_CHANGE,
        ActKind.AWARD_DECISION,
        ActKind.AWARD,
        ActKind.REFUSAL,
        ActKind.DISMISSAL,
        ActKind.RESERVE_ACTIVATION,
        ActKind.CONTRACT,
        ActKind.RULING,
    }
)
# Of those, what is issued on the page of the case itself and is read and signed there in one.
ISSUED_ELSEWHERE = frozenset(
    {ActKind.COMMITTEE_APPOINTMENT, ActKind.COMMITTEE_CHANGE, ActKind.CONTRACT}
)


class ActStatus(StrEnum):
    """Where an act stands; that it became final only time tells, so it is computed."""

    DRAFT = "draft"
    APPROVED = "approved"
    ISSUED = "issued"
    SERVED = "served"


class ServiceWay(StrEnum):
    """How an act reached the party."""

    IN_PERSON = "in_person"
    POST = "post"
    NOTICE_BOARD = "notice_board"
    ELECTRONIC = "electronic"


LIFECYCLE: Lifecycle[ActStatus] = Lifecycle(
    {
        ActStatus.DRAFT: (ActStatus.APPROVED, ActStatus.ISSUED),
        ActStatus.APPROVED: (ActStatus.DRAFT, ActStatus.ISSUED),
        ActStatus.ISSUED: (ActStatus.SERVED,),
    }
)
# Read aloud over the telephone: no 0/O, 1/I/L.
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def write_number(series: str, ordinal: int, year: int) -> str:
    """`02-36-3/26`: unit and classification of the series, ordinal, two digits of the year."""
    return f"{series}-{ordinal}/{year % 100:02d}"


def make_verification_code() -> str:
    """Twelve signs in three groups, about 59 bits: cannot be guessed, can be read aloud."""
    signs = "".join(secrets.choice(_CODE_SIGNS) for _ in range(12))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def ensure_servable(on: date, *, acted_on: date | None, today: date) -> None:
    """Nothing is served before it is issued or in the future; raises DomainError."""
    if acted_on is not None and on < acted_on:
        raise DomainError(Problem("served_before_issue", "on", {"acted_on": acted_on}))
    if on > today:
        raise DomainError(Problem("served_in_future", "on", {"today": today}))


def is_final(remedy_until: date | None, today: date) -> bool:
    """Whether the remedy's term has passed: final is computed, never stored."""
    return remedy_until is not None and today > remedy_until


def ensure_replaceable(status: ActStatus) -> None:
    """Only a draft is written anew; what is approved goes back first. Raises WrongState."""
    if status is not ActStatus.DRAFT:
        facts = {"current": status.value, "target": ActStatus.DRAFT.value}
        raise WrongState(Problem("wrong_state", facts=facts))


_ONES = ("", "jedna", "dvije", "tri", "četiri", "pet", "šest", "sedam", "osam", "devet")
_TEENS = (
    *("deset", "jedanaest", "dvanaest", "trinaest", "četrnaest", "petnaest", "šesnaest"),
    *("sedamnaest", "osamnaest", "devetnaest"),
)
_TENS = (
    *("", "", "dvadeset", "trideset", "četrdeset", "pedeset", "šezdeset", "sedamdeset"),
    *("osamdeset", "devedeset"),
)
_HUNDREDS = (
    *("", "sto", "dvjesto", "tristo", "četiristo", "petsto", "šeststo", "sedamsto", "osamsto"),
    "devetsto",
)
# One, two to four, five and more; a million is masculine, all the others feminine.
_POWERS = (
    ("", "", ""),
    ("hiljada", "hiljade", "hiljada"),
    ("milion", "miliona", "miliona"),
    ("milijarda", "milijarde", "milijardi"),
)
_MASCULINE = {"jedna": "jedan", "dvije": "dva"}
_MILLION = 2


def amount_in_words(fening: int) -> str:
    """An amount of 0 or more as acts write it: `dvadeset osam hiljada KM i 50/100`.

    Bosnian, Latin, ijekavian; counted in marks, which are feminine. ValueError below 0 and from
    a thousand milliards on.
    """
    marks, rest = divmod(fening, 100)
    if not 0 <= marks < 1000 ** len(_POWERS):
        raise ValueError(f"{fening} fening in words")
    words: list[str] = []
    for power in range(len(_POWERS) - 1, -1, -1):
        words += _group_in_words(marks // 1000**power % 1000, power)
    return f"{' '.join(words) or 'nula'} KM i {rest:02d}/100"


def _group_in_words(count: int, power: int) -> list[str]:
    if count == 0:
        return []
    tens, ones = divmod(count % 100, 10)
    spoken = [_HUNDREDS[count // 100]]
    spoken += [_TEENS[ones]] if tens == 1 else [_TENS[tens], _ONES[ones]]
    if power == _MILLION:
        spoken = [_MASCULINE.get(word, word) for word in spoken]
    return [word for word in (*spoken, _POWERS[power][_form_for(count)]) if word]


def _form_for(count: int) -> int:
    """Which form of a counted word follows a number: 0 after 1 and 21, 1 after 2 to 4, else 2."""
    if count % 100 in range(11, 15):
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(count % 10, 2)


def read_code(typed: str) -> str | None:
    """A verification code as it is kept, from what was typed; None when it cannot be one.

    Small letters, blanks and missing hyphens are no mistake.
    """
    signs = "".join(sign for sign in typed.upper() if sign not in "- \t\u2013")
    if len(signs) != 12 or any(sign not in _CODE_SIGNS for sign in signs):
        return None
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
