"""The kinds of files that are taken, and what the others are called."""

from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from grants.errors import Fact, Incomplete, Problem


class Kind(StrEnum):
    """A kind of file that is taken; the value is its file ending."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    JPEG = "jpg"
    PNG = "png"
    TIFF = "tif"

    @property
    def media_type(self) -> str:
        """The media type under which the file is served."""
        return _MEDIA_TYPES[self]


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    Kind.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
    Kind.ODT: f"{_OPEN_DOCUMENT}.text",
    Kind.ODS: f"{_OPEN_DOCUMENT}.spreadsheet",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TIFF: "image/tiff",
}
ALL_KINDS = frozenset(Kind)


class Stranger(StrEnum):
    """What a file is that is not taken, where it can be told."""

    PROGRAM = "program"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    PRESENTATION = "presentation"
    WEB_PAGE = "web_page"
    PICTURE = "picture"
    FILM_OR_SOUND = "film_or_sound"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Limits:
    """How large a file may be, in bytes, and how much may be packed in it."""

    size: int = 20 * 1024 * 1024
    entries: int = 4000
    directory: int = 1024 * 1024
    unpacked: int = 300 * 1024 * 1024
    ratio: int = 200
    embedded: int = 10 * 1024 * 1024
    pixels: int = 120_000_000


DEFAULT_LIMITS = Limits()

# How files begin that people send by mistake, or on purpose.
_OPENINGS = (
    (b"MZ", Stranger.PROGRAM),
    (b"\x7fELF", Stranger.PROGRAM),
    (b"#!", Stranger.PROGRAM),
    (b"\xca\xfe\xba\xbe", Stranger.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Stranger.PROGRAM),
    (b"PK", Stranger.ARCHIVE),
    (b"Rar!", Stranger.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Stranger.ARCHIVE),
    (b"\x1f\x8b", Stranger.ARCHIVE),
    (b"BZh", Stranger.ARCHIVE),
    (b"\xfd7zXZ", Stranger.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Stranger.ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Stranger.OLD_OFFICE),
    (b"{\\rtf", Stranger.OLD_OFFICE),
    (b"GIF8", Stranger.PICTURE),
    (b"BM", Stranger.PICTURE),
    (b"ID3", Stranger.FILM_OR_SOUND),
    (b"OggS", Stranger.FILM_OR_SOUND),
)
_LATER_OPENINGS = (
    (4, b"ftyphei", Stranger.PICTURE),
    (4, b"ftypmif", Stranger.PICTURE),
    (4, b"ftyp", Stranger.FILM_OR_SOUND),
    (8, b"WEBP", Stranger.PICTURE),
    (8, b"AVI ", Stranger.FILM_OR_SOUND),
    (8, b"WAVE", Stranger.FILM_OR_SOUND),
)


def refuse(code: str, **facts: Fact) -> Incomplete:
    """The refusal of a file, to be raised."""
    return Incomplete(Problem(code, place="file", facts=facts))


def refuse_stranger(stranger: Stranger) -> Incomplete:
    """The refusal of a file of a kind that is not taken."""
    return refuse(f"upload_{stranger.value}")


def damaged(kind: Kind) -> Incomplete:
    """The refusal of a file that breaks off or contradicts itself."""
    return refuse("upload_damaged", kind=kind.name)


def size_of(content: BinaryIO) -> int:
    """The length of a seekable stream in bytes; leaves it at its start."""
    size = content.seek(0, 2)
    content.seek(0)
    return size


def read_at(content: BinaryIO, place: int, length: int) -> bytes:
    """So many bytes from a place, fewer at the end of the stream."""
    content.seek(place)
    return content.read(length)


def tell_stranger(head: bytes) -> Stranger:
    """What the first bytes of a refused file look like."""
    for opening, stranger in _OPENINGS:
        if head.startswith(opening):
            return stranger
    for place, opening, stranger in _LATER_OPENINGS:
        if head[place:].startswith(opening):
            return stranger
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return Stranger.WEB_PAGE
    return Stranger.UNKNOWN if b"\0" in head else Stranger.TEXT
