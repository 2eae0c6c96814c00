"""The record of the committee: read by its members, remarked on, confirmed one by one."""

from collections.abc import Mapping, Sequence
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
from grants.ranking.record_parts import PARTS, covered_remarks, part_titles
from grants.ranking.records import (
    Opinion,
    Word,
    compose_record,
    confirm_record,
    find_record,
    list_words,
    read_record,
    write_remarks,
)
from grants.ranking.views.blueprint import blueprint
from grants.web.forms import StepForm
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_of

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
        write_remarks(bench, ranking, _with_covered(bench, ranking, typed), at=clock.now())
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
    hidden = list_own_conflicts(bench.member)
    # Whoever was refused reads what holds at this moment; whoever has a conflict may not even learn
    # from the statements whether it is kept.
    find = compose_record if given or hidden else find_record
    whole = find(bench.call, committee, ranking)
    words = list_words(committee, ranking, whole.sha256)
    shown = read_record(bench.call, committee, ranking, hidden=hidden) if hidden else whole.facts
    page, lots = _page_of_lots(shown["lots"])
    own = next((each for each in words if each.member.id == _own(bench)), None)
    return render_template(
        "ranking/own_record.html",
        bench=bench,
        call=bench.call,
        ranking=ranking,
        facts={**shown, "lots": lots, "titles": part_titles()},
        results=page,
        has_hidden=bool(hidden),
        sha256=whole.sha256,
        words=words,
        own=own,
        has_opinions=any(each.said and each.said.remark for each in words),
        parts=PARTS,
        typed=given.get("typed") or shown["remarks"],
        may_remark=may_write_remarks(actor(), bench) and ranking.record_act_id is None,
        may_confirm=may_confirm_record(actor(), bench) and ranking.record_act_id is None,
        word=given.get("word") or _form_of(own),
        refused=given.get("refused", []),
    )


def _page_of_lots(lots: Sequence[Mapping[str, Any]]) -> tuple[Page[Any], list[dict[str, Any]]]:
    """The page of the results asked for, and the lots with what of them stands on it."""
    every = [row for lot in lots for row in lot["rows"]]
    page = page_of(every, endpoint="ranking.own_record")
    start, end = (page.number - 1) * page.per_page, page.number * page.per_page
    found, first = [], 0
    for lot in lots:
        after = first + len(lot["rows"])
        rows = lot["rows"][max(0, start - first) : max(0, end - first)]
        # A lot without applications stands where its rows would.
        is_here = start <= first < end or (first == page.total and page.number == page.last)
        if rows or (first == after and is_here):
            found.append({**lot, "rows": rows, "goes_on": after > end})
        first = after
    return page, found


def _form_of(own: Word | None) -> WordForm:
    """What the member said last, to be confirmed or changed; nothing where nothing was said."""
    if own is None or own.said is None:
        return WordForm(formdata=None)
    says = "agreed" if own.said.is_agreed else "apart"
    return WordForm(formdata=None, says=says, remark=own.said.remark)


def _own(bench: Bench) -> int | None:
    return bench.member.id if bench.member else None


def _address(bench: Bench) -> str:
    assert bench.member is not None  # noqa: S101  the gate let only members in
    return url_for("ranking.own_record", slug=bench.member.committee.slug)
