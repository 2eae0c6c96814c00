"""A published call with its office, people who apply, and a stranger."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.calls.models import Call
from grants.db import db
from grants.municipalities.models import Municipality
from grants.notifications.models import Mail
from grants.people.models import User
from grants.people.rules import Role
from tests.client import commit
from tests.conftest import NOON
from tests.factories import DEADLINE, make_call, make_municipality, make_organisation, make_user

QUESTIONS_UNTIL = NOON.replace(day=4)
TEXTS = {"who_may_apply": "Udruženja i fondacije.", "how_to_apply": "Ovdje, do roka."}


_askers = count(1)


@dataclass(frozen=True)
class OpenTown:
    """Everybody around one open call."""

    municipality: Municipality
    call: Call
    officer: User
    mayor: User
    auditor: User
    asker: User
    follower: User
    stranger: User

    @property
    def inner(self) -> str:
        return f"/m/{self.municipality.slug}/calls/{self.call.slug}"

    @property
    def public(self) -> str:
        return f"/calls/{self.call.slug}"


def make_open_town(**over: Any) -> OpenTown:
    """Committed; noon lies before the cut-off of questions."""
    asker = f"tajna{next(_askers)}@example.ba"
    municipality, elsewhere = make_municipality(), make_municipality(name="Bihać")
    organisation = make_organisation(name="Udruženje „Tajna lipa“")
    facts: dict[str, Any] = {
        "questions_until": QUESTIONS_UNTIL,
        "deadline": DEADLINE,
        "texts": TEXTS,
        "summary": "Projekti u zajednici",
        "planned": {"check_from": "2026-03-10", "check_to": "2026-03-16"},
        "frozen_sha256": "0" * 64,
    }
    town = OpenTown(
        municipality,
        make_call(municipality, **(facts | over)),
        make_user("Lejla Službenik", (Role.OFFICER, municipality.id)),
        make_user("Amela Mayer", (Role.SIGNATORY, municipality.id)),
        make_user("Revizor", (Role.AUDITOR, municipality.id)),
        make_user("Dženana Pitalica", (Role.MEMBER, organisation.id), email=asker),
        make_user("Pratilac Poziva"),
        make_user("Druga Službenica", (Role.OFFICER, elsewhere.id)),
    )
    commit()
    return town


@contextmanager
def inside(app: Flask, town: OpenTown) -> Iterator[None]:
    """An application context in the scope of the municipality, committed at the end."""
    with app.app_context(), tenancy.within(town.municipality.id):
        yield
        commit()


def subjects() -> list[tuple[str, str]]:
    """Every mail written so far: to whom, about what."""
    rows = db.session.execute(select(Mail).order_by(Mail.id)).scalars()
    return [(mail.to, mail.subject.partition(":")[0]) for mail in rows]
