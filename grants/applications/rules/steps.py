"""How far each part of a draft has come: the list of steps beside every page of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grants.applications.rules.parsing import Typed
from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.form import Kind, Section


class StepState(StrEnum):
    """Done, begun with something to mend, or not begun."""

    DONE = "ok"
    UNFINISHED = "warn"
    UNTOUCHED = ""


@dataclass(frozen=True)
class Step:
    """One section in the list; `missing` counts mandatory documents that are not there."""

    section: Section
    state: StepState
    missing: int = 0


def list_steps(
    typed: Typed, *, required: Sequence[RequiredDocument], present: Collection[str]
) -> list[Step]:
    """Every section with its state, in the order of the form."""
    missing = sum(each.is_mandatory and each.code not in present for each in required)
    return [_step(typed, section, missing=missing) for section in typed.form.sections]


def _step(typed: Typed, section: Section, *, missing: int) -> Step:
    if section.has(Kind.DOCUMENTS):
        state = StepState.UNFINISHED if missing else StepState.DONE
        return Step(section, state, missing)
    if not any(typed.is_shown(question) for question in section.questions):
        return Step(section, StepState.DONE)
    if not typed.is_touched(section):
        return Step(section, StepState.UNTOUCHED)
    is_whole = typed.parsed(section).is_whole
    return Step(section, StepState.DONE if is_whole else StepState.UNFINISHED)
