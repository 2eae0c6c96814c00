"""What people were told, and the mails that carry it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, status_column
from grants.notifications.rules import MailMode


class Notice(Base):
    """One message in one person's inbox."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_inbox", "user_id", "id"),)

    user_id: Mapped[int]
    at: Mapped[datetime]
    subject: Mapped[str]
    text: Mapped[str]
    path: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None]
    # Waits for the person's next daily digest; None where it was mailed at once, or went with one.
    digest_at: Mapped[datetime | None]


_is_unread, _is_waiting = Notice.read_at.is_(None), Notice.digest_at.is_not(None)
# The count in the head of every page, and who waits for the daily letter.
Index("ix_notices_unread", Notice.user_id, sqlite_where=_is_unread, postgresql_where=_is_unread)
Index("ix_notices_digest", Notice.digest_at, sqlite_where=_is_waiting, postgresql_where=_is_waiting)


class MailSetting(Base):
    """How a person wants to be written to; without a row every notice is mailed at once."""

    __tablename__ = "mail_settings"

    user_id: Mapped[int] = mapped_column(unique=True)
    mode: Mapped[MailMode] = status_column(MailMode, default=MailMode.AT_ONCE)
    last_digest_on: Mapped[date | None]


class Mail(Base):
    """One mail to one address, worded when it was decided, sent by the worker."""

    __tablename__ = "mails"

    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    to: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    message_id: Mapped[str] = mapped_column(unique=True)
    sent_at: Mapped[datetime | None]
