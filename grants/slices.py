"""The one list of all slices: blueprints, jobs, problems, commands."""

from collections.abc import Mapping, Sequence
from typing import Any

from click import Group
from flask import Blueprint

import grants.notifications.jobs
import grants.people.problems
import grants.people.views
import grants.web.problems
import grants.web.views

BLUEPRINTS: Sequence[Blueprint] = (
    grants.web.views.blueprint,
    grants.people.views.blueprint,
)
PROBLEMS: Sequence[Mapping[str, Any]] = (
    grants.web.problems.SENTENCES,
    grants.people.problems.SENTENCES,
)
JOBS = (grants.notifications.jobs,)
COMMANDS: Sequence[Group] = ()
