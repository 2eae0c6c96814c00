"""The pages of the editor: a part with its steps, and the check before each decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from wtforms import FieldList

from grants import clock
from grants.calls.access import may_approve_call, may_edit_call
from grants.calls.bars import bars_of
from grants.calls.building import builder_facts
from grants.calls.forms.conditions import ConditionsForm
from grants.calls.forms.documents import DocumentsForm
from grants.calls.forms.grid import GridForm
from grants.calls.forms.opening import FileForm, ReasonForm
from grants.calls.forms.parts import (
    AmountsForm,
    BudgetForm,
    DatesForm,
    FundingForm,
    LotsForm,
    PartForm,
    TextsForm,
)
from grants.calls.forms.scoring import ScoringForm
from grants.calls.models import Call
from grants.calls.problems import rule_in_words
from grants.calls.queries import CallPart, criteria_of, facts_of, form_of, grid_of
from grants.calls.rules.publication import (
    PARTS,
    CallFacts,
    funding_total,
    lots_total,
    missing_for_publication,
    too_late_to_publish,
)
from grants.calls.rules.states import CallStatus
from grants.errors import Problem
from grants.i18n.languages import lazy_gettext as _l
from grants.web.errors import sentence
from grants.web.gate import actor

PART_FORMS: dict[str, type[PartForm]] = {
    "texts": TextsForm,
    "lots": LotsForm,
    "funding": FundingForm,
    "amounts": AmountsForm,
    "documents": DocumentsForm,
    "conditions": ConditionsForm,
    "budget": BudgetForm,
    "grid": GridForm,
    "scoring": ScoringForm,
    "dates": DatesForm,
}
LABELS = {
    "texts": _l("Tekst poziva"),
    "lots": _l("Oblasti"),
    "funding": _l("Finansiranje"),
    "amounts": _l("Iznosi i granice"),
    "documents": _l("Dokumenti organizacija"),
    "conditions": _l("Uslovi za prijavu"),
    "budget": _l("Pravila budžeta"),
    "grid": _l("Pitanja za ocjenjivanje"),
    "scoring": _l("Bodovanje i dodjela"),
    "dates": _l("Datumi"),
    "files": _l("Dokumenti poziva"),
    "form": _l("Obrazac prijave"),
    "check": _l("Provjera i objava"),
}


@dataclass(frozen=True)
class Step:
    """One entry of the list of parts."""

    label: str
    url: str
    state: str


def next_part(part: str) -> str:
    """The part after this one; the last one stays."""
    return PARTS[min(PARTS.index(part) + 1, len(PARTS) - 1)]


def form_for(subject: CallPart, *, form: Any = None) -> Any:
    """The form of a part, filled from the call or from what was sent; None where it has none.

    A form handed in gets its choices anew: its rows have changed.
    """
    kind = PART_FORMS.get(subject.part)
    if kind is None:
        return FileForm() if subject.part == "files" and form is None else form
    call = subject.call
    made = form if form is not None else kind(data=kind.facts(call))
    if isinstance(made, GridForm):
        made.offer(form_of(call))
    if isinstance(made, ScoringForm):
        made.offer(grid_of(call))
    return made


def part_page(
    subject: CallPart,
    form: Any,
    *,
    problems: Sequence[Problem] = (),
    renamed: Any = None,
) -> str:
    """A part with its fields, what it still misses, and the way to the other parts."""
    call = subject.call
    if subject.part == "check":
        return check_page(call)
    more = {"renamed": renamed, **_more(call, subject.part, form, facts_of(call))}
    return editor_page(
        f"calls/{subject.part}.html", call, part=subject.part, form=form, problems=problems, **more
    )


def editor_page(
    template: str,
    call: Call,
    *,
    part: str,
    form: Any,
    problems: Sequence[Problem] = (),
    **more: Any,
) -> str:
    """A page within a part of the editor: the steps, what was refused, what is missing there."""
    missing = missing_for_publication(facts_of(call))
    _give_first_rows(form, locked=is_locked(call))
    return render_template(
        template,
        call=call,
        part=part,
        label=LABELS[part],
        steps=_steps(call, part, missing),
        form=form,
        version=call.version if problems else request.form.get("version", call.version),
        refused=problems,
        missing=[problem for problem in missing if problem.place == part],
        locked=is_locked(call),
        **more,
    )


def check_page(
    call: Call, *, problems: Sequence[Problem] | None = None, reason: ReasonForm | None = None
) -> str:
    """Everything missing with its links, the call at a glance, and who decides what next."""
    who, facts = actor(), facts_of(call)
    missing = missing_for_publication(facts)
    now_missing = [*missing, *too_late_to_publish(call.deadline, clock.now())]
    is_draft = call.status is CallStatus.DRAFT
    return render_template(
        "calls/check.html",
        call=call,
        part="check",
        label=LABELS["check"],
        steps=_steps(call, "check", missing),
        missing=[
            (sentence(each), _url(call, each.place))
            for each in (problems if problems is not None else now_missing)
        ],
        facts=facts,
        total=lots_total(facts),
        rules=[rule_in_words(rule) for rule in facts.budget_rules],
        criteria=criteria_of(call) if call.opens_at and call.deadline else None,
        reason=reason or ReasonForm(),
        may_send=is_draft and call.sent_at is None and may_edit_call(who, call),
        may_approve=is_draft and call.sent_at is not None and may_approve_call(who, call),
        may_publish=call.status is CallStatus.APPROVED and may_edit_call(who, call),
        may_return=_waits(call) and may_approve_call(who, call),
    )


def _waits(call: Call) -> bool:
    is_sent = call.status is CallStatus.DRAFT and call.sent_at is not None
    return is_sent or call.status is CallStatus.APPROVED


def is_locked(call: Call) -> bool:
    """Whether whoever asks may not change the call now."""
    is_free = call.status is CallStatus.DRAFT and call.sent_at is None
    return not is_free or not may_edit_call(actor(), call)


def _give_first_rows(form: Any, *, locked: bool) -> None:
    """An empty list shows one empty row to begin with."""
    if locked or form is None or form.errors:
        return
    for field in form:
        if isinstance(field, FieldList) and not field.entries:
            field.append_entry()


def _steps(call: Call, current: str, missing: Sequence[Problem]) -> list[Step]:
    waiting = {problem.place for problem in missing}
    return [
        Step(str(LABELS[each]), _url(call, each), _state(each, current, waiting)) for each in PARTS
    ]


def _state(part: str, current: str, waiting: set[str]) -> str:
    if part == current:
        return "on"
    if part in waiting:
        return "warn"
    return "" if part == "check" else "ok"


def _more(call: Call, part: str, form: Any, facts: CallFacts) -> dict[str, Any]:
    match part:
        case "grid":
            grid = form.as_grid()
            return {"grid": grid, "bars": bars_of(grid)}
        case "lots" | "funding":
            return {"lots_amount": lots_total(facts), "funding_amount": funding_total(facts)}
        case "budget":
            return {"rules": [rule_in_words(rule) for rule in facts.budget_rules]}
        case "form":
            return builder_facts(call)
        case _:
            return {}


def _url(call: Call, part: str) -> str:
    return url_for("calls.edit", municipality=call.municipality.slug, slug=call.slug, part=part)
