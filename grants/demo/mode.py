"""Demo mode as a whole: commands, pages, banner and the clock; installed nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, request, url_for

from grants import clock
from grants.demo import commands, views
from grants.demo.clock import DemoClock
from grants.demo.queries import KnownPerson, list_demo_people
from grants.web.chrome import use_banner


@dataclass(frozen=True)
class Banner:
    """What the banner shows; the people only on the page where one signs in."""

    moment: datetime
    url: str
    people: Sequence[KnownPerson] = ()


def install(app: Flask) -> None:
    """Turn an installation into a demo: loud on every page, with a clock that moves."""
    demo_clock = DemoClock(app.config["SETTINGS"].instance / "demo-clock")
    app.extensions["demo_clock"] = demo_clock
    clock.move_by(demo_clock.offset)
    app.register_blueprint(views.blueprint)
    app.cli.add_command(commands.demo)
    use_banner(_banner)


def _banner() -> Banner | None:
    if "demo_clock" not in current_app.extensions:
        return None
    people = list_demo_people() if request.endpoint == "people.sign_in" else ()
    return Banner(clock.now(), url_for("demo.clock_page"), people)
