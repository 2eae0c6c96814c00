"""A zip written file by file, never whole in memory, with a manifest of what lies in it."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO

from grants.clock import local
from grants.documents.vault import storage
from grants.dossier.rules.bundles import Paths
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.tables import Rows, csv_lines, write_xlsx

_CHUNK = 1 << 18
# Compressed already: to press them again costs time and saves nothing.
_PRESSED = (".pdf", ".jpg", ".jpeg", ".png", ".xlsx", ".docx", ".odt", ".ods", ".zip")
_LINE = "{path};{size};{sha256}\r\n"


class Archive:
    """What is put in comes with its SHA-256 into `manifest.csv`, the last file of the zip."""

    def __init__(self, stream: BinaryIO, *, at: datetime) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._moment = local(at).timetuple()[:6]
        self._paths = Paths()
        self._manifest: list[str] = []

    def add_text(self, folder: str, name: str, text: str) -> None:
        """A text as UTF-8."""
        with self._place(folder, name) as put:
            put(text.encode())

    def add_csv(self, folder: str, name: str, rows: Rows) -> None:
        """A table, line by line."""
        with self._place(folder, f"{name}.csv") as put:
            for line in csv_lines(rows):
                put(line.encode())

    def add_xlsx(self, folder: str, name: str, rows: Rows) -> None:
        """The same as a workbook."""
        with self._place(folder, f"{name}.xlsx") as put:
            write_xlsx(rows, _Putting(put), title=name)

    def add_stored(self, folder: str, name: str, sha256: str) -> None:
        """A file of the store; one that is gone stands in the manifest as missing."""
        try:
            source = storage().open(sha256)
        except DomainError:
            path = self._paths.give(folder, name)
            self._note(path, _("nedostaje u spremištu"), sha256)
            return
        with source, self._place(folder, name) as put:
            while piece := source.read(_CHUNK):
                put(piece)

    def close(self) -> None:
        """Write the manifest and the directory of the zip."""
        head = _LINE.format(path=_("datoteka"), size=_("bajtova"), sha256="sha256")
        self._zip.writestr(self._info("manifest.csv"), "\ufeff" + head + "".join(self._manifest))
        self._zip.close()

    @contextmanager
    def _place(self, folder: str, name: str) -> Iterator[Callable[[bytes], None]]:
        path, digest, size = self._paths.give(folder, name), hashlib.sha256(), 0
        with self._zip.open(self._info(path), "w", force_zip64=True) as written:

            def put(piece: bytes) -> None:
                nonlocal size
                written.write(piece)
                digest.update(piece)
                size += len(piece)

            yield put
        self._note(path, str(size), digest.hexdigest())

    def _info(self, path: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(path, self._moment)
        is_pressed = path.endswith(_PRESSED)
        info.compress_type = zipfile.ZIP_STORED if is_pressed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info

    def _note(self, path: str, size: str, sha256: str) -> None:
        self._manifest.append(_LINE.format(path=path, size=size, sha256=sha256))


class _Putting(io.RawIOBase):
    """A stream that only takes: a workbook is written into the zip through it."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        super().__init__()
        self._put = put

    def writable(self) -> bool:
        """It takes."""
        return True

    def write(self, piece: Any) -> int:
        """Hand the piece on."""
        self._put(bytes(piece))
        return len(piece)
