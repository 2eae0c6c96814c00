"""Office files are zip packages: looked into without unpacking more than they may hold."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from grants.documents.rules.kinds import (
    Kind,
    Limits,
    Stranger,
    read_at,
    refuse,
    refuse_stranger,
    size_of,
)

_END = b"PK\x05\x06"
_END_FORM = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = 30
_RATIO_FROM = 1024 * 1024
_TABLE_OF_CONTENTS = "[Content_Types].xml"
_MIME = "mimetype"
_LONGEST_PART = 2 * 1024 * 1024

_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}
_OPEN_XML = (
    (b"wordprocessingml.document.main+xml", "word/document", Kind.DOCX),
    (b"spreadsheetml.sheet.main+xml", "xl/workbook", Kind.XLSX),
)
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|activeX/)|^(?:Basic|Scripts)/.",
    re.IGNORECASE,
)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PROGRAMS = (b"MZ", b"\x7fELF")
# Old Word packs its drawings; the program that shows them bounds what it unpacks.
_PACKED_DRAWING = re.compile(r"\.(?:emz|wmz|svgz)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+\.(?:xlsx|docx|pptx|sldx)$", re.IGNORECASE)


def package_kind(content: BinaryIO, *, limits: Limits) -> Kind:
    """Which office file a zip package is; Incomplete when it is none, or one that is not taken.

    What the package says about itself (count, sizes, ratio, places) is checked before any of it
    is unpacked; a part never gives more bytes than it declared.
    """
    _ensure_small_directory(content, limits=limits)
    try:
        with zipfile.ZipFile(content) as package:
            entries = package.infolist()
            _ensure_sound(entries, size=size_of(content))
            _ensure_bounded(entries, limits=limits)
            _ensure_without_macros(package)
            kind = _kind(package)
            _ensure_not_nested(package, limits=limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as broken:
        raise refuse("upload_damaged", kind="ZIP") from broken
    return kind


def _ensure_small_directory(content: BinaryIO, *, limits: Limits) -> None:
    """The list of contents is itself read into memory: bound it by what the end record says."""
    size = size_of(content)
    tail_at = max(0, size - _END_FORM.size - _LONGEST_COMMENT)
    tail = read_at(content, tail_at, size - tail_at)
    found = tail.rfind(_END)
    if found < 0 or found + _END_FORM.size > len(tail):
        raise refuse("upload_damaged", kind="ZIP")
    record = _END_FORM.unpack_from(tail, found)
    entries, directory = record[4], record[5]
    if entries > limits.entries or directory > limits.directory:
        raise refuse("upload_bomb", reason="entries", found=entries, limit=limits.entries)


def _ensure_sound(entries: list[zipfile.ZipInfo], *, size: int) -> None:
    """Names that lead elsewhere, doubled names and parts that share bytes mean bad will."""
    names = [entry.filename for entry in entries]
    # Other methods than these two are unknown to Office, and one takes memory as it likes.
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise refuse("upload_damaged", kind="ZIP")
    strange = any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names)
    if strange or len(set(names)) != len(names):
        raise refuse("upload_damaged", kind="ZIP")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refuse("upload_locked")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise refuse("upload_bomb", reason="overlap")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if end > size:
        raise refuse("upload_damaged", kind="ZIP")


def _ensure_bounded(entries: list[zipfile.ZipInfo], *, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise refuse("upload_bomb", reason="entries", found=len(entries), limit=limits.entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked:
        raise refuse("upload_bomb", reason="unpacked", found=unpacked, limit=limits.unpacked)
    for entry in entries:
        ratio = entry.file_size // max(1, entry.compress_size)
        if entry.file_size > _RATIO_FROM and ratio > limits.ratio:
            raise refuse("upload_bomb", reason="ratio", found=ratio, limit=limits.ratio)


def _ensure_without_macros(package: zipfile.ZipFile) -> None:
    names: Iterable[str] = package.namelist()
    if any(_MACROS.search(name) for name in names):
        raise refuse("upload_macros")
    if _TABLE_OF_CONTENTS in names and _MACRO_TYPES.search(_part(package, _TABLE_OF_CONTENTS)):
        raise refuse("upload_macros")


def _kind(package: zipfile.ZipFile) -> Kind:
    names = package.namelist()
    if names and names[0] == _MIME and (kind := _OPEN_DOCUMENT.get(_part(package, _MIME).strip())):
        return kind
    types = _part(package, _TABLE_OF_CONTENTS) if _TABLE_OF_CONTENTS in names else b""
    for media_type, part, kind in _OPEN_XML:
        if media_type in types and any(name.startswith(part) for name in names):
            return kind
    shows = any(name.startswith("ppt/") for name in names)
    raise refuse_stranger(Stranger.PRESENTATION if shows else Stranger.ARCHIVE)


def _ensure_not_nested(package: zipfile.ZipFile, *, limits: Limits) -> None:
    """An archive in the file may hide anything; only a small office object may be embedded."""
    for entry in package.infolist():
        with package.open(entry) as part:
            head = part.read(8)
        if head.startswith(_PROGRAMS) and not entry.filename.lower().endswith((".bin", ".emf")):
            raise refuse("upload_nested", name=entry.filename)
        if not head.startswith(_PACKED) or _PACKED_DRAWING.search(entry.filename):
            continue
        if not _EMBEDDED.search(entry.filename):
            raise refuse("upload_nested", name=entry.filename)
        _ensure_plain_object(package, entry, limits=limits)


def _ensure_plain_object(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limits: Limits
) -> None:
    """An embedded office object keeps to the same bounds and holds no archive itself."""
    if entry.file_size > limits.embedded:
        raise refuse("upload_nested", name=entry.filename)
    # In memory, because every step back in a packed stream would unpack it anew.
    content = BytesIO(package.read(entry))
    _ensure_small_directory(content, limits=limits)
    with zipfile.ZipFile(content) as inner:
        _ensure_sound(inner.infolist(), size=entry.file_size)
        _ensure_bounded(inner.infolist(), limits=limits)
        _ensure_without_macros(inner)
        for deeper in inner.infolist():
            with inner.open(deeper) as stream:
                if stream.read(8).startswith(_PACKED):
                    raise refuse("upload_nested", name=entry.filename)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > _LONGEST_PART:
        raise refuse("upload_damaged", kind="ZIP")
    return package.read(name)
