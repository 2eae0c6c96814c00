"""Which state may follow which: one table per thing, checked in one place."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from grants.errors import Problem, WrongState

State = TypeVar("State", bound=StrEnum)


class Lifecycle(Generic[State]):
    """The states of one kind of thing and the steps allowed between them."""

    def __init__(self, table: Mapping[State, Iterable[State]]) -> None:
        self._table = {state: frozenset(targets) for state, targets in table.items()}

    def allows(self, current: State, target: State) -> bool:
        """Whether the step is in the table."""
        return target in self._table.get(current, frozenset())

    def check(self, current: State, target: State) -> None:
        """Raise WrongState unless the step is in the table."""
        if not self.allows(current, target):
            raise WrongState(
                Problem("wrong_state", facts={"current": current.value, "target": target.value})
            )
