"""flask dossier: rank and check a file without any database; import and export with it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from grants import clock, tenancy
from grants.db import transactions, unit_of_work
from grants.dossier.actions.importing import import_dossier
from grants.dossier.queries import get_call_of_reference
from grants.dossier.rules.checking import check_dossier
from grants.dossier.rules.reading import InvalidDossier, parse
from grants.errors import DomainError, Problem
from grants.people.actors import SYSTEM
from grants.ranking.dossiers import read_dossier
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.printed import rank_dossier
from grants.web.errors import sentences

REFUSED = 2


@click.group()
def dossier() -> None:
    """One call in one file: recompute, check, import, export."""


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


@dossier.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def import_file(file: Path) -> None:
    """Keep the call in FILE as history, all of it or nothing."""
    read = read_file(file)
    reference = read.call["reference"]
    try:
        with clock.held_at() as at, unit_of_work("a dossier is imported"):
            import_dossier(read, by=SYSTEM, at=at)
    except DomainError as refusal:
        _refuse(sentences(refusal.problems))
    except IntegrityError:  # somebody imported the same a moment ago
        _refuse(sentences([Problem("dossier_reference_taken", facts={"reference": reference})]))


@dossier.command("export")
@click.argument("reference")
@with_appcontext
def export_call(reference: str) -> None:
    """Print the call of REFERENCE in canonical form, and nothing else."""
    with transactions(writing=False):
        call = get_call_of_reference(reference)
        if call is None:
            _refuse(
                sentences([Problem("dossier_reference_unknown", facts={"reference": reference})])
            )
        if call.opens_at is None or call.deadline is None:
            _refuse(sentences([Problem("dossier_not_exportable", facts={"reference": reference})]))
        with tenancy.within(call.municipality_id):
            written = read_dossier(call).canonical()
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


def read_file(file: Path) -> Dossier:
    """The dossier in a file; else one line per fault on standard error and exit 2."""
    try:
        return parse(file.read_bytes())
    except OSError as error:
        fault = f"$: found no readable file {str(file)!r} ({error.strerror}), allowed: a dossier"
        return _refuse([fault])
    except InvalidDossier as invalid:
        return _refuse([str(fault) for fault in invalid.faults])


def _refuse(lines: list[str]) -> NoReturn:
    _write(sys.stderr, "".join(f"{line}\n" for line in lines))
    raise SystemExit(REFUSED)


def _print_from(file: Path, compute: Callable[[Dossier], dict[str, Any]]) -> None:
    printed = json.dumps(compute(read_file(file)), ensure_ascii=False, indent=1)
    _write(sys.stdout, f"{printed}\n")


def _write(stream: Any, text: str) -> None:
    """Write UTF-8, whatever the terminal's locale says."""
    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()
