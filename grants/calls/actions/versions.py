"""The published versions of a call's form: the first with the call, later ones by correction."""

from datetime import datetime
from typing import Any

from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.actions.holding import hold
from grants.calls.models import Call, FormVersion
from grants.calls.queries import evidence_of, form_of, grid_of
from grants.calls.rules.form import Form
from grants.calls.rules.form_changes import changed_sections, changes_to_json, refused_changes
from grants.calls.rules.form_problems import form_problems
from grants.calls.rules.form_writing import write_form
from grants.calls.rules.publication import evidence_problems
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import Incomplete, Problem, WrongState
from grants.people.actors import Actor


def keep_first_version(call: Call, *, by: Actor, at: datetime) -> None:
    """Keep the form as it is published with its call; a call without a form keeps none."""
    if not call.form:
        return
    form = form_of(call)
    call.form = write_form(Form(1, form.sections))
    _keep(call, number=1, note="", changed=[], by=by, at=at)


def publish_form_version(
    call: Call, form: Form, *, note: str, by: Actor, at: datetime
) -> FormVersion:
    """Make a corrected form the current one, under the next number; its own number is ignored.

    `note` says in words what changed and is shown to everybody who has a draft. Nobody is told
    here: the correction that the new form belongs to does. Raises WrongState unless the call is
    published and its deadline lies ahead, Incomplete with everything that the new form may not
    change or misses.
    """
    hold(call)
    if call.status is not CallStatus.PUBLISHED or call.deadline is None or call.deadline < at:
        raise WrongState(Problem("form_not_open"))
    old = form_of(call)
    problems = correction_problems(call, form)
    if problems:
        raise Incomplete(*problems)
    changes = changed_sections(old, form)
    call.form = write_form(Form(old.version + 1, form.sections))
    kept = _keep(
        call, number=old.version + 1, note=note, changed=changes_to_json(changes), by=by, at=at
    )
    facts = {"version": kept.number, "sections": [change.key for change in changes]}
    record(Event.FORM_VERSION_PUBLISHED, call, by=by, at=at, facts=facts)
    return kept


def correction_problems(call: Call, form: Form) -> list[Problem]:
    """What keeps a form from replacing the published one; lots must be loaded.

    Only what the new form makes worse: the rest of the published call stands as it is.
    """
    old = form_of(call)
    if not changed_sections(old, form):
        return [Problem("form_same", "form")]
    known = _problems(call, old)
    worse = [problem for problem in _problems(call, form) if problem not in known]
    return [*refused_changes(old, form), *worse]


def _problems(call: Call, form: Form) -> list[Problem]:
    lots = {lot.code for lot in call.lots}
    return [
        *form_problems(form, lots=lots, asks_documents=bool(call.required_documents)),
        *evidence_problems(grid_of(call), evidence_of(call), form=form),
    ]


def _keep(
    call: Call, *, number: int, note: str, changed: list[dict[str, Any]], by: Actor, at: datetime
) -> FormVersion:
    kept = FormVersion(
        municipality_id=call.municipality_id,
        call_id=call.id,
        number=number,
        form=call.form,
        note=note,
        changed=changed,
        published_at=at,
        published_by_id=by.id,
    )
    db.session.add(kept)
    db.session.flush()
    return kept
