"""A test client that signs in, sends the CSRF token and lints every page it gets."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from grants.db import db
from grants.people.models import User

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Lint(HTMLParser):
    """What every page must keep: one h1, unique ids, labels, nothing inline, nothing unclosed."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._ids: Counter[str] = Counter()
        self._h1 = 0
        self._labelled: set[str] = set()
        self._fields: list[tuple[str, dict[str, str | None]]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the page-wide rules need."""
        found = dict(attrs)
        if tag not in VOID:
            self._inside.append(tag)
        if "id" in found:
            self._ids[str(found["id"])] += 1
        if tag == "label" and found.get("for"):
            self._labelled.add(str(found["for"]))
        self._h1 += tag == "h1"
        self._note_inline(tag, found)
        self._note_field(tag, found)
        if tag == "img" and "alt" not in found:
            self.faults.append(f"<img src={found.get('src')}> without alt")

    def _note_inline(self, tag: str, found: dict[str, str | None]) -> None:
        if "style" in found or any(name.startswith("on") for name in found):
            self.faults.append(f"inline style or script on <{tag}>")
        is_script = tag == "script" and "src" not in found
        if tag == "style" or (is_script and found.get("type") != "application/json"):
            self.faults.append(f"inline <{tag}>")

    def _note_field(self, tag: str, found: dict[str, str | None]) -> None:
        is_field = tag in ("input", "select", "textarea")
        if not is_field or found.get("type") in ("hidden", "submit", "button"):
            return
        is_named = "aria-label" in found or "aria-labelledby" in found
        if "label" not in self._inside and not is_named:
            self._fields.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        """Tags close in the order in which they opened."""
        if tag in VOID:
            return
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        elif tag in self._inside:
            while self._inside and self._inside[-1] != tag:
                unclosed = self._inside.pop()
                if unclosed not in ("p", "li", "tr", "td", "th", "dt", "dd", "option"):
                    self.faults.append(f"<{unclosed}> is not closed")
            self._inside.pop()

    def finish(self) -> list[str]:
        """Every fault of the page."""
        if self._h1 != 1:
            self.faults.append(f"{self._h1} h1")
        self.faults += [f"id {name} twice" for name, times in self._ids.items() if times > 1]
        self.faults += [
            f"<{tag} name={found.get('name')}> without label"
            for tag, found in self._fields
            if found.get("id") not in self._labelled
        ]
        return self.faults


def session_cookie(app: Flask, user: User) -> str:
    """The value of a session cookie of somebody who has just signed in."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": f"{user.id}.{user.epoch}", "_fresh": True}))


class LintingClient:
    """Flask's client, with a token for every form and an eye on every page."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self._token = ""

    def sign_in(self, user: User) -> "LintingClient":
        """Be this person from now on, without the slow hashing of the sign-in page."""
        with self._client.session_transaction() as session:
            session["_user_id"] = f"{user.id}.{user.epoch}"
            session["_fresh"] = True
        self._token = ""
        return self

    def cookie(self) -> str:
        """The value of the session cookie."""
        kept = self._client.get_cookie("session")
        return kept.value if kept else ""

    def sign_out(self) -> None:
        """Be nobody."""
        with self._client.session_transaction() as session:
            session.clear()
        self._token = ""

    def get(self, path: str, *, status: int = 200, **options: Any) -> TestResponse:
        """A page, linted; the status must be the one expected."""
        return self._checked(self._client.get(path, **options), status, path)

    def post(
        self, path: str, fields: dict[str, Any] | None = None, *, status: int = 302, **options: Any
    ) -> TestResponse:
        """A form sent; a redirect is what success looks like."""
        self.learn_token()
        sent = {"csrf_token": self._token, **(fields or {})}
        return self._checked(self._client.post(path, data=sent, **options), status, path)

    def ask(self, method: str, path: str) -> TestResponse:
        """Whatever the answer is, an empty form with its token if it is one; not linted."""
        if method == "GET":
            return self._client.get(path)
        return self._client.post(path, data={"csrf_token": self._token})

    def learn_token(self) -> None:
        """Have the token of the session from now on."""
        if not self._token:
            # The page works with and without a sign-in; the token is the session's.
            found = TOKEN.search(self._client.get("/sign-in").text)
            assert found is not None
            self._token = found[1]

    def _checked(self, response: TestResponse, status: int, path: str) -> TestResponse:
        assert response.status_code == status, (
            f"{path}: {response.status_code} instead of {status}\n{_words(response)}"
        )
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            lint = Lint()
            lint.feed(response.text)
            faults = lint.finish()
            assert not faults, f"{path}: {faults}"
        return response


def _words(response: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())[:1500]


class Statements:
    """Counts the statements of a block; BEGIN, COMMIT and SAVEPOINT do not pass the cursor."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __enter__(self) -> "Statements":
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_fault: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)

    def __len__(self) -> int:
        return len(self.texts)

    def _note(self, _c: object, _u: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.texts.append(statement)


def commit() -> None:
    """Commit what a test has arranged."""
    db.session.commit()
