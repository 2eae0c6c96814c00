"""kill -9 of the worker loses nothing and sends nothing twice.

One round in `make test`, many in `make soak`.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from grants import clock
from grants.db import db
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "1"))
MAILS = 60
# Seconds.
PATIENCE = 120


def start_worker(app: Flask) -> "subprocess.Popen[bytes]":
    """A real worker process on the test's database."""
    settings = app.config["SETTINGS"]
    environ = {
        **os.environ,
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    home = Path(__file__).parents[2]
    with (settings.instance / "worker.log").open("ab") as log:
        return subprocess.Popen(command, env=environ, cwd=home, stdout=log, stderr=log)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_mail_is_lost_when_worker_is_killed(app: Flask, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  repeatable, no secret
    with app.app_context():
        for number in range(MAILS):
            recipient = Recipient(f"osoba{number}@example.ba", f"Osoba {number}", "bs")
            notify([recipient], "people/emails/reset.txt", at=clock.now(), path="/reset/x")
        db.session.commit()
    instance = app.config["SETTINGS"].instance
    outbox = instance / "outbox"
    for _ in range(2):
        worker = start_worker(app)
        wait_for(instance, lambda: len(list(outbox.glob("*.eml"))) > 0)
        time.sleep(chance.uniform(0.0, 0.15))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    with app.app_context():
        db.session.execute(db.text("UPDATE jobs SET leased_until = NULL, status = 'waiting' "
                                   "WHERE status = 'running'"))  # fmt: skip
        db.session.commit()
    worker = start_worker(app)
    try:
        wait_for(instance, lambda: len(list(outbox.glob("*.eml"))) >= MAILS)
    finally:
        worker.terminate()
        worker.wait()
    addressed = [
        mail.read_text("utf-8").partition("To: ")[2].split()[0] for mail in outbox.glob("*.eml")
    ]
    assert sorted(addressed) == sorted(f"osoba{number}@example.ba" for number in range(MAILS))


def wait_for(instance: Path, condition: Callable[[], bool]) -> None:
    """Wait until something holds; a busy machine takes half a minute to start a worker."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError((instance / "worker.log").read_text("utf-8")[-2000:])
