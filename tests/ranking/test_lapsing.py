"""A conflict found late makes what was said of the record words on an earlier text."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.db import db
from grants.evaluation.models import Hit, Member
from grants.evaluation.rules.matching import HitKind
from grants.notifications.models import Mail
from tests.client import LintingClient, commit
from tests.factories import DEADLINE, keep
from tests.ranking.arranging import Scored, rows
from tests.ranking.test_fairness_page import work
from tests.ranking.test_record import closed, record_of, say

DECIDED = {"is_conflict": "yes", "reason": "Član je u upravi podnosioca."}


def find_late(app: Flask, found: Scored, number: int) -> str:
    """A hit between the evaluator and an application; the chair's page of it."""
    secret = found.applications[number]
    with app.app_context(), tenancy.across("tests arrange"):
        seat = select(Member).where(Member.user_id == found.evaluator.id)
        member = db.session.execute(seat).scalar_one()
        keep(
            Hit(
                municipality_id=secret.municipality_id,
                member_id=member.id,
                application_id=secret.id,
                kind=HitKind.ORGANISATION,
                mark=f"x{number}",
                evidence={"member": "Udruženje", "applicant": "Udruženje"},
                found_at=DEADLINE,
            )
        )
        commit()
        return f"/committee/{found.committee.slug}/hits/{member.key}/{secret.slug}"


def told(app: Flask, words: str) -> list[str]:
    return sorted(each.to for each in rows(app, Mail) if words in each.subject)


def test_conflict_found_late_is_told_to_whoever_had_spoken_and_to_the_chair(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client, 5, 4, 3, min_reviews=2)
    client.sign_in(found.evaluator)
    say(client, found)
    late = find_late(app, found, 1)
    with clock.held_at(clock.now() + timedelta(hours=1)):
        client.sign_in(found.chair)
        client.post(late, DECIDED)
        work(app)
        work(app)
        assert told(app, "je promijenjen, potvrdite") == [found.evaluator.email]
        assert told(app, "treba se ponovo izjasniti") == [found.chair.email]
        secret = found.applications[1]
        for mail in rows(app, Mail):
            for hidden in (str(secret.reference), secret.title, DECIDED["reason"]):
                assert hidden not in mail.subject + mail.text
        assert "na raniji tekst" in client.get(record_of(found)).text
        client.sign_in(found.evaluator)
        say(client, found)
    again = find_late(app, found, 2)
    with clock.held_at(clock.now() + timedelta(hours=2)):
        client.sign_in(found.chair)
        client.post(again, DECIDED | {"is_conflict": "no"})
        work(app)
    assert told(app, "je promijenjen, potvrdite") == [found.evaluator.email] * 2


def test_nobody_is_told_of_a_conflict_before_anybody_read_the_record(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client, 5, 4, 3, min_reviews=2)
    client.sign_in(found.chair)
    client.post(find_late(app, found, 1), DECIDED)
    work(app)
    assert told(app, "je promijenjen") == []
    assert told(app, "ponovo izjasniti") == []
