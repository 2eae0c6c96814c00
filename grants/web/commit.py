"""One moment and one transaction per request: reads cannot write, a success commits."""

from contextlib import ExitStack

from flask import Flask, Response, g, make_response, request
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from grants import clock, tenancy
from grants.db import db, release, transactions, unit_of_work
from grants.i18n.languages import one_language
from grants.web.errors import conflict_page
from grants.web.gate import is_reading

# What views may use of the database: slow work and what must survive a refusal.
__all__ = ["install", "release", "unit_of_work"]

CONFLICTS = (IntegrityError, StaleDataError, OperationalError)


def install(app: Flask) -> None:
    """Wrap every request of an application."""
    app.before_request(_begin)
    app.after_request(_commit)
    app.teardown_request(_end)


def _begin() -> None:
    tenancy.leave()
    stack = ExitStack()
    stack.enter_context(clock.held_at())
    stack.enter_context(one_language())
    stack.enter_context(transactions(writing=not is_reading()))
    g.request_stack = stack
    if not is_reading():
        # Spool the whole body before the first statement: a slow upload holds no lock.
        request.form  # noqa: B018  reading it parses it


def _commit(response: Response) -> Response:
    if is_reading() or response.status_code >= 400:
        db.session.rollback()
        return response
    try:
        db.session.commit()
    except CONFLICTS as fault:
        db.session.rollback()
        return make_response(conflict_page(fault))
    return response


def _end(_fault: BaseException | None) -> None:
    tenancy.leave()
    stack: ExitStack | None = g.pop("request_stack", None)
    if stack is not None:
        stack.close()
