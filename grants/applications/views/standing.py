"""Where the statement of each partner stands, as the partners' page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants import clock
from grants.applications.actions.statements import closing_of
from grants.applications.models import Application, PartnerStatement
from grants.applications.queries.standing import kept_statement, list_statements
from grants.applications.rules.parsing import Typed
from grants.applications.rules.partners import partners_block, statement_state
from grants.calls.rules.form import Fact, Section, Statements
from grants.i18n.languages import BY_CODE


@dataclass(frozen=True)
class ShownStatement:
    """The statement of one partner as the partners' page shows it."""

    row: str
    code: str
    name: str
    email: str
    state: str
    statement: PartnerStatement | None


def shown_statements(
    application: Application, typed: Typed, *, at: datetime
) -> list[ShownStatement]:
    """Every partner of the draft with where its statement stands; one query however many."""
    closes_at = closing_of(application)
    is_over = closes_at is None or at > closes_at
    found = list_statements(application)
    kept = [(kept_statement(each), each) for each in found]
    shown = []
    for row in typed.rows(Fact.PARTNERS):
        state, by = statement_state([each for each, _row in kept], row, is_over=is_over)
        shown.append(
            ShownStatement(
                row=row["id"],
                code=row["code"],
                name=row.get("name") or "",
                email=row.get("email") or "",
                state=state.value,
                statement=next((each for read, each in kept if read is by), None),
            )
        )
    return shown


def statements_of(application: Application, section: Section, typed: Typed) -> dict[str, Any]:
    """What the page of the partners draws of their statements; {} for other sections."""
    question = partners_block(typed)
    if question is None or question not in section.questions or not typed.is_shown(question):
        return {}
    return {
        "statements": shown_statements(application, typed, at=clock.now()),
        "needs_statements": question.statements is Statements.REQUIRED,
        "tongues": [(each.code, each.label) for each in BY_CODE.values()],
    }
