"""What is known of a stored file; who may open it is asked of the thing it belongs to."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base


class Document(Base):
    """One file as somebody gave or made it; the bytes lie under their SHA-256."""

    __tablename__ = "documents"

    slug: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    media_type: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]
    scanned: Mapped[str] = mapped_column(default="not_scanned")
