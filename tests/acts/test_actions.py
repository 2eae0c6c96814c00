"""The way of an act: prepared, returned, approved, issued with its number, scanned, served."""

import hashlib
import threading
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.acts.actions import (
    Draft,
    Service,
    Signature,
    approve_act,
    attach_scan,
    issue_act,
    prepare_act,
    record_service,
    return_act,
    signature_of,
)
from grants.acts.corrections import prepare_correction
from grants.acts.legal import legal_texts
from grants.acts.models import Act, NumberSeries
from grants.acts.rules import ActKind, ActStatus, ServiceWay, Subject, is_final
from grants.audit.models import AuditEntry
from grants.audit.rules import canonical
from grants.db import db, unit_of_work
from grants.errors import DomainError, WrongState
from grants.i18n.rendering import speaking
from grants.municipalities.models import Municipality
from grants.municipalities.queries import list_holidays
from grants.municipalities.rules import Entity
from grants.people.actors import SYSTEM
from grants.workdays import Calendar
from tests.database import IS_POSTGRESQL
from tests.factories import make_act, make_document, make_municipality, make_user

SIGNED = Signature(name="Amela Mayer", title="Općinska načelnica", series="02-36")
pytestmark = pytest.mark.usefixtures("context")


def make_draft(municipality: Municipality, **over: Any) -> Draft:
    given: dict[str, Any] = {
        "key": "test:1",
        "kind": ActKind.REFUSAL,
        "title": "Rješenje o odbijanju prijave",
        "template": "acts/correction.pdf.html",
        "facts": {"a": 1},
        "subject": Subject("Application", 1, municipality.id),
        "remedy_days": 15,
    }
    return Draft(**(given | over))


def events() -> list[str]:
    return list(db.session.execute(select(AuditEntry.event).order_by(AuditEntry.id)).scalars())


def issue(act: Act, at: datetime, **over: Any) -> None:
    issue_act(act, signature=Signature(**{**SIGNED.__dict__, **over}), by=SYSTEM, at=at)


