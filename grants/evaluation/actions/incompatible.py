"""Duties that do not go together: whoever works on the applications does not score them."""

from collections.abc import Iterable

from grants.calls.models import Call
from grants.errors import Incomplete, Problem
from grants.evaluation.queries.members import list_office_among
from grants.people.queries import fold_email


def office_problems(call: Call, people: Iterable[tuple[str, str, str]]) -> list[Problem]:
    """`member_of_office` for each (place, name, e-mail) who works for the office of the call.

    The office sees every application, also the one a member is recused from, and before any
    declaration: what a committee must not see could not be kept from such a member (domain.md 3.6).
    """
    asked = list(people)
    found = list_office_among(call, [email for _place, _name, email in asked])
    return [
        Problem("member_of_office", place, {"name": name or email})
        for place, name, email in asked
        if fold_email(email) in found
    ]


def ensure_not_of_office(call: Call, people: Iterable[tuple[str, str, str]]) -> None:
    """Raise Incomplete with every one of them (`member_of_office`)."""
    problems = office_problems(call, people)
    if problems:
        raise Incomplete(*problems)
