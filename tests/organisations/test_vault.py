"""The vault: versions, states, reminders, and nobody else's eyes."""

import io
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from grants.db import db
from grants.notifications.models import Notice
from grants.organisations.actions.vault import remind_of_expiry
from grants.organisations.models import Organisation, OrganisationDocument
from grants.organisations.queries import list_documents
from grants.organisations.rules.vault import REMINDERS, Validity, reminder_due, validity
from grants.people.models import User
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.factories import OPENS, keep, make_document, make_organisation, make_user

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
TODAY = date(2026, 3, 2)


@given(DAYS, DAYS)
def test_document_is_good_to_its_last_day_and_not_after(expires_on: date, on: date) -> None:
    found = validity(expires_on, on=on)
    assert (found is Validity.EXPIRED) == (on > expires_on)
    assert (found is Validity.EXPIRING) == (0 <= (expires_on - on).days <= 30)


@given(DAYS, st.integers(0, 400), st.lists(st.integers(0, 40), max_size=60))
def test_each_reminder_comes_once_however_the_days_are_asked(
    expires_on: date, before: int, steps: list[int]
) -> None:
    on = added_on = expires_on - timedelta(days=before)
    reminded_for, sent = None, []
    for step in steps:
        on += timedelta(days=step)
        due = reminder_due(expires_on, on=on, added_on=added_on, reminded_for=reminded_for)
        if due is not None:
            sent.append(due)
            reminded_for = due
            assert added_on <= due <= on <= expires_on
    assert sent == sorted(set(sent))
    assert set(sent) <= {expires_on - timedelta(days=ahead) for ahead in REMINDERS}


def make_kept(organisation: Organisation, owner: User, **over: object) -> OrganisationDocument:
    made = {
        "organisation": organisation,
        "kind": "tax_paid",
        "document": make_document("uvjerenje.pdf"),
        "added_at": OPENS - timedelta(days=90),
        "added_by_id": owner.id,
    }
    return keep(OrganisationDocument(**(made | over)))


@pytest.mark.usefixtures("context")
def test_people_are_reminded_once_for_each_term() -> None:
    organisation = make_organisation()
    owner = make_user("Amra", (Role.OWNER, organisation.id))
    make_kept(organisation, owner, expires_on=TODAY + timedelta(days=30))
    make_kept(organisation, owner, expires_on=TODAY + timedelta(days=40))
    make_kept(organisation, owner, expires_on=TODAY - timedelta(days=1))
    make_kept(organisation, owner, expires_on=TODAY + timedelta(days=5), removed_at=OPENS)
    at = datetime(2026, 3, 2, 6, 0, tzinfo=OPENS.tzinfo)
    days = (0, 0, 1, 12, 23, 24, 33, 34)
    told = [remind_of_expiry(at=at + timedelta(days=ahead)) for ahead in days]
    assert told == [1, 0, 0, 1, 1, 0, 1, 0]
    notices = db.session.execute(select(Notice).order_by(Notice.id)).scalars().all()
    assert "vrijedi do 1.\u00a04.\u00a02026." in notices[0].text
    assert [notice.user_id for notice in notices] == [owner.id] * 4


def upload(name: str) -> dict[str, tuple[io.BytesIO, str]]:
    return {"file": (io.BytesIO(make_pdf()), name)}


def test_newer_version_takes_the_place_and_the_old_one_stays(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation = make_organisation()
        member = make_user("Amra", (Role.MEMBER, organisation.id))
        commit()
    client.sign_in(member)
    base = f"/my/organisations/{organisation.slug}/documents"
    old = client.post(f"{base}?kind=statute", upload("statut.pdf"), status=303).location
    assert "Odaberite datoteku" in client.post(f"{old}/replace", status=422).text
    new = client.post(f"{old}/replace", upload("novi.pdf"), status=303).location
    assert "novija verzija" in client.post(f"{old}/replace", upload("drugi.pdf"), status=409).text
    page = client.get(base).text
    assert ("novi.pdf" in page, "statut.pdf" in page) == (True, False)
    assert "statut.pdf" in client.get(new).text
    assert "Ovo je ranija verzija" in client.get(old).text
    assert client.get(f"{old}/file").data == make_pdf()
    client.post(f"{new}/remove", status=303)
    for path in (old, new):
        client.get(path, status=404)


def test_document_is_described_and_nobody_elses(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        organisation = make_organisation()
        member = make_user("Amra", (Role.MEMBER, organisation.id))
        stranger = make_user("Neko Drugi", (Role.OWNER, make_organisation("Drugi").id))
        commit()
    client.sign_in(member)
    base = f"/my/organisations/{organisation.slug}/documents"
    place = client.post(base, upload("statut.pdf"), status=303).location
    dates = {"kind": "statute", "issued_on": "1. 2. 2026.", "expires_on": "1. 1. 2026."}
    assert "ne može isteći prije" in client.post(place, dates, status=422).text
    future = {"kind": "statute", "issued_on": "1. 1. 2090."}
    assert "poslije današnjeg dana" in client.post(place, future, status=422).text
    client.post(place, dates | {"expires_on": ""}, status=303)
    client.sign_in(stranger)
    for path in (place, f"{place}/file", base):
        client.get(path, status=404)
    client.post(f"{place}/remove", status=404)
    client.post(f"{place}/replace", status=404)


def test_vault_needs_the_same_statements_for_one_and_three_documents(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation = make_organisation()
        owner = make_user("Amra", (Role.OWNER, organisation.id))
        make_kept(organisation, owner)
        commit()
    client.sign_in(owner)
    path = f"/my/organisations/{organisation.slug}/documents"
    client.get(path)
    with Statements() as one:
        client.get(path)
    with app.app_context():
        first = make_kept(organisation, owner, kind="statute")
        make_kept(organisation, owner, kind="statute", replaces_id=first.id)
        make_kept(organisation, owner, kind="other")
        commit()
        assert len(list_documents(organisation)) == 3
    with Statements() as three:
        client.get(path)
    assert len(one) == len(three) <= 6
