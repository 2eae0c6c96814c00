"""The job table."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, status_column
from grants.jobs.rules import JobStatus


class Job(Base):
    """One piece of work: what, with which facts, from when on, who holds it until when."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "status", "run_at"),)

    name: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[JobStatus] = status_column(JobStatus, default=JobStatus.WAITING)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")
