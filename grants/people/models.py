"""Accounts, the roles they hold, the links they were sent, and the tries to sign in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, related, status_column
from grants.notifications.rules import Recipient
from grants.people.rules import Purpose, Role, ScopeKind


class User(Base):
    """A person's account, found by the folded e-mail address."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="bs")
    password_hash: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    # Raised when the password changes: every session that carries an older one has ended.
    epoch: Mapped[int] = mapped_column(default=1)
    last_seen_at: Mapped[datetime | None]
    # The secret part of the address of the person's calendar feed.
    calendar_key: Mapped[str | None] = mapped_column(unique=True)
    memberships: Mapped[list["Membership"]] = related(back_populates="user")

    def as_recipient(self) -> Recipient:
        """This person as somebody to write to."""
        return Recipient(email=self.email, name=self.name, language=self.language, user_id=self.id)

    def as_address(self) -> Recipient:
        """This person by mail only: what carries a secret link has no place in an inbox."""
        return Recipient(email=self.email, name=self.name, language=self.language)


class Membership(Base):
    """A role a person holds on one thing; the thing is named by kind and id, because most kinds
    of thing stand on higher floors than people."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "scope_kind", "scope_id"),
        Index("ix_memberships_scope", "scope_kind", "scope_id"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[Role] = status_column(Role)
    scope_kind: Mapped[ScopeKind] = status_column(ScopeKind)
    scope_id: Mapped[int]
    given_at: Mapped[datetime]
    user: Mapped[User] = related(back_populates="memberships")


class MailLink(Base):
    """A link sent by mail, kept as a hash: good once, for one purpose, until a moment."""

    __tablename__ = "mail_links"

    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[Purpose] = status_column(Purpose)
    email: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Base):
    """One failed try, kept to slow down guessing."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index("ix_sign_in_failures_email", "email", "at"),
        Index("ix_sign_in_failures_address", "address", "at"),
    )

    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
