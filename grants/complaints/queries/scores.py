"""What an applicant may see of the own case: the sheets without names, and the whole own file."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from grants.acts.models import Act
from grants.acts.rules import RECORDS
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.complaints.models import Inspection
from grants.db import db
from grants.documents.vault import settings
from grants.eligibility.models import Check, EligibilityOutcome
from grants.evaluation.models import Sheet
from grants.evaluation.queries.seeing import conflicts
from grants.ranking.models import Ranking

_S = ApplicationStatus
# From here on the check is no draft of the office any more.
CHECKED = (_S.ELIGIBLE, _S.DISMISSED, _S.RANKED, _S.DECIDED, _S.CONTRACTED)


@dataclass(frozen=True)
class ShownSheet:
    """A signed sheet as its applicant may see it: everything but whose it is.

    `number` counts in an order that is another for each application; None for the sheet the
    committee agreed upon.
    """

    number: int | None
    scores: Mapping[str, str]
    comments: Mapping[str, str]
    set_aside_at: datetime | None

    @property
    def is_set_aside(self) -> bool:
        """Whether it counts no more."""
        return self.set_aside_at is not None

    def is_scored_anew(self, listed: Ranking) -> bool:
        """Whether others score in its place, and the list that will rest on it is to come."""
        return self.set_aside_at is not None and self.set_aside_at > listed.closed_at


@dataclass(frozen=True)
class OwnFile:
    """What the own file holds; deliberations, notes and drafts are no part of it."""

    checks: Sequence[Check]
    outcome: EligibilityOutcome | None
    acts: Sequence[Act]


def list_shown_sheets(application: Application, listed: Ranking) -> list[ShownSheet]:
    """The signed sheets of an application, those that count first; none of a recused member.

    None that was signed after the list (the newest published one) was made: what others give
    after an upheld objection is told with the list that rests on it, and not sheet by sheet.
    """
    statement = select(Sheet).where(
        Sheet.application_id == application.id,
        Sheet.signed_at <= listed.closed_at,
        Sheet.is_recused.is_(False),
        ~conflicts(Sheet.member_id, application.id),
    )
    sheets = db.session.execute(statement).scalars().all()
    own = sorted((each for each in sheets if not each.is_consensus), key=_place)
    shown = [_shown(sheet, number) for number, sheet in enumerate(own, start=1)]
    agreed = [_shown(sheet, None) for sheet in sheets if sheet.is_consensus]
    return sorted([*agreed, *shown], key=lambda each: each.is_set_aside)


def _place(sheet: Sheet) -> str:
    """Where a sheet stands among those of its application: nothing outside tells the order."""
    key = settings().secret_key.encode()
    return hmac.new(key, f"{sheet.application_id}/{sheet.member_id}".encode(), "sha256").hexdigest()


def _shown(sheet: Sheet, number: int | None) -> ShownSheet:
    return ShownSheet(
        number=number,
        scores={code: str(given) for code, given in sheet.scores.items()},
        comments={code: str(text) for code, text in sheet.comments.items()},
        set_aside_at=sheet.set_aside_at,
    )


def exact_sections(sections: Mapping[str, str]) -> dict[str, Fraction]:
    """The exact points of a ranked row by section."""
    return {code: Fraction(text) for code, text in sections.items()}


def read_own_file(application: Application) -> OwnFile:
    """The check once it has its outcome, and every act that was issued about the case."""
    checks: Sequence[Check] = []
    outcome = None
    if application.status in CHECKED:
        of_case = select(Check).where(Check.application_id == application.id)
        checks = db.session.execute(of_case.order_by(Check.id)).scalars().all()
        kept = select(EligibilityOutcome).where(EligibilityOutcome.application_id == application.id)
        outcome = db.session.execute(kept).scalar()
    acts = (
        select(Act)
        .where(
            Act.subject_kind == "Application",
            Act.subject_id == application.id,
            Act.issued_at.is_not(None),
            Act.kind.not_in(RECORDS),
        )
        .options(joinedload(Act.document))
        .order_by(Act.issued_at, Act.id)
    )
    return OwnFile(checks, outcome, db.session.execute(acts).scalars().all())


def get_last_inspection(application: Application, person_id: int | None) -> datetime | None:
    """When a person last opened the file of an application."""
    statement = (
        select(Inspection.inspected_at)
        .where(
            Inspection.application_id == application.id,
            Inspection.inspected_by_id == person_id,
        )
        .order_by(Inspection.inspected_at.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()
