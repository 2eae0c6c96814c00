"""What everybody sees of calls: the list, the page of each, its documents."""

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock, money
from grants.calls.access import may_see_call
from grants.calls.bars import bars_of
from grants.calls.change_words import tell_changes
from grants.calls.corrected import changes_of, list_published_corrections
from grants.calls.life_line import life_line, stage_of
from grants.calls.models import Call
from grants.calls.problems import rule_in_words
from grants.calls.queries import (
    CallFile,
    facts_of,
    get_follower,
    get_public_call,
    get_public_file,
)
from grants.calls.rules.inquiries import asking_until
from grants.calls.rules.publication import lots_total
from grants.calls.rules.states import CallStatus, Stage
from grants.documents.downloads import hand_out
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.languages import gettext as _
from grants.people.access import may_anyone
from grants.people.actors import Actor
from grants.register.forms import FilterForm
from grants.register.queries import list_calling_municipalities, list_public_calls, look_beside
from grants.register.tags import StageTag, stage_tag
from grants.web.forms import options
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number

blueprint = Blueprint("register", __name__)
PER_PAGE = 20
# From here on there is a list that everybody may read.
WITH_RESULTS = frozenset(
    (
        CallStatus.OBJECTIONS,
        CallStatus.DECIDED,
        CallStatus.IMPLEMENTATION,
        CallStatus.ARCHIVED,
    )
)


def may_see_file(who: Actor, subject: CallFile) -> bool:
    """A file is as public as its call."""
    return may_see_call(who, subject.call)


@blueprint.get("/")
@allow(may_anyone)
def index() -> ResponseReturnValue:
    """The calls of all municipalities, those open now first."""
    form, at = FilterForm(request.args), clock.now()
    towns = list_calling_municipalities()
    form.municipality.choices = options(
        {"": _("sve"), **{town.slug: town.full_name for town in towns}}
    )
    number = page_number()
    rows, total = list_public_calls(
        form.wanted(), at=at, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )
    return render_template(
        "register/index.html",
        form=form,
        page=Page(rows, number, total, PER_PAGE),
        tags={row.Call.id: _tag(row.Call) for row in rows},
        text_tags={code: language.tag for code, language in BY_CODE.items()},
    )


@blueprint.get("/calls/<slug>")
@allow(may_see_call, on=get_public_call, seen_by=may_see_call, is_public=True)
def call(call: Call) -> ResponseReturnValue:
    """The page of a call, wherever it stands."""
    at, facts, who = clock.now(), facts_of(call), actor()
    standing = stage_of(call, at=at)
    return render_template(
        "register/call.html",
        call=call,
        facts=facts,
        total=lots_total(facts),
        stages=life_line(call, at=at),
        stage=standing,
        tag=stage_tag(standing),
        amounts=_range(call.grant_min, call.grant_max),
        bars=bars_of(facts.grid),
        endings={each.id: _ending(each.document.name) for each in call.documents},
        rules=[rule_in_words(rule) for rule in facts.budget_rules],
        text_tag=BY_CODE.get(call.language, SOURCE).tag,
        may_start=standing is Stage.APPLICATIONS and _has("applications.start"),
        beside=look_beside(call),
        questions_until=asking_until(call.questions_until, call.deadline),
        is_following=who.is_signed_in and get_follower(call, who.id) is not None,
        **_corrections(call),
        has_results=call.status in WITH_RESULTS and _has("register.results"),
    )


@blueprint.get("/calls/<slug>/documents/<document>")
@allow(may_see_file, on=get_public_file, seen_by=may_see_file, is_public=True)
def call_document(subject: CallFile) -> ResponseReturnValue:
    """A document of a call."""
    found = subject.file.document
    return hand_out(found)


def _corrections(call: Call) -> dict[str, Any]:
    """The numbered corrections with what each changed, and the deadline as first published."""
    found = list_published_corrections(call)
    changes = {each.id: changes_of(each) for each in found}
    moved = [
        datetime.fromisoformat(change.before)
        for each in found
        for change in changes[each.id]
        if change.part == "deadline" and change.before
    ]
    return {
        "corrections": found,
        "told": {each.id: tell_changes(changes[each.id]) for each in found},
        "old_deadlines": moved,
    }


def _tag(call: Call) -> StageTag:
    return stage_tag(stage_of(call, at=clock.now()))


def _range(least: int, most: int) -> str:
    """`10.000 – 35.000 KM`; whole amounts without their zeros."""
    shown = [money.form(amount).removesuffix(",00") for amount in (least, most)]
    words = shown[1] if least in (0, most) else " – ".join(shown)
    return _("%(amount)s\u00a0KM", amount=words)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].upper()


def _has(endpoint: str) -> bool:
    """Whether a later slice has brought the page."""
    return endpoint in current_app.view_functions
