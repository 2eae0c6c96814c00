"""kill -9 of the worker loses nothing and sends nothing twice.

One round in `make test`, many in `make soak`.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from grants import clock
from grants.db import db
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "1"))
MAILS = 60


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
    return subprocess.Popen(
        command, env=environ, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_mail_is_lost_when_worker_is_killed(app: Flask, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  repeatable, no secret
    with app.app_context():
        for number in range(MAILS):
            recipient = Recipient(f"osoba{number}@example.ba", f"Osoba {number}", "bs")
            notify([recipient], "people/emails/reset.txt", at=clock.now(), path="/reset/x")
        db.session.commit()
    outbox = app.config["SETTINGS"].instance / "outbox"
    for _ in range(2):
        worker = start_worker(app)
        wait_for(lambda: len(list(outbox.glob("*.eml"))) > 0, seconds=30)
        time.sleep(chance.uniform(0.0, 0.15))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    with app.app_context():
        db.session.execute(db.text("UPDATE jobs SET leased_until = NULL, status = 'waiting' "
                                   "WHERE status = 'running'"))  # fmt: skip
        db.session.commit()
    worker = start_worker(app)
    try:
        wait_for(lambda: len(list(outbox.glob("*.eml"))) >= MAILS, seconds=60)
    finally:
        worker.terminate()
        worker.wait()
    addressed = [
        mail.read_text("utf-8").partition("To: ")[2].split()[0] for mail in outbox.glob("*.eml")
    ]
    assert sorted(addressed) == sorted(f"osoba{number}@example.ba" for number in range(MAILS))


def wait_for(condition: object, *, seconds: float) -> None:
    """Wait until something holds, at most so long."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.02)
    raise AssertionError("did not happen in time")
