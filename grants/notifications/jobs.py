"""Sending mails: into the outbox folder, or by SMTP where it is set."""

from datetime import datetime

from sqlalchemy import select

from grants.db import db, unit_of_work
from grants.jobs.worker import job_handler
from grants.notifications.models import Mail
from grants.notifications.post import Letter, deliver


@job_handler("send_mail")
def send_mail(*, mail_id: int, at: datetime) -> None:
    """Send one mail; a second run finds it sent and does nothing."""
    with unit_of_work("read a mail", writing=False):
        mail = db.session.execute(select(Mail).where(Mail.id == mail_id)).scalar_one()
        if mail.sent_at is not None:
            return
        letter = Letter(
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            language=mail.language,
            message_id=mail.message_id,
            written_at=mail.written_at,
        )
    deliver(letter)
    with unit_of_work("note a sent mail"):
        mail = db.session.execute(select(Mail).where(Mail.id == mail_id)).scalar_one()
        mail.sent_at = at
