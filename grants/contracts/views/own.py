"""The organisation's pages of its contract."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from grants.contracts.access import may_revise_own, may_see_own
from grants.contracts.forms import STATUS_LABELS
from grants.contracts.life import life_of
from grants.contracts.models import Contract
from grants.contracts.queries import get_own_award, get_own_contract
from grants.contracts.views.shared import blueprint, revision_page, send
from grants.decisions.models import Decision
from grants.web.gate import allow


@blueprint.get("/my/contracts/<slug>")
@allow(may_see_own, on=get_own_contract, seen_by=may_see_own)
def mine(contract: Contract) -> ResponseReturnValue:
    """The organisation reads its contract and what it has to do next."""
    return render_template(
        "contracts/mine.html", contract=contract, stages=life_of(contract), labels=STATUS_LABELS
    )


@blueprint.get("/my/contracts/<slug>/pdf")
@allow(may_see_own, on=get_own_contract, seen_by=may_see_own)
def my_pdf(contract: Contract) -> ResponseReturnValue:
    """The contract as the municipality signed it."""
    return send(contract.act.document)


@blueprint.get("/my/contracts/<slug>/scan")
@allow(may_see_own, on=get_own_contract, seen_by=may_see_own)
def my_scan(contract: Contract) -> ResponseReturnValue:
    """The contract with both signatures."""
    return send(contract.act.scan)


@blueprint.route("/my/awards/<slug>/budget", methods=["GET", "POST"])
@allow(may_revise_own, on=get_own_award, seen_by=may_revise_own)
def my_budget(decision: Decision) -> ResponseReturnValue:
    """The organisation enters the budget of an award below what it asked for."""
    to = url_for("contracts.my_budget", slug=decision.slug)
    return revision_page(decision, template="contracts/my_budget.html", to=to)
