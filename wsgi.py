"""The application for a WSGI server and for `flask --app wsgi`."""

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


app = make_app(sys.argv)
