"""Commands: flask decisions export DIR."""

import re
import shutil
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from grants import tenancy
from grants.acts.models import Act
from grants.acts.queries import list_issued_acts
from grants.db import transactions
from grants.documents.models import Document
from grants.documents.vault import storage
from grants.municipalities.queries import list_municipalities


@click.group()
def decisions() -> None:
    """Issued acts of all municipalities."""


@decisions.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def export(folder: Path) -> None:
    """Write every issued PDF, and its scan if there is one, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with transactions(writing=False), tenancy.across("export of issued acts"):
        codes = {each.id: each.code for each in list_municipalities()}
        acts = list_issued_acts()
        missing = [act for act in acts if act.document is None]
        for act in acts:
            name = file_name(act, codes[act.municipality_id])
            _write(act.document, folder / f"{name}.pdf")
            if act.scan is not None:
                _write(act.scan, folder / f"{name}_scan{Path(act.scan.name).suffix.lower()}")
    click.echo(f"{len(acts) - len(missing)} acts written to {folder}")
    for act in missing:
        click.echo(f"Act {act.number} has no PDF yet: let the worker run (flask work).", err=True)
    sys.exit(1 if missing else 0)


def file_name(act: Act, code: str) -> str:
    """`BA-NOVO-SARAJEVO_2026_02-36-3-26_award`: municipality, year, number, kind."""
    number = re.sub(r"[^\w.-]+", "-", act.number or "")
    return f"{code}_{act.year}_{number}_{act.kind.value}"


def _write(document: Document | None, path: Path) -> None:
    if document is None:
        return
    with storage().open(document.sha256) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
