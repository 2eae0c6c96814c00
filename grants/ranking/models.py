"""Reduced amounts, and the frozen rankings that were computed from everything before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import amount_column, related, status_column
from grants.people.models import User
from grants.ranking.rules.kinds import RankingKind
from grants.tenancy import Tenant


class Reduction(Tenant):
    """The committee proposes less than was asked for, with its reason."""

    __tablename__ = "reductions"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    amount: Mapped[int] = amount_column()
    reason: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    application: Mapped[Application] = related()


class TieVote(Tenant):
    """The order in which the committee put applications equal in everything else."""

    __tablename__ = "tie_votes"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), unique=True)
    references: Mapped[list[Any]] = mapped_column(JSON)
    # One vote per tie: [{order, held_on, present, for, against, abstained, reason}].
    votes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    voted_at: Mapped[datetime]
    voted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Scenario(Tenant):
    """The same scores under another envelope or rule: a thought, never the official ranking."""

    __tablename__ = "scenarios"
    __table_args__ = (UniqueConstraint("call_id", "name"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    name: Mapped[str]
    # What differs from the call: envelopes by lot (fening), mode, on_shortfall, leftover …
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    # What it was computed from, and what came out: {applications: [[reference, outcome, fening]]}.
    inputs_sha256: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    computed_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The scenario the committee made its own: its changes were taken over into the allocation.
    chosen_at: Mapped[datetime | None]
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")


class RankingPreview(Tenant):
    """A ranking not closed yet, as it was last computed: pages read it, nothing rests on it."""

    __tablename__ = "ranking_previews"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), unique=True)
    # What it was computed from (grants.ranking.marks); another mark means it is out of date.
    mark: Mapped[str]
    computed_at: Mapped[datetime]
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)


class Ranking(Tenant):
    """One ranking, with the dossier it was computed from; a new one never overwrites."""

    __tablename__ = "rankings"
    __table_args__ = (UniqueConstraint("call_id", "version"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    version: Mapped[int]
    # The preliminary list, or the final one after the objections.
    kind: Mapped[RankingKind] = status_column(RankingKind, default=RankingKind.PRELIMINARY)
    # What the committee adds to the composed record in its own words, by part of the record.
    remarks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The canonical dossier, and what `dossier rank` prints for it; long, so read when asked for.
    inputs: Mapped[str] = mapped_column(deferred=True)
    inputs_sha256: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    # The session that closed it: who was there, the votes, the remarks.
    session: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The figures of its pages, so that none of them has to count again.
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    record_act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    objections_until: Mapped[date | None]
    objections_counted: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    call: Mapped[Call] = related()
    closed_by: Mapped[User | None] = related(foreign_keys=[closed_by_id])
    record_act: Mapped[Act | None] = related()
    rows: Mapped[list["RankedRow"]] = related(
        back_populates="ranking", order_by="RankedRow.position"
    )


class Confirmation(Tenant):
    """A member read the record of the committee: agrees, or has it on record why not."""

    __tablename__ = "record_confirmations"
    __table_args__ = (UniqueConstraint("ranking_id", "member_id"),)

    ranking_id: Mapped[int] = mapped_column(ForeignKey("rankings.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    # The text that was read, so that a later remark asks for a new reading.
    text_sha256: Mapped[str]
    is_agreed: Mapped[bool]
    remark: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime]


class RankedRow(Tenant):
    """The result of one application in one ranking; points are exact fractions as text."""

    __tablename__ = "ranked_rows"
    __table_args__ = (
        UniqueConstraint("ranking_id", "application_id"),
        UniqueConstraint("ranking_id", "position"),
    )

    ranking_id: Mapped[int] = mapped_column(ForeignKey("rankings.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    position: Mapped[int]
    lot_code: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    rank: Mapped[int | None]
    is_tied: Mapped[bool] = mapped_column(default=False)
    reserve: Mapped[int | None]
    # Sentences (code and facts) that say why.
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    sections: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # An exact fraction as `numerator/denominator`: rounding is for showing.
    total: Mapped[str | None]
    amount: Mapped[int] = amount_column(default=0)
    ranking: Mapped[Ranking] = related(back_populates="rows")
    application: Mapped[Application] = related()
