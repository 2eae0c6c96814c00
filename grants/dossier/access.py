"""Who takes the papers of a call away."""

from grants.calls.models import Call
from grants.dossier.models import Bundle
from grants.dossier.queries import AskedTable
from grants.dossier.tables import TABLES
from grants.people.access import may_work_in
from grants.people.actors import Actor
from grants.ranking.bench import CLOSED


def may_take_away(who: Actor, call: Call) -> bool:
    """The staff of the municipality, its auditor included: all of it is theirs to read."""
    return may_work_in(who, call.municipality_id)


def may_take_bundle(who: Actor, bundle: Bundle) -> bool:
    """The same for a zip that was built."""
    return may_work_in(who, bundle.municipality_id)


def may_take_table(who: Actor, asked: AskedTable) -> bool:
    """The same once the ranking is closed: before that no score leaves the committee."""
    is_there = asked.name in TABLES and asked.call.status in CLOSED
    return is_there and may_take_away(who, asked.call)
