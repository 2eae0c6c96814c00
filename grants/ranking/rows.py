"""The rows a call's dossier is built from, read in as few statements as there are tables."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from grants.applications.models import Application, ApplicationDocument, BudgetRow, Snapshot
from grants.applications.rules.states import ApplicationStatus, Channel
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import EligibilityOutcome
from grants.evaluation.models import Committee, Conflict, Member, MemberRole, Sheet
from grants.money import to_dossier
from grants.organisations.models import Organisation
from grants.programmes.queries import list_prior_awards
from grants.ranking.models import Ranking, Reduction, Scenario, TieVote

Json = dict[str, Any]
Value = TypeVar("Value")
# A draft never came in; a withdrawn one is no longer there.
_OUT = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


@dataclass(frozen=True)
class ApplicationRow:
    """One application of a call as its dossier needs it; amounts in fening."""

    id: int
    reference: str
    organisation: Organisation
    organisation_name: str
    lot_code: str
    title: str
    requested: int
    proposed: int | None
    duration_months: int
    submitted_at: datetime
    posted_at: datetime | None
    channel: Channel
    snapshot_version: int
    eligibility: Json

    @property
    def organisation_id(self) -> int:
        """The organisation that applies."""
        return self.organisation.id


def applications(call: Call) -> list[ApplicationRow]:
    """Every application that came in and was not withdrawn, by reference."""
    statement = (
        select(Application, Reduction.amount, EligibilityOutcome)
        .outerjoin(Reduction, Reduction.application_id == Application.id)
        .outerjoin(EligibilityOutcome, EligibilityOutcome.application_id == Application.id)
        .where(
            Application.call_id == call.id,
            Application.status.not_in(_OUT),
            Application.reference.is_not(None),
        )
        .options(joinedload(Application.organisation))
        .order_by(Application.reference)
    )
    codes: Mapping[int | None, str] = {lot.id: lot.code for lot in call.lots}
    found = [
        _application(each, codes, proposed=proposed, outcome=outcome)
        for each, proposed, outcome in db.session.execute(statement)
    ]
    # Databases sort text each in their own way; the dossier sorts by code point.
    return sorted(found, key=lambda each: each.reference)


def _application(
    application: Application,
    codes: Mapping[int | None, str],
    *,
    proposed: int | None,
    outcome: EligibilityOutcome | None,
) -> ApplicationRow:
    return ApplicationRow(
        id=application.id,
        reference=str(application.reference),
        organisation=_there(application.organisation),
        organisation_name=application.organisation_name,
        lot_code=codes[application.lot_id],
        title=application.title,
        requested=application.requested,
        proposed=proposed,
        duration_months=application.duration_months,
        submitted_at=_there(application.submitted_at),
        posted_at=application.posted_at,
        channel=application.channel,
        snapshot_version=application.snapshot_version,
        eligibility=_eligibility(outcome),
    )


def _there(value: Value | None) -> Value:
    """What every application that came in has."""
    if value is None:
        raise ValueError("an application that came in lacks what its submission gives it")
    return value


def _eligibility(outcome: EligibilityOutcome | None) -> Json:
    if outcome is None or outcome.is_eligible:
        return {"outcome": "eligible"}
    return {"outcome": "dismissed"} | ({"reason": outcome.reason} if outcome.reason else {})


def frozen_organisations(found: Iterable[ApplicationRow]) -> dict[int, Json]:
    """The organisation as frozen with the newest version of each application, by its id."""
    version = {each.id: each.snapshot_version for each in found}
    statement = select(Snapshot.application_id, Snapshot.version, Snapshot.facts).where(
        Snapshot.application_id.in_(version)
    )
    return {
        application_id: json.loads(facts).get("organisation") or {}
        for application_id, number, facts in db.session.execute(statement)
        if number == version[application_id]
    }


def budgets(found: Iterable[ApplicationRow]) -> dict[int, list[Json]]:
    """The budget lines of the newest version of each application, in their order."""
    version = {each.id: each.snapshot_version for each in found}
    statement = (
        select(BudgetRow)
        .where(BudgetRow.application_id.in_(version))
        .order_by(BudgetRow.application_id, BudgetRow.position)
    )
    lines: dict[int, list[Json]] = defaultdict(list)
    for row in db.session.execute(statement).scalars():
        if row.version == version[row.application_id]:
            taken = {line["code"] for line in lines[row.application_id]}
            lines[row.application_id].append(_line(row, taken))
    return lines


def _line(row: BudgetRow, taken: set[str]) -> Json:
    # Codes are unique in a dossier's budget; two lines typed alike are told apart by their place.
    code = f"{row.code}/{row.position + 1}" if row.code in taken else row.code
    line = {
        "code": code,
        "heading": row.heading,
        "description": row.description,
        "unit": row.unit,
        "quantity": row.quantity,
        "unit_cost": to_dossier(row.unit_cost),
        "grant": to_dossier(row.grant),
        "own": to_dossier(row.own),
        "tags": row.tags,
    }
    return line | ({"activity": row.activity} if row.activity else {})


def documents(found: Iterable[ApplicationRow]) -> dict[int, list[str]]:
    """The codes of the documents that each application has now."""
    statement = select(ApplicationDocument.application_id, ApplicationDocument.code).where(
        ApplicationDocument.application_id.in_([each.id for each in found]),
        ApplicationDocument.removed_at.is_(None),
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for application_id, code in db.session.execute(statement):
        codes[application_id].append(code)
    return codes


def committee(call: Call) -> list[Json]:
    """The members who score, in their order; the secretary has no vote."""
    statement = (
        select(Member.key, Member.name, Member.role)
        .join(Committee, Committee.id == Member.committee_id)
        .where(Committee.call_id == call.id, Member.role != MemberRole.SECRETARY)
        .order_by(Member.position, Member.id)
    )
    return [
        {"key": key, "name": name, "role": role.value}
        for key, name, role in db.session.execute(statement)
    ]


def reviews(call: Call) -> list[Json]:
    """Every sheet, and every conflict without one, by application and member."""
    conflicts = _conflicts(call)
    statement = (
        select(Application.reference, Member.key, Sheet)
        .join(Sheet, Sheet.application_id == Application.id)
        .join(Member, Member.id == Sheet.member_id)
        .where(
            Application.call_id == call.id,
            Application.status.not_in(_OUT),
            Sheet.set_aside_at.is_(None),
        )
    )
    recused = set(conflicts)
    written = []
    for reference, key, sheet in db.session.execute(statement):
        is_conflict = sheet.is_recused or (reference, key) in recused
        conflicts.discard((str(reference), key))
        written.append(_review(str(reference), key, sheet, is_conflict=is_conflict))
    written += [_recusal(reference, key) for reference, key in conflicts]
    return sorted(written, key=_place)


def _conflicts(call: Call) -> set[tuple[str, str]]:
    statement = (
        select(Application.reference, Member.key)
        .join(Conflict, Conflict.application_id == Application.id)
        .join(Member, Member.id == Conflict.member_id)
        .where(
            Application.call_id == call.id,
            Application.status.not_in(_OUT),
            Application.reference.is_not(None),
        )
    )
    return {(str(reference), key) for reference, key in db.session.execute(statement)}


def _review(reference: str, key: str, sheet: Sheet, *, is_conflict: bool) -> Json:
    written = {
        "application": reference,
        "evaluator": key,
        "signed": sheet.signed_at is not None,
        "conflict": is_conflict,
        "scores": {code: given for code, given in sheet.scores.items() if given != ""},
        "comments": {code: text for code, text in sheet.comments.items() if text},
    }
    return written | ({"consensus": True} if sheet.is_consensus else {})


def _recusal(reference: str, key: str) -> Json:
    return {
        "application": reference,
        "evaluator": key,
        "signed": False,
        "conflict": True,
        "scores": {},
        "comments": {},
    }


def _place(review: Json) -> tuple[str, bool, str]:
    return review["application"], review.get("consensus") is True, review["evaluator"]


def reduced_amounts(call: Call) -> dict[str, int]:
    """What the committee proposes instead of what was requested, in fening by reference."""
    statement = (
        select(Application.reference, Reduction.amount)
        .join(Reduction, Reduction.application_id == Application.id)
        .where(Application.call_id == call.id)
    )
    return {str(reference): amount for reference, amount in db.session.execute(statement)}


def tie_votes(call: Call) -> list[str] | None:
    """The order the committee voted for, None where it did not vote."""
    statement = select(TieVote.references).where(TieVote.call_id == call.id)
    found: Sequence[str] | None = db.session.execute(statement).scalar()
    return None if found is None else list(found)


def chosen_envelopes(call: Call) -> dict[str, int]:
    """The lots between which money was moved, in fening by code; see ranking.scenarios."""
    statement = select(Scenario.changes).where(
        Scenario.call_id == call.id, Scenario.chosen_at.is_not(None)
    )
    chosen: Json | None = db.session.execute(statement).scalar()
    return dict(chosen.get("envelopes", {})) if chosen else {}


def prior_awards(call: Call, organisation_ids: Iterable[int]) -> dict[int, int]:
    """What each organisation had been awarded under the programme before this call's ranking.

    In fening, over all municipalities. Once a ranking is closed, awards entered after it (this
    call's own among them) are not prior to it.
    """
    until = None
    if call.status is not CallStatus.SCORING:
        closed = select(func.max(Ranking.closed_at)).where(Ranking.call_id == call.id)
        until = db.session.execute(closed).scalar()
    return list_prior_awards(call.programme_id, organisation_ids, until=until)
