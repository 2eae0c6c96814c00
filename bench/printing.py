"""Decision PDFs: beside bare WeasyPrint, and two processes beside one."""

import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from pikepdf import open as open_pdf
from weasyprint import HTML

from bench.limits import BATCH_TIMES_ONE, PDF_TIMES_BARE, word
from grants import tenancy
from grants.acts.jobs import manuscript_of
from grants.acts.printing import printable_of
from grants.db import db
from grants.decisions.actions import issue_all, prepare_decisions
from grants.decisions.queries import list_awarded
from grants.documents.pdf import Manuscript, _fonts, _styles, render_batch, render_manuscript
from grants.people.actors import SYSTEM
from tests.decisions.making import DECIDING, make_ranked_call

ROUNDS = 9
BATCH = 200


def measure(app: Flask) -> dict[str, Any]:
    """Milliseconds of one decision and of two hundred."""
    with app.app_context():
        manuscript = _decision()
    return {"decision": _one(manuscript), "batch": _batch(manuscript)}


def _decision() -> Manuscript:
    case = make_ranked_call()
    town = case.municipality
    with tenancy.within(town.id):
        prepare_decisions(case.call, by=SYSTEM, at=DECIDING)
        issue_all(case.call, by=SYSTEM, at=DECIDING + timedelta(hours=1))
        db.session.commit()
        act = list_awarded(case.call)[0].act
        return manuscript_of(printable_of(act, town, public_url="https://poziv.example"))


def _one(manuscript: Manuscript) -> dict[str, Any]:
    """In turns, so that whatever else the machine does falls on both."""
    ours, bare = [], []
    for _round in range(ROUNDS):
        bare.append(_milliseconds(lambda: _bare(manuscript.html)))
        ours.append(_milliseconds(lambda: render_manuscript(manuscript)))
    times = sorted(ours)[ROUNDS // 2] / sorted(bare)[ROUNDS // 2]
    pages = len(open_pdf(BytesIO(render_manuscript(manuscript))).pages)
    return {
        "pages": pages,
        "p50_ms": round(sorted(ours)[ROUNDS // 2], 1),
        "bare_p50_ms": round(sorted(bare)[ROUNDS // 2], 1),
        "times_bare": round(times, 2),
        "limit": PDF_TIMES_BARE,
        "verdict": word(holds=times <= PDF_TIMES_BARE),
    }


def _bare(html: str) -> bytes:
    return bytes(HTML(string=html).write_pdf(font_config=_fonts(), stylesheets=_styles()))


def _batch(manuscript: Manuscript) -> dict[str, Any]:
    manuscripts = [manuscript] * BATCH
    alone = _milliseconds(lambda: [render_manuscript(each) for each in manuscripts])
    shared = _milliseconds(lambda: list(render_batch(manuscripts)))
    return {
        "documents": BATCH,
        "one_process_ms": round(alone),
        "two_processes_ms": round(shared),
        "times_one": round(alone / shared, 2),
        "limit": BATCH_TIMES_ONE,
        "verdict": word(holds=alone / shared >= BATCH_TIMES_ONE),
    }


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
