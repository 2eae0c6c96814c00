"""Every job has one handler, and running one twice leaves what running it once left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from grants import clock, tenancy
from grants.acts.actions import Draft, Signature, issue_act, prepare_act
from grants.acts.models import Act
from grants.acts.rules import ActKind, Subject
from grants.applications.actions.statements import ask_statement, sign_statement
from grants.applications.actions.submitting import submit_application
from grants.applications.queries import get_draft_to_submit
from grants.applications.queries.statements import get_own_partner
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.calls.rules.states import CallStatus
from grants.complaints.actions.filing import file_objection
from grants.complaints.rules.filing import Filing
from grants.complaints.rules.states import Against
from grants.db import Base, db
from grants.dossier.actions.bundling import ask_for_bundle
from grants.evaluation.actions import declare_impartiality
from grants.evaluation.actions.rereading import ask_who_reads_again
from grants.evaluation.models import Member
from grants.evaluation.queries import get_committee
from grants.jobs.actions import enqueue
from grants.jobs.models import Job
from grants.jobs.worker import handlers, job_handler, run_due_jobs
from grants.notifications.actions import choose_mail_mode, notify
from grants.notifications.models import Notice
from grants.notifications.rules import MailMode
from grants.organisations.actions.standing import Matter, note_standing
from grants.organisations.models import OrganisationDocument
from grants.organisations.rules.standing import StandingKind
from grants.people.actors import SYSTEM
from grants.people.rules import Role
from grants.ranking.actions import close_ranking, close_scoring
from grants.ranking.models import Confirmation, Ranking
from grants.ranking.rules.closing import Session
from tests.applications.arranging import arrange
from tests.applications.test_statements import arrange_partner
from tests.complaints.town import make_town
from tests.factories import (
    keep,
    make_application,
    make_call,
    make_committee,
    make_document,
    make_municipality,
    make_organisation,
    make_user,
)
from tests.ranking.arranging import scored


def _send_mail() -> None:
    user = make_user()
    notify([user.as_recipient()], "people/emails/already.txt", at=clock.now(), path="/sign-in")


def _issue_act() -> None:
    municipality = make_municipality()
    draft = Draft(
        key="test:1",
        kind=ActKind.REFUSAL,
        title="Rješenje o odbijanju prijave",
        template="acts/correction.pdf.html",
        facts={
            "act": {"kind": "Rješenje", "about": "o odbijanju", "served_to": []},
            "legal": {"basis": "Zakon", "remedy": "Žalba"},
            "corrects": {"title": "A", "number": "1", "date": "2026-03-02", "sha256": "0" * 64},
            "wrong": "a",
            "right": "b",
        },
        subject=Subject("Application", 1, municipality.id),
        remedy_days=15,
    )
    with tenancy.within(municipality.id):
        act = prepare_act(draft, by=SYSTEM, at=clock.now())
        signature = Signature(name="Amela Mayer", title="Načelnica", series="02-36")
        issue_act(act, signature=signature, by=SYSTEM, at=clock.now())


def _submit() -> None:
    at = clock.now()
    window = {"opens_at": at - timedelta(days=1), "deadline": at + timedelta(days=1)}
    world = arrange(current_app._get_current_object(), **window)  # type: ignore[attr-defined]  # noqa: SLF001
    with tenancy.within(world.municipality.id):
        application = get_draft_to_submit(world.own, world.application.slug)
        assert application is not None
        submit_application(application, by=SYSTEM, at=at)


def _end_scoring() -> None:
    found = scored(current_app._get_current_object(), 5)  # type: ignore[attr-defined]  # noqa: SLF001
    with tenancy.within(found.municipality.id):
        call = get_call_by_id(found.call.id)
        assert call is not None
        close_scoring(call, get_committee(call), by=SYSTEM, at=clock.now())


def _close_ranking() -> None:
    _end_scoring()
    db.session.commit()
    run_due_jobs()
    with tenancy.across("tests arrange"):
        found = db.session.execute(select(Call)).scalars().one()
    with tenancy.within(found.municipality_id):
        call = get_call_by_id(found.id)
        assert call is not None
        committee = get_committee(call)
        assert committee is not None
        present = [each.key for each in committee.members]
        session = Session(clock.local_day(clock.now()), "Sala", present, 3, 0, 0, "")
        close_ranking(call, committee, session, by=SYSTEM, at=clock.now())


def _lapse() -> None:
    _close_ranking()
    db.session.commit()
    with tenancy.across("tests arrange"):
        ranking = db.session.execute(select(Ranking)).scalars().one()
        member = db.session.execute(select(Member)).scalars().first()
        call = db.session.execute(select(Call)).scalars().one()
        assert member is not None
        keep(
            Confirmation(
                municipality_id=ranking.municipality_id,
                ranking_id=ranking.id,
                member_id=member.id,
                text_sha256="0" * 64,
                is_agreed=True,
                confirmed_at=clock.now() - timedelta(minutes=1),
            )
        )
        ask_who_reads_again(call, at=clock.now())


def _sign_statement() -> None:
    world = arrange_partner(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    with tenancy.within(world.municipality.id):
        found = get_own_partner(world.own, world.application.slug, "1")
        assert found is not None
        at = world.call.opens_at or clock.now()
        asked = ask_statement(*found, language="bs", by=SYSTEM, at=at)
        sign_statement(asked, name="Mirza Begić", title="direktor", at=at)


def _expire() -> None:
    at, organisation = clock.now(), make_organisation()
    owner = make_user("Amra", (Role.OWNER, organisation.id))
    keep(
        OrganisationDocument(
            organisation=organisation,
            kind="tax_paid",
            document=make_document("uvjerenje.pdf"),
            added_at=at - timedelta(days=60),
            added_by_id=owner.id,
            expires_on=clock.local_day(at) + timedelta(days=5),
        )
    )
    enqueue("remind_of_expiry", {}, at=at)


def _owe() -> None:
    at, municipality = clock.now(), make_municipality()
    matter = Matter("02-2-1/26", clock.local_day(at) - timedelta(days=1))
    with tenancy.within(municipality.id):
        note_standing(make_organisation().id, StandingKind.REPORT_DUE, matter, at=at)
    enqueue("note_late_reports", {}, at=at)


def _declare_impartiality() -> None:
    call = make_call(make_municipality(), status=CallStatus.SCORING)
    committee = make_committee(call, make_user("Edin Kovač"), is_declared=False)
    make_application(call, make_organisation("Udruženje Most"), status=ApplicationStatus.ELIGIBLE)
    with tenancy.within(call.municipality_id):
        ties = {"organisations": ["Most"]}
        seats = select(Member).where(Member.committee_id == committee.id)
        seat = db.session.execute(seats.options(joinedload(Member.committee))).scalar_one()
        declare_impartiality(seat, "Izjava", ties=ties, by=SYSTEM, at=clock.now())
        db.session.flush()


def _ask_for_bundle() -> None:
    call = make_call(make_municipality(), status=CallStatus.SCORING)
    make_application(call, make_organisation(), status=ApplicationStatus.ELIGIBLE)
    with tenancy.within(call.municipality_id):
        ask_for_bundle(call, by=SYSTEM, at=clock.now())
        db.session.flush()


def _near_deadline() -> None:
    world = arrange(current_app._get_current_object(), deadline=clock.now() + timedelta(days=2))  # type: ignore[attr-defined]  # noqa: SLF001
    assert world.application.reminded_for is None
    enqueue("remind_of_drafts", {}, at=clock.now())


def _object() -> None:
    town = make_town(clock.now() - timedelta(days=12), 5)
    with tenancy.within(town.municipality.id):
        filing = Filing(Against.SCORE, "Zašto", "Šta")
        file_objection(town.applications[1], filing, by=SYSTEM, at=clock.now() - timedelta(days=12))
        db.session.flush()
    enqueue("remind_of_rulings", {}, at=clock.now())


def _wait_for_letter() -> None:
    at, user = clock.now(), make_user("Dnevna")
    choose_mail_mode(user.id, MailMode.DAILY)
    keep(Notice(user_id=user.id, at=at, subject="Obavijest", text="Tekst", digest_at=at))
    enqueue("send_digests", {}, at=at)


# For each job: what has to happen so that it is put down.
CAUSES: dict[str, Callable[[], None]] = {
    "build_bundle": _ask_for_bundle,
    "keep_record": _close_ranking,
    "note_late_reports": _owe,
    "preview_ranking": _end_scoring,
    "remind_of_drafts": _near_deadline,
    "remind_of_expiry": _expire,
    "remind_of_rulings": _object,
    "render_act": _issue_act,
    "render_application": _submit,
    "render_receipt": _submit,
    "render_statement": _sign_statement,
    "search_hits": _declare_impartiality,
    "send_digests": _wait_for_letter,
    "send_mail": _send_mail,
    "tell_lapsed": _lapse,
    "weigh_fairness": _end_scoring,
}


def _state(app: Flask) -> dict[str, Any]:
    """How many rows there are, which files lie where, and what each act says."""
    instance = app.config["SETTINGS"].instance
    files = sorted(
        path.relative_to(instance).as_posix()
        for folder in ("outbox", "documents")
        for path in (instance / folder).rglob("*")
        if path.is_file()
    )
    with app.app_context(), tenancy.across("tests compare"):
        rows = {
            table.name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name != "jobs"
        }
        acts = db.session.execute(select(Act.id, Act.document_id).order_by(Act.id)).all()
    return {"files": files, "rows": rows, "acts": [tuple(act) for act in acts]}


def test_every_job_has_its_cause_here(app: Flask) -> None:
    assert set(handlers()) == set(CAUSES)


def test_second_handler_for_a_name_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="two handlers"):
        job_handler(next(iter(handlers())))(lambda **_facts: None)


@pytest.mark.parametrize("name", sorted(CAUSES))
def test_job_leaves_the_same_when_it_runs_twice(app: Flask, name: str) -> None:
    with app.app_context():
        CAUSES[name]()
        db.session.commit()
        run_due_jobs()
    once = _state(app)
    with app.app_context():
        job = db.session.execute(select(Job).where(Job.name == name)).scalars().first()
        assert job is not None
        assert job.fault == ""
        facts = dict(job.facts)
        handlers()[name](at=clock.now(), **facts)
    assert _state(app) == once
