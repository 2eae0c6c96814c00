"""The list of the administrative check, and what a whole check says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grants.errors import Problem


class Finding(StrEnum):
    """The answer to one question of the administrative check."""

    YES = "yes"
    NO = "no"
    COMPLETION = "completion"
    NOT_APPLICABLE = "not_applicable"


class Found(StrEnum):
    """What a list of checks can be narrowed to, beside the state of an application."""

    OPEN = "open"
    CLEAR = "clear"
    AGAINST = "against"
    COMPLETION = "completion"
    DIFFERENT = "different"


class Group(StrEnum):
    """Under which heading a question stands."""

    RECEIPT = "receipt"
    APPLICANT = "applicant"
    PROJECT = "project"
    BUDGET = "budget"
    PAPERS = "papers"


@dataclass(frozen=True)
class Item:
    """One question; a computed one is prefilled with the system's own figure to confirm."""

    code: str
    group: Group
    is_computed: bool = False


# Source: domain.md 3.1 (Tool 7 of the UNDP manual and what calls here add to it).
ITEMS: tuple[Item, ...] = (
    Item("on_time", Group.RECEIPT, is_computed=True),
    Item("form_filled", Group.RECEIPT),
    Item("signed", Group.RECEIPT, is_computed=True),
    Item("language", Group.RECEIPT),
    Item("applicant_eligible", Group.APPLICANT, is_computed=True),
    Item("representative_confirmed", Group.APPLICANT, is_computed=True),
    Item("partners_eligible", Group.APPLICANT, is_computed=True),
    Item("number_of_applications", Group.APPLICANT, is_computed=True),
    Item("no_conflict", Group.APPLICANT),
    Item("no_outstanding_reports", Group.APPLICANT, is_computed=True),
    Item("duration", Group.PROJECT, is_computed=True),
    Item("territory", Group.PROJECT),
    Item("plan", Group.PROJECT, is_computed=True),
    Item("amount", Group.BUDGET, is_computed=True),
    Item("budget_sums", Group.BUDGET, is_computed=True),
    Item("budget_rules", Group.BUDGET, is_computed=True),
    Item("cofinancing", Group.BUDGET, is_computed=True),
    Item("no_double_funding", Group.BUDGET),
    Item("documents", Group.PAPERS, is_computed=True),
    Item("declarations", Group.PAPERS),
)
ITEM_CODES = frozenset(item.code for item in ITEMS)


@dataclass(frozen=True)
class Answered:
    """One answer of the officer."""

    finding: Finding
    note: str = ""


def unanswered(findings: Mapping[str, Finding]) -> list[Problem]:
    """`check_open` for every question without an answer; the place is its code."""
    return [Problem("check_open", item.code) for item in ITEMS if item.code not in findings]


def lacks_note(answers: Mapping[str, Answered]) -> list[Problem]:
    """`note_missing` where "no" or "to be completed" stands without a word why."""
    return [
        Problem("note_missing", code)
        for code, answer in answers.items()
        if answer.finding in (Finding.NO, Finding.COMPLETION) and not answer.note.strip()
    ]


def open_for_eligible(findings: Mapping[str, Finding]) -> list[Problem]:
    """Why an application is not eligible yet: `check_open`, `check_negative` by place."""
    against = (Finding.NO, Finding.COMPLETION)
    return unanswered(findings) + [
        Problem("check_negative", item.code) for item in ITEMS if findings.get(item.code) in against
    ]


def to_complete(findings: Mapping[str, Finding]) -> list[str]:
    """The codes of the questions whose answer asks for completion, in the order of the list."""
    return [item.code for item in ITEMS if findings.get(item.code) is Finding.COMPLETION]


def count_answered(findings: Iterable[str]) -> int:
    """How many questions of the list have an answer."""
    return len(ITEM_CODES.intersection(findings))
