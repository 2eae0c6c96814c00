"""The preview of a big ranking is computed by the worker and kept for the pages that show it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from grants.calls.models import Call
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import RequiredDocument
from grants.db import db
from grants.evaluation.queries import count_progress, get_committee
from grants.jobs.actions import enqueue
from grants.jobs.queries import is_under_way
from grants.ranking.dossiers import read_dossier
from grants.ranking.fair import FAIRNESS, panel_of, weighed_json
from grants.ranking.kept import Shown, content_of, shown_of
from grants.ranking.lines import Case
from grants.ranking.marks import mark_of
from grants.ranking.models import Ranking, RankingPreview
from grants.ranking.panels import PANEL, panel_json
from grants.ranking.previews import compute, open_items
from grants.ranking.queries import count_sheets, list_cases
from grants.ranking.rules.dossier import Dossier

# Under which name the preview of a ranking keeps the record of the committee.
RECORD = "record"
# And under which those who were told that they lead a vote.
TOLD = "told"


@dataclass(frozen=True)
class Inputs:
    """Everything a preview is computed from, read at once."""

    dossier: Dossier
    min_reviews: int
    documents: Sequence[RequiredDocument]
    cases: Mapping[str, Case]
    sheets: dict[str, int]


def read_inputs(call: Call) -> Inputs:
    """What the ranking of a call rests on now; its lots and funding are loaded."""
    committee = get_committee(call)
    progress = count_progress(committee) if committee else {}
    return Inputs(
        dossier=read_dossier(call, is_whole=False),
        min_reviews=call.min_reviews,
        documents=criteria_of(call).required_documents,
        cases=list_cases(call),
        sheets=count_sheets(call, progress),
    )


def compute_shown(inputs: Inputs) -> Shown:
    """The ranking as a page shows it; seconds for thousands of applications, and no statement."""
    computed = compute(inputs.dossier, min_reviews=inputs.min_reviews, documents=inputs.documents)
    return shown_of(computed, inputs.cases, blocking=open_items(computed), sheets=inputs.sheets)


def ask_for_preview(call: Call, *, at: datetime) -> None:
    """Let the worker compute the ranking from what was just decided, once for each mark."""
    db.session.flush()
    facts = {"call_id": call.id, "municipality_id": call.municipality_id}
    enqueue("preview_ranking", facts, at=at, key=_key(call, mark_of(call)))


def ask_for_fairness(call: Call, mark: str, *, at: datetime) -> None:
    """Let the worker weigh the scores that the kept preview rests on, once for each mark."""
    facts = {"call_id": call.id, "municipality_id": call.municipality_id}
    enqueue("weigh_fairness", facts, at=at, key=f"weigh_fairness:{call.id}:{mark}")


def ask_for_record(ranking: Ranking, *, at: datetime) -> None:
    """Let the worker compose the record of a closed ranking anew for those who read it."""
    facts = {"call_id": ranking.call_id, "municipality_id": ranking.municipality_id}
    enqueue("keep_record", facts, at=at)


def keep_record(call: Call, kept: Mapping[str, Any]) -> None:
    """Keep a composed record beside the preview of its ranking.

    Where none is kept the ranking was small enough to be computed while the page waited; so is
    its record.
    """
    statement = select(RankingPreview).where(RankingPreview.call_id == call.id)
    found = db.session.execute(statement.options(undefer(RankingPreview.content))).scalar()
    if found is not None:
        found.content = {**found.content, RECORD: dict(kept)}


def compute_fairness(
    inputs: Inputs, shown: Shown, *, between: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """What members gave and what the cut hangs on, as plain JSON; seconds, at worst minutes.

    Its parts are for the content of the kept preview; `shown` is the ranking of the same inputs.
    `between` is called now and then, so that whoever waits hears that the work goes on.
    """
    ids = {reference: case.id for reference, case in inputs.cases.items()}
    weighed = weighed_json(inputs.dossier, ids, between=between)
    panel = panel_of(weighed, shown.lines, hidden=())
    return {FAIRNESS: weighed, PANEL: panel_json(panel)}


def has_fairness(kept: RankingPreview | None) -> bool:
    """Whether the kept preview has it."""
    return kept is not None and PANEL in kept.content


def keep_fairness(
    call: Call, shown: Shown, weighed: Mapping[str, Any], *, mark: str, at: datetime
) -> None:
    """Keep it beside the preview it was computed with, unless another took its place meanwhile."""
    statement = select(RankingPreview).where(RankingPreview.call_id == call.id)
    kept = db.session.execute(statement.options(undefer(RankingPreview.content))).scalar()
    if kept is None:
        keep_preview(call, shown, mark=mark, at=at)
        db.session.flush()
        keep_fairness(call, shown, weighed, mark=mark, at=at)
    elif kept.mark == mark:
        kept.content = {**kept.content, **weighed}


def is_asked_for(call: Call, mark: str) -> bool:
    """Whether the worker has yet to compute, or is computing, what the mark stands for."""
    return is_under_way(_key(call, mark))


def keep_preview(
    call: Call, shown: Shown, *, mark: str, at: datetime, told: Sequence[str] = ()
) -> None:
    """Keep a computed ranking in place of the one before; `told` as telling.tell_leaders says."""
    statement = select(RankingPreview).where(RankingPreview.call_id == call.id)
    kept = db.session.execute(statement).scalar()
    if kept is None:
        kept = RankingPreview(municipality_id=call.municipality_id, call_id=call.id)
        db.session.add(kept)
    kept.mark, kept.computed_at = mark, at
    kept.summary, kept.content = dict(shown.summary), content_of(shown) | {TOLD: [*told]}


def _key(call: Call, mark: str) -> str:
    return f"preview_ranking:{call.id}:{mark}"
