"""Handing a stored document out."""

from flask import Response

from grants.documents.models import Document
from grants.documents.vault import storage
from grants.web.downloads import attachment


def hand_out(document: Document) -> Response:
    """A document as a download; whoever asks for it has passed the gate of what owns it."""
    return attachment(
        storage().open(document.sha256),
        name=document.name,
        media_type=document.media_type,
        size=document.size,
    )
