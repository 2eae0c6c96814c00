"""Finding calls, and reading what a call asks for out of its row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants import tenancy
from grants.calls.models import Call, CallDocument, Follower, FormVersion, Lot
from grants.calls.rules.criteria import Criteria
from grants.calls.rules.criteria_json import (
    budget_rules_from_json,
    cofinancing_from_json,
    required_documents_from_json,
)
from grants.calls.rules.form import Form, Question, Section
from grants.calls.rules.form_json import read_form
from grants.calls.rules.grid import Grid
from grants.calls.rules.grid_json import grid_from_json
from grants.calls.rules.numbers import exact
from grants.calls.rules.publication import PARTS, CallFacts, FundingFacts, LotFacts
from grants.calls.rules.quiz import conditions_from_json
from grants.calls.rules.schedule import read_planned
from grants.calls.rules.states import Origin
from grants.db import db
from grants.municipalities import entering
from grants.municipalities.models import Municipality
from grants.people.actors import Actor
from grants.people.models import User


@dataclass(frozen=True)
class CallPart:
    """One part of a call that somebody looks at or edits."""

    call: Call
    part: str

    @property
    def municipality_id(self) -> int:
        """Whose call it is."""
        return self.call.municipality_id


@dataclass(frozen=True)
class CallFile:
    """One file of a call."""

    call: Call
    file: CallDocument

    @property
    def municipality_id(self) -> int:
        """Whose call it is."""
        return self.call.municipality_id


@dataclass(frozen=True)
class FormPlace:
    """A section or a question of the form of a call that somebody edits."""

    call: Call
    form: Form
    section: Section
    question: Question | None = None

    @property
    def municipality_id(self) -> int:
        """Whose call it is."""
        return self.call.municipality_id


_WHOLE = (
    joinedload(Call.municipality),
    joinedload(Call.programme),
    selectinload(Call.lots),
    selectinload(Call.funding),
    selectinload(Call.documents).joinedload(CallDocument.document),
)


def get_call(slug: str) -> Call | None:
    """The call of an address within the scope, with its lots, funding and documents."""
    return db.session.execute(select(Call).where(Call.slug == slug).options(*_WHOLE)).scalar()


def get_call_by_id(call_id: int) -> Call | None:
    """The call of a row within the scope, with its lots, funding and documents."""
    return db.session.execute(select(Call).where(Call.id == call_id).options(*_WHOLE)).scalar()


def get_municipality_to_work_in(_who: Actor, municipality: str) -> Municipality | None:
    """The municipality of `/m/<municipality>/calls/new`, entered."""
    return entering.enter_by_slug(municipality)


def get_call_to_work_on(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>`, its municipality entered."""
    return get_call(slug) if entering.enter_by_slug(municipality) else None


def get_part_to_work_on(
    who: Actor, municipality: str, slug: str, part: str = PARTS[0]
) -> CallPart | None:
    """The part of `/m/<municipality>/calls/<slug>/edit/<part>`."""
    call = get_call_to_work_on(who, municipality, slug) if part in PARTS else None
    return CallPart(call, part) if call is not None else None


def get_section_to_work_on(
    who: Actor, municipality: str, slug: str, section: str
) -> FormPlace | None:
    """The section of the form that somebody edits."""
    call = get_call_to_work_on(who, municipality, slug)
    form = form_of(call) if call else None
    found = form.section(section) if form else None
    return FormPlace(call, form, found) if call and form and found else None


def get_question_to_work_on(
    who: Actor, municipality: str, slug: str, question: str
) -> FormPlace | None:
    """The question of the form that somebody edits."""
    call = get_call_to_work_on(who, municipality, slug)
    form = form_of(call) if call else None
    asked, section = (form.question(question), form.section_of(question)) if form else (None, None)
    if call is None or form is None or section is None:
        return None
    return FormPlace(call, form, section, asked)


