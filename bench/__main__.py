"""`make bench`: prints one JSON object."""

import json
import os
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade

from bench.measuring import bare_page, pages
from bench.ranking import measure as measure_ranking
from bench.seed import seed
from grants.app import create_app
from grants.db import db

SECRET = "a secret that is long enough for measuring only"  # noqa: S105


def main() -> None:
    """Seed, measure, print."""
    with tempfile.TemporaryDirectory(prefix="poziv-bench-") as folder:
        url = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/poziv.db")
        environ = {"INSTANCE": folder, "DATABASE_URL": url, "SECRET_KEY": SECRET, "DEMO": "1"}
        app = create_app(environ)
        with app.app_context():
            upgrade(directory=str(Path(__file__).parents[1] / "migrations"))
            seeded = seed()
            db.engine.dispose()
        yardstick = bare_page(environ)
        measured = pages(app, environ, seeded)
    shown = {
        "rank": measure_ranking(),
        "bare_page": yardstick,
        "pages": measured,
        "list_times_bare": round(
            measured["list of applications"]["p50_ms"] / yardstick["p50_ms"], 2
        ),
    }
    json.dump(shown, sys.stdout, indent=2)
    sys.stdout.write("\n")


main()
