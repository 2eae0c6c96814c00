"""Files by the SHA-256 of their content: written once, whole or not at all, never changed."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from grants.errors import DomainError, Incomplete, Problem

_CHUNK = 1 << 18
_MEGABYTE = 1024 * 1024
_INCOMING = ".incoming-"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Source(Protocol):
    """Anything that gives bytes: an upload, an open file, bytes in memory."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, none at the end."""
        ...


@dataclass(frozen=True)
class StoredFile:
    """The name of a stored content and its length in bytes."""

    sha256: str
    size: int


@dataclass
class Spooled:
    """A file that has arrived in full but is kept only when somebody says so."""

    content: BinaryIO
    sha256: str
    size: int
    is_kept: bool = False

    def keep(self) -> StoredFile:
        """Ask for the file to be kept when the block ends."""
        self.is_kept = True
        return StoredFile(self.sha256, self.size)


class Storage:
    """A folder of files, each under the SHA-256 of its content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def spool(self, source: Source, *, limit: int) -> Iterator[Spooled]:
        """Receive at most `limit` bytes beside the other files, to be looked at and then kept.

        The content is on disk, file and folder, when the block has ended and `keep` was called;
        otherwise nothing stays. Incomplete `upload_too_large` beyond the limit, DomainError
        `storage_full` when the disk is full. The file of a power cut goes with `sweep`.
        """
        with _room_or_refusal():
            self._folder.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=_INCOMING, dir=self._folder)
        arriving = Path(name)
        try:
            with os.fdopen(number, "w+b") as content:
                with _room_or_refusal():
                    spooled = _receive(source, cast(BinaryIO, content), limit=limit)
                yield spooled
                if spooled.is_kept:
                    with _room_or_refusal():
                        self._settle(arriving, spooled, number)
        finally:
            arriving.unlink(missing_ok=True)

    def store(self, source: Source, *, limit: int) -> StoredFile:
        """Receive at most `limit` bytes and keep them; refusals as in `spool`."""
        with self.spool(source, limit=limit) as spooled:
            return spooled.keep()

    def open(self, sha256: str) -> BinaryIO:
        """The stored content, to be read and closed; DomainError `document_missing`."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as missing:
            raise DomainError(Problem("document_missing", facts={"sha256": sha256})) from missing

    def verify(self, sha256: str) -> bool:
        """Whether the stored content is there and still has its hash."""
        try:
            with self.path(sha256).open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def sweep(self, *, before: float) -> int:
        """Remove what a crash left half received before a moment (seconds since 1970)."""
        left = [one for one in self._folder.glob(f"{_INCOMING}*") if one.stat().st_mtime < before]
        for arriving in left:
            arriving.unlink(missing_ok=True)
        return len(left)

    def path(self, sha256: str) -> Path:
        """Where a content lies; ValueError when this is no SHA-256 in lower case."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"no SHA-256: {sha256!r}")
        return self._folder / sha256[:2] / sha256

    def _settle(self, arriving: Path, spooled: Spooled, number: int) -> None:
        """Put the received file in its place so that a power cut finds all of it or nothing."""
        place = self.path(spooled.sha256)
        place.parent.mkdir(exist_ok=True)
        os.fchmod(number, 0o440)
        os.fsync(number)
        # An equal file is replaced by its equal: that also heals one that the disk has spoilt.
        arriving.replace(place)
        _sync_folder(place.parent)
        _sync_folder(self._folder)


def _receive(source: Source, content: BinaryIO, *, limit: int) -> Spooled:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            facts = {"limit_mb": limit // _MEGABYTE}
            raise Incomplete(Problem("upload_too_large", place="file", facts=facts))
        digest.update(chunk)
        content.write(chunk)
    content.flush()
    content.seek(0)
    return Spooled(content, digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _room_or_refusal() -> Iterator[None]:
    """Say that the disk is full where the machine says so."""
    try:
        yield
    except OSError as failed:
        if failed.errno in _NO_ROOM:
            raise DomainError(Problem("storage_full")) from failed
        raise
