"""Which statements of partnership were asked for, and which of them stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from grants.applications.models import Application, PartnerStatement
from grants.applications.rules.parsing import Typed
from grants.applications.rules.partners import (
    KeptStatement,
    StatementState,
    partners_block,
    statement_state,
)
from grants.calls.rules.form import Fact
from grants.db import db


def list_statements(application: Application) -> Sequence[PartnerStatement]:
    """Everything that was asked, signed or uploaded for the partners, the newest last."""
    statement = (
        select(PartnerStatement)
        .where(PartnerStatement.application_id == application.id)
        .options(joinedload(PartnerStatement.document))
        .order_by(PartnerStatement.id)
    )
    found = db.session.execute(statement).scalars().all()
    for each in found:
        set_committed_value(each, "application", application)
    return found


def kept_statement(found: PartnerStatement) -> KeptStatement:
    """A statement as the rules read it."""
    return KeptStatement(
        row=found.row,
        facts=found.facts,
        signed_at=found.signed_at,
        declined_at=found.declined_at,
        revoked_at=found.revoked_at,
        has_link=found.token_hash is not None,
    )


def standing_statements(application: Application, typed: Typed) -> Mapping[str, PartnerStatement]:
    """The signed statement that stands for each partner, by row; nobody asks without partners."""
    rows = typed.rows(Fact.PARTNERS) if partners_block(typed) is not None else ()
    found = list_statements(application) if rows else ()
    kept = [(kept_statement(each), each) for each in found]
    standing = {}
    for row in rows:
        state, by = statement_state([each for each, _row in kept], row, is_over=False)
        if state is StatementState.STANDING:
            standing[row["id"]] = next(row for each, row in kept if each is by)
    return standing


def frozen_statements(application: Application, typed: Typed) -> dict[str, dict[str, Any]]:
    """What a frozen version says of the statement of each partner, by row."""
    return {
        row: {
            "sha256": found.sha256,
            "signed_at": found.signed_at.isoformat() if found.signed_at else "",
            "signed_by": found.signed_name,
            "signed_as": found.signed_title,
            "is_upload": found.token_hash is None,
        }
        for row, found in standing_statements(application, typed).items()
    }
