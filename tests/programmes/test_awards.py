"""Awards under a programme: entered once, counted over municipalities, withdrawn."""

from datetime import datetime

import pytest

from grants import tenancy
from grants.people.actors import SYSTEM
from grants.programmes.actions import Award, ensure_programme, enter_award, withdraw_award
from grants.programmes.models import Programme
from grants.programmes.queries import get_award_entry, list_prior_awards
from tests.client import Statements, commit
from tests.factories import make_municipality, make_organisation

pytestmark = pytest.mark.usefixtures("context")


def enter(programme: Programme, organisation_id: int, amount: int, source: str) -> None:
    enter_award(
        Award(programme.id, organisation_id, amount, source),
        by=SYSTEM,
        at=datetime.fromisoformat("2026-03-02T12:00:00+00:00"),
    )


def test_awards_add_up_when_two_municipalities_gave() -> None:
    programme, organisation = ensure_programme("ReLOaD2"), make_organisation()
    other = ensure_programme("ReLOaD3")
    for amount in (1_500_000, 2_000_050):
        with tenancy.within(make_municipality().id):
            enter(programme, organisation.id, amount, "decision:1")
            enter(other, organisation.id, 77, "decision:2")
            commit()
    unknown = make_organisation("Bez dodjele").id
    with Statements() as seen:
        found = list_prior_awards(programme.id, [organisation.id, unknown])
    assert found == {organisation.id: 3_500_050, unknown: 0}
    assert len(seen) == 1


def test_entry_changes_amount_when_source_is_entered_again(at: datetime) -> None:
    programme, organisation = ensure_programme("ReLOaD2"), make_organisation()
    with tenancy.within(make_municipality().id):
        enter(programme, organisation.id, 1_500_000, "decision:1")
        enter(programme, organisation.id, 1_200_000, "decision:1")
        commit()
        assert list_prior_awards(programme.id, [organisation.id]) == {organisation.id: 1_200_000}


def test_award_stops_counting_when_withdrawn(at: datetime) -> None:
    programme, organisation = ensure_programme("ReLOaD2"), make_organisation()
    with tenancy.within(make_municipality().id):
        enter(programme, organisation.id, 1_500_000, "decision:1")
        entry = get_award_entry("decision:1")
        assert entry is not None
        withdraw_award(entry, by=SYSTEM, at=at)
        withdraw_award(entry, by=SYSTEM, at=at)
        commit()
        assert list_prior_awards(programme.id, [organisation.id]) == {organisation.id: 0}
        assert entry.withdrawn_at == at


def test_nobody_has_prior_awards_when_call_has_no_programme() -> None:
    assert list_prior_awards(None, [1, 2]) == {1: 0, 2: 0}


def test_programme_is_made_once_when_named_twice() -> None:
    assert ensure_programme("ReLOaD2").id == ensure_programme("ReLOaD2").id
