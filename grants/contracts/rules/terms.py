"""The terms of a contract that a person types."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from grants.errors import DomainError, Incomplete, Problem
from grants.organisations.rules.identifiers import account_problems

LONGEST_MONTHS = 36


@dataclass(frozen=True)
class Terms:
    """What the officer fills in; `copies` on paper, `return_days` to give money back."""

    account: str
    bank: str
    representative_name: str
    representative_title: str
    starts_on: date
    ends_on: date
    copies: int = 4
    report_days: int = 15
    return_days: int = 15
    special: str = ""


def end_of(starts_on: date, *, months: int) -> date:
    """The last day of a duration in whole months: from 1 April, five months end on 31 August."""
    whole = starts_on.month - 1 + months
    year, month = starts_on.year + whole // 12, whole % 12 + 1
    day = min(starts_on.day, monthrange(year, month)[1])
    return date(year, month, day) - timedelta(days=1)


def ensure_terms(terms: Terms, *, decided_on: date) -> None:
    """Raise Incomplete with everything that is wrong about the terms at once."""
    problems = []
    if account_problems(terms.account):
        problems.append(Problem("contract_account", "account", {"typed": terms.account[:60]}))
    if terms.starts_on < decided_on:
        problems.append(Problem("contract_before_award", "starts_on", {"on": decided_on}))
    if terms.ends_on <= terms.starts_on:
        problems.append(Problem("contract_ends_early", "ends_on", {"on": terms.starts_on}))
    if terms.ends_on > end_of(terms.starts_on, months=LONGEST_MONTHS):
        problems.append(Problem("contract_too_long", "ends_on", {"months": LONGEST_MONTHS}))
    if problems:
        raise Incomplete(*problems)


def ensure_signed_on(signed_on: date, *, issued_on: date | None, today: date) -> None:
    """Both have signed on a day from the signatory's on and not in the future; DomainError."""
    if issued_on is not None and signed_on < issued_on:
        raise DomainError(Problem("signed_too_early", "signed_on", {"on": issued_on}))
    if signed_on > today:
        raise DomainError(Problem("signed_in_future", "signed_on", {"today": today}))
