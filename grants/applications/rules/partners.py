"""What each kind of partner needs, and whether its statement of partnership stands."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from grants.applications.rules.parsing import Row, Typed
from grants.applications.rules.typed import cell_name
from grants.audit.rules import digest
from grants.calls.rules.form import Fact, Kind, Question, Statements
from grants.errors import Problem
from grants.organisations.rules.identifiers import jib_problems, jib_warnings

# What a partner signs; another address does not make another statement.
SIGNED = (
    "name",
    "kind",
    "jib",
    "country",
    "role",
    "representative",
    "brings",
    "amount",
    "contribution",
)
_NEEDED = ("name", "role", "representative", "email")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class StatementState(StrEnum):
    """How far the statement of one partner has come; only a standing one counts."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    EXPIRED = "expired"
    DECLINED = "declined"
    OUTDATED = "outdated"
    STANDING = "standing"


@dataclass(frozen=True)
class KeptStatement:
    """One statement as it is kept: for which row, over which facts, and what became of it."""

    row: str
    facts: Mapping[str, Any]
    signed_at: datetime | None = None
    declined_at: datetime | None = None
    revoked_at: datetime | None = None
    has_link: bool = True


@dataclass(frozen=True)
class Contradiction:
    """One problem with a partner; a warning does not keep from submitting."""

    problem: Problem
    is_blocking: bool = field(default=True)


def partners_block(typed: Typed) -> Question | None:
    """The question of the partners' block; older forms ask in a plain table, which has none."""
    question = typed.form.by_fact(Fact.PARTNERS)
    return question if question is not None and question.kind is Kind.PARTNERS else None


def signed_facts(row: Row) -> dict[str, Any]:
    """What of a partner's row the statement says; an amount in fening."""
    return {key: row.get(key) for key in SIGNED}


def statement_state(
    kept: Sequence[KeptStatement], row: Row, *, is_over: bool
) -> tuple[StatementState, KeptStatement | None]:
    """Where the statement of a partner stands, and the one that says so; the newest comes last.

    `is_over` tells that links no longer open. A signed one stands as long as the row says the
    same; one that was asked for again since does not undo it.
    """
    found = [each for each in kept if each.row == row["id"] and each.revoked_at is None]
    signed = [each for each in found if each.signed_at is not None]
    now = digest(signed_facts(row))
    standing = [each for each in signed if digest(each.facts.get("partner", {})) == now]
    if standing:
        return StatementState.STANDING, standing[-1]
    if not found:
        return StatementState.NOT_ASKED, None
    newest = found[-1]
    if newest.signed_at is not None or digest(newest.facts.get("partner", {})) != now:
        return StatementState.OUTDATED, newest
    if newest.declined_at is not None:
        return StatementState.DECLINED, newest
    return (StatementState.EXPIRED if is_over else StatementState.WAITING), newest


def partner_needs(row: Row, *, title: str) -> list[Problem]:
    """What must be known before a partner is asked to sign: `statement_needs` for each."""
    parts = {key: str(row.get(key) or "").strip() for key in _NEEDED}
    problems = [Problem("statement_needs", facts={"part": key}) for key in parts if not parts[key]]
    if parts["email"] and parts["email"] != "-" and not _EMAIL.fullmatch(parts["email"]):
        problems.append(Problem("statement_needs", facts={"part": "email"}))
    return problems if title else [*problems, Problem("statement_needs", facts={"part": "title"})]


def partner_problems(typed: Typed, *, standing: Collection[str]) -> Iterator[Contradiction]:
    """What a partner lacks for its kind (domain.md 6.2, 7), and who has not signed.

    `standing` are the rows with a statement that stands.
    """
    question = partners_block(typed)
    if question is None:
        return
    for row in typed.rows(Fact.PARTNERS):
        name = {"row": f"{question.row_name or question.label} {row['code']}"}
        yield from _of_kind(question.key, row, name)
        if question.statements is Statements.REQUIRED and row["id"] not in standing:
            facts = {**name, "partner": row.get("name") or row["code"]}
            place = f"statement-{row['id']}"
            yield Contradiction(Problem("partner_without_statement", place, facts))


def _of_kind(key: str, row: Row, name: Mapping[str, Any]) -> Iterator[Contradiction]:
    jib, is_abroad = row.get("jib"), row.get("kind") == "diaspora"
    at_jib = cell_name(key, row["id"], "jib")
    if is_abroad and not row.get("country"):
        place = cell_name(key, row["id"], "country")
        yield Contradiction(Problem("partner_without_country", place, name))
    if not jib and row.get("kind") in ("local", "public"):
        yield Contradiction(Problem("partner_without_jib", at_jib, name))
    if jib and not is_abroad:
        for problem in jib_problems(jib):
            yield Contradiction(Problem("partner_jib", at_jib, {**problem.facts, **name}))
        for problem in jib_warnings(jib):
            facts = {**problem.facts, **name}
            yield Contradiction(Problem("partner_jib_control", at_jib, facts), is_blocking=False)
    if (email := row.get("email")) and not _EMAIL.fullmatch(email):
        place = cell_name(key, row["id"], "email")
        yield Contradiction(Problem("partner_email", place, {**name, "typed": email}))
