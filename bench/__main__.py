"""`make bench`: prints one JSON object; `python -m bench rush` the rush alone."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from bench.committee import deciding_day, scoring_day
from bench.limits import LIST_TIMES_BARE, word
from bench.measuring import bare_page, deciding_pages, served
from bench.measuring import pages as scoring_pages
from bench.packing import measure as measure_packing
from bench.printing import measure as measure_printing
from bench.ranking import measure as measure_ranking
from bench.rush import measure as measure_rush
from bench.saving import measure as measure_saving
from bench.seed import Seeded, end_scoring, seed
from grants.app import create_app
from grants.db import db

SECRET = "a secret that is long enough for measuring only"  # noqa: S105


def main(asked: list[str]) -> None:
    """Measure what is asked for, else everything; print."""
    shown = {"rush": measure_rush()} if asked == ["rush"] else _measure_all()
    json.dump(shown, sys.stdout, indent=2)
    sys.stdout.write("\n")


def _measure_all() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="poziv-bench-") as folder:
        url = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/poziv.db")
        environ = {"INSTANCE": folder, "DATABASE_URL": url, "SECRET_KEY": SECRET, "DEMO": "1"}
        app = create_app(environ)
        with app.app_context():
            upgrade(directory=str(Path(__file__).parents[1] / "migrations"))
            seeded = seed()
            db.engine.dispose()
        shown = {"rank": measure_ranking(), **_over_http(app, environ, seeded)}
        shown["pdf"] = measure_printing(app)
    return {**shown, "rush": measure_rush()}


def _over_http(app: Flask, environ: dict[str, str], seeded: Seeded) -> dict[str, Any]:
    with served("bench.bare:app", environ) as bare, served("wsgi:app", environ) as server:
        port = server.port
        yardstick = bare_page(bare.port)
        pages = scoring_pages(app, port, seeded) | scoring_day(app, port, seeded)
        saved = measure_saving(app, port, seeded)
        with app.app_context():
            end_scoring(seeded)
        pages |= deciding_pages(app, port, seeded)
        packed = measure_packing(app, server, seeded)
        pages |= deciding_day(app, port, seeded)
    times = float(pages["list of applications"]["p50_ms"]) / yardstick["p50_ms"]
    return {
        "bare_page": yardstick,
        "pages": pages,
        "saved": saved,
        "zip": packed,
        "list_times_bare": {
            "times": round(times, 2),
            "limit": LIST_TIMES_BARE,
            "verdict": word(holds=times <= LIST_TIMES_BARE),
        },
    }


# The worker processes that print import this module too.
if __name__ == "__main__":
    main(sys.argv[1:])
