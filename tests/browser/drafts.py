"""What the database keeps of the draft that somebody fills in at a browser."""

import time
from typing import Any

from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import DraftSection
from grants.db import db
from tests.applications.arranging import Arranged


def kept(house: Flask, world: Arranged, key: str) -> dict[str, Any]:
    """The strings of a section as the database has them."""
    with house.app_context(), tenancy.across("tests look"):
        statement = select(DraftSection.answers).where(
            DraftSection.application_id == world.application.id, DraftSection.key == key
        )
        return dict(db.session.execute(statement).scalar_one())


def wait_for(house: Flask, world: Arranged, **texts: str) -> None:
    """Wait until the summary has these texts: the page itself may not have begun to save."""
    limit = time.monotonic() + 15
    while texts.items() - kept(house, world, "summary").items():
        assert time.monotonic() < limit, kept(house, world, "summary")
        time.sleep(0.1)
