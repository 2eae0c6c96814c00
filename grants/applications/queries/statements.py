"""Statements of partnership by their address: of an own draft, of a link, of a case."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.applications.models import Application, PartnerStatement
from grants.applications.queries.drafts import DRAFT, get_case, get_own_draft, typed_of
from grants.applications.queries.standing import list_statements
from grants.applications.rules.parsing import Row
from grants.applications.rules.partners import partners_block
from grants.calls.rules.form import Fact
from grants.db import db
from grants.municipalities import entering
from grants.people.actors import Actor
from grants.people.queries import hash_token


def get_own_partner(who: Actor, slug: str, row: str) -> tuple[Application, Row] | None:
    """One partner of an own draft by its lasting id."""
    application = get_own_draft(who, slug)
    if application is None:
        return None
    typed = typed_of(application)
    rows = typed.rows(Fact.PARTNERS) if partners_block(typed) is not None else ()
    found = next((each for each in rows if each["id"] == row), None)
    return (application, found) if found is not None else None


def get_statement_by_token(token: str, *, is_signing: bool) -> PartnerStatement | None:
    """The statement of a link with its draft, its municipality entered; held while one signs."""
    with tenancy.across("statements by their link"):
        statement = (
            select(PartnerStatement)
            .where(PartnerStatement.token_hash == hash_token(token))
            .options(
                joinedload(PartnerStatement.document),
                joinedload(PartnerStatement.application).options(*DRAFT),  # type: ignore[arg-type]  # loads all
            )
        )
        if is_signing:
            statement = statement.with_for_update(of=PartnerStatement)
        found = db.session.execute(statement).scalar()
    if found is not None:
        entering.enter(found.application.call.municipality)
    return found


def get_statement(statement_id: int) -> PartnerStatement:
    """A statement with its application, for the worker."""
    statement = (
        select(PartnerStatement)
        .where(PartnerStatement.id == statement_id)
        .options(joinedload(PartnerStatement.application).joinedload(Application.call))
    )
    return db.session.execute(statement).scalar_one()


def get_case_statement(
    who: Actor, municipality: str, slug: str, sha256: str
) -> PartnerStatement | None:
    """A signed statement of a case by the hash of what was signed, its municipality entered."""
    application = get_case(who, municipality, slug)
    if application is None:
        return None
    found = [
        each
        for each in list_statements(application)
        if each.sha256 == sha256 and each.signed_at is not None
    ]
    return found[-1] if found else None