def list_forms_to_copy(call: Call) -> list[tuple[str, str, str]]:
    """Slug, reference and title of the municipality's other calls, the newest first."""
    statement = (
        select(Call.slug, Call.reference, Call.title)
        .where(Call.id != call.id, Call.origin == Origin.OWN)
        .order_by(Call.id.desc())
    )
    found = db.session.execute(statement).all()
    return [(slug, reference, title) for slug, reference, title in found]


def get_file_to_work_on(who: Actor, municipality: str, slug: str, document: str) -> CallFile | None:
    """The file of a call that somebody renames or removes."""
    return _file_of(get_call_to_work_on(who, municipality, slug), document)


def get_public_file(who: Actor, slug: str, document: str) -> CallFile | None:
    """The file of `/calls/<slug>/documents/<document>`, whatever the call's state."""
    return _file_of(get_public_call(who, slug), document)


def _file_of(call: Call | None, document: str) -> CallFile | None:
    files = call.documents if call is not None else []
    found = next((each for each in files if each.document.slug == document), None)
    return CallFile(call, found) if call is not None and found is not None else None


def get_public_call(_who: Actor, slug: str) -> Call | None:
    """The call of `/calls/<slug>`, whatever its state, its municipality entered."""
    with tenancy.across("the public face of a call"):
        call = get_call(slug)
    if call is not None:
        entering.enter(call.municipality)
    return call


def is_reference_taken(reference: str) -> bool:
    """Whether any municipality of this installation has a call of that reference."""
    with tenancy.across("references are unique per installation"):
        statement = select(Call.id).where(Call.reference == reference)
        return db.session.execute(statement).first() is not None


def is_slug_taken(slug: str) -> bool:
    """Whether any municipality of this installation has a call of that address."""
    with tenancy.across("addresses of calls are unique per installation"):
        return db.session.execute(select(Call.id).where(Call.slug == slug)).first() is not None


def get_follower(call: Call, user_id: int) -> Follower | None:
    """Whether somebody follows a call already."""
    statement = select(Follower).where(Follower.call_id == call.id, Follower.user_id == user_id)
    return db.session.execute(statement).scalar()


def list_followers(call: Call) -> Sequence[User]:
    """Who must hear of a correction, in the order in which they began to follow."""
    statement = (
        select(User)
        .join(Follower, Follower.user_id == User.id)
        .where(Follower.call_id == call.id)
        .order_by(Follower.id)
    )
    return db.session.execute(statement).scalars().all()


def grid_of(call: Call) -> Grid:
    """The evaluation grid of a call."""
    return _read_grid(json.dumps(call.grid))


def evidence_of(call: Call) -> dict[str, tuple[str, ...]]:
    """Where the answer to each question of the grid stands: keys of the form by question code."""
    return {code: tuple(keys) for code, keys in call.evidence.items()}


def form_of(call: Call) -> Form:
    """The application form of a call, empty for an imported one; FormFault where it is broken."""
    return _read_form(json.dumps(call.form)) if call.form else Form(version=0)


def form_of_version(call: Call, number: int) -> Form:
    """The form as it was published under a number; the current one where no such is kept."""
    current = form_of(call)
    if number == current.version:
        return current
    statement = select(FormVersion.form).where(
        FormVersion.call_id == call.id, FormVersion.number == number
    )
    kept = db.session.execute(statement).scalar()
    return _read_form(json.dumps(kept)) if kept else current


# Reading a form takes as long as the statements of a page, and every page of a draft reads it
# several times; what is read is frozen, so equal texts may share it.
@lru_cache(maxsize=128)
def _read_form(written: str) -> Form:
    return read_form(json.loads(written))


@lru_cache(maxsize=128)
def _read_grid(written: str) -> Grid:
    return grid_from_json(json.loads(written))


def list_form_versions(call: Call, *, after: int = 0) -> Sequence[FormVersion]:
    """The published versions of a call's form beyond a number, in order."""
    statement = (
        select(FormVersion)
        .where(FormVersion.call_id == call.id, FormVersion.number > after)
        .order_by(FormVersion.number)
    )
    return db.session.execute(statement).scalars().all()


