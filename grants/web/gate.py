"""The gate before every view: who may, on what, and what one may not even know of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from flask import abort, current_app, g, request
from flask.typing import ResponseReturnValue

View = Callable[..., ResponseReturnValue]
Predicate = Callable[..., bool]


class Asker(Protocol):
    """What the gate needs to know of whoever asks."""

    @property
    def id(self) -> int | None:
        """The person's id, None for a visitor."""

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody."""


@dataclass(frozen=True)
class Gate:
    """What stands before a view; kept on the function, so that a test can list all gates."""

    may: Predicate
    on: Callable[..., Any] | None
    seen_by: Predicate | None


_load_actor: list[Callable[[], Any]] = []


def use_actor_loader(load: Callable[[], Any]) -> None:
    """Say how the actor of a request is found; the people slice knows."""
    _load_actor[:] = [load]


def actor() -> Any:
    """Whoever asks, loaded once per request."""
    if "actor" not in g:
        g.actor = _load_actor[0]()
    return g.actor


def allow(
    may: Predicate,
    *,
    on: Callable[..., Any] | None = None,
    seen_by: Predicate | None = None,
    is_public: bool = False,
) -> Callable[[View], View]:
    """Let a view run only for whom `may(actor, subject)` holds; without `on`, `may(actor)`.

    `on(actor, **address)` finds the subject, enters its scope, and the view gets it alone.
    No subject, or one that `seen_by` hides, is 404; one seen but not allowed is 403; a visitor
    without leave is asked to sign in, except that what is missing among public pages is missing
    for a visitor too (`is_public`).
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def gated(**address: Any) -> ResponseReturnValue:
            who = actor()
            if on is None:
                _pass_or_refuse(who, allowed=may(who))
                return view(**address)
            return view(_subject(who, address))

        def _subject(who: Any, address: dict[str, Any]) -> Any:
            assert on is not None  # noqa: S101  told to mypy; wrap() returned already otherwise
            subject = on(who, **address)
            visible = subject is not None and (seen_by is None or seen_by(who, subject))
            allowed = visible and may(who, subject)
            if not allowed and not who.is_signed_in and (visible or not is_public):
                abort(401)
            if not visible:
                abort(404)
            _pass_or_refuse(who, allowed=allowed)
            return subject

        gated.gate = Gate(may, on, seen_by)  # type: ignore[attr-defined]  # read by the tests of gates
        return gated

    return wrap


def allowed(endpoint: str, subject: Any = None) -> bool:
    """Whether the actor may go through the gate of an endpoint: a template shows links by it."""
    view = current_app.view_functions[endpoint]
    gate: Gate = getattr(view, "gate")  # noqa: B009  mypy knows no attributes of functions
    who = actor()
    if gate.on is None:
        return bool(gate.may(who) if subject is None else gate.may(who, subject))
    seen = gate.seen_by is None or gate.seen_by(who, subject)
    return bool(seen and gate.may(who, subject))


def _pass_or_refuse(who: Asker, *, allowed: bool) -> None:
    if allowed:
        return
    abort(403 if who.is_signed_in else 401)


def is_reading() -> bool:
    """Whether the request only reads."""
    return request.method in ("GET", "HEAD", "OPTIONS")
