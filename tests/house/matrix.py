"""Who gets what from every route: asked over HTTP, of a case that is there and of one that is not.

Statuses are told shortly: `200 auditor officer; 404 stranger`.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from grants import clock
from grants.db import db
from tests.client import TOKEN
from tests.database import SQLiteTemplate
from tests.house.world import NOW, World, make_world, restore

METHODS = ("GET", "POST")
NOWHERE = "ne-postoji"
# Addresses whose last word does not say what stands there.
WORDS = {"language": "en", "sections": "summary", "edit": "texts"}
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


class Restored:
    """One world whose database is put back after everybody who has changed it."""

    def __init__(self, folder: Path) -> None:
        instance = folder / "world"
        instance.mkdir()
        self.world = make_world(SQLiteTemplate(folder), instance)
        self._source = folder / "untouched.db"
        with self.world.app.app_context():
            db.engine.dispose()  # its log flows into the file
        shutil.copyfile(instance / "poziv.db", self._source)
        self.visitors = Visitors(self.world)

    def restore(self) -> None:
        """Forget what was changed."""
        restore(self.world, self._source)


def statuses(folder: Path) -> dict[str, Any]:
    """`METHOD address` → {"there": …, "missing": …}: who got which status."""
    restored = Restored(folder)
    found: dict[str, Any] = {}
    with clock.held_at(NOW):
        for name, method, rule in _routes(restored.world.app):
            found[name] = {"there": _ask(restored, method, rule, is_there=True)}
            if ARGUMENT.search(rule.rule):
                found[name]["missing"] = _ask(restored, method, rule, is_there=False)
    return found


def _routes(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        if rule.endpoint == "static":
            continue
        for method in METHODS:
            if method in (rule.methods or ()):
                yield f"{method} {rule.rule}", method, rule


def _ask(restored: Restored, method: str, rule: Rule, *, is_there: bool) -> str:
    answers: dict[int, list[str]] = {}
    world = restored.world
    address = _address(rule, world, is_there=is_there)
    for name in sorted(world.people):
        status = restored.visitors.ask(name, method, address)
        answers.setdefault(status, []).append(name.replace(" ", "-"))
        if method == "POST" and status < 400:
            restored.restore()
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


class Visitors:
    """A browser for everybody, with the token that every form needs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, tuple[FlaskClient, str]] = {}

    def ask(self, name: str, method: str, address: str) -> int:
        """What this person gets."""
        client, token = self._known.get(name) or self._open(name)
        if method == "GET":
            return client.get(address).status_code
        status = client.post(address, data={"csrf_token": token}).status_code
        if status < 400:
            self._known.pop(name, None)  # signed in or out, perhaps
        return status

    def _open(self, name: str) -> tuple[FlaskClient, str]:
        client, user = self._world.app.test_client(), self._world.people[name]
        if user is not None:
            with client.session_transaction() as session:
                session["_user_id"] = f"{user.id}.{user.epoch}"
                session["_fresh"] = True
        token = TOKEN.search(client.get("/reset").text)
        assert token is not None
        self._known[name] = (client, token[1])
        return self._known[name]
