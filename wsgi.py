"""The application for a WSGI server and for `flask --app wsgi`."""

import gc
import sys

from flask import Flask

from grants import cli, slices
from grants.app import create_app
from grants.config import ConfigFault

NEEDS_NO_SETTINGS = (["dossier", "rank"], ["dossier", "check"])


def make_app(words: list[str]) -> Flask:
    """The application; without settings only what an auditor recomputes from a file alone."""
    try:
        made = create_app()
    except ConfigFault as fault:
        asked = [words[at : at + 2] for at in range(len(words))]
        if not any(command in asked for command in NEEDS_NO_SETTINGS):
            sys.exit(f"The environment is not right:\n{fault}")
        made = Flask("grants")
    cli.install(made, slices.COMMANDS)
    return made


def freeze_what_stays() -> None:
    """Spare the collector what lives as long as the process: a third of a million objects.

    Walking over them takes a quarter of a second, and a page of a big call makes enough objects
    of its own to be stopped for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


app = make_app(sys.argv)
freeze_what_stays()
