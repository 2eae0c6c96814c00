"""The worker: claims, runs and finishes jobs, each phase in a short transaction of its own."""

import signal
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import structlog

from grants import clock
from grants.db import unit_of_work
from grants.jobs.actions import claim_job, extend_lease, fail_job, finish_job
from grants.jobs.schedule import put_down_due

Handler = Callable[..., None]
log = structlog.get_logger()

_handlers: dict[str, Handler] = {}
# The job in hand and its lease.
_in_hand: ContextVar[tuple[int, str] | None] = ContextVar("job in hand", default=None)


def job_handler(name: str) -> Callable[[Handler], Handler]:
    """Declare the one function that does the jobs of a name.

    It gets the job's facts as keywords and `at`, opens its own units of work, and leaves the same
    result when it runs twice: its holder may die after the work and before the tick.
    """

    def declare(handler: Handler) -> Handler:
        if name in _handlers and _handlers[name] is not handler:
            raise ValueError(f"two handlers for {name}")
        _handlers[name] = handler
        return handler

    return declare


def handlers() -> Mapping[str, Handler]:
    """All declared handlers by name."""
    return _handlers


def run_due_jobs(*, most: int = 10_000) -> int:
    """Do every job that is due now; how many were tried."""
    tried = 0
    while tried < most and run_one_job():
        tried += 1
    return tried


def run_one_job() -> bool:
    """Do one due job; False when there is none."""
    with unit_of_work("claim a job"):
        job = claim_job(at=clock.now())
        if job is None:
            return False
        held: tuple[int, str, str, dict[str, Any]] = (job.id, str(job.lease), job.name, job.facts)
    job_id, lease, name, facts = held
    token = _in_hand.set((job_id, lease))
    try:
        with clock.held_at() as at:
            _handlers[name](at=at, **facts)
    except Exception as fault:
        log.exception("job failed", job=job_id, name=name)
        with unit_of_work("note a failed job"):
            fail_job(job_id, lease, fault=f"{type(fault).__name__}: {fault}", at=clock.now())
    else:
        with unit_of_work("finish a job"):
            finish_job(job_id, lease, at=clock.now())
    finally:
        _in_hand.reset(token)
    return True


def keep_lease() -> None:
    """Called by long work between its steps: whoever still works is not taken for dead."""
    held = _in_hand.get()
    if held is None:
        return
    with unit_of_work("keep the lease of a job"):
        extend_lease(*held, at=clock.now())


def work_until_stopped(*, idle_seconds: float = 0.5) -> None:
    """Work until told to stop by a signal; the job in hand is finished first."""
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    log.info("worker started")
    known: dict[str, datetime] = {}
    while not stopped.is_set():
        put_down_due(known, at=clock.now())
        if not run_one_job():
            stopped.wait(idle_seconds)
    log.info("worker stopped")
