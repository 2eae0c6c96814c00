"""Looking for what ties the members of a committee to the applicants, off the request."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from grants import tenancy
from grants.calls.queries import get_call_by_id
from grants.db import unit_of_work
from grants.evaluation.actions.matching import keep_hits, only_new
from grants.evaluation.queries import get_committee
from grants.evaluation.queries.hits import (
    list_compared,
    read_applicant_traces,
    read_member_traces,
)
from grants.evaluation.rules.matching import Found, Trace, compare
from grants.jobs.worker import job_handler

# So many frozen applications are in memory at once.
BATCH = 100


@job_handler("search_hits")
def search_hits(
    *,
    call_id: int,
    municipality_id: int,
    at: datetime,
    member_id: int | None = None,
    application_id: int | None = None,
) -> None:
    """Compare members with applications, all of a call or the one named; a hit is kept once."""
    with tenancy.within(municipality_id):
        with unit_of_work("read who is compared with whom", writing=False):
            members, application_ids = _read_sides(call_id, member_id, application_id)
        found: dict[tuple[int, int], Sequence[Found]] = {}
        for batch in _batches(application_ids if members else []):
            with unit_of_work("read what applications say of applicants", writing=False):
                applicants = read_applicant_traces(batch)
            compared = dict(compare(members, applicants))
            with unit_of_work("read which ties are known", writing=False):
                found.update(only_new(compared))
        _finish(call_id, found, is_whole=application_id is None and member_id is None, at=at)


def _read_sides(
    call_id: int, member_id: int | None, application_id: int | None
) -> tuple[dict[int, list[Trace]], list[int]]:
    call = get_call_by_id(call_id)
    committee = get_committee(call) if call else None
    if committee is None or committee.appointed_at is None:
        return {}, []
    return read_member_traces(committee, member_id), list_compared(call_id, application_id)


def _finish(
    call_id: int, found: Mapping[tuple[int, int], Sequence[Found]], *, is_whole: bool, at: datetime
) -> None:
    if not found and not is_whole:
        return
    with unit_of_work("keep what ties members to applicants"):
        call = get_call_by_id(call_id)
        committee = get_committee(call) if call else None
        if committee is None:
            return
        keep_hits(committee, found, at=at)
        if is_whole:
            committee.matched_at = at


def _batches(application_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(application_ids), BATCH):
        yield application_ids[start : start + BATCH]
