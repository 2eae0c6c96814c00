"""What is done every day has one turn a time, whoever asks and however often."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from grants.db import db
from grants.jobs import schedule
from grants.jobs.models import Job
from grants.jobs.rules import last_turn
from grants.jobs.schedule import daily, put_down_due

MORNING = (time(6, 30),)


@pytest.mark.parametrize(
    ("at", "turn"),
    [
        # Winter: an hour before UTC; the turn's own instant counts.
        (datetime(2026, 1, 15, 5, 30, tzinfo=UTC), datetime(2026, 1, 15, 5, 30, tzinfo=UTC)),
        (datetime(2026, 1, 15, 5, 29, tzinfo=UTC), datetime(2026, 1, 14, 5, 30, tzinfo=UTC)),
        # The night the clock goes forward.
        (datetime(2026, 3, 29, 5, 0, tzinfo=UTC), datetime(2026, 3, 29, 4, 30, tzinfo=UTC)),
    ],
)
def test_last_turn_is_the_last_time_of_day_here(at: datetime, turn: datetime) -> None:
    assert last_turn(MORNING, at) == turn


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.lists(st.times().filter(lambda each: each.tzinfo is None), min_size=1, max_size=4),
)
def test_last_turn_is_never_ahead_nor_more_than_a_day_and_an_hour_ago(
    at: datetime, times: list[time]
) -> None:
    assert timedelta(0) <= at - last_turn(times, at) <= timedelta(hours=25)


def test_turn_is_put_down_once_for_any_number_of_workers(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "_daily", {})
    daily("tested", *MORNING)
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    for moment in (at, at + timedelta(hours=5), at + timedelta(days=3)):
        for _worker in range(2):
            with app.app_context():
                put_down_due({}, at=moment)
    with app.app_context():
        keys = db.session.execute(select(Job.key).where(Job.name == "tested").order_by(Job.id))
        assert list(keys.scalars()) == ["tested:2026-03-02T05:30Z", "tested:2026-03-05T05:30Z"]


def test_schedule_without_a_time_is_refused() -> None:
    with pytest.raises(ValueError, match="when"):
        daily("tested")
