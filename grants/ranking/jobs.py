"""Computing what is long to compute of a ranking, for the pages that show it."""

from datetime import datetime

from grants import tenancy
from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.calls.rules.states import CallStatus
from grants.db import unit_of_work
from grants.evaluation.models import Committee
from grants.evaluation.queries import get_committee
from grants.jobs.worker import job_handler, keep_lease
from grants.ranking import keeping
from grants.ranking.bench import Bench
from grants.ranking.keeping import (
    TOLD,
    ask_for_fairness,
    compute_fairness,
    compute_shown,
    has_fairness,
    keep_fairness,
    keep_preview,
    read_inputs,
)
from grants.ranking.lapsing import list_lapsed, tell_of_lapsed
from grants.ranking.marks import read_kept
from grants.ranking.models import Ranking
from grants.ranking.queries import latest_ranking
from grants.ranking.record_marks import read_kept_record
from grants.ranking.records import compose_record
from grants.ranking.telling import tell_leaders

# Scores are weighed once they are all in, and still when the ranking is closed.
WEIGHED = frozenset(
    {
        *(CallStatus.SCORING, CallStatus.RANKED, CallStatus.OBJECTIONS, CallStatus.DECIDED),
        *(CallStatus.IMPLEMENTATION, CallStatus.ARCHIVED),
    }
)


@job_handler("preview_ranking")
def preview_ranking(*, call_id: int, municipality_id: int, at: datetime) -> None:
    """Read, compute, keep; a second run finds it kept under the same mark and does nothing."""
    with tenancy.within(municipality_id):
        with unit_of_work("read a call to rank", writing=False):
            call = get_call_by_id(call_id)
            if call is None or call.status is not CallStatus.SCORING:
                return
            kept, mark = read_kept(call)
            if kept is not None and kept.mark == mark:
                return
            inputs = read_inputs(call)
        shown = compute_shown(inputs)
        with unit_of_work("keep the preview of a ranking"):
            before = kept.content.get(TOLD, []) if kept else []
            bench = Bench(call, get_committee(call))
            told = tell_leaders(bench, shown.ties, told=before, at=at)
            keep_preview(call, shown, mark=mark, at=at, told=told)
            ask_for_fairness(call, mark, at=at)


@job_handler("weigh_fairness")
def weigh_fairness(*, call_id: int, municipality_id: int, at: datetime) -> None:
    """How members score against each other and what the cut hangs on, beside the kept preview.

    What is kept already is left alone; where the preview is out of date a newer one is coming.
    """
    with tenancy.within(municipality_id):
        with unit_of_work("read a call to weigh", writing=False):
            call = get_call_by_id(call_id)
            if call is None or call.status not in WEIGHED:
                return
            kept, mark = read_kept(call)
            is_behind = kept is not None and kept.mark != mark
            if has_fairness(kept) or (is_behind and call.status is CallStatus.SCORING):
                return
            inputs = read_inputs(call)
        shown = compute_shown(inputs)
        weighed = compute_fairness(inputs, shown, between=keep_lease)
        with unit_of_work("keep what the cut hangs on"):
            keep_fairness(call, shown, weighed, mark=kept.mark if kept else mark, at=at)


@job_handler("keep_record")
def keep_record(*, call_id: int, municipality_id: int, at: datetime) -> None:
    """Compose the record of the latest ranking; one that still holds is left alone."""
    with tenancy.within(municipality_id):
        with unit_of_work("read what a record tells", writing=False):
            call = get_call_by_id(call_id)
            committee, ranking = _closed(call) if call else (None, None)
            if call is None or committee is None or ranking is None:
                return
            kept, mark = read_kept_record(call, committee, ranking)
            if kept is not None:
                return
            composed = compose_record(call, committee, ranking)
        with unit_of_work("keep the record of a committee"):
            facts = {"mark": mark, "sha256": composed.sha256, "facts": composed.facts}
            keeping.keep_record(call, facts)


@job_handler("tell_lapsed")
def tell_lapsed(*, call_id: int, municipality_id: int, at: datetime) -> None:
    """Tell whose word on the record is on an earlier text now; nobody is told it twice."""
    with tenancy.within(municipality_id):
        with unit_of_work("read whose words on a record lapsed", writing=False):
            call = get_call_by_id(call_id)
            committee, ranking = _closed(call) if call else (None, None)
            if call is None or committee is None or ranking is None:
                return
            words = list_lapsed(call, committee, ranking)
        with unit_of_work("tell whose words on a record lapsed"):
            tell_of_lapsed(call, committee, words, at=at)


def _closed(call: Call) -> tuple[Committee | None, Ranking | None]:
    return get_committee(call), latest_ranking(call)
