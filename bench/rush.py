"""The last minute before a deadline: 500 applicants save and submit against the running server.

`python -m bench rush` measures this alone.
"""

import os
import re
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.limits import word
from grants.app import create_app
from grants.db import db
from tests.applications.rushing import Rush, arrange_rush, look_after_rush
from tests.database import PostgreSQLTemplate, SQLiteTemplate, environment
from tests.serving import Server

APPLICANTS = int(os.environ.get("BENCH_APPLICANTS", "500"))
AT_ONCE = 50
LAST_MINUTE = 60.0
BARE_SECONDS = 3
TPS = re.compile(r"tps = ([\d.]+)")
Shown = dict[str, Any]


def measure() -> Shown:
    """The rush on SQLite with one web process, on PostgreSQL with two."""
    return {"sqlite": _on_sqlite(), "postgresql": _on_postgresql()}


def _on_sqlite() -> Shown:
    with _folder() as folder:
        bare = {"1": _bare_sqlite(folder / "bare.db")}
        (folder / "template").mkdir()
        template = SQLiteTemplate(folder / "template")
        with template.copy(folder) as url:
            return _rush(environment(folder, url), bare, workers=1)


def _on_postgresql() -> Shown:
    with _folder() as folder:
        template = PostgreSQLTemplate(folder, is_durable=True)
        try:
            bare = {str(clients): _bare_postgresql(template, clients) for clients in (1, 16)}
            with template.copy(folder) as url:
                return _rush(environment(folder, url), bare, workers=2)
        finally:
            template.stop()


def _rush(environ: dict[str, str], bare: dict[str, float], *, workers: int) -> Shown:
    app = create_app(environ)
    applicants = arrange_rush(app, APPLICANTS)
    load = os.getloadavg()[0]
    server = Server({**environ, "WEB_WORKERS": str(workers)})
    try:
        began = time.perf_counter()
        rush = Rush(server.port, applicants, threads=AT_ONCE).start().wait()
        seconds = time.perf_counter() - began
    finally:
        server.stop()
    look_after_rush(app, rush)
    with app.app_context():
        db.engine.dispose()
    return _shown(rush, seconds, bare) | {"web_processes": workers, "load_before": round(load, 1)}


def _shown(rush: Rush, seconds: float, bare: dict[str, float]) -> Shown:
    written = len(rush.saved) + len(rush.submitted)
    is_all = len(rush.submitted) == APPLICANTS and not rush.strange
    return {
        "applicants": APPLICANTS,
        "at_once": AT_ONCE,
        "acknowledged": len(rush.submitted),
        "strange": rush.strange[:5],
        "seconds": round(seconds, 1),
        "limit_seconds": LAST_MINUTE,
        "verdict": word(holds=is_all and seconds <= LAST_MINUTE),
        "writes_per_second": round(written / seconds, 1),
        "bare_commits_per_second": bare,
        **{kind: _spread(taken) for kind, taken in rush.taken.items()},
    }


def _spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
    }


def _bare_sqlite(file: Path) -> float:
    """Single rows a second, each waited for until it is on the disk."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
        rows, began = 0, time.perf_counter()
        while time.perf_counter() - began < BARE_SECONDS:
            connection.execute("INSERT INTO bare (text) VALUES ('red')")
            rows += 1
        return round(rows / (time.perf_counter() - began), 1)


def _bare_postgresql(template: PostgreSQLTemplate, clients: int) -> float:
    """The same by pgbench."""
    where = f"host={template.home} user=postgres dbname=postgres"
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (id SERIAL PRIMARY KEY, text TEXT)")
    command = [
        template.program("pgbench"), "-n", "-h", str(template.home), "-U", "postgres",
        "-c", str(clients), "-j", "2" if clients > 1 else "1", "-T", str(BARE_SECONDS),
        "-f", "/dev/stdin", "postgres",
    ]  # fmt: skip
    insert = "INSERT INTO bare (text) VALUES ('red');\n"
    done = subprocess.run(  # noqa: S603  our own command
        command, input=insert, capture_output=True, text=True, check=True
    )
    found = TPS.search(done.stdout)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    return round(float(found[1]), 1)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="poziv-rush-") as folder:
        yield Path(folder)
