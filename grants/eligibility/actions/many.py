"""The same step for many applications: each by itself, and what happened to each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from grants.acts.actions import Signature, ensure_number_free
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.eligibility.actions.checking import confirm_computed, mark_eligible
from grants.eligibility.actions.completing import CompletionAsk, ask_completion
from grants.eligibility.actions.opening import register_from_series
from grants.errors import DomainError, Problem, WrongState
from grants.people.actors import Actor


@dataclass(frozen=True)
class Happened:
    """What became of one application: refused for these reasons, or done; a count where there is
    one to tell.
    """

    application: Application
    problems: Sequence[Problem] = ()
    count: int | None = None

    @property
    def is_done(self) -> bool:
        """Whether the step was taken."""
        return not self.problems


def register_many(
    applications: Iterable[Application], series: str, *, by: Actor, at: datetime
) -> list[Happened]:
    """Give each the next number of a series; DomainError `protocol_series` without one."""
    if not series.strip():
        raise DomainError(Problem("protocol_series", "series"))

    def register(application: Application) -> None:
        if application.status is not ApplicationStatus.SUBMITTED:
            number = application.protocol_number or "–"
            raise WrongState(Problem("protocol_already", facts={"number": number}))
        register_from_series([application], series, by=by, at=at)

    return _each(applications, register)


def confirm_many(applications: Iterable[Application], *, by: Actor, at: datetime) -> list[Happened]:
    """Confirm in each what the system computed as "yes"."""
    return _each(applications, lambda each: confirm_computed(each, by=by, at=at))


def accept_many(applications: Iterable[Application], *, by: Actor, at: datetime) -> list[Happened]:
    """Let those go to the committee that can."""
    return _each(applications, lambda each: mark_eligible(each, by=by, at=at))


def ask_many(
    asks: Sequence[tuple[Application, CompletionAsk, Signature]],
    *,
    by: Actor,
    at: datetime,
) -> list[Happened]:
    """Ask each to complete what is its own, all with the same term.

    Each act has the next number of its series, or the one typed in from the registry.
    """
    wanted = {application.id: (ask, signature) for application, ask, signature in asks}

    def ask(application: Application) -> None:
        what, signature = wanted[application.id]
        ensure_number_free(signature.typed_number, at=at)
        ask_completion(application, what, signature, by=by, at=at)

    return _each((application for application, *_rest in asks), ask)


def _each(
    applications: Iterable[Application], step: Callable[[Application], object]
) -> list[Happened]:
    """Every one of these actions refuses before it changes anything, so that a refusal leaves the
    application as it was and the others go on.
    """
    happened = []
    for application in applications:
        try:
            told = step(application)
        except DomainError as refusal:
            happened.append(Happened(application, refusal.problems))
        else:
            happened.append(Happened(application, count=told if isinstance(told, int) else None))
    return happened
