"""Reading corrections of calls: the public ones, the one in work, and what may be corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from grants.calls.models import Call, CallDocument, Correction
from grants.calls.rules.corrections import FILE, FORM, KEPT_HASH, LONG_TEXTS, Change
from grants.calls.rules.schedule import PLANNED
from grants.calls.rules.states import CorrectionStatus
from grants.db import db
from grants.documents.models import Document
from grants.municipalities import entering
from grants.people.actors import Actor

_OPEN = (CorrectionStatus.DRAFT, CorrectionStatus.SENT)


@dataclass(frozen=True)
class SentCorrection:
    """A correction that waits for the signatory."""

    slug: str
    call_slug: str
    title: str


@dataclass(frozen=True)
class CorrectedFile:
    """A file of a correction that is not public yet."""

    correction: Correction
    document: Document

    @property
    def municipality_id(self) -> int:
        """Whose call it is."""
        return self.correction.municipality_id


def list_published_corrections(call: Call) -> Sequence[Correction]:
    """The numbered corrections of a call, the latest first."""
    statement = (
        select(Correction)
        .where(Correction.call_id == call.id, Correction.status == CorrectionStatus.PUBLISHED)
        .order_by(Correction.number.desc())
    )
    return db.session.execute(statement).scalars().all()


def list_corrections_since(call: Call, moment: datetime) -> Sequence[Correction]:
    """What was corrected after somebody began to apply, the latest first."""
    return [
        each
        for each in list_published_corrections(call)
        if each.published_at is not None and each.published_at >= moment
    ]


def list_corrections(call: Call) -> Sequence[Correction]:
    """Every correction of a call, the one in work first."""
    statement = (
        select(Correction).where(Correction.call_id == call.id).order_by(Correction.id.desc())
    )
    return db.session.execute(statement).scalars().all()


def get_open_correction(call: Call) -> Correction | None:
    """The one correction in work, if there is one."""
    statement = select(Correction).where(
        Correction.call_id == call.id, Correction.status.in_(_OPEN)
    )
    return db.session.execute(statement.order_by(Correction.id)).scalars().first()


def next_number(call: Call) -> int:
    """The number after the last published one; the call's row must be held."""
    statement = select(func.max(Correction.number)).where(Correction.call_id == call.id)
    return (db.session.execute(statement).scalar() or 0) + 1


def get_correction_to_work_on(
    _who: Actor, municipality: str, slug: str, correction: str
) -> Correction | None:
    """The correction of `/m/<municipality>/calls/<slug>/corrections/<correction>`, its call whole.

    The whole call, because publication writes its lots and funding too.
    """
    if entering.enter_by_slug(municipality) is None:
        return None
    whole = joinedload(Correction.call)
    statement = (
        select(Correction)
        .join(Correction.call)
        .where(Correction.slug == correction, Call.slug == slug)
        .options(
            whole.joinedload(Call.municipality),
            whole.selectinload(Call.lots),
            whole.selectinload(Call.funding),
            whole.selectinload(Call.documents).joinedload(CallDocument.document),
        )
    )
    return db.session.execute(statement).scalar()


def get_corrected_file(
    who: Actor, municipality: str, slug: str, correction: str, document: str
) -> CorrectedFile | None:
    """A file that a correction would put beside the call."""
    found = get_correction_to_work_on(who, municipality, slug, correction)
    files = (fact for part, fact in (found.after if found else {}).items() if part.startswith(FILE))
    kept = next((fact for fact in files if fact and fact["slug"] == document), None)
    if found is None or kept is None:
        return None
    return CorrectedFile(found, db.session.get_one(Document, kept["id"]))


def list_sent_corrections() -> list[SentCorrection]:
    """The corrections of the municipality that lie with the signatory."""
    statement = (
        select(Correction.slug, Call.slug, Call.title)
        .join(Correction.call)
        .where(Correction.status == CorrectionStatus.SENT)
        .order_by(Correction.id)
    )
    return [SentCorrection(*row) for row in db.session.execute(statement)]


def correctable(call: Call) -> dict[str, Any]:
    """What a correction may change, for calls.rules.corrections; lots and funding loaded."""
    found: dict[str, Any] = {"title": call.title, "summary": call.summary}
    found |= {f"text:{name}": call.texts.get(name, "") for name in LONG_TEXTS}
    found |= {"deadline": _iso(call.deadline), "questions_until": _iso(call.questions_until)}
    found |= {f"planned:{name}": call.planned.get(name) for name in PLANNED}
    names = ("grant_min", "grant_max", "duration_min", "duration_max")
    found |= {name: getattr(call, name) for name in names}
    found[FORM] = call.form
    found |= {f"lot:{lot.code}": lot.envelope for lot in call.lots}
    found |= {f"funding:{each.position}": each.amount for each in call.funding}
    found |= {
        f"document:{each['code']}": {"title": each["title"], "mandatory": bool(each["mandatory"])}
        for each in call.required_documents
    }
    found |= {
        f"{FILE}{each.document.slug}": file_fact(each.document, title=each.title)
        for each in call.documents
    }
    return found


@dataclass(frozen=True)
class ShownFile:
    """One file of the call as the page of corrections shows it; `wanted` once that is published."""

    part: str
    stands: Mapping[str, Any] | None
    wanted: Mapping[str, Any] | None

    @property
    def is_changed(self) -> bool:
        """Whether the correction in work has something else in mind."""
        return self.stands != self.wanted


def list_files(call: Call, correction: Correction | None) -> list[ShownFile]:
    """The files of the call and what the correction in work makes of them."""
    stands = {part: fact for part, fact in correctable(call).items() if part.startswith(FILE)}
    after = correction.after if correction is not None else {}
    wanted = {**stands, **{part: each for part, each in after.items() if part.startswith(FILE)}}
    return [ShownFile(part, stands.get(part), fact) for part, fact in wanted.items()]


def file_fact(document: Document, *, title: str) -> dict[str, Any]:
    """A file of a call as a correction keeps it."""
    kept = {"id": document.id, "slug": document.slug, "sha256": document.sha256}
    return {"title": title, "name": document.name, **kept}


def names_of_parts(call: Call) -> dict[str, str]:
    """How lots and sources are called, by key; the rest has words of its own."""
    lots = {f"lot:{lot.code}": f"{lot.code} · {lot.title}" for lot in call.lots}
    return lots | {f"funding:{each.position}": each.source for each in call.funding}


def changes_of(correction: Correction) -> list[Change]:
    """What a correction changes, without the hashes that are kept beside it."""
    return [
        Change(each["part"], each["before"], each["after"], each.get("name", ""))
        for each in correction.changes
        if each["part"] != KEPT_HASH
    ]


def hashes_of(correction: Correction) -> Change | None:
    """The fingerprint of the call before and after; None before publication."""
    kept = (each for each in correction.changes if each["part"] == KEPT_HASH)
    return next((Change(KEPT_HASH, each["before"], each["after"]) for each in kept), None)


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
