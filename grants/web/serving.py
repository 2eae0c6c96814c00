"""One web process and one worker process, started and stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

STOPS_WITHIN = 25.0


def serve_until_stopped(*, host: str, port: int) -> int:
    """Start both, stop both when either ends or a signal comes; the exit code to leave with."""
    commands: Sequence[Sequence[str]] = (_web(host, port), _worker())
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603  our own commands
    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not told and all(child.poll() is None for child in children):
        time.sleep(0.2)
    _stop_all(children)
    return 0 if told else 1


def _web(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{host}:{port}",
        "--workers", os.environ.get("WEB_WORKERS", "1"), "--threads", "8",
        "--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "15",
        "--max-requests", "0", "--no-control-socket",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", "work"]


def _stop_all(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    limit = time.monotonic() + STOPS_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
