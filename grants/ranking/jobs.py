"""Computing the ranking of a call that is not closed yet, for the pages that show it."""

from datetime import datetime

from grants import tenancy
from grants.calls.queries import get_call_by_id
from grants.calls.rules.states import CallStatus
from grants.db import unit_of_work
from grants.jobs.worker import job_handler
from grants.ranking.keeping import compute_shown, keep_preview, read_inputs
from grants.ranking.marks import read_kept


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
            keep_preview(call, shown, mark=mark, at=at)
