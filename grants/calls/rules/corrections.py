"""What a correction of a published call may change, and what stays as applicants relied on it.

A call's correctable facts are one flat mapping of plain JSON: `title`, `text:<key>`, `deadline`,
`planned:<name>`, `grant_max`, `lot:<code>`, `funding:<position>`, `document:<code>`, `file:<slug>`,
`form`; amounts in fening, moments and days as ISO texts. A document or file wanted as None goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants.calls.rules.publication import NEEDED_TEXTS
from grants.calls.rules.schedule import PLANNED, read_planned, schedule_problems
from grants.calls.rules.states import CallStatus
from grants.errors import Problem, WrongState

PLAIN_TEXTS = ("title", "summary")
LONG_TEXTS = ("who_may_apply", "what_is_not_funded", "how_to_apply", "contact", "legal_basis")
# What would be unfair the other way round: these only grow, those only shrink.
GROWING = ("grant_max", "duration_max")
SHRINKING = ("grant_min", "duration_min")
KEPT_HASH = "frozen_sha256"
# A whole new form; what it may change is checked by the actions of form versions.
FORM = "form"
FILE = "file:"
_PREFIXES = ("text:", "planned:", "lot:", "funding:", "document:", FILE)
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One thing that a correction changes: its key, what stood there, what stands there now."""

    part: str
    before: Any
    after: Any
    # How a lot or a source was called then.
    name: str = ""

    @property
    def kind(self) -> str:
        """The key without what it is about: `lot` of `lot:1`."""
        return self.part.partition(":")[0]

    @property
    def of(self) -> str:
        """What it is about: `1` of `lot:1`."""
        return self.part.partition(":")[2]


def ensure_correctable(status: CallStatus, *, deadline: datetime | None, at: datetime) -> None:
    """Raise WrongState `correction_closed` unless the call still takes applications, or will."""
    if status is not CallStatus.PUBLISHED or (deadline is not None and at > deadline):
        raise WrongState(Problem("correction_closed"))


def is_correctable(part: str) -> bool:
    """Whether a correction may touch this at all: grid, allocation and rules stay frozen."""
    if part in (*PLAIN_TEXTS, *GROWING, *SHRINKING, "deadline", "questions_until", FORM):
        return True
    name = part.partition(":")[2]
    if part.startswith("text:"):
        return name in LONG_TEXTS
    if part.startswith("planned:"):
        return name in PLANNED
    return bool(name) and part.startswith(_PREFIXES)


def differences(before: Facts, wanted: Facts) -> list[Change]:
    """What is wanted otherwise than it stands, in the order of the call's facts."""
    order = [*before, *(part for part in wanted if part not in before)]
    return [
        Change(part, before.get(part), wanted[part])
        for part in order
        if part in wanted and wanted[part] != before.get(part)
    ]


def correction_problems(before: Facts, wanted: Facts, *, reason: str) -> list[Problem]:
    """Everything that keeps a correction from being sent and published; the place is the key.

    Fair to whoever began under the old text: deadlines move later only, amounts and envelopes grow
    only, a document becomes mandatory only together with a later deadline.
    """
    frozen = [part for part in wanted if not is_correctable(part)]
    if frozen:
        return [Problem("correction_frozen", part) for part in frozen]
    changes = differences(before, wanted)
    after = {**before, **{change.part: change.after for change in changes}}
    found = (
        _nothing(changes, reason),
        _empty_texts(after),
        _dates(before, after),
        _amounts(changes, after),
        _money(changes, after),
        _documents(changes, is_later=_is_later(before, after)),
    )
    return [problem for problems in found for problem in problems]


def _nothing(changes: list[Change], reason: str) -> Iterator[Problem]:
    if not changes:
        yield Problem("correction_empty")
    if not reason.strip():
        yield Problem("correction_reason", "reason")


def _empty_texts(after: Facts) -> Iterator[Problem]:
    for name in NEEDED_TEXTS:
        part = name if name in PLAIN_TEXTS else f"text:{name}"
        if part in after and not after[part]:
            yield Problem(f"text_{name}", part)


def _dates(before: Facts, after: Facts) -> Iterator[Problem]:
    old, new = _moment(before.get("deadline")), _moment(after.get("deadline"))
    if old is not None and new is not None and new < old:
        yield Problem("deadline_earlier", "deadline", {"wanted": new, "deadline": old})
    asked, asking = _cut_off(before), _moment(after.get("questions_until"))
    if asking is not None and asked is not None and asking < asked:
        yield Problem("questions_earlier", "questions_until", {"wanted": asking, "until": asked})
    if asking is not None and new is not None and asking > new:
        facts = {"wanted": asking, "deadline": new}
        yield Problem("questions_late", "questions_until", facts)
    yield from _order(new, after)


def _order(deadline: datetime | None, after: Facts) -> Iterator[Problem]:
    planned = read_planned({name: after.get(f"planned:{name}") or "" for name in PLANNED})
    for problem in schedule_problems(deadline, deadline, planned):
        if problem.code == "planned_order":
            yield Problem("planned_order", "planned", problem.facts)


def _amounts(changes: list[Change], after: Facts) -> Iterator[Problem]:
    for change in changes:
        lower = change.kind in (*GROWING, "lot", "funding") and change.after < change.before
        higher = change.part in SHRINKING and change.after > change.before
        if lower or higher:
            unit = "months" if change.part.startswith("duration") else "amount"
            code = f"{unit}_{'lowered' if lower else 'raised'}"
            facts = {f"wanted_{unit}": change.after, f"before_{unit}": change.before}
            yield Problem(code, change.part, facts)
    if after.get("duration_min", 1) < 1:
        yield Problem("duration_range", "duration_min")


def _money(changes: list[Change], after: Facts) -> Iterator[Problem]:
    """What the sources pay and what the lots spend stay equal."""
    if not any(change.kind in ("lot", "funding") for change in changes):
        return
    spent = sum(amount for part, amount in after.items() if part.startswith("lot:"))
    paid = sum(amount for part, amount in after.items() if part.startswith("funding:"))
    if paid != spent:
        facts = {"funding_amount": paid, "lots_amount": spent, "over": abs(paid - spent)}
        yield Problem("funding_sum", "funding", facts)


def _documents(changes: list[Change], *, is_later: bool) -> Iterator[Problem]:
    for change in changes:
        # What is asked no more is only easier.
        if change.kind != "document" or change.after is None:
            continue
        if not change.after["title"]:
            yield Problem("document_untitled", change.part, {"number": change.of})
        was_mandatory = change.before is not None and change.before["mandatory"]
        if change.after["mandatory"] and not was_mandatory and not is_later:
            yield Problem("document_stricter", change.part, {"title": change.after["title"]})


def _is_later(before: Facts, after: Facts) -> bool:
    old, new = _moment(before.get("deadline")), _moment(after.get("deadline"))
    return old is not None and new is not None and new > old


def _cut_off(facts: Facts) -> datetime | None:
    return _moment(facts.get("questions_until") or facts.get("deadline"))


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
