"""Who follows a call hears of its answers and corrections."""

from datetime import datetime

from grants import clock
from grants.calls.models import Call, Follower
from grants.calls.queries import get_follower
from grants.db import db


def follow_call(call: Call, *, user_id: int, at: datetime) -> None:
    """Hear of every answer and correction from now on; a second time does nothing."""
    if get_follower(call, user_id) is None:
        follower = Follower(
            municipality_id=call.municipality_id,
            call_id=call.id,
            user_id=user_id,
            since=clock.local_day(at),
        )
        db.session.add(follower)


def unfollow_call(call: Call, *, user_id: int) -> None:
    """Hear no more of it; a second time does nothing."""
    follower = get_follower(call, user_id)
    if follower is not None:
        db.session.delete(follower)
