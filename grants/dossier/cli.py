"""The commands that read a dossier from a file; they touch neither the app nor a database."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from grants.dossier.rules.checking import check_dossier
from grants.dossier.rules.reading import Dossier, InvalidDossier, parse
from grants.dossier.rules.recomputing import rank_dossier

NOT_A_DOSSIER = 2


@click.group()
def dossier() -> None:
    """One call in one file: recompute its ranking, check its applications."""


@dossier.command("rank")
@click.argument("file", type=click.Path(path_type=Path))
def rank_file(file: Path) -> None:
    """Print the ranking recomputed from FILE."""
    _print_from(file, rank_dossier)


@dossier.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check_file(file: Path) -> None:
    """Print what each application in FILE violates."""
    _print_from(file, check_dossier)


def read_dossier(file: Path) -> Dossier:
    """The dossier in a file; else one line per fault on standard error and exit 2."""
    try:
        return parse(file.read_bytes())
    except OSError as error:
        lines = [f"$: found no readable file {str(file)!r} ({error.strerror}), allowed: a dossier"]
    except InvalidDossier as invalid:
        lines = [str(fault) for fault in invalid.faults]
    _write(sys.stderr, "".join(f"{line}\n" for line in lines))
    raise SystemExit(NOT_A_DOSSIER)


def _print_from(file: Path, compute: Callable[[Dossier], dict[str, Any]]) -> None:
    printed = json.dumps(compute(read_dossier(file)), ensure_ascii=False, indent=1)
    _write(sys.stdout, f"{printed}\n")


def _write(stream: Any, text: str) -> None:
    """Write UTF-8, whatever the terminal's locale says."""
    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()
