"""The post office: an .eml file in INSTANCE/outbox by default, a mail server where one is set."""

import os
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from grants.config import Settings


@dataclass(frozen=True)
class Letter:
    """Everything a mail needs."""

    to: str
    subject: str
    text: str
    language: str
    message_id: str
    written_at: datetime


def deliver(letter: Letter) -> None:
    """Send a letter the way this installation is set; raises OSError or SMTPException."""
    settings: Settings = current_app.config["SETTINGS"]
    message = _compose(letter, settings)
    if settings.smtp_url:
        _send(message, urlsplit(settings.smtp_url))
    else:
        _file(message, letter, settings.instance / "outbox")


def _compose(letter: Letter, settings: Settings) -> EmailMessage:
    host = urlsplit(settings.public_url).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = settings.mail_from
    message["To"] = letter.to
    message["Date"] = letter.written_at
    message["Message-ID"] = f"<{letter.message_id}@{host}>"
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, charset="utf-8")
    return message


def _send(message: EmailMessage, server: SplitResult) -> None:
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    port = server.port or (465 if server.scheme == "smtps" else 25)
    with kind(server.hostname or "localhost", port, timeout=20) as connection:
        if server.username:
            if server.scheme == "smtp":
                connection.starttls()
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _file(message: EmailMessage, letter: Letter, outbox: Path) -> None:
    """Write under another name first: whoever lists the outbox never meets half a mail."""
    outbox.mkdir(parents=True, exist_ok=True)
    name = f"{letter.written_at:%Y%m%dT%H%M%S}-{letter.message_id}.eml"
    draft = outbox / f".{name}"
    draft.write_bytes(bytes(message))
    os.replace(draft, outbox / name)  # noqa: PTH105  atomic on one file system
