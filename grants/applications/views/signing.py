"""Where a partner's representative reads a statement, signs or declines it; by link alone."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.actions.statements import (
    decline_statement,
    ensure_signable,
    sign_statement,
)
from grants.applications.forms import StatementForm
from grants.applications.models import PartnerStatement
from grants.applications.queries.statements import get_statement_by_token
from grants.applications.views.blueprint import blueprint
from grants.applications.words import shown_partner
from grants.errors import NotNow
from grants.i18n.languages import current_language
from grants.i18n.rendering import speaking
from grants.people.access import may_anyone
from grants.people.actions import ensure_may_try, note_failure
from grants.web.commit import release, unit_of_work
from grants.web.gate import allow
from grants.web.views import COOKIE


@blueprint.route("/statements/<token>", methods=["GET", "POST"])
@allow(may_anyone)
def statement(token: str) -> ResponseReturnValue:
    """Read what is to be signed, and sign it."""
    asked, at = _find(token), clock.now()
    with speaking(_language(asked)):
        try:
            ensure_signable(asked, at=at)
        except NotNow as refusal:
            return _gone(asked, refusal)
        form = StatementForm()
        if form.validate_on_submit():
            sign_statement(asked, name=form.name.data, title=form.title.data, at=at)
            return redirect(url_for("applications.statement", token=token), 303)
        page = render_template(
            "applications/statement.html",
            form=form,
            facts=asked.facts,
            partner=shown_partner(asked.facts["partner"]),
            token=token,
        )
        return page, 422 if form.errors else 200


@blueprint.post("/statements/<token>/decline")
@allow(may_anyone)
def decline(token: str) -> ResponseReturnValue:
    """Decline to sign."""
    asked = _find(token)
    with speaking(_language(asked)):
        try:
            decline_statement(asked, at=clock.now())
        except NotNow as refusal:
            return _gone(asked, refusal)
    return redirect(url_for("applications.statement", token=token), 303)


def _find(token: str) -> PartnerStatement:
    """The statement of a link; unknown ones are 404, and whoever tries many has to wait."""
    at, address = clock.now(), request.remote_addr or ""
    name = f"statement@{address}"
    ensure_may_try(name, address, at=at)
    found = get_statement_by_token(token, is_signing=request.method == "POST")
    if found is None:
        release()
        with unit_of_work("keep a try of an unknown link"):
            note_failure(name, address, at=at)
        abort(404)
    return found


def _gone(asked: PartnerStatement, refusal: NotNow) -> ResponseReturnValue:
    """The sentence why a link no longer opens; a signed one shows what was signed."""
    page = render_template(
        "applications/statement_gone.html",
        problem=refusal.problems[0],
        asked=asked,
        facts=asked.facts,
        partner=shown_partner(asked.facts["partner"]) if asked.signed_at else [],
    )
    return page, 200 if asked.signed_at and not asked.revoked_at else 410


def _language(asked: PartnerStatement) -> str:
    """The language the link was sent in, unless the visitor has chosen another."""
    return current_language().code if request.cookies.get(COOKIE) else asked.language
