"""Holding a call while it is changed."""

from grants.calls.models import Call
from grants.db import db


def hold(call: Call) -> None:
    """Hold the row until the end, and see what somebody else saved a moment ago."""
    db.session.flush()
    columns = ["status", "version", "sent_at"]
    db.session.refresh(call, columns, with_for_update=True)
