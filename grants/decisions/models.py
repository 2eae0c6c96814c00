"""What was decided about each application, and in which act."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import amount_column, related, status_column
from grants.decisions.rules import DecisionKind
from grants.ranking.models import Ranking
from grants.tenancy import Tenant

__all__ = ["Decision", "DecisionKind"]


class Decision(Tenant):
    """One decision: of a call (no application) or of one application, with its act."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("act_id"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("rankings.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    kind: Mapped[DecisionKind] = status_column(DecisionKind)
    amount: Mapped[int] = amount_column(default=0)
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"))
    prepared_at: Mapped[datetime]
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    call: Mapped[Call] = related()
    ranking: Mapped[Ranking] = related()
    application: Mapped[Application | None] = related()
    act: Mapped[Act] = related()

    @property
    def case(self) -> Application:
        """The application decided about; LookupError for the decision of a whole call."""
        if self.application is None:
            raise LookupError(f"decision {self.slug} is of a call")
        return self.application
