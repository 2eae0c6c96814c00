"""The shapes a JSON value may have; each tells what does not hold, where, and what may be."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from grants.dossier.rules.faults import NOTHING, TWICE, Doubled, Faults, item, member


class Shape(Protocol):
    """Looks at one value and enters what is wrong with it."""

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter every fault of the value at the path."""


class Leaf:
    """A value without parts; `holds` says whether it is right, `allowed` what would be."""

    def __init__(self, holds: Callable[[Any], bool], allowed: str) -> None:
        self.holds = holds
        self.allowed = allowed

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter a fault where the value does not hold."""
        if not self.holds(value):
            faults.add(path, value, self.allowed)


class Nullable:
    """A required member that may be null."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter the faults of anything but null."""
        if value is not None:
            self.shape.look(value, path, faults)


class ListOf:
    """A list of values of one shape."""

    def __init__(self, shape: Shape, *, is_empty_allowed: bool = True) -> None:
        self.shape = shape
        self.is_empty_allowed = is_empty_allowed

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter the faults of the list and of its items."""
        if type(value) is not list:
            faults.add(path, value, "a list")
            return
        if not value and not self.is_empty_allowed:
            faults.add(path, value, "a list that is not empty")
        shape = self.shape
        if isinstance(shape, Leaf):
            for number, each in enumerate(value):
                if not shape.holds(each):
                    faults.add(item(path, number), each, shape.allowed)
            return
        for number, each in enumerate(value):
            shape.look(each, item(path, number), faults)


class Members:
    """An object with named members and no others; null in an optional one means absent."""

    def __init__(
        self, required: Mapping[str, Shape], *, optional: Mapping[str, Shape] | None = None
    ) -> None:
        self.required = required
        self.optional = optional or {}
        self.known: dict[str, Shape] = {**required, **self.optional}

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter the faults of the object, of its members and of those it lacks."""
        if not look_at_object(value, path, faults):
            return
        for name, shape in self.required.items():
            if name not in value:
                faults.add(member(path, name), NOTHING, _allowed(shape))
        for name, each in value.items():
            found = self.known.get(name)
            if found is None:
                allowed = f"only {', '.join(self.known)}"
                faults.add(member(path, name), each, allowed, is_extra=True)
            elif each is not None or name not in self.optional:
                self._look_at(found, each, path, name, faults)

    def _look_at(self, shape: Shape, value: Any, path: str, name: str, faults: Faults) -> None:
        # Most members are leaves and most are right: their path is made only for a fault.
        if not isinstance(shape, Leaf):
            shape.look(value, member(path, name), faults)
        elif not shape.holds(value):
            faults.add(member(path, name), value, shape.allowed)


class OneOfKind:
    """An object whose member `kind` says which members it has."""

    def __init__(self, kinds: Mapping[str, Members]) -> None:
        self.kinds = kinds

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter the faults of the object as its kind wants it."""
        kind = value.get("kind", NOTHING) if isinstance(value, dict) else None
        shape = self.kinds.get(kind) if type(kind) is str else None
        if shape is not None:
            shape.look(value, path, faults)
        elif look_at_object(value, path, faults):
            faults.add(member(path, "kind"), kind, one_of_names(self.kinds))


class MapOf:
    """An object with names that are codes of the file, and values of one leaf shape."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf

    def look(self, value: Any, path: str, faults: Faults) -> None:
        """Enter the faults of the object and its values; the names are looked at elsewhere."""
        if not look_at_object(value, path, faults):
            return
        holds = self.leaf.holds
        for name, each in value.items():
            if not holds(each):
                faults.add(member(path, name), each, self.leaf.allowed)


def look_at_object(value: Any, path: str, faults: Faults) -> bool:
    """Whether the value is an object; enters a fault where not, or where a name occurs twice."""
    if isinstance(value, Doubled):
        for name in value.names:
            faults.add(member(path, name), TWICE, "each member name once")
    elif not isinstance(value, dict):
        faults.add(path, value, "an object")
    return isinstance(value, dict)


def one_of_names(names: Iterable[str]) -> str:
    """The allowed words as one phrase."""
    quoted = [f'"{name}"' for name in names]
    return "one of " + ", ".join(quoted) if len(quoted) > 1 else quoted[0]


def _allowed(shape: Shape) -> str:
    if isinstance(shape, Leaf):
        return shape.allowed
    if isinstance(shape, Nullable):
        return f"{_allowed(shape.shape)} or null"
    return "a list" if isinstance(shape, ListOf) else "an object"
