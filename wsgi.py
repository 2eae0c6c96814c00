"""The application for a WSGI server and for `flask --app wsgi`."""

import sys

from grants import cli, slices
from grants.app import create_app
from grants.config import ConfigFault

try:
    app = create_app()
    cli.install(app, slices.COMMANDS)
except ConfigFault as fault:
    sys.exit(f"The environment is not right:\n{fault}")
