"""Telling people something: rows now, in their language; mails by the worker."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from grants.db import db
from grants.i18n.rendering import render
from grants.jobs.actions import enqueue
from grants.notifications.models import Mail, MailSetting, Notice
from grants.notifications.queries import get_mail_setting, modes_of
from grants.notifications.rules import MailMode, Recipient, waits_until


@dataclass(frozen=True)
class Said:
    """What one person is told: a subject, a text, and the page where one goes on."""

    subject: str
    text: str
    path: str = ""


def notify(
    recipients: Iterable[Recipient],
    template: str,
    *,
    at: datetime,
    path: str = "",
    facts: Mapping[str, Any] | None = None,
    is_urgent: bool = False,
) -> None:
    """Write to each recipient from `templates/<template>`: first line the subject, then the text.

    `path` is the page where one goes on, without host. Nothing is sent here. Who asked for one
    letter a day gets the mail with the next one, except where it is urgent: what has a legal term.
    """
    everybody = list(recipients)
    modes = {} if is_urgent else modes_of({each.user_id for each in everybody if each.user_id})
    for recipient in everybody:
        said = say(recipient, template, at=at, path=path, facts=facts or {})
        mode = modes.get(recipient.user_id or 0, MailMode.AT_ONCE)
        until = waits_until(mode, at, is_urgent=is_urgent)
        notice = _put_into_inbox(recipient, said, at=at, digest_at=until)
        if until is None:
            post(recipient, said, at=at, notice=notice)


def post(recipient: Recipient, said: Said, *, at: datetime, notice: Notice | None = None) -> Mail:
    """A mail to one person, sent by the worker once the transaction is committed."""
    mail = Mail(
        to=recipient.email,
        language=recipient.language,
        subject=said.subject,
        text=said.text,
        written_at=at,
        message_id=secrets.token_hex(12),
    )
    db.session.add(mail)
    db.session.flush()
    mail.notice_id = notice.id if notice else None
    enqueue("send_mail", {"mail_id": mail.id}, at=at, key=f"mail:{mail.message_id}")
    return mail


def mark_read(notice: Notice, *, at: datetime) -> None:
    """The person has seen it."""
    notice.read_at = notice.read_at or at


def mark_all_read(user_id: int, *, up_to: int, at: datetime) -> None:
    """The person has seen all up to the newest one on the page; what came since stays unread."""
    statement = update(Notice).where(
        Notice.user_id == user_id, Notice.id <= up_to, Notice.read_at.is_(None)
    )
    db.session.execute(statement.values(read_at=at))


def choose_mail_mode(user_id: int, mode: MailMode) -> MailSetting:
    """Keep how a person wants to be written to; what waits already goes with its daily letter."""
    setting = get_mail_setting(user_id)
    if setting is None:
        setting = MailSetting(user_id=user_id)
        db.session.add(setting)
    setting.mode = mode
    return setting


def say(
    recipient: Recipient, template: str, *, at: datetime, path: str, facts: Mapping[str, Any]
) -> Said:
    """What a template says to one person, in their language."""
    text = render(template, recipient.language, recipient=recipient, path=path, at=at, **facts)
    subject, _, body = text.strip().partition("\n")
    return Said(subject.strip(), body.strip(), path)


def _put_into_inbox(
    recipient: Recipient, said: Said, *, at: datetime, digest_at: datetime | None
) -> Notice | None:
    if recipient.user_id is None:
        return None
    notice = Notice(
        user_id=recipient.user_id,
        at=at,
        subject=said.subject,
        text=said.text,
        path=said.path,
        digest_at=digest_at,
    )
    db.session.add(notice)
    return notice
