"""Pictures: whether they are whole, and how large they are when opened."""

import struct
from typing import BinaryIO

from grants.documents.rules.kinds import Kind, Limits, damaged, read_at, refuse, size_of

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_SEGMENTS = 2000
_TIFF_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_TIFF_FORMS = {3: "H", 4: "L"}


def picture_kind(head: bytes) -> Kind | None:
    """The kind of picture that begins so, None when it is none."""
    if head.startswith(_PNG_START):
        return Kind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    return Kind.TIFF if head[:4] in _TIFF_ORDERS else None


def check_picture(content: BinaryIO, *, kind: Kind, limits: Limits) -> None:
    """Raise Incomplete when a picture breaks off or would fill the memory when opened."""
    measure = {Kind.PNG: _measure_png, Kind.JPEG: _measure_jpeg, Kind.TIFF: _measure_tiff}[kind]
    try:
        width, height = measure(content)
    except (struct.error, EOFError, KeyError) as broken:
        raise damaged(kind) from broken
    if width < 1 or height < 1:
        raise damaged(kind)
    if width * height > limits.pixels:
        raise refuse("upload_too_many_pixels", width=width, height=height)


def _measure_png(content: BinaryIO) -> tuple[int, int]:
    # Some programs add a few bytes after the end.
    if _PNG_END not in read_at(content, max(0, size_of(content) - 1024), 1024):
        raise EOFError
    length, name, width, height = struct.unpack(">L4sLL", read_at(content, 8, 16))
    if (length, name) != (13, b"IHDR"):
        raise EOFError
    return width, height


def _measure_jpeg(content: BinaryIO) -> tuple[int, int]:
    """Walk the segments up to the frame, which says the size, and look for the end."""
    place, frame = 2, None
    for _ in range(_JPEG_SEGMENTS):
        lead, mark = struct.unpack(">BB", read_at(content, place, 2))
        if lead != 0xFF:
            raise EOFError
        if mark == 0xFF or mark in _JPEG_BARE:
            place += 1 if mark == 0xFF else 2
            continue
        if mark in _JPEG_FRAMES:
            frame = struct.unpack(">HBHH", read_at(content, place + 2, 7))
        if mark == 0xDA:
            break
        place += 2 + struct.unpack(">H", read_at(content, place + 2, 2))[0]
    if frame is None or not _has_jpeg_end(content, place):
        raise EOFError
    return frame[3], frame[2]


def _has_jpeg_end(content: BinaryIO, place: int) -> bool:
    """Whether the scan ends; telephones append previews and notes of their own after the end."""
    content.seek(place)
    last = b""
    while chunk := content.read(1 << 16):
        if b"\xff\xd9" in last + chunk:
            return True
        last = chunk[-1:]
    return False


def _measure_tiff(content: BinaryIO) -> tuple[int, int]:
    head = read_at(content, 0, 8)
    order = _TIFF_ORDERS[head[:4]]
    place = struct.unpack(f"{order}L", head[4:])[0]
    count = struct.unpack(f"{order}H", read_at(content, place, 2))[0]
    table = read_at(content, place + 2, 12 * count)
    sizes: dict[int, int] = {}
    for at in range(count):
        tag, form = struct.unpack_from(f"{order}HH", table, 12 * at)
        if tag in (_TIFF_WIDTH, _TIFF_HEIGHT):
            sizes[tag] = struct.unpack_from(f"{order}{_TIFF_FORMS[form]}", table, 12 * at + 8)[0]
    return sizes[_TIFF_WIDTH], sizes[_TIFF_HEIGHT]
