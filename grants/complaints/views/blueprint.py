"""The blueprint of objections, and what its pages share."""

from typing import Any

from flask import Blueprint

from grants import clock
from grants.acts.life import Counted, read_counted
from grants.complaints.labels import AGAINST, CHANNELS, state_of
from grants.complaints.models import Objection

blueprint = Blueprint("complaints", __name__)


def counted_ruling(objection: Objection) -> Counted:
    """How the term of the ruling was counted."""
    return read_counted(objection.ruling_counted, ends_on=objection.ruling_due_on)


def shown(objection: Objection) -> dict[str, Any]:
    """What every page of one objection says of it."""
    return {
        "objection": objection,
        "application": objection.application,
        "call": objection.application.call,
        "state": state_of(objection.status, objection.ruling),
        "against": AGAINST[objection.against],
        "channel": CHANNELS[objection.channel],
        "counted": counted_ruling(objection),
        "today": clock.local_day(clock.now()),
    }
