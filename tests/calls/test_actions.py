"""The way of a call from the preset to publication, and every refusal on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from grants import tenancy
from grants.audit.models import AuditEntry
from grants.calls.actions.deciding import approve_call, publish_call, return_call, send_call
from grants.calls.actions.following import follow_call
from grants.calls.actions.making import NewCall, change_call, make_call
from grants.calls.models import Call
from grants.calls.presets import presets
from grants.calls.queries import criteria_of, facts_of, form_of, grid_of, list_followers
from grants.calls.rules.publication import LotFacts, missing_for_publication
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import DomainError, Incomplete, Stale, WrongState
from grants.municipalities.models import Municipality
from grants.notifications.models import Mail
from grants.people.actors import Actor
from grants.people.rules import Role
from grants.programmes.models import Programme
from tests.calls.making import LOTS, TITLE, actor, day, make_draft
from tests.client import commit
from tests.conftest import NOON
from tests.factories import make_municipality, make_user

pytestmark = pytest.mark.usefixtures("context")


@dataclass(frozen=True)
class Town:
    """A municipality with those who make its calls, and a filled draft."""

    municipality: Municipality
    officer: Actor
    mayor: Actor
    call: Call


@pytest.fixture
def town(context: None) -> Iterator[Town]:
    municipality = make_municipality()
    officer = make_user("Lejla Službenik", (Role.OFFICER, municipality.id))
    mayor = make_user("Amela Mayer", (Role.SIGNATORY, municipality.id))
    commit()
    call = make_draft(municipality, by=actor(officer))
    with tenancy.within(municipality.id):
        yield Town(municipality, actor(officer), actor(mayor), call)


def events(call: Call) -> list[str]:
    statement = select(AuditEntry).where(AuditEntry.subject_kind == "Call")
    rows = db.session.execute(statement.order_by(AuditEntry.id)).scalars()
    return [row.event for row in rows if row.subject_id == call.id]


def mails() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Mail).order_by(Mail.id)).scalars()
    return [(mail.to, mail.subject) for mail in rows]


def test_draft_takes_everything_over_when_made_from_the_preset(town: Town) -> None:
    call = town.call
    assert call.slug == "javni-poziv-organizacijama-civilnog-drustva-2026"
    assert call.preset == "lod-reload/2"
    assert call.programme_id == db.session.execute(select(Programme.id)).scalar_one()
    assert grid_of(call).max_points == 100
    assert form_of(call).question("budget") is not None
    criteria = criteria_of(call)
    assert criteria.opens_at == day("2026-03-16T07:00:00+00:00")
    assert criteria.deadline == day("2026-04-20T13:00:00+00:00")  # summer time by then
    assert (criteria.grant_min, criteria.grant_max) == (1_000_000, 3_500_000)
    assert [rule.code for rule in criteria.budget_rules] == ["admin-30", "equipment-30"]
    assert call.planned["decision_on"] == "2026-05-26"


def test_only_money_is_missing_when_fresh_from_the_preset() -> None:
    call = make_draft(make_municipality(), is_filled=False)
    assert [problem.code for problem in missing_for_publication(facts_of(call))] == [
        *["lot_without_envelope"] * 3, *["funding_unfinished"] * 2,
    ]  # fmt: skip


def test_call_is_refused_when_its_reference_is_taken_elsewhere(town: Town) -> None:
    tenancy.leave()
    other = make_municipality()
    new = NewCall("NS-2026-LOD", TITLE, NOON.date())
    with tenancy.within(other.id), pytest.raises(DomainError) as refused:
        make_call(other, new, preset=presets()["lod-reload"], by=town.officer, at=NOON)
    assert refused.value.problems[0].code == "reference_taken"


def test_slug_gets_a_number_when_title_is_used_again(town: Town) -> None:
    new = NewCall("NS-2026-LOD-2", TITLE, NOON.date())
    call = make_call(
        town.municipality, new, preset=presets()["lod-reload"], by=town.officer, at=NOON
    )
    assert call.slug == "javni-poziv-organizacijama-civilnog-drustva-2026-2"


def test_call_is_published_when_approved(town: Town, at: datetime) -> None:
    send_call(town.call, by=town.officer, at=at)
    approve_call(town.call, by=town.mayor, at=at)
    publish_call(town.call, by=town.officer, at=at)
    commit()
    call = town.call
    assert (call.status, call.published_at, len(call.frozen_sha256 or "")) == (
        CallStatus.PUBLISHED, at, 64,
    )  # fmt: skip
    assert events(call) == [
        "call_created", "call_changed",
        "call_sent_for_approval", "call_approved", "call_published",
    ]  # fmt: skip
    assert mails() == [
        (town.mayor.email, f"Poziv čeka vaše odobrenje: {TITLE}"),
        (town.officer.email, f"Poziv je odobren: {TITLE}"),
        (town.mayor.email, f"Poziv je objavljen: {TITLE}"),
    ]


def test_call_is_a_free_draft_again_when_returned(town: Town, at: datetime) -> None:
    send_call(town.call, by=town.officer, at=at)
    return_call(town.call, reason="Dodajte ekonomski kod.", by=town.mayor, at=at)
    change_call(
        town.call, {"summary": "Novi sažetak"}, version=town.call.version, by=town.officer, at=at
    )
    commit()
    assert (town.call.sent_at, town.call.return_reason) == (None, "Dodajte ekonomski kod.")
    assert mails()[-1] == (town.officer.email, f"Poziv je vraćen na doradu: {TITLE}")


def test_approved_call_is_a_draft_again_when_returned(town: Town, at: datetime) -> None:
    send_call(town.call, by=town.officer, at=at)
    approve_call(town.call, by=town.mayor, at=at)
    return_call(town.call, reason="Rok je prekratak.", by=town.mayor, at=at)
    assert (town.call.status, town.call.approved_at) == (CallStatus.DRAFT, None)


def test_return_is_refused_when_no_reason_is_given(town: Town, at: datetime) -> None:
    send_call(town.call, by=town.officer, at=at)
    with pytest.raises(Incomplete) as refused:
        return_call(town.call, reason="  ", by=town.mayor, at=at)
    assert refused.value.problems[0].code == "reason_missing"


@pytest.mark.parametrize("step", [approve_call, publish_call])
def test_step_is_refused_when_call_was_not_sent(
    town: Town, at: datetime, step: Callable[..., Any]
) -> None:
    with pytest.raises(WrongState):
        step(town.call, by=town.mayor, at=at)


def test_call_is_not_sent_when_something_is_missing(town: Town, at: datetime) -> None:
    lots = [LotFacts("1", "Mladi", 1)]
    change_call(town.call, {"lots": lots}, version=town.call.version, by=town.officer, at=at)
    with pytest.raises(Incomplete) as refused:
        send_call(town.call, by=town.officer, at=at)
    assert [problem.code for problem in refused.value.problems] == ["funding_sum"]
    assert len(town.call.lots) == 1


def test_call_is_not_published_when_its_deadline_has_passed(town: Town, at: datetime) -> None:
    send_call(town.call, by=town.officer, at=at)
    approve_call(town.call, by=town.mayor, at=at)
    with pytest.raises(Incomplete) as refused:
        publish_call(town.call, by=town.officer, at=at + timedelta(days=60))
    assert [problem.code for problem in refused.value.problems] == ["deadline_gone"]


@pytest.mark.parametrize(
    ("steps", "code"), [(1, "call_sent"), (2, "call_approved"), (3, "call_frozen")]
)
def test_change_is_refused_when_call_has_left_the_officer(
    town: Town, at: datetime, steps: int, code: str
) -> None:
    for step in (send_call, approve_call, publish_call)[:steps]:
        step(town.call, by=town.officer, at=at)
    with pytest.raises(WrongState) as refused:
        change_call(town.call, {"title": "X"}, version=town.call.version, by=town.officer, at=at)
    assert refused.value.problems[0].code == code


def test_change_is_refused_when_somebody_saved_in_between(town: Town, at: datetime) -> None:
    seen = town.call.version
    change_call(town.call, {"lots": list(LOTS)}, version=seen, by=town.officer, at=at)
    with pytest.raises(Stale):
        change_call(town.call, {"title": "Drugi"}, version=seen, by=town.officer, at=at)
    assert town.call.title == TITLE


def test_person_follows_once_when_asked_twice(town: Town, at: datetime) -> None:
    assert town.officer.id is not None
    for _ in range(2):
        follow_call(town.call, user_id=town.officer.id, at=at)
        commit()
    assert [user.id for user in list_followers(town.call)] == [town.officer.id]
