"""What is done every day: put down by the worker at its time, once, however many workers run."""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy.exc import IntegrityError

from grants.db import unit_of_work
from grants.jobs.actions import enqueue
from grants.jobs.rules import last_turn

_daily: dict[str, tuple[time, ...]] = {}


def daily(name: str, *times: time) -> None:
    """Have the job of a name done every day at these times of Sarajevo; it gets no facts.

    A worker that was not running makes up for the last turn only: the job asks what is due now.
    """
    if not times:
        raise ValueError(f"{name} is done every day, but when?")
    _daily[name] = times


def schedule() -> Mapping[str, tuple[time, ...]]:
    """Every job that is done by the clock, with its times."""
    return _daily


def put_down_due(known: dict[str, datetime], *, at: datetime) -> None:
    """Put down every job whose turn has come; `known` spares a worker to ask for the same twice."""
    for name, times in _daily.items():
        turn = last_turn(times, at)
        if known.get(name) == turn:
            continue
        try:
            with unit_of_work("put down what the clock asks for"):
                enqueue(name, {}, at=at, key=f"{name}:{turn:%Y-%m-%dT%H:%MZ}")
        except IntegrityError:  # another worker was faster
            pass
        known[name] = turn
