"""A tie that the chair may not know of: another member leads its vote, the chair sees nothing."""

import re
from datetime import datetime

from flask import Flask

from grants import tenancy
from grants.applications.models import Application
from grants.db import db
from grants.evaluation.models import Conflict
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.models import User
from grants.ranking.models import TieVote
from tests.client import LintingClient, Statements
from tests.ranking.arranging import Scored, rows, scored
from tests.ranking.test_pages import CLOSING, VOTE, chair_of, staff

LEADING = "Ovo glasanje vodite i upisujete vi."
TOKEN = re.compile(r'(csrf[-_]token"[^>]*? (?:content|value)=")[^"]+')


def recuse(app: Flask, found: Scored, at: datetime, seat: int, *among: Application) -> None:
    with app.app_context(), tenancy.within(found.municipality.id):
        member = found.committee.members[seat].id
        for each in among:
            ground = {"ground": "other", "declared_at": at}
            db.session.add(Conflict(member_id=member, application_id=each.id, **ground))
        db.session.commit()


def end_scoring(client: LintingClient, found: Scored) -> None:
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")


def read(client: LintingClient, path: str) -> tuple[str, int]:
    """The page without what differs by itself, and its number of statements."""
    with Statements() as seen:
        text = client.get(path).text
    return TOKEN.sub(r"\1", text), len(seen)


def test_substitute_leads_the_vote_that_the_chair_may_not_see(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"], min_reviews=2)
    path, (_first, second, third) = chair_of(found), found.applications
    recuse(app, found, at, 0, third)
    end_scoring(client, found)
    order = {"reference": [str(second.reference), str(third.reference)], "place": ["2", "1"]}
    cast = VOTE | order | {"present": ["e2", "e3"]}
    page = client.get(f"{path}/ties").text
    assert third.title not in page
    assert "Nema izjednačenih prijava" in page
    client.post(f"{path}/votes", cast, status=422)
    client.sign_in(found.officer)
    page = client.get(staff(found.call)).text
    assert f"{second.reference}, {third.reference} vodi Članica." in page
    client.sign_in(found.evaluator)
    page = client.get(f"{path}/ties").text
    assert LEADING in page
    assert "Predsjednica predsjedava komisijom, ali zbog izuzeća" in page
    assert third.title in page
    client.get(path, status=403)
    client.post(f"{path}/votes", cast)
    vote = rows(app, TieVote)[0].votes[0]
    assert (vote["order"], vote["led_by"]) == ([str(third.reference), str(second.reference)], "e2")
    assert "vodio/la Članica." in record_of(client, found)


def test_substitute_hears_once_however_often_the_worker_computes(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"], min_reviews=2)
    recuse(app, found, at, 0, found.applications[2])
    end_scoring(client, found)
    reduction = {"reference": str(found.applications[0].reference), "amount": "1,00", "reason": "x"}
    for fields in ({}, reduction):
        if fields:
            client.post(f"{chair_of(found)}/amounts", fields)
        with app.app_context():
            run_due_jobs()
    assert mails_of_leaders(app) == [found.evaluator.email]


def mails_of_leaders(app: Flask) -> list[str]:
    """Who was told to lead a vote."""
    mails = [each for each in rows(app, Mail) if each.subject.startswith("Vodite glasanje")]
    return [each.to for each in mails]


def record_of(client: LintingClient, found: Scored) -> str:
    """The record once the ranking is closed, as a member reads it."""
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/close", CLOSING)
    client.sign_in(found.evaluator)
    return client.get(f"/committee/{found.committee.slug}/record").text


def test_members_who_do_not_lead_see_no_tie_and_cannot_vote(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"], min_reviews=2)
    path, (_first, second, third) = chair_of(found), found.applications
    end_scoring(client, found)
    order = {"reference": [str(second.reference), str(third.reference)], "place": ["2", "1"]}
    client.sign_in(found.evaluator)
    assert "Nijedno glasanje ne vodite vi" in client.get(f"{path}/ties").text
    client.post(f"{path}/votes", VOTE | order, status=422)
    # The substitute is recused too: the next one leads.
    recuse(app, found, at, 0, second)
    recuse(app, found, at, 1, third)
    assert "Nijedno glasanje ne vodite vi" in client.get(f"{path}/ties").text
    client.post(f"{path}/votes", VOTE | order | {"present": ["e3"], "votes_for": "1"}, status=422)
    third_member = person_of(app, found, 2)
    client.sign_in(third_member)
    assert LEADING in client.get(f"{path}/ties").text
    client.post(f"{path}/votes", VOTE | order | {"present": ["e3"], "votes_for": "1"})
    assert rows(app, TieVote)[0].votes[0]["led_by"] == "e3"


def person_of(app: Flask, found: Scored, seat: int) -> User:
    user_id = found.committee.members[seat].user_id
    return next(each for each in rows(app, User) if each.id == user_id)


def test_page_of_the_ties_is_the_same_as_if_the_hidden_tie_were_none(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    """Of two calls alike but for a tie of an application hidden from both members."""
    seen = []
    for scores in ((5, 4, 4), (5, 4, 3)):
        found = scored(app, *scores, tie_breaks=["vote"], min_reviews=1)
        recuse(app, found, at, 0, found.applications[2])
        recuse(app, found, at, 1, found.applications[2])
        end_scoring(client, found)
        answers = []
        for who in (found.chair, found.evaluator):
            client.sign_in(who)
            text, count = read(client, f"{chair_of(found)}/ties")
            for named in (found.committee.slug, found.call.slug, str(found.call.reference)):
                text = text.replace(named, "*")
            answers.append((text, count))
        seen.append(answers)
    assert seen[0] == seen[1]


def test_pages_with_a_tie_take_as_few_statements_as_others(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"], min_reviews=2)
    recuse(app, found, at, 1, found.applications[2])
    end_scoring(client, found)
    with app.app_context():
        run_due_jobs()
    _page, count = read(client, chair_of(found))
    assert count <= 8
    client.sign_in(found.officer)
    page, count = read(client, staff(found.call))
    assert "izjednačen" in page
    assert count <= 8
