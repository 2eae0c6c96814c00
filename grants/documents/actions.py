"""Taking files in: the bytes first, outside any transaction; then the row."""

import io
import secrets
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from grants.db import db
from grants.documents.models import Document
from grants.documents.rules.kinds import ALL_KINDS, Kind
from grants.documents.rules.uploads import ensure_acceptable
from grants.documents.storage import Source
from grants.documents.vault import storage, upload_limit


@dataclass(frozen=True)
class Received:
    """A file that lies safely under its hash; nobody knows of it until a row does."""

    sha256: str
    size: int
    name: str
    media_type: str


def receive_upload(
    source: Source, *, name: str, allowed: AbstractSet[Kind] = ALL_KINDS
) -> Received:
    """Take a file in and judge it by its content; call `release()` before, so that no lock waits.

    Raises Incomplete with the sentence's code when the file is not taken, DomainError
    `storage_full` when the disk is full. Nothing stays of a refused file.
    """
    with storage().spool(source, limit=upload_limit()) as spooled:
        upload = ensure_acceptable(spooled.content, name=name, allowed=allowed)
        stored = spooled.keep()
    return Received(stored.sha256, stored.size, upload.name, upload.media_type)


@contextmanager
def look_into_upload(source: Source) -> Iterator[BinaryIO]:
    """An uploaded file to be read and let go; nothing of it stays. Call `release()` before.

    Raises Incomplete `upload_too_large`. What the file holds is for the caller to judge.
    """
    with storage().spool(source, limit=upload_limit()) as spooled:
        yield spooled.content


def keep_made_file(content: bytes, *, name: str, media_type: str) -> Received:
    """Keep a file that we made ourselves: a PDF, an export."""
    stored = storage().store(io.BytesIO(content), limit=max(len(content), 1))
    return Received(stored.sha256, stored.size, name, media_type)


def add_document(received: Received, *, by_id: int | None, at: datetime) -> Document:
    """The row of a received file; what it belongs to decides who may open it."""
    document = Document(
        slug=secrets.token_urlsafe(9),
        sha256=received.sha256,
        size=received.size,
        media_type=received.media_type,
        name=received.name,
        created_at=at,
        created_by_id=by_id,
    )
    db.session.add(document)
    db.session.flush()
    return document
