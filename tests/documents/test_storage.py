"""Files on disk: whole or not at all."""

import errno
import hashlib
import os
import stat
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from grants.documents.storage import Storage, StoredFile
from grants.errors import DomainError, Incomplete, Problem

CONTENT = b"Odluka o dodjeli sredstava"
SHA256 = hashlib.sha256(CONTENT).hexdigest()

FILL_UP = """
import resource, signal, sys
from io import BytesIO
from pathlib import Path
from grants.documents.storage import Storage
from grants.errors import DomainError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    Storage(Path(sys.argv[1])).store(BytesIO(bytes(1_000_000)), limit=10**9)
except DomainError as refused:
    print(refused)
"""


class Breaking:
    """A source whose connection breaks or whose disk is full."""

    def __init__(self, failure: BaseException) -> None:
        self._failure = failure
        self._first = True

    def read(self, size: int, /) -> bytes:
        if self._first:
            self._first = False
            return b"x" * size
        raise self._failure


def list_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_store_puts_a_file_under_its_hash(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "documents")
    assert storage.store(BytesIO(CONTENT), limit=100) == StoredFile(SHA256, len(CONTENT))
    assert list_files(tmp_path / "documents") == [f"{SHA256[:2]}/{SHA256}"]
    assert stat.S_IMODE(storage.path(SHA256).stat().st_mode) == 0o440
    with storage.open(SHA256) as content:
        assert content.read() == CONTENT


def test_store_keeps_one_file_and_heals_it_when_the_same_comes_again(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.store(BytesIO(CONTENT), limit=100)
    storage.path(SHA256).chmod(0o600)
    storage.path(SHA256).write_bytes(b"spoilt")
    assert not storage.verify(SHA256)
    storage.store(BytesIO(CONTENT), limit=100)
    assert storage.verify(SHA256)
    assert len(list_files(tmp_path)) == 1


def test_store_leaves_nothing_when_a_file_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(Incomplete) as refused:
        Storage(tmp_path).store(BytesIO(bytes(3 * 1024 * 1024)), limit=2 * 1024 * 1024)
    assert refused.value.problems == (
        Problem("upload_too_large", place="file", facts={"limit_mb": 2}),
    )
    assert list_files(tmp_path) == []


@pytest.mark.parametrize("failure", [errno.ENOSPC, errno.EDQUOT])
def test_store_says_that_the_disk_is_full_and_leaves_nothing(tmp_path: Path, failure: int) -> None:
    with pytest.raises(DomainError) as refused:
        Storage(tmp_path).store(Breaking(OSError(failure, "no room")), limit=10**9)
    assert refused.value.problems == (Problem("storage_full"),)
    assert list_files(tmp_path) == []


def test_store_says_so_when_the_kernel_refuses_to_write_more(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", FILL_UP, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "storage_full"
    assert list_files(tmp_path) == []


@pytest.mark.parametrize("failure", [ConnectionResetError(), KeyboardInterrupt()])
def test_store_leaves_nothing_when_the_sender_goes_away(
    tmp_path: Path, failure: BaseException
) -> None:
    with pytest.raises(type(failure)):
        Storage(tmp_path).store(Breaking(failure), limit=10**9)
    assert list_files(tmp_path) == []


def test_spool_keeps_nothing_unless_told_to(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with storage.spool(BytesIO(CONTENT), limit=100) as spooled:
        assert spooled.content.read() == CONTENT
        assert (spooled.sha256, spooled.size) == (SHA256, len(CONTENT))
    assert list_files(tmp_path) == []
    with storage.spool(BytesIO(CONTENT), limit=100) as spooled:
        spooled.keep()
    assert storage.verify(SHA256)


def refuse_after_spooling(storage: Storage) -> None:
    with storage.spool(BytesIO(CONTENT), limit=100) as spooled:
        spooled.keep()
        raise Incomplete(Problem("upload_text"))


def test_spool_keeps_nothing_when_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Incomplete):
        refuse_after_spooling(Storage(tmp_path))
    assert list_files(tmp_path) == []


def test_open_says_so_when_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        Storage(tmp_path).open(SHA256)
    assert refused.value.problems == (Problem("document_missing", facts={"sha256": SHA256}),)
    assert not Storage(tmp_path).verify(SHA256)


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", SHA256.upper(), SHA256 + "\n"])
def test_path_refuses_when_it_is_no_hash(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        Storage(tmp_path).path(name)


def test_sweep_removes_what_a_crash_left_half_received(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.store(BytesIO(CONTENT), limit=100)
    old, new = tmp_path / ".incoming-old", tmp_path / ".incoming-new"
    old.touch()
    new.touch()
    os.utime(old, (1_000, 1_000))
    assert storage.sweep(before=2_000) == 1
    assert list_files(tmp_path) == [".incoming-new", f"{SHA256[:2]}/{SHA256}"]
