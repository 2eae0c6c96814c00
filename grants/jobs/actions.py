"""Putting work down, taking it up, finishing it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from grants.db import db
from grants.jobs.models import Job
from grants.jobs.rules import LEASE, JobStatus, next_try


def enqueue(
    name: str,
    facts: Mapping[str, Any],
    *,
    at: datetime,
    run_at: datetime | None = None,
    key: str | None = None,
) -> Job:
    """Put work down in the caller's transaction: a rollback forgets it, a crash does not.

    A `key` makes it one job however often it is asked for.
    """
    if key is not None:
        standing = db.session.execute(select(Job).where(Job.key == key)).scalar()
        if standing is not None:
            return standing
    job = Job(name=name, facts=dict(facts), key=key, created_at=at, run_at=run_at or at)
    db.session.add(job)
    return job


def claim_job(*, at: datetime) -> Job | None:
    """Take the next due job, or one whose holder died, under a lease; None when there is none."""
    due = or_(
        (Job.status == JobStatus.WAITING) & (Job.run_at <= at),
        (Job.status == JobStatus.RUNNING) & (Job.leased_until < at),
    )
    statement = select(Job).where(due).order_by(Job.run_at, Job.id).limit(1)
    job = db.session.execute(statement.with_for_update(skip_locked=True)).scalar()
    if job is None:
        return None
    job.status = JobStatus.RUNNING
    job.attempts += 1
    job.lease = secrets.token_hex(8)
    job.leased_until = at + LEASE
    return job


def extend_lease(job_id: int, lease: str, *, at: datetime) -> None:
    """Hold a job for another lease from now on, unless it has gone to somebody else."""
    job = _get_held(job_id, lease)
    if job is not None:
        job.leased_until = at + LEASE


def finish_job(job_id: int, lease: str, *, at: datetime) -> bool:
    """Mark a job done; False when its lease has meanwhile gone to somebody else."""
    job = _get_held(job_id, lease)
    if job is None:
        return False
    job.status, job.finished_at, job.lease, job.fault = JobStatus.DONE, at, None, ""
    return True


def fail_job(job_id: int, lease: str, *, fault: str, at: datetime) -> None:
    """Note what went wrong and when to try again, if ever."""
    job = _get_held(job_id, lease)
    if job is None:
        return
    again = next_try(job.attempts, at)
    job.fault, job.lease = fault[:2000], None
    if again is None:
        job.status, job.finished_at = JobStatus.FAILED, at
    else:
        job.status, job.run_at = JobStatus.WAITING, again


def _get_held(job_id: int, lease: str) -> Job | None:
    statement = select(Job).where(Job.id == job_id, Job.lease == lease)
    return db.session.execute(statement.with_for_update()).scalar()
