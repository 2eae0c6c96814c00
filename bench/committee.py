"""The committee's day at 2,000 applications: check, divergence, meeting, fairness, scenarios."""

from datetime import timedelta
from random import Random

from flask import Flask
from sqlalchemy import insert, select, update

from bench.limits import Measured
from bench.measuring import measured_pages
from bench.seed import Row, Seeded
from grants import clock, tenancy
from grants.applications.models import Application
from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.calls.rules.allocation import Mode
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import Check
from grants.eligibility.rules.findings import ITEM_CODES, Finding
from grants.eligibility.rules.readings import NUMBERS
from grants.evaluation.models import Committee, Meeting, MeetingItem
from grants.evaluation.queries import get_committee
from grants.people.actors import Actor
from grants.ranking.actions import freeze_ranking, keep_rows
from grants.ranking.bench import Bench
from grants.ranking.jobs import keep_record, preview_ranking, weigh_fairness
from grants.ranking.previews import preview, summary_of
from grants.ranking.queries import list_applications
from grants.ranking.rules.scenarios import Changes
from grants.ranking.scenarios import save_scenario
from tests.factories import DEADLINE

AGENDA = 200
MEETING = "sastanak-1"
# The last one gives something to everybody, so that 2,000 applications differ.
MODES = (None, None, Mode.PROPORTIONAL)
FINDINGS = {Finding.YES: 90, Finding.NO: 5, Finding.COMPLETION: 5}
FILTERS = {
    "": "",
    ", by words": "?q=mlade",
    ", one lot": "?lot=1",
    ", one status": "?state=eligible",
    ", open": "?found=open",
    ", different": "?found=different",
    ", against": "?found=against",
    ", to complete": "?found=completion",
    ", clear": "?found=clear",
}


def scoring_day(app: Flask, port: int, seeded: Seeded) -> dict[str, Measured]:
    """The pages of the check, of divergence and of a meeting, while sheets are written."""
    with app.app_context():
        _seed(seeded)
        db.engine.dispose()
    office = f"/m/{seeded.municipality}/calls/{seeded.call}"
    work = f"/committee/{seeded.committee}"
    asked = {
        f"checks{name}": (f"{office}/checks{query}", seeded.officer)
        for name, query in FILTERS.items()
    }
    asked |= {
        "divergence": (f"{work}/divergence", seeded.chair),
        "meetings": (f"{work}/meetings", seeded.chair),
        "agenda of a meeting": (f"{work}/meetings/{MEETING}", seeded.chair),
        "exports": (f"{office}/exports", seeded.officer),
    }
    return measured_pages(app, port, asked)


def deciding_day(app: Flask, port: int, seeded: Seeded) -> dict[str, Measured]:
    """The pages of fairness and scenarios while amounts are decided; then the closed record."""
    work = f"/committee/{seeded.committee}"
    with app.app_context():
        _weigh(seeded)
        db.engine.dispose()
    asked = {
        "fairness": (f"{work}/ranking/fairness", seeded.chair),
        "scenarios": (f"{work}/ranking/scenarios", seeded.chair),
    }
    found = measured_pages(app, port, asked)
    with app.app_context():
        _close(seeded)
        db.engine.dispose()
    return found | measured_pages(
        app, port, {"record of the committee": (f"{work}/record", seeded.chair)}
    )


def _seed(seeded: Seeded) -> None:
    chance = Random(2)  # noqa: S311  the same rows in every run
    with tenancy.across("bench seeds"):
        call = db.session.execute(select(Call).where(Call.slug == seeded.call)).scalar_one()
        call.is_checked_twice = True
        ids = db.session.execute(
            select(Application.id).where(Application.call_id == call.id)
        ).scalars()
        ids = list(ids)
        db.session.execute(insert(Check), _checks(call, ids, chance))
        _meeting(seeded, ids)
        db.session.commit()


def _checks(call: Call, ids: list[int], chance: Random) -> list[Row]:
    """Most answers are yes; one application in ten is not read to the end by the second officer."""
    rows: list[Row] = []
    for number, application_id in enumerate(ids):
        for reading in NUMBERS:
            codes = list(ITEM_CODES)
            if number % 10 == 0 and reading == max(NUMBERS):
                codes.pop()
            rows += [
                {
                    "municipality_id": call.municipality_id,
                    "application_id": application_id,
                    "item": code,
                    "reading": reading,
                    "finding": chance.choices(list(FINDINGS), list(FINDINGS.values()))[0],
                    "checked_at": DEADLINE,
                }
                for code in codes
            ]
    return rows


def _meeting(seeded: Seeded, ids: list[int]) -> None:
    committee = db.session.execute(
        select(Committee).where(Committee.slug == seeded.committee)
    ).scalar_one()
    meeting = Meeting(
        municipality_id=committee.municipality_id,
        slug=MEETING,
        committee_id=committee.id,
        number=1,
        begins_at=DEADLINE + timedelta(days=2),
        called_at=DEADLINE + timedelta(days=1),
        called_by_id=seeded.chair,
    )
    db.session.add(meeting)
    db.session.flush()
    items: list[Row] = [
        {
            "municipality_id": committee.municipality_id,
            "meeting_id": meeting.id,
            "application_id": application_id,
            "position": position,
            "spread": "20/1",
        }
        for position, application_id in enumerate(ids[:AGENDA], start=1)
    ]
    db.session.execute(insert(MeetingItem), items)


def _weigh(seeded: Seeded) -> None:
    municipality_id, call_id = _ids(seeded)
    facts = {"call_id": call_id, "municipality_id": municipality_id, "at": clock.now()}
    with tenancy.within(municipality_id):
        bench = _bench(call_id)
        by = Actor(id=seeded.chair)
        for number, mode in enumerate(MODES, start=1):
            changes = Changes({"1": 5_000_000 + 1_000_000 * number}, mode=mode)
            name = f"Scenarij {number}"
            save_scenario(bench, name, changes, weighed=None, by=by, at=clock.now())
        db.session.commit()
    preview_ranking(**facts)
    weigh_fairness(**facts)


def _close(seeded: Seeded) -> None:
    """A frozen ranking, whatever is still open of this call."""
    municipality_id, call_id = _ids(seeded)
    with tenancy.within(municipality_id):
        call = _bench(call_id).call
        shown = preview(call, is_whole=True)
        ranking = freeze_ranking(call, shown, at=clock.now())
        ranking.summary = summary_of(shown, sheets={"signed": 4_000, "expected": 4_000})
        db.session.flush()
        keep_rows(ranking, shown, {str(each.reference): each for each in list_applications(call)})
        db.session.execute(update(Call).where(Call.id == call_id).values(status=CallStatus.RANKED))
        db.session.commit()
    keep_record(call_id=call_id, municipality_id=municipality_id, at=clock.now())


def _bench(call_id: int) -> Bench:
    call = get_call_by_id(call_id)
    if call is None:
        raise RuntimeError("no call")
    return Bench(call, get_committee(call), None)


def _ids(seeded: Seeded) -> tuple[int, int]:
    with tenancy.across("bench measures"):
        call = db.session.execute(select(Call).where(Call.slug == seeded.call)).scalar_one()
        return call.municipality_id, call.id