def criteria_of(call: Call) -> Criteria:
    """What a call asks of an application; ValueError while a draft has no dates."""
    if call.opens_at is None or call.deadline is None:
        raise ValueError(f"call {call.reference} has no opening or no deadline yet")
    return Criteria(
        grant_min=call.grant_min,
        grant_max=call.grant_max,
        duration_min=call.duration_min,
        duration_max=call.duration_max,
        opens_at=call.opens_at,
        deadline=call.deadline,
        applications_per_organisation=call.applications_per_organisation,
        awards_per_organisation=call.awards_per_organisation,
        organisation_cap=call.organisation_cap,
        cofinancing=cofinancing_from_json(call.cofinancing),
        budget_rules=budget_rules_from_json(call.budget_rules),
        required_documents=required_documents_from_json(call.required_documents),
    )


def facts_of(call: Call) -> CallFacts:
    """A call as far as it is filled; its lots and funding must be loaded."""
    return CallFacts(
        texts={"title": call.title, "summary": call.summary, **call.texts},
        lots=tuple(_lot_facts(lot) for lot in call.lots),
        funding=tuple(FundingFacts(each.source, each.amount) for each in call.funding),
        programme=call.programme_name,
        economic_code=call.economic_code,
        grant_min=call.grant_min,
        grant_max=call.grant_max,
        duration_min=call.duration_min,
        duration_max=call.duration_max,
        organisation_cap=call.organisation_cap,
        cofinancing=cofinancing_from_json(call.cofinancing),
        instalments=tuple(exact(each["share"]) for each in call.instalments),
        budget_rules=budget_rules_from_json(call.budget_rules),
        required_documents=required_documents_from_json(call.required_documents),
        grid=grid_of(call),
        evidence=evidence_of(call),
        form=form_of(call),
        min_reviews=call.min_reviews,
        tie_breaks=tuple(call.tie_breaks),
        allocation=call.allocation,
        opens_at=call.opens_at,
        deadline=call.deadline,
        planned=read_planned(call.planned),
        questions_until=call.questions_until,
        conditions=conditions_from_json(call.conditions),
        objection_days=call.objection_days,
        ruling_days=call.ruling_days,
    )


def frozen_facts(call: Call) -> Mapping[str, Any]:
    """Everything of a call that freezes at publication, as plain JSON; amounts in fening."""
    return {
        "reference": call.reference,
        "programme": call.programme_name,
        "currency": call.currency,
        "lots": [[lot.code, lot.title, lot.economic_code, lot.envelope] for lot in call.lots],
        "funding": [[each.source, each.amount] for each in call.funding],
        "opens_at": call.opens_at.isoformat() if call.opens_at else None,
        "deadline": call.deadline.isoformat() if call.deadline else None,
        "questions_until": call.questions_until.isoformat() if call.questions_until else None,
        **{name: getattr(call, name) for name in FROZEN},
    }


# Columns that freeze as they are: what applicants and the committee rely on.
FROZEN = (
    "title",
    "texts",
    "grant_min",
    "grant_max",
    "duration_min",
    "duration_max",
    "applications_per_organisation",
    "awards_per_organisation",
    "organisation_cap",
    "cofinancing",
    "vat_mode",
    "grid",
    "evidence",
    "guides",
    "is_checked_twice",
    "is_blind",
    "min_reviews",
    "aggregation",
    "divergence_limit",
    "tie_breaks",
    "allocation",
    "budget_rules",
    "required_documents",
    "conditions",
    "form",
    "objection_days",
    "ruling_days",
    "instalments",
)


def _lot_facts(lot: Lot) -> LotFacts:
    return LotFacts(
        code=lot.code,
        title=lot.title,
        envelope=lot.envelope,
        economic_code=lot.economic_code,
        description=lot.description,
        provenance=lot.provenance,
    )
