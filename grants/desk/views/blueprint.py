"""The blueprint of the desk, and where work begins."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from grants.desk.navigation import person_links, start_url, ways
from grants.people.access import may_person
from grants.web.chrome import use_person_links, use_ways
from grants.web.gate import actor, allow

blueprint = Blueprint("desk", __name__)
use_ways(ways)
use_person_links(person_links)


@blueprint.get("/start")
@allow(may_person)
def start() -> ResponseReturnValue:
    """To the page where this person's work begins."""
    return redirect(start_url(actor()) or "/")
