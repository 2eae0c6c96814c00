"""Commands: flask work | serve | audit verify, and those of the slices."""

import json
import sys
from collections.abc import Sequence

import click
from flask import Flask
from flask.cli import with_appcontext

from grants import clock
from grants.audit.queries import verify
from grants.db import transactions
from grants.jobs.schedule import put_down_due
from grants.jobs.worker import run_due_jobs, work_until_stopped
from grants.web.serving import serve_until_stopped


def install(app: Flask, groups: Sequence[click.Group]) -> None:
    """Make the commands known to `flask`."""
    app.cli.add_command(work)
    app.cli.add_command(serve)
    app.cli.add_command(audit)
    for group in groups:
        app.cli.add_command(group)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def work(*, once: bool) -> None:
    """Do the jobs: mails, PDFs, terms that pass."""
    if once:
        put_down_due({}, at=clock.now())
        click.echo(json.dumps({"jobs": run_due_jobs()}))
    else:
        work_until_stopped()


@click.command()
@click.option("--port", type=int, default=8000, envvar="PORT", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(*, port: int, host: str) -> None:
    """Serve the pages and start a worker; both stop together."""
    sys.exit(serve_until_stopped(host=host, port=port))


@click.group()
def audit() -> None:
    """The record of who did what."""


@audit.command("verify")
@with_appcontext
def verify_audit() -> None:
    """Recompute every chain; name the first broken link."""
    with transactions(writing=False):
        verdicts = list(verify())
    for verdict in verdicts:
        if verdict.broken_at is None:
            click.echo(f"{verdict.chain}: {verdict.length} links, unbroken")
        else:
            click.echo(
                f"{verdict.chain}: broken at link {verdict.broken_at}: {verdict.fault}", err=True
            )
    sys.exit(1 if any(verdict.broken_at for verdict in verdicts) else 0)
