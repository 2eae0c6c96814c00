"""flask demo clock | people | load."""

import json

import click
from flask import current_app
from flask.cli import with_appcontext

from grants import clock
from grants.db import transactions, unit_of_work
from grants.demo.clock import DemoClock, parse_shift
from grants.demo.loading import load
from grants.demo.queries import KnownPerson, is_empty, list_demo_people
from grants.errors import DomainError
from grants.jobs.worker import run_due_jobs
from grants.web.errors import sentences


@click.group()
def demo() -> None:
    """The demo: its clock, its people, its calls."""


@demo.command("clock", context_settings={"ignore_unknown_options": True})
@click.argument("shift", required=False)
@with_appcontext
def move_clock(shift: str | None) -> None:
    """Show the clock, or move it: +9d, +3h, +2w, -1d; `reset` shows the real time."""
    demo_clock: DemoClock = current_app.extensions["demo_clock"]
    if shift == "reset":
        demo_clock.reset()
    elif shift is not None:
        distance = parse_shift(shift)
        if distance is None:
            raise click.BadParameter(f"{shift!r} is none of +9d, +3h, +2w, -1d, reset")
        demo_clock.move(distance)
    click.echo(f"{clock.local(clock.now()):%Y-%m-%d %H:%M:%S %z}")


@demo.command("people")
@with_appcontext
def print_people() -> None:
    """Print the demo people as JSON: address, password, roles."""
    with transactions(writing=False):
        people = [_printed(known) for known in list_demo_people()]
    click.echo(json.dumps(people, ensure_ascii=False, indent=1))


@demo.command("load")
@click.option("--when-empty", is_flag=True, help="Do nothing when there is something already.")
@click.option("--leave-jobs", is_flag=True, help="Leave PDFs and mails to the worker.")
@with_appcontext
def load_demo(*, when_empty: bool, leave_jobs: bool) -> None:
    """Build the demo in an empty database, all of it or nothing, and print its acts."""
    with unit_of_work("look whether the demo is loaded", writing=False):
        empty = is_empty()
    if not empty:
        if when_empty:
            return
        raise click.ClickException("The database is not empty; the demo is loaded once.")
    current_app.extensions["demo_clock"].reset()
    try:
        load(at=clock.now())
    except DomainError as refusal:
        said = " ".join(sentences(refusal.problems))
        raise click.ClickException(f"The demo was not loaded, nothing was kept: {said}") from None
    if not leave_jobs:
        run_due_jobs()
    click.echo("The demo is loaded. `flask --app wsgi demo people` lists who can sign in.")


def _printed(known: KnownPerson) -> dict[str, object]:
    roles = [f"{held.role}:{held.key}" if held.key else held.role for held in known.roles]
    return {"email": known.person.email, "password": known.person.password, "roles": roles}
