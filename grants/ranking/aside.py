"""Computing a ranking beside the request's transaction, so that nobody waits for its seconds."""

from grants.calls.queries import get_call_by_id
from grants.evaluation.queries import count_progress, get_committee
from grants.ranking.marks import mark_of
from grants.ranking.previews import Preview, compute, read_preview
from grants.ranking.weighed import Weighed, unsigned_sheets
from grants.web.commit import unit_of_work


def weigh(call_id: int, *, is_whole: bool = False) -> Weighed | None:
    """The ranking of a call of the scope as it stands, with the mark of what it rests on.

    Call `release()` before. None while a sheet is unsigned: then nothing is worth computing.
    """
    with unit_of_work("read a call to rank aside", writing=False):
        call = get_call_by_id(call_id)
        committee = get_committee(call) if call else None
        if call is None or committee is None:
            return None
        is_open = committee.scoring_closed_at is None
        if is_open and unsigned_sheets(committee, count_progress(committee)):
            return None
        mark = mark_of(call)
        dossier, asked = read_preview(call, is_whole=is_whole)
    shown: Preview = compute(dossier, min_reviews=asked.min_reviews, documents=asked.documents)
    return Weighed(mark, shown)
