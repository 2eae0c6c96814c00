"""The record of the committee: read by its members, remarked on, confirmed one by one."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.ranking.access import may_confirm_record, may_see_own_record, may_write_remarks
from grants.ranking.bench import Bench
from grants.ranking.forms import WordForm
from grants.ranking.models import Ranking
from grants.ranking.places import refused_by
from grants.ranking.queries import (
    get_chaired,
    get_chaired_overview,
    latest_ranking,
    list_own_conflicts,
)
from grants.ranking.record_parts import PARTS, covered_remarks, part_titles, text_sha256
from grants.ranking.records import (
    Opinion,
    confirm_record,
    list_words,
    read_record,
    write_remarks,
)
from grants.ranking.views.blueprint import blueprint
from grants.web.forms import StepForm
from grants.web.gate import actor, allow

OF_RECORD = "/committee/<slug>/record"


@blueprint.get(OF_RECORD)
@allow(may_see_own_record, on=get_chaired_overview, seen_by=may_see_own_record)
def own_record(bench: Bench) -> ResponseReturnValue:
    """The record as it would be issued now, as far as the member may know what it tells."""
    return _page(bench)


@blueprint.post(OF_RECORD)
@allow(may_confirm_record, on=get_chaired, seen_by=may_see_own_record)
def confirm(bench: Bench) -> ResponseReturnValue:
    """One member's word."""
    form = WordForm()
    if not form.validate_on_submit():
        return _page(bench, word=form), 422
    opinion = Opinion(
        form.says.data == "agreed", form.remark.data or "", request.form.get("text", "")
    )
    try:
        ranking = latest_ranking(bench.call)
        confirm_record(bench, ranking, opinion, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(bench, word=form, refused=refused_by(bench, refusal)), 422
    flash(_("Vaše izjašnjenje je zapisano i ulazi u zapisnik."), "success")
    return redirect(_address(bench))


@blueprint.post(f"{OF_RECORD}/remarks")
@allow(may_write_remarks, on=get_chaired, seen_by=may_see_own_record)
def remark(bench: Bench) -> ResponseReturnValue:
    """What the committee adds to the parts in its own words."""
    if not StepForm().validate_on_submit():
        abort(400)
    typed = {part: request.form.get(f"remark-{part}", "") for part in PARTS}
    ranking = latest_ranking(bench.call)
    try:
        write_remarks(ranking, _with_covered(bench, ranking, typed))
    except DomainError as refusal:
        return _page(bench, typed=typed, refused=refused_by(bench, refusal)), 422
    flash(_("Primjedbe su sačuvane. Ko je već pročitao zapisnik, čita ga ponovo."), "success")
    return redirect(_address(bench))


def _with_covered(bench: Bench, ranking: Ranking | None, typed: dict[str, str]) -> dict[str, str]:
    """What was typed, with the remarks that whoever types them was not shown left standing."""
    hidden = list_own_conflicts(bench.member)
    if ranking is None or not hidden:
        return typed
    covered = covered_remarks(ranking, hidden)
    return {
        part: "\n".join(each for each in (covered.get(part, ""), text) if each)
        for part, text in typed.items()
    }


def _page(bench: Bench, **given: Any) -> str:
    ranking, committee = latest_ranking(bench.call), bench.committee
    if ranking is None or committee is None:
        abort(404)
    whole = read_record(bench.call, committee, ranking)
    sha256 = text_sha256(whole)
    words = list_words(committee, ranking, sha256)
    hidden = list_own_conflicts(bench.member)
    shown = read_record(bench.call, committee, ranking, hidden=hidden) if hidden else whole
    return render_template(
        "ranking/own_record.html",
        bench=bench,
        call=bench.call,
        ranking=ranking,
        facts=shown | {"titles": part_titles()},
        has_hidden=bool(hidden),
        sha256=sha256,
        words=words,
        own=next((each for each in words if each.member.id == _own(bench)), None),
        parts=PARTS,
        typed=given.get("typed") or shown["remarks"],
        may_remark=may_write_remarks(actor(), bench) and ranking.record_act_id is None,
        may_confirm=may_confirm_record(actor(), bench) and ranking.record_act_id is None,
        word=given.get("word") or WordForm(formdata=None),
        refused=given.get("refused", []),
    )


def _own(bench: Bench) -> int | None:
    return bench.member.id if bench.member else None


def _address(bench: Bench) -> str:
    assert bench.member is not None  # noqa: S101  the gate let only members in
    return url_for("ranking.own_record", slug=bench.member.committee.slug)
