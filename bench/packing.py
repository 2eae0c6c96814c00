"""Everything of a call in one zip: built by the worker, taken over HTTP from the web process."""

import hashlib
import http.client
import re
import time
from contextlib import closing
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.limits import ZIP_GROWTH_MB, word
from bench.measuring import Served, cookie_of
from bench.seed import APPLICATIONS, Seeded
from grants import clock, tenancy
from grants.calls.models import Call
from grants.db import db
from grants.dossier.actions.bundling import ask_for_bundle
from grants.dossier.jobs import build_bundle
from grants.dossier.models import Bundle
from grants.people.actors import SYSTEM

Shown = dict[str, float | str]


def measure(app: Flask, server: Served, seeded: Seeded) -> Shown:
    """Seconds of the worker, and by how many megabytes the web process grows in giving it out."""
    with app.app_context():
        bundle_id, municipality_id = _ask(seeded)
        began = time.perf_counter()
        build_bundle(bundle_id=bundle_id, municipality_id=municipality_id, at=clock.now())
        seconds = time.perf_counter() - began
        with tenancy.within(municipality_id):
            bundle = db.session.get_one(Bundle, bundle_id)
            if bundle.done != APPLICATIONS:
                raise RuntimeError(f"{bundle.status.value}: {bundle.fault}")
        db.engine.dispose()
    path = f"/m/{seeded.municipality}/calls/{seeded.call}/exports/{bundle.slug}/zip"
    before = _megabytes(server.process_id)
    taken = _take(server.port, path, cookie_of(app, seeded.officer))
    grown = _megabytes(server.process_id) - before
    if taken != bundle.sha256:
        raise RuntimeError("the zip came out otherwise than it lies in the store")
    return {
        "applications": APPLICATIONS,
        "build_seconds": round(seconds, 1),
        "zip_megabytes": round(bundle.size / 1_000_000, 1),
        "web_grows_megabytes": round(grown, 1),
        "limit_megabytes": ZIP_GROWTH_MB,
        "verdict": word(holds=grown <= ZIP_GROWTH_MB),
    }


def _ask(seeded: Seeded) -> tuple[int, int]:
    with tenancy.across("bench measures"):
        call = db.session.execute(select(Call).where(Call.slug == seeded.call)).scalar_one()
    with tenancy.within(call.municipality_id):
        bundle = ask_for_bundle(call, by=SYSTEM, at=clock.now())
        db.session.commit()
        return bundle.id, call.municipality_id


def _take(port: int, path: str, cookie: str) -> str:
    digest = hashlib.sha256()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        while piece := response.read(1 << 18):
            digest.update(piece)
    return digest.hexdigest()


def _megabytes(process_id: int) -> float:
    """What a process and its children hold in memory."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return sum(_resident(each) for each in (str(process_id), *children))


def _resident(process_id: str) -> float:
    status = Path(f"/proc/{process_id}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1000 if found else 0.0
