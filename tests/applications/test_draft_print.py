"""A draft as PDF: marked as not submitted, for those who write it, never of what is submitted."""

import io
from datetime import datetime

import pikepdf
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application, Snapshot
from grants.applications.printing import draft_of
from grants.applications.queries import get_own_draft
from grants.db import db
from tests.applications.arranging import arrange
from tests.calls.making import actor
from tests.client import LintingClient
from tests.conftest import NOON
from tests.factories import make_user


def test_draft_is_printed_and_says_it_is_not_submitted(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    assert f"{world.base}/draft.pdf" in client.get(f"{world.base}/check").text
    answer = client.ask("GET", f"{world.base}/draft.pdf")
    assert answer.status_code == 200
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]).startswith("Nacrt prijave")
    with app.test_request_context(), tenancy.across("tests look"):
        draft = get_own_draft(actor(world.member), world.application.slug)
        assert draft is not None
        text = draft_of(draft, by=actor(world.member), at=NOON)
        assert text.html.count("NACRT – NIJE PREDATO") == 2
        assert "Zelene učionice" in text.html
        assert db.session.execute(select(Snapshot)).first() is None


def test_draft_is_printed_for_nobody_else(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange(app)
    with app.app_context(), tenancy.across("tests arrange"):
        stranger = make_user("Stranac")
        db.session.commit()
    client.sign_in(stranger).get(f"{world.base}/draft.pdf", status=404)
    with app.app_context(), tenancy.across("tests arrange"):
        kept = db.session.get_one(Application, world.application.id)
        kept.status = type(kept.status).SUBMITTED
        db.session.commit()
    client.sign_in(world.member).get(f"{world.base}/draft.pdf", status=404)
