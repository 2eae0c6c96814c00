"""Whether a paper is a true act of a municipality and still in force, by the code printed on it."""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock, tenancy
from grants.acts.labels import KINDS
from grants.acts.life import standing_of
from grants.acts.models import Act
from grants.acts.queries import get_act_by_code, get_correction
from grants.acts.rules import read_code
from grants.decisions.queries import get_decision_by_act, get_replacement
from grants.municipalities.entering import enter
from grants.municipalities.queries import get_municipality_by_id
from grants.people.access import may_anyone
from grants.web.gate import allow

blueprint = Blueprint("verification", __name__)


@blueprint.get("/verify")
@allow(may_anyone)
def verify_form() -> ResponseReturnValue:
    """The form for the code; a code typed leads to its own address."""
    typed = request.args.get("code", "").strip()
    if typed:
        return redirect(url_for("verification.verify", code=read_code(typed) or typed[:60]))
    return render_template("register/verify_form.html", typed="")


@blueprint.get("/verify/<code>")
@allow(may_anyone)
def verify(code: str) -> ResponseReturnValue:
    """What is known of the act of a code, or a kind page when there is none."""
    act = _find(code)
    if act is None:
        return render_template("register/verify_unknown.html", typed=code[:60]), 404
    office, today = get_municipality_by_id(act.municipality_id), clock.local_day(clock.now())
    enter(office)
    decision = get_decision_by_act(act)
    return render_template(
        "register/verify.html",
        act=act,
        office=office,
        kind=KINDS[act.kind],
        standing=standing_of(act, today=today),
        correction=get_correction(act),
        replacement=get_replacement(decision) if decision else None,
        declined_at=decision.declined_at if decision else None,
    )


def _find(code: str) -> Act | None:
    wanted = read_code(re.sub(r"\s", "", code))
    if wanted is None:
        return None
    with tenancy.across("verification"):
        return get_act_by_code(wanted)
