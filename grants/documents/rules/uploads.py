"""Whether an uploaded file is taken: decided from its content, never from its name."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import BinaryIO

from grants.documents.rules.kinds import (
    ALL_KINDS,
    DEFAULT_LIMITS,
    Kind,
    Limits,
    Stranger,
    damaged,
    read_at,
    refuse,
    refuse_stranger,
    size_of,
    tell_stranger,
)
from grants.documents.rules.names import clean_name
from grants.documents.rules.packages import package_kind
from grants.documents.rules.pictures import check_picture, picture_kind

_MEGABYTE = 1024 * 1024
_PDF_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,16}%PDF-[12]\.\d")
_PDF_TAIL = 2048
_PDF_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
_PDF_TABLE = re.compile(rb"xref|\d+\s+\d+\s+obj")
# Office locks a file with a password by packing it into the old format under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Upload:
    """A file that may be taken: what it is, what it is called from now on, its size in bytes."""

    kind: Kind
    name: str
    size: int

    @property
    def media_type(self) -> str:
        """The media type under which the file is served."""
        return self.kind.media_type


def ensure_acceptable(
    content: BinaryIO,
    *,
    name: str,
    allowed: AbstractSet[Kind] = ALL_KINDS,
    limits: Limits = DEFAULT_LIMITS,
) -> Upload:
    """What a seekable stream holds; Incomplete with one problem when it is not taken.

    Codes: upload_empty, upload_too_large, upload_kind_not_here, upload_damaged, upload_locked,
    upload_macros, upload_nested, upload_bomb, upload_too_many_pixels, and upload_ followed by
    what a stranger is (upload_program, upload_archive, ...).
    The stream is left at its start.
    """
    size = size_of(content)
    if size == 0:
        raise refuse("upload_empty")
    if size > limits.size:
        raise refuse("upload_too_large", limit_mb=limits.size // _MEGABYTE)
    kind = _kind(content, limits=limits)
    if kind not in allowed:
        listed = ", ".join(other.name for other in Kind if other in allowed)
        raise refuse("upload_kind_not_here", found=kind.name, allowed=listed)
    content.seek(0)
    return Upload(kind, clean_name(name, kind=kind), size)


def _kind(content: BinaryIO, *, limits: Limits) -> Kind:
    head = read_at(content, 0, 64)
    if _PDF_START.match(head):
        _ensure_whole_pdf(content)
        return Kind.PDF
    if picture := picture_kind(head):
        check_picture(content, kind=picture, limits=limits)
        return picture
    if head.startswith(b"PK\x03\x04"):
        return package_kind(content, limits=limits)
    stranger = tell_stranger(head)
    if stranger is Stranger.OLD_OFFICE and _LOCKED in read_at(content, 0, limits.size):
        raise refuse("upload_locked")
    raise refuse_stranger(stranger)


def _ensure_whole_pdf(content: BinaryIO) -> None:
    """A PDF ends by telling where its table of objects is; a broken download does not."""
    size = size_of(content)
    tail = read_at(content, max(0, size - _PDF_TAIL), _PDF_TAIL)
    ends = _PDF_END.findall(tail)
    if not ends:
        raise damaged(Kind.PDF)
    # Line breaks that were turned on the way shift the table by some bytes; readers bear that.
    place = int(ends[-1])
    near = read_at(content, max(0, place - 64), 192)
    if place >= size or not _PDF_TABLE.search(near):
        raise damaged(Kind.PDF)
