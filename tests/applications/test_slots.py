"""Documents in the slots of an application: their dates, the vault's offer, what blocks."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock
from grants.applications.queries import get_own_draft, read_snapshot
from grants.db import db
from grants.organisations.models import Organisation, OrganisationDocument
from grants.organisations.queries import list_documents
from grants.ranking.dossiers import read_dossier
from grants.tenancy import within
from tests.applications.arranging import Arranged, arrange
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.factories import OPENS, keep, make_document

SLOTS = [
    {
        "code": "izvod",
        "title": "Izvod iz registra",
        "mandatory": True,
        "kind": "register_extract",
        "max_age_days": 30,
    }
]
DOCUMENTS = "sections/documents"


def make_world(app: Flask, *ages: int, **over: Any) -> tuple[Arranged, list[str]]:
    """A draft whose organisation keeps extracts of these ages in days; their addresses."""
    at = clock.now()
    window = {"opens_at": at - timedelta(days=10), "deadline": at + timedelta(days=10)}
    world = arrange(app, required_documents=SLOTS, **window, **over)
    with app.app_context():
        kept = [make_kept(world, clock.local_day(at) - timedelta(days=age)) for age in ages]
        commit()
    return world, kept


def make_kept(world: Arranged, issued_on: date) -> str:
    document = make_document(f"izvod-{issued_on}.pdf")
    keep(
        OrganisationDocument(
            organisation_id=world.organisation.id,
            kind="register_extract",
            document_id=document.id,
            issued_on=issued_on,
            added_at=OPENS,
            added_by_id=world.member.id,
        )
    )
    return document.slug


def empty_slot(client: LintingClient, world: Arranged) -> None:
    """Take out what the draft was filled with."""
    page = client.get(f"{world.base}/{DOCUMENTS}").text
    for place in page.split('action="')[1:]:
        address = place.partition('"')[0]
        if address.endswith("/remove"):
            client.post(address, status=303)


def test_kept_document_says_whether_it_fits_and_brings_its_dates(
    app: Flask, client: LintingClient
) -> None:
    world, (fresh, old) = make_world(app, 9, 45)
    client.sign_in(world.member)
    empty_slot(client, world)
    page = client.get(f"{world.base}/{DOCUMENTS}").text
    assert ("odgovara</span>" in page, "ne odgovara</span>" in page) == (True, True)
    take = f"{world.base}/documents/kept?slot=izvod"
    client.post(take, {"document": old}, status=303)
    assert "nije stariji od 30 dana" in client.get(f"{world.base}/check").text
    client.post(take, {"document": fresh}, status=303)
    assert "nije stariji od 30 dana" not in client.get(f"{world.base}/check").text


def test_too_old_document_keeps_from_submitting_and_dates_are_frozen(
    app: Flask, client: LintingClient
) -> None:
    world, (old,) = make_world(app, 45)
    client.sign_in(world.representative)
    empty_slot(client, world)
    client.post(f"{world.base}/documents/kept?slot=izvod", {"document": old}, status=303)
    place = client.post(f"{world.base}/submit", {"is_declared": "y"}, status=303).location
    assert place.endswith("/check")
    today = clock.local_day(clock.now())
    dates = f"{world.base}/documents/{old}/dates"
    wrong = {"issued_on": "32. 1. 2026.", "expires_on": ""}
    assert "32. 1. 2026." in client.post(dates, wrong, status=422).text
    backwards = {"issued_on": today.isoformat(), "expires_on": "1. 1. 2020."}
    assert "ne može isteći prije" in client.post(dates, backwards, status=422).text
    client.post(dates, {"issued_on": today.isoformat(), "expires_on": ""}, status=303)
    place = client.post(f"{world.base}/submit", {"is_declared": "y"}, status=303).location
    assert place.endswith("/receipt")
    with app.app_context(), within(world.municipality.id):
        application = get_own_draft(world.own, world.application.slug)
        assert application is not None
        frozen = read_snapshot(application)["documents"]
        assert [(each["code"], each["issued_on"]) for each in frozen] == [
            ("izvod", today.isoformat())
        ]


def test_uploaded_file_is_kept_in_the_vault_with_one_tick(
    app: Flask, client: LintingClient
) -> None:
    world, _kept = make_world(app)
    client.sign_in(world.member)
    empty_slot(client, world)
    upload = f"{world.base}/documents?slot=izvod"
    fields = {"keep": "yes", "file": (io.BytesIO(make_pdf()), "izvod.pdf")}
    client.post(upload, fields, status=303)
    assert "upišite datum izdavanja" in client.get(f"{world.base}/{DOCUMENTS}").text
    with app.app_context():
        organisation = db.session.execute(
            select(Organisation).where(Organisation.id == world.organisation.id)
        ).scalar_one()
        kept = list_documents(organisation)
        assert [(each.kind, each.issued_on) for each in kept] == [("register_extract", None)]
        slug = kept[0].document.slug
    dates = {"issued_on": "1. 2. 2026.", "expires_on": ""}
    client.post(f"{world.base}/documents/{slug}/dates", dates, status=303)
    with app.app_context():
        assert [each.issued_on for each in list_documents(organisation)] == [date(2026, 2, 1)]
    client.sign_in(world.stranger)
    client.post(f"{world.base}/documents/{slug}/dates", dates, status=404)


def test_slots_need_the_same_statements_for_one_and_three_kept_documents(
    app: Flask, client: LintingClient
) -> None:
    world, _kept = make_world(app, 9)
    client.sign_in(world.member)
    path = f"{world.base}/{DOCUMENTS}"
    client.get(path)
    with Statements() as one:
        client.get(path)
    with app.app_context():
        for age in (1, 45):
            make_kept(world, clock.local_day(clock.now()) - timedelta(days=age))
        commit()
    with Statements() as three:
        client.get(path)
    assert len(one) == len(three)


@pytest.mark.usefixtures("context")
def test_dossier_knows_nothing_of_the_dates(app: Flask) -> None:
    world, _kept = make_world(app)
    with within(world.municipality.id):
        content = read_dossier(world.call).content
    assert content["call"]["required_documents"] == [
        {"code": "izvod", "title": "Izvod iz registra", "mandatory": True}
    ]