def test_draft_is_replaced_when_prepared_again_under_its_key(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        first = prepare_act(make_draft(municipality), by=SYSTEM, at=at)
        again = prepare_act(make_draft(municipality, facts={"a": 2}), by=SYSTEM, at=at)
        assert (again.id, again.facts, again.status) == (first.id, {"a": 2}, ActStatus.DRAFT)


def test_approved_act_is_not_overwritten_when_prepared_again(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = prepare_act(make_draft(municipality), by=SYSTEM, at=at)
        approve_act(act, by=SYSTEM, at=at)
        with pytest.raises(WrongState):
            prepare_act(make_draft(municipality, facts={"a": 2}), by=SYSTEM, at=at)
        assert act.facts == {"a": 1}


def test_returned_act_says_why_until_it_is_prepared_again(at: datetime) -> None:
    municipality = make_municipality()
    officer = make_user("Lejla")
    with tenancy.within(municipality.id):
        act = prepare_act(make_draft(municipality), by=officer, at=at)
        approve_act(act, by=SYSTEM, at=at)
        return_act(act, by=SYSTEM, at=at, reason="Iznos nije tačan.")
        assert (act.status, act.return_reason) == (ActStatus.DRAFT, "Iznos nije tačan.")
        assert act.approved_at is None
        prepare_act(make_draft(municipality), by=officer, at=at)
        assert act.return_reason == ""
        db.session.commit()
    assert events() == ["act_prepared", "act_approved", "act_returned", "act_prepared"]


def test_number_is_next_of_series_and_year(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        acts = [make_act(municipality) for _ in range(3)]
        issue(acts[0], at)
        issue(acts[1], at, series="05-1")
        issue(acts[2], at)
        later = make_act(municipality)
        issue(later, at + timedelta(days=365))
        assert [act.number for act in (*acts, later)] == [
            "02-36-1/26",
            "05-1-1/26",
            "02-36-2/26",
            "02-36-1/27",
        ]


def test_year_is_that_of_sarajevo_when_utc_is_still_in_the_old_one() -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality)
        issue(act, datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
        assert (act.number, act.acted_on) == ("02-36-1/27", date(2027, 1, 1))


def test_issue_freezes_facts_and_their_hash(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality, facts={"iznos": 2_800_000, "naziv": "„Žubor“"})
        issue(act, at)
        expected = hashlib.sha256(canonical(act.facts).encode()).hexdigest()
        assert (act.facts_sha256, act.signatory_name) == (expected, "Amela Mayer")
        with pytest.raises(WrongState):
            issue(act, at)


def test_typed_number_is_unique_in_its_year(at: datetime) -> None:
    municipality, other = make_municipality(), make_municipality()
    with tenancy.within(municipality.id):
        issue(make_act(municipality), at, typed_number="02-36-9/26")
        with pytest.raises(DomainError) as refused:
            issue(make_act(municipality), at, typed_number=" 02-36-9/26 ")
        assert refused.value.problems[0].facts == {"number": "02-36-9/26", "year": 2026}
    with tenancy.within(other.id):
        act = make_act(other)
        issue(act, at, typed_number="02-36-9/26")
        assert act.number == "02-36-9/26"


def test_series_steps_over_a_number_that_was_typed_in(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        issue(make_act(municipality), at, typed_number="02-36-1/26")
        act = make_act(municipality)
        issue(act, at)
        assert act.number == "02-36-2/26"


def test_number_is_not_lost_when_the_issue_is_rolled_back(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality)
        db.session.commit()
        issue(act, at)
        db.session.rollback()
        db.session.refresh(act)
        issue(act, at)
        assert act.number == "02-36-1/26"


@pytest.mark.parametrize("is_first", [True, False])
def test_two_who_issue_at_once_get_neighbouring_numbers(
    app: Flask, at: datetime, *, is_first: bool
) -> None:
    """On PostgreSQL the second waits at the row, on SQLite at the file."""
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        if not is_first:
            issue(make_act(municipality), at)
        ids = [make_act(municipality).id for _ in range(2)]
        db.session.commit()
    order = issue_at_once(app, municipality.id, ids, at)
    first = 1 if is_first else 2
    with tenancy.within(municipality.id):
        found = select(Act.number).where(Act.id.in_(ids)).order_by(Act.id)
        numbers = list(db.session.execute(found).scalars())
        assert numbers == [f"02-36-{first}/26", f"02-36-{first + 1}/26"]
        last = db.session.execute(select(NumberSeries.last)).scalars().all()
        assert list(last) == [first + 1]
    assert order == [1, 2] or not IS_POSTGRESQL


def issue_at_once(app: Flask, municipality_id: int, ids: list[int], at: datetime) -> list[int]:
    """Issue two acts in two threads; the second begins while the first holds the series."""
    holds, order = threading.Event(), list[int]()

    def issue_one(which: int) -> None:
        with app.app_context(), clock.held_at(at), tenancy.within(municipality_id):
            if which == 2:
                holds.wait(5)
            with unit_of_work("one of two who issue at once"):
                act = db.session.execute(select(Act).where(Act.id == ids[which - 1])).scalar_one()
                issue(act, at)
                holds.set()
                if which == 1:
                    time.sleep(0.4)
            order.append(which)

    threads = [threading.Thread(target=issue_one, args=(which,)) for which in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    db.session.rollback()
    return order


def test_scan_waits_until_the_act_has_a_number(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality)
        with pytest.raises(DomainError, match="act_not_issued"):
            attach_scan(act, make_document(), by=SYSTEM, at=at)
        issue(act, at)
        attach_scan(act, make_document(), by=SYSTEM, at=at)
        assert act.scan_id is not None


def test_term_of_remedy_runs_from_service_and_shows_how(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality, remedy_days=15)
        issue(act, datetime(2026, 4, 14, 9, 0, tzinfo=UTC))
        service = Service(on=date(2026, 4, 16), way=ServiceWay.POST, note="RE 123")
        calendar = Calendar(list_holidays(municipality.id))
        at = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
        record_service(act, service, calendar=calendar, by=SYSTEM, at=at)
        assert act.status is ActStatus.SERVED
        assert act.remedy_until == date(2026, 5, 4)
        assert act.remedy_counted == {
            "start": "2026-04-16",
            "days": 15,
            "raw_end": "2026-05-01",
            "skipped": [
                ["2026-05-01", "holiday", "Međunarodni praznik rada"],
                ["2026-05-02", "holiday", "Međunarodni praznik rada"],
                ["2026-05-03", "sunday", ""],
            ],
        }
        assert not is_final(act.remedy_until, date(2026, 5, 4))
        assert is_final(act.remedy_until, date(2026, 5, 5))


@pytest.mark.parametrize(
    ("on", "code"),
    [(date(2026, 3, 1), "served_before_issue"), (date(2026, 3, 3), "served_in_future")],
)
def test_service_is_refused_when_its_day_cannot_be(at: datetime, on: date, code: str) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality)
        issue(act, at)
        with pytest.raises(DomainError, match=code):
            record_service(
                act, Service(on, ServiceWay.IN_PERSON), calendar=Calendar(), by=SYSTEM, at=at
            )


def test_correction_is_an_act_of_its_own(at: datetime) -> None:
    municipality = make_municipality()
    with tenancy.within(municipality.id):
        act = make_act(municipality, recipient_name="Udruženje „Žubor“")
        with pytest.raises(DomainError, match="nothing_to_correct"):
            prepare_correction(act, municipality, wrong="a", right="b", by=SYSTEM, at=at)
        issue(act, at)
        db.session.commit()
        frozen = canonical(act.facts)
        made = prepare_correction(act, municipality, wrong="a", right="b", by=SYSTEM, at=at)
        issue(made, at)
        db.session.commit()
        assert (made.corrects_id, made.number, made.kind) == (
            act.id,
            "02-36-2/26",
            ActKind.CORRECTION,
        )
        assert made.title == "Rješenje o ispravci greške u aktu broj 02-36-1/26"
        assert canonical(act.facts) == frozen
        assert events()[-2:] == ["act_issued", "act_corrected"]


def test_own_legal_texts_of_municipality_come_before_the_defaults() -> None:
    own = {
        "basis": {"refusal": "člana 7. Odluke"},
        "remedy": {"default": "Prigovor u roku od {rok} dana."},
        "remedy_days": {"default": 8},
        "series": {"default": "02-36", "refusal": "02-37"},
    }
    municipality = make_municipality(legal_texts=own)
    texts = legal_texts(municipality, ActKind.REFUSAL)
    assert (texts.basis, texts.remedy, texts.remedy_days, texts.series) == (
        "člana 7. Odluke",
        "Prigovor u roku od 8 dana.",
        8,
        "02-37",
    )
    assert signature_of(municipality, ActKind.AWARD, by=SYSTEM).series == "02-36"


@pytest.mark.parametrize("entity", list(Entity))
def test_default_texts_name_no_article(entity: Entity) -> None:
    municipality = make_municipality(entity=entity)
    for kind in ActKind:
        texts = legal_texts(municipality, kind)
        assert "član" not in texts.basis + texts.remedy
        assert "{rok}" not in texts.remedy


def test_office_texts_are_cyrillic_when_the_act_is() -> None:
    municipality = make_municipality(legal_texts={"basis": {"default": "člana 7. Odluke"}})
    with speaking("sr"):
        texts = legal_texts(municipality, ActKind.AWARD, "sr")
    assert texts.basis == "члана 7. Одлуке"
    assert texts.remedy.startswith("Против овог акта може се изјавити жалба у року од 15 дана")
