"""Applications of a call that has closed: written, and submitted one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grants.calls.models import Call
from grants.demo.cast import Cast
from grants.demo.drafts import Plan, begin, submit
from grants.organisations.models import Organisation

OWNERS = {
    "o01": "amra.delic",
    "o02": "vedran.kovac",
    "o03": "hana.omerovic",
    "o04": "sanja.ilic",
    "o05": "tarik.music",
    "o08": "petar.zec",
    "o09": "nejra.basic",
    "o10": "marko.vukic",
    "p01": "mirjana.radic",
    "p02": "milos.stanic",
}


@dataclass(frozen=True)
class Evenings:
    """The first application is submitted so many days ago, each next one two days later."""

    first: int
    hour: str


def hand_in(
    call: Call,
    plans: Sequence[Plan],
    organisations: Mapping[str, Organisation],
    *,
    evenings: Evenings,
    cast: Cast,
) -> dict[str, str]:
    """The addresses of the submitted applications by their project, in the order of receipt."""
    slugs = {}
    for number, plan in enumerate(plans):
        by = cast.people[OWNERS[plan.organisation]]
        draft = begin(call, plan, organisations[plan.organisation], by=by, cast=cast)
        submit(draft, by=by, at=cast.moments.before(evenings.first - 2 * number, evenings.hour))
        slugs[plan.project] = draft.slug
    return slugs
