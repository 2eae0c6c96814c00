"""Who gets what from every route: asked over HTTP, of a case that is there and of one that is not.

Statuses are told shortly: `200 auditor officer; 404 stranger`.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from grants.people.models import User
from tests.client import TOKEN
from tests.database import SQLiteTemplate
from tests.house.world import World, copy_world, make_world

METHODS = ("GET", "POST")
NOWHERE = "ne-postoji"
# Addresses whose last word does not say what stands there.
WORDS = {"language": "en", "sections": "summary", "edit": "texts"}
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


class Worlds:
    """One world after the other: whoever has changed one gets the next a fresh one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._source = folder, folder / "first"
        self._source.mkdir()
        self._first = make_world(SQLiteTemplate(folder), self._source)
        self._stack = ExitStack()
        self._made = 0
        self.now = self._make()

    def renew(self) -> None:
        """Leave the changed world behind."""
        self.close()
        self.now = self._make()

    def close(self) -> None:
        """Leave the last one."""
        self._stack.close()

    def _make(self) -> World:
        self._made += 1
        copy = copy_world(self._first, self._source, self._folder / str(self._made))
        return self._stack.enter_context(copy)


def statuses(folder: Path) -> dict[str, Any]:
    """`METHOD address` → {"there": …, "missing": …}: who got which status."""
    worlds = Worlds(folder)
    found: dict[str, Any] = {}
    for name, method, rule in list(_routes(worlds.now.app)):
        found[name] = {"there": _ask(worlds, method, rule, is_there=True)}
        if ARGUMENT.search(rule.rule):
            found[name]["missing"] = _ask(worlds, method, rule, is_there=False)
    worlds.close()
    return found


def _routes(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        if rule.endpoint == "static":
            continue
        for method in METHODS:
            if method in (rule.methods or ()):
                yield f"{method} {rule.rule}", method, rule


def _ask(worlds: Worlds, method: str, rule: Rule, *, is_there: bool) -> str:
    answers: dict[int, list[str]] = {}
    for name in sorted(worlds.now.people):
        world = worlds.now
        address = _address(rule, world, is_there=is_there)
        status = _status(world.app, world.people[name], method, address)
        answers.setdefault(status, []).append(name.replace(" ", "-"))
        if method == "POST" and status < 400:
            worlds.renew()
    if len(answers) == 1:
        return f"{next(iter(answers))} everybody"
    return "; ".join(f"{status} {' '.join(answers[status])}" for status in sorted(answers))


def _address(rule: Rule, world: World, *, is_there: bool) -> str:
    """The address with what is there filled in by the word before it; only the last is missing."""
    parts = rule.rule.split("/")
    last = max((at for at, part in enumerate(parts) if ARGUMENT.search(part)), default=None)
    for at, part in enumerate(parts):
        if not ARGUMENT.search(part):
            continue
        known = {**WORDS, **world.places}.get(parts[at - 1], NOWHERE)
        if ARGUMENT.search(rule.rule.split("/")[at - 1]):
            known = world.places["applications"]  # /committee/<slug>/<application>
        parts[at] = known if is_there or at != last else NOWHERE
    return "/".join(parts)


def _status(app: Flask, user: User | None, method: str, address: str) -> int:
    client = app.test_client()
    if user is not None:
        with client.session_transaction() as session:
            session["_user_id"] = f"{user.id}.{user.epoch}"
            session["_fresh"] = True
    if method == "GET":
        return client.get(address).status_code
    token = TOKEN.search(client.get("/sign-in").text)
    assert token is not None
    return client.post(address, data={"csrf_token": token[1]}).status_code
