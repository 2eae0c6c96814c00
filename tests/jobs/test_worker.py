"""Jobs: written with their cause, done once, taken over when their holder dies."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock
from grants.db import db, unit_of_work
from grants.jobs.actions import claim_job, enqueue, finish_job
from grants.jobs.models import Job
from grants.jobs.rules import LEASE, MOST_ATTEMPTS, JobStatus, next_try
from grants.jobs.worker import handlers, run_due_jobs
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient

AMRA = Recipient(email="amra@example.ba", name="Amra", language="bs")


def outbox(app: Flask) -> list[Path]:
    """The mails that went out."""
    folder: Path = app.config["SETTINGS"].instance / "outbox"
    return sorted(folder.glob("*.eml"))


def tell(at: datetime) -> None:
    """Tell Amra something, as an action does."""
    notify([AMRA], "people/emails/reset.txt", at=at, path="/reset/x")


@pytest.mark.usefixtures("context")
def test_mail_goes_out_once_when_worker_runs_twice(app: Flask, at: datetime) -> None:
    tell(at)
    db.session.commit()
    assert (run_due_jobs(), run_due_jobs(), len(outbox(app))) == (1, 0, 1)
    assert outbox(app)[0].read_text("utf-8").count("Amra") == 1


@pytest.mark.usefixtures("context")
def test_nothing_is_sent_when_the_cause_is_rolled_back(app: Flask, at: datetime) -> None:
    tell(at)
    db.session.rollback()
    assert (run_due_jobs(), outbox(app)) == (0, [])


@pytest.mark.usefixtures("context")
def test_job_is_taken_over_when_its_lease_ran_out(at: datetime) -> None:
    tell(at)
    db.session.commit()
    with unit_of_work("a worker that dies"):
        first = claim_job(at=at)
    assert first is not None
    with unit_of_work("too early"):
        assert claim_job(at=at + LEASE) is None
    with unit_of_work("another worker"):
        second = claim_job(at=at + LEASE + timedelta(seconds=1))
        assert second is not None
        assert (second.id, second.attempts) == (first.id, 2)
    with unit_of_work("the first one wakes up"):
        assert finish_job(first.id, str(first.lease), at=at) is False


@pytest.mark.usefixtures("context")
def test_failing_job_waits_and_finally_stands_as_failed(at: datetime) -> None:
    enqueue("send_mail", {"mail_id": 999}, at=at, key="lost")
    db.session.commit()
    moment = at
    for _ in range(MOST_ATTEMPTS):
        with clock.held_at(moment):
            assert run_due_jobs() == 1
        moment += timedelta(hours=2)
    with clock.held_at(moment):
        assert run_due_jobs() == 0
    job = db.session.execute(select(Job).where(Job.key == "lost")).scalar_one()
    assert (job.status, job.attempts) == (JobStatus.FAILED, MOST_ATTEMPTS)
    assert job.fault.startswith("NoResultFound")


@pytest.mark.usefixtures("context")
def test_same_key_is_one_job(at: datetime) -> None:
    first = enqueue("send_mail", {"mail_id": 1}, at=at, key="once")
    db.session.flush()
    assert enqueue("send_mail", {"mail_id": 2}, at=at, key="once") is first


def test_waits_grow_to_an_hour_and_end(at: datetime) -> None:
    waits = [next_try(attempts, at) for attempts in range(1, MOST_ATTEMPTS + 1)]
    seconds = [(wait - at).total_seconds() if wait else None for wait in waits]
    assert seconds == [5, 20, 80, 320, 1280, 3600, 3600, None]


def test_every_queued_name_has_a_handler() -> None:
    assert "send_mail" in handlers()
