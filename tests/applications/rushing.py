"""Many applicants at once in the last minute, over real HTTP; and what must be left of it."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from grants import clock, tenancy
from grants.applications.models import Application, ApplicationDocument, DraftSection, Snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.audit.events import Event
from grants.audit.models import AuditEntry
from grants.audit.queries import verify
from grants.calls.models import Call
from grants.db import db
from grants.people.models import User
from grants.people.rules import Role
from tests.applications.arranging import FILLED, FORM, make_draft
from tests.client import session_cookie
from tests.factories import (
    OPENS,
    make_call,
    make_document,
    make_municipality,
    make_organisation,
    make_user,
)
from tests.serving import Visitor

VERSION = re.compile(r'name="version" value="(\d+)"')
# How long one applicant keeps trying when the server does not answer.
PATIENCE = 120.0


@dataclass(frozen=True)
class Applicant:
    """A representative with a complete draft; the odd ones press save, the others leave it."""

    number: int
    slug: str
    session: str


def arrange_rush(app: Flask, count: int) -> list[Applicant]:
    """One open call and so many complete drafts, each of an organisation of its own."""
    with app.app_context(), tenancy.across("tests arrange"):
        at = clock.now()
        window = {"opens_at": at - timedelta(days=1), "deadline": at + timedelta(days=1)}
        call = make_call(make_municipality(), form=FORM, **window)
        drafts = [_draft(call, number) for number in range(count)]
        _fill(call, [draft for draft, _user in drafts])
        db.session.commit()
        return [
            Applicant(number, draft.slug, session_cookie(app, user))
            for number, (draft, user) in enumerate(drafts)
        ]


def _draft(call: Call, number: int) -> tuple[Application, User]:
    name = f"Udruženje {number}"
    organisation = make_organisation(name, register_name="MP KS", register_number="12")
    user = make_user(f"Osoba {number}", (Role.REPRESENTATIVE, organisation.id))
    return make_draft(call, organisation, is_filled=False), user


def _fill(call: Call, drafts: Sequence[Application]) -> None:
    kept = {
        slot["code"]: make_document(f"{slot['code']}.pdf").id
        for slot in call.required_documents
        if slot["mandatory"]
    }
    owners = [
        {"municipality_id": call.municipality_id, "application_id": draft.id} for draft in drafts
    ]
    sections = [
        {**owner, "key": key, "answers": answers, "version": 1, "saved_at": OPENS}
        for owner in owners
        for key, answers in FILLED.items()
    ]
    documents = [
        {**owner, "code": code, "document_id": kept[code], "added_at": OPENS}
        for owner in owners
        for code in kept
    ]
    db.session.execute(insert(DraftSection), sections)
    db.session.execute(insert(ApplicationDocument), documents)


class Rush:
    """So many threads take the applicants one after another; what was acknowledged is kept."""

    def __init__(self, port: int, applicants: Sequence[Applicant], *, threads: int) -> None:
        self._port, self._waiting = port, SimpleQueue[Applicant]()
        for applicant in applicants:
            self._waiting.put(applicant)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        self.saved: dict[str, str] = {}
        self.submitted: list[str] = []
        self.strange: list[str] = []
        # Milliseconds of what was answered as it should be.
        self.taken: dict[str, list[float]] = {"open": [], "save": [], "autosave": [], "submit": []}

    @property
    def is_over(self) -> bool:
        """Whether everybody is through."""
        return not any(thread.is_alive() for thread in self._threads)

    def start(self) -> "Rush":
        """Begin."""
        for thread in self._threads:
            thread.start()
        return self

    def wait(self) -> "Rush":
        """Until everybody is through."""
        for thread in self._threads:
            thread.join()
        return self

    def _work(self) -> None:
        while True:
            try:
                applicant = self._waiting.get_nowait()
            except Empty:
                return
            limit = time.monotonic() + PATIENCE
            while not self._apply(applicant):
                if time.monotonic() > limit:
                    self.strange.append(f"{applicant.slug}: gave up")
                    break
                time.sleep(0.2)

    def _apply(self, applicant: Applicant) -> bool:
        """One walk through; False when the server went away in its middle."""
        visitor = Visitor(self._port, applicant.session)
        base = f"/my/applications/{applicant.slug}"
        if applicant.slug not in self.saved and not self._save(visitor, applicant, base):
            return False
        began = time.perf_counter()
        try:
            visitor.opens(f"{base}/check")
        except (OSError, http.client.HTTPException):
            return False
        except AssertionError:
            if not visitor.led_to.endswith("/receipt"):
                raise
            return self._is_in(applicant)  # it had come in before the server went away
        began = time.perf_counter()
        status = visitor.post(f"{base}/submit", {"is_declared": "y"})
        if status == 303 and visitor.led_to.endswith("/receipt"):
            self._note("submit", began)
            return self._is_in(applicant)
        return self._note_strange(f"{base}/submit", status)

    def _save(self, visitor: Visitor, applicant: Applicant, base: str) -> bool:
        began, path = time.perf_counter(), f"{base}/sections/summary"
        try:
            visitor.opens(path)
        except (OSError, http.client.HTTPException):
            return False
        self._note("open", began)
        found = VERSION.search(visitor.page)
        assert found is not None, visitor.page[:500]
        text = f"Vrtovi u {applicant.number + 2} škola."
        typed: dict[str, Any] = {"version": found[1], "summary_text": text}
        began = time.perf_counter()
        if applicant.number % 2:
            kind, expected = "save", 303
            status = visitor.post(path, FILLED["summary"] | typed)
        else:
            kind, expected = "autosave", 200
            status = visitor.post(f"{path}/autosave", {"changed": "summary_text", **typed})
        if status != expected:
            return self._note_strange(path, status)
        self._note(kind, began)
        self.saved[applicant.slug] = text
        return True

    def _note(self, kind: str, began: float) -> None:
        self.taken[kind].append((time.perf_counter() - began) * 1000)

    def _note_strange(self, path: str, status: int) -> bool:
        if status:
            self.strange.append(f"{path}: {status}")
        return False

    def _is_in(self, applicant: Applicant) -> bool:
        self.submitted.append(applicant.slug)
        return True


def look_after_rush(app: Flask, rush: Rush) -> None:
    """What was acknowledged is there, nothing twice, the numbers without a gap."""
    with app.app_context(), tenancy.across("tests look"):
        rows = db.session.execute(select(Application)).scalars().all()
        submitted = {row.slug: row for row in rows if row.status is ApplicationStatus.SUBMITTED}
        assert [count for count in Counter(rush.submitted).values() if count > 1] == []
        assert set(rush.submitted) - set(submitted) == set()
        numbers = sorted(int(row.ordinal or 0) for row in submitted.values())
        assert numbers == list(range(1, len(numbers) + 1))
        assert len({row.reference for row in submitted.values()}) == len(submitted)
        once = dict.fromkeys((row.id for row in submitted.values()), 1)
        assert _counted(Snapshot.application_id) == once
        is_submission = AuditEntry.event == Event.APPLICATION_SUBMITTED.value
        assert _counted(AuditEntry.subject_id, is_submission) == once
        assert _texts() | rush.saved == _texts()
        assert [verdict for verdict in verify() if verdict.broken_at] == []


def _counted(column: Any, *conditions: Any) -> dict[int, int]:
    statement = select(column, func.count()).where(*conditions).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _texts() -> dict[str, str]:
    statement = (
        select(Application.slug, DraftSection.answers)
        .join(Application, Application.id == DraftSection.application_id)
        .where(DraftSection.key == "summary")
    )
    return {row[0]: row[1]["summary_text"] for row in db.session.execute(statement)}
