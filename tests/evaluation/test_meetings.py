"""Consensus meetings through their pages: called, attended, agreed upon, closed with minutes."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import Conflict, Meeting, MeetingItem, Member, Sheet
from grants.evaluation.queries import list_reviews
from grants.evaluation.rules.sheets import SheetStatus
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.models import User
from tests.client import LintingClient, Statements, commit
from tests.evaluation.world import SIGNATURE, TITLE, World, make_world, rows
from tests.factories import DEADLINE, keep

SCORES = {"low": ("1", "0.5", "a"), "high": ("5", "1", "b")}
AGREED = {
    "version": "0", "q-1.1": "4", "q-1.2": "0.75", "q-2.1": "b",
    "c-1": "Potrebe su jasne.", "c-2": "Obuhvat je velik.", "reason": "Razgovarali smo.",
    "votes_for": "3", "votes_against": "0", "votes_abstained": "0", "agree": "1", **SIGNATURE,
}  # fmt: skip


@pytest.fixture
def world(app: Flask) -> World:
    """Three members signed everything: far apart on the first, alike on the second."""
    return signed_world(app)


def signed_world(app: Flask, applications: int = 2) -> World:
    world = make_world(app, applications=applications)
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.execute(update(Call).values(divergence_limit="8"))
        members = db.session.execute(select(Member).order_by(Member.position)).scalars().all()
        found = {each.slug: each for each in db.session.execute(select(Application)).scalars()}
        for number, slug in enumerate(world.applications):
            for user in (world.chair, world.member, world.third):
                member = next(each for each in members if each.user_id == user.id)
                is_low = number == 0 and user.id == world.third.id
                sign(found[slug], member, "low" if is_low else "high")
        commit()
    return world


def sign(application: Application, member: Member, kind: str) -> Sheet:
    scores = dict(zip(("1.1", "1.2", "2.1"), SCORES[kind], strict=True))
    return keep(
        Sheet(
            municipality_id=application.municipality_id,
            application=application,
            member=member,
            status=SheetStatus.SIGNED,
            scores=scores,
            comments={"1": f"Tajni komentar {kind}", "2": "Drugi."},
            signed_at=DEADLINE,
        )
    )


def recuse(app: Flask, world: World, user: User, number: int = 0) -> None:
    """A conflict decided after the sheet was signed."""
    with app.app_context(), tenancy.across("tests arrange"):
        wanted = select(Application).where(Application.slug == world.applications[number])
        application = db.session.execute(wanted).scalar_one()
        member = db.session.execute(select(Member).where(Member.user_id == user.id)).scalar_one()
        keep(
            Conflict(
                municipality_id=member.municipality_id,
                member_id=member.id,
                application_id=application.id,
                ground="party",
                declared_at=DEADLINE,
            )
        )
        commit()


def convene(client: LintingClient, app: Flask, world: World, **over: object) -> str:
    """The address of a meeting that the chair calls, everybody present."""
    client.sign_in(world.chair)
    fields = {"begins_at": "10. 2. 2026. u 10:00", "place": "Vijećnica"}
    client.post(f"{world.committee}/meetings", fields | over)
    path = f"{world.committee}/meetings/{rows(app, Meeting)[-1].slug}"
    present = [each.key for each in rows(app, Member) if each.key != "e9"][:3]
    client.post(f"{path}/attendance", {"present": present})
    return path


def test_chair_sees_what_lies_apart_and_calls_a_meeting(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    client.sign_in(world.chair)
    text = client.get(f"{world.committee}/divergence").text
    assert "23" in text
    assert "preko granice" in text
    assert "▲▲" in text
    client.post(f"{world.committee}/meetings", {"begins_at": "sutra"}, status=422)
    convene(client, app, world)
    assert [each.spread for each in rows(app, MeetingItem)] == ["23/1"]
    mails = [each for each in rows(app, Mail) if "Sastanak komisije" in each.subject]
    assert sorted(each.to for each in mails) == sorted(
        each.email for each in (world.chair, world.member, world.third)
    )
    assert all(TITLE not in each.text for each in mails)
    again = client.post(
        f"{world.committee}/meetings", {"begins_at": "11. 2. 2026. u 10:00"}, status=422
    )
    assert "Nijedna prijava ne čeka usaglašavanje" in again.text


def test_consensus_replaces_the_mean_and_the_originals_stay(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    path = convene(client, app, world)
    item = f"{path}/{world.applications[0]}"
    text = client.get(item).text
    assert "Tajni komentar low" in text
    before = [(each.scores, each.signed_at, each.version) for each in rows(app, Sheet)]
    client.post(item, {"version": "0", "q-1.1": "3", "reason": "Nacrt."})
    stale = client.post(item, AGREED, status=409).text
    assert 'name="version" value="1"' in stale
    refused = client.post(item, AGREED | {"version": "1", "votes_for": "2"}, status=422).text
    assert "Upisano je 2 glasova" in refused
    assert "Potrebe su jasne." in refused
    assert 'name="version" value="1"' in refused
    client.post(item, AGREED | {"version": "1"})
    sheets = rows(app, Sheet)
    assert [(each.scores, each.signed_at, each.version) for each in sheets[:-1]] == before
    agreed = sheets[-1]
    assert (agreed.is_consensus, agreed.status, agreed.signed_at) == (True, SheetStatus.SIGNED, at)
    assert len(agreed.signed_sha256 or "") == 64
    client.post(item, AGREED | {"version": str(agreed.version)}, status=422)
    assert "usaglašeno" in client.get(f"{world.committee}/divergence").text
    with app.app_context(), tenancy.across("tests look"):
        call = db.session.execute(select(Call).where(Call.id == rows_call(app))).scalar_one()
        with tenancy.within(call.municipality_id):
            assert [each.is_consensus for each in list_reviews(call)].count(True) == 1


@pytest.mark.parametrize("typed", ["", "nije ta lozinka"])
def test_nothing_is_agreed_upon_without_the_own_password(
    app: Flask, client: LintingClient, world: World, at: datetime, typed: str
) -> None:
    path = convene(client, app, world)
    item = f"{path}/{world.applications[0]}"
    client.post(item, {"version": "0", "q-1.1": "3"})
    refused = client.post(item, AGREED | {"version": "1", "signing_password": typed}, status=422)
    assert "lozink" in refused.text.lower()
    assert "Potrebe su jasne." in refused.text
    assert [each.agreed_at for each in rows(app, MeetingItem)] == [None]
    client.post(item, AGREED | {"version": "1"})
    assert [each.agreed_at for each in rows(app, MeetingItem)] == [at]


def rows_call(app: Flask) -> int:
    return int(rows(app, Application)[0].call_id)


def test_minutes_tell_what_happened(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    path = convene(client, app, world)
    client.post(f"{path}/{world.applications[0]}", AGREED)
    client.post(f"{path}/close", {"remarks": "Bez primjedbi."})
    client.post(f"{path}/close", {"remarks": ""}, status=422)
    act = rows(app, Act)[-1]
    assert act.kind is ActKind.MINUTES
    facts = act.facts
    assert (facts["has_quorum"], facts["absent"]) == (True, [])
    assert facts["items"][0]["totals"] == ["35", "35", "12", "30,5"]
    assert facts["items"][0]["votes"] == [3, 0, 0]
    with app.app_context():
        run_due_jobs()
    for user in (world.chair, world.member):
        client.sign_in(user)
        assert client.get(f"{path}/minutes.pdf").data.startswith(b"%PDF")


def test_history_of_the_call_tells_of_meetings_without_what_was_agreed(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    path = convene(client, app, world)
    client.post(f"{path}/{world.applications[0]}", AGREED)
    client.sign_in(world.officer)
    called = client.get(f"{world.call}/history").text
    assert "Sazvano usaglašavanje ocjena" in called
    assert "Zaključeno usaglašavanje ocjena" not in called
    client.sign_in(world.chair)
    client.post(f"{path}/close", {"remarks": "Bez primjedbi."})
    client.sign_in(world.officer)
    history = client.get(f"{world.call}/history").text
    assert "Zaključeno usaglašavanje ocjena" in history
    assert "Usaglašena ocjena" not in history
    assert "usaglašavanje" not in client.get(f"/calls/{world.call.rpartition('/')[2]}").text


def test_meeting_is_not_closed_before_it_begins(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    begins = at + timedelta(minutes=5)
    path = convene(client, app, world, begins_at=f"{begins:%d. %m. %Y.} u 12:05")
    assert rows(app, Meeting)[-1].begins_at == begins
    refused = client.post(f"{path}/close", {"remarks": ""}, status=422)
    assert "Sastanak je sazvan za" in refused.text
    assert "u 12:05" in refused.text
    with clock.held_at(begins):
        client.post(f"{path}/close", {"remarks": ""})
    assert rows(app, Act)[-1].kind is ActKind.MINUTES


def test_conflicted_chair_neither_sees_nor_leads_and_another_member_does(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    recuse(app, world, world.chair)
    client.sign_in(world.chair)
    assert f"{TITLE} 0" not in client.get(f"{world.committee}/divergence").text
    path = convene(client, app, world)
    assert f"{TITLE} 0" not in client.get(path).text
    item = f"{path}/{world.applications[0]}"
    nowhere = f"{path}/{'x' * len(world.applications[0])}"
    answers = [client.get(each, status=404).data for each in (item, nowhere)]
    assert bare(answers[0], world.applications[0]) == bare(answers[1], nowhere.rpartition("/")[2])
    client.post(item, AGREED, status=404)
    client.sign_in(world.third)
    assert "vodi" in client.get(item).text
    client.post(item, AGREED | {"votes_for": "2"}, status=422)
    client.sign_in(world.member)
    client.post(item, AGREED | {"votes_for": "2"})
    assert rows(app, MeetingItem)[0].recused == [rows(app, Member)[0].key]


def test_minutes_stay_closed_to_whoever_went_out(
    app: Flask, client: LintingClient, world: World, at: datetime
) -> None:
    recuse(app, world, world.chair)
    path = convene(client, app, world)
    client.post(f"{path}/close", {})
    with app.app_context():
        run_due_jobs()
    client.get(f"{path}/minutes.pdf", status=404)
    client.sign_in(world.member)
    client.get(f"{path}/minutes.pdf")


def bare(page: bytes, slug: str) -> bytes:
    lines = [line for line in page.splitlines() if b"csrf" not in line]
    return b"\n".join(lines).replace(slug.encode(), b"*")


def test_nobody_sees_others_scores_before_signing(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = signed_world(app)
    with app.app_context(), tenancy.across("tests arrange"):
        member = select(Member.id).where(Member.user_id == world.third.id).scalar_subquery()
        db.session.execute(
            update(Sheet).where(Sheet.member_id == member)
            .values(signed_at=None, status=SheetStatus.IN_WORK)
        )  # fmt: skip
        commit()
    client.sign_in(world.chair)
    text = client.get(f"{world.committee}/divergence").text
    assert TITLE not in text
    assert "čeka potpise drugih članova" in text
    fields = {"begins_at": "10. 2. 2026. u 10:00", "also": list(world.applications)}
    client.post(f"{world.committee}/meetings", fields, status=422)


@pytest.mark.parametrize("who", ["member", "secretary", "stranger", "officer", "applicant"])
def test_others_have_no_business_with_divergence(
    app: Flask, client: LintingClient, world: World, at: datetime, who: str
) -> None:
    path = convene(client, app, world)
    client.sign_in(getattr(world, who))
    status = 403 if who == "member" else 404
    client.get(f"{world.committee}/divergence", status=status)
    client.post(f"{path}/attendance", {"present": []}, status=status)
    client.post(f"{path}/close", {}, status=status)
    for page in (path, f"{path}/{world.applications[0]}", f"{world.committee}/meetings"):
        client.get(page, status=200 if who == "member" else 404)


@pytest.mark.parametrize("applications", [1, 3])
def test_divergence_and_agenda_take_few_statements(
    app: Flask, client: LintingClient, at: datetime, applications: int
) -> None:
    world = signed_world(app, applications)
    path = convene(client, app, world, also=list(world.applications))
    client.get(path)
    seen = {}
    for page in (f"{world.committee}/divergence", path, f"{world.committee}/meetings"):
        with Statements() as found:
            client.get(page)
        seen[page.rpartition("/")[2]] = len(found)
    assert list(seen.values()) == [7, 7, 4]
