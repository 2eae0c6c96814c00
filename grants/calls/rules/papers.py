"""Whether a document fits what a call asks of it: not too old, still valid, its dates known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from grants.calls.rules.criteria import RequiredDocument
from grants.errors import Problem


@dataclass(frozen=True)
class Paper:
    """A document's dates, and the day on which it counts: that of the submission."""

    issued_on: date | None
    expires_on: date | None
    counts_on: date


def paper_problems(wanted: RequiredDocument, paper: Paper) -> list[Problem]:
    """Why a document does not fit: `document_undated`, `document_too_old`, `document_expired` …

    The age is whole days from the day of issue to the day it counts; the limit itself still fits,
    and so does the last day of validity. The place is the code of the slot.
    """
    return [*_age_problems(wanted, paper), *_expiry_problems(wanted, paper)]


def slot_problems(wanted: RequiredDocument, papers: Sequence[Paper]) -> list[Problem]:
    """What is wrong with a slot: nothing while one of its documents fits, else with the last."""
    found = [paper_problems(wanted, paper) for paper in papers]
    return found[-1] if found and all(found) else []


def _age_problems(wanted: RequiredDocument, paper: Paper) -> list[Problem]:
    limit, issued_on = wanted.max_age_days, paper.issued_on
    facts: dict[str, object] = {"title": wanted.title, "issued_on": issued_on, "limit": limit}
    if issued_on is not None and issued_on > paper.counts_on:
        return [Problem("document_issued_later", wanted.code, facts)]
    if limit is None:
        return []
    if issued_on is None:
        return [Problem("document_undated", wanted.code, facts)]
    age = (paper.counts_on - issued_on).days
    if age <= limit:
        return []
    earliest = paper.counts_on - timedelta(days=limit)
    facts |= {"figure": age, "earliest": earliest}
    return [Problem("document_too_old", wanted.code, facts)]


def _expiry_problems(wanted: RequiredDocument, paper: Paper) -> list[Problem]:
    facts: dict[str, object] = {"title": wanted.title, "expires_on": paper.expires_on}
    if paper.expires_on is None:
        return [Problem("document_without_expiry", wanted.code, facts)] if wanted.may_expire else []
    if paper.expires_on < paper.counts_on:
        return [Problem("document_expired", wanted.code, facts)]
    return []
