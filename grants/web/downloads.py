"""Files on the way out: always as an attachment, never shown by our own host as a page."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, stream_with_context

CHUNK = 256 * 1024


def attachment(stream: BinaryIO, *, name: str, media_type: str, size: int) -> Response:
    """A stored file, streamed, under its own name."""

    def chunks() -> Iterator[bytes]:
        with stream:
            while piece := stream.read(CHUNK):
                yield piece

    response = Response(stream_with_context(chunks()), mimetype=media_type)
    response.headers["Content-Length"] = str(size)
    return as_attachment(response, name)


def made_file(content: bytes, *, name: str, media_type: str) -> Response:
    """A file made on the spot."""
    return as_attachment(Response(content, mimetype=media_type), name)


def text_stream(lines: Iterator[str], *, name: str, media_type: str) -> Response:
    """A text made line by line, never whole in memory."""
    return as_attachment(Response(stream_with_context(lines), mimetype=media_type), name)


def as_attachment(response: Response, name: str) -> Response:
    """Name the download; letters beyond ASCII travel as RFC 5987 says."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
