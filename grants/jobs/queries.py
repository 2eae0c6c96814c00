"""Whether work was put down and is still to be done."""

from sqlalchemy import select

from grants.db import db
from grants.jobs.models import Job
from grants.jobs.rules import JobStatus


def is_under_way(key: str) -> bool:
    """Whether the job of a key waits or runs."""
    statement = select(Job.id).where(
        Job.key == key, Job.status.in_((JobStatus.WAITING, JobStatus.RUNNING))
    )
    return db.session.execute(statement).scalar() is not None
