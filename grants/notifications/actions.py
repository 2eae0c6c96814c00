"""Telling people something: rows now, in their language; mails by the worker."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from grants.db import db
from grants.i18n.rendering import render
from grants.jobs.actions import enqueue
from grants.notifications.models import Mail, Notice
from grants.notifications.rules import Recipient


def notify(
    recipients: Iterable[Recipient],
    template: str,
    *,
    at: datetime,
    path: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write to each recipient from `templates/<template>`: first line the subject, then the text.

    `path` is the page where one goes on, without host. Nothing is sent here.
    """
    for recipient in recipients:
        said = render(
            template, recipient.language, recipient=recipient, path=path, at=at, **(facts or {})
        )
        subject, _, text = said.strip().partition("\n")
        notice = _put_into_inbox(recipient, subject.strip(), text.strip(), at=at, path=path)
        _post(recipient, subject.strip(), text.strip(), at=at, notice=notice)


def mark_read(notice: Notice, *, at: datetime) -> None:
    """The person has seen it."""
    notice.read_at = notice.read_at or at


def _put_into_inbox(
    recipient: Recipient, subject: str, text: str, *, at: datetime, path: str
) -> Notice | None:
    if recipient.user_id is None:
        return None
    notice = Notice(user_id=recipient.user_id, at=at, subject=subject, text=text, path=path)
    db.session.add(notice)
    return notice


def _post(
    recipient: Recipient, subject: str, text: str, *, at: datetime, notice: Notice | None
) -> None:
    mail = Mail(
        to=recipient.email,
        language=recipient.language,
        subject=subject,
        text=text,
        written_at=at,
        message_id=secrets.token_hex(12),
    )
    db.session.add(mail)
    db.session.flush()
    mail.notice_id = notice.id if notice else None
    enqueue("send_mail", {"mail_id": mail.id}, at=at, key=f"mail:{mail.message_id}")
