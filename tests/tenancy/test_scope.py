"""Rows of a municipality are read and written in its scope only."""

import pytest
from sqlalchemy import func, select

from grants import tenancy
from grants.calls.models import Call
from grants.db import db
from grants.tenancy import ForeignRow, NoScope
from tests.factories import (
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_sheet,
    make_user,
)


@pytest.mark.usefixtures("context")
def test_reading_raises_when_no_scope_was_entered() -> None:
    make_call(make_municipality())
    with pytest.raises(NoScope):
        db.session.execute(select(Call)).scalars().all()


@pytest.mark.usefixtures("context")
def test_counting_a_subquery_stays_in_scope() -> None:
    here, there = make_municipality(), make_municipality()
    make_call(here)
    make_call(there)
    inner = select(Call.id).subquery()
    with tenancy.within(here.id):
        assert db.session.execute(select(func.count()).select_from(inner)).scalar_one() == 1
        assert db.session.execute(select(func.count(Call.id))).scalar_one() == 1


@pytest.mark.usefixtures("context")
def test_core_table_is_refused_in_a_scope() -> None:
    here = make_municipality()
    statement = select(func.count()).select_from(Call.__table__)
    with tenancy.within(here.id), pytest.raises(NoScope):
        db.session.execute(statement)


@pytest.mark.usefixtures("context")
def test_writing_a_foreign_row_raises() -> None:
    here, there = make_municipality(), make_municipality()
    call = make_call(there)
    call.title = "Nešto drugo"
    with tenancy.within(here.id), pytest.raises(ForeignRow):
        db.session.flush()


@pytest.mark.usefixtures("context")
def test_factories_build_a_scored_application() -> None:
    call = make_call(make_municipality())
    chair, member = make_user("Ana"), make_user("Ivo")
    committee = make_committee(call, chair, member)
    application = make_application(call)
    sheet = make_sheet(application, committee.members[1])
    assert (sheet.scores["1.1"], committee.members[0].role.value) == ("4", "chair")
