"""The inbox: one's own notices, paged, read one by one or all at once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from grants.db import db
from grants.notifications.models import Notice
from grants.people.models import User
from tests.client import LintingClient, Statements
from tests.conftest import NOON
from tests.factories import keep, make_user

pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture
def user(app: Flask) -> User:
    """Somebody with an empty inbox."""
    with app.app_context():
        made = make_user("Amra")
        db.session.commit()
        return made


def tell(app: Flask, user: User, count: int = 1) -> list[int]:
    """So many notices, the ids."""
    with app.app_context():
        ids = [
            keep(
                Notice(
                    user_id=user.id, at=NOON + timedelta(minutes=each), path="/my",
                    subject=f"Obavijest {each}.", text="Tekst",
                )
            ).id
            for each in range(count)
        ]  # fmt: skip
        db.session.commit()
        return ids


def unread(app: Flask) -> list[int]:
    """The ids of what was not read."""
    with app.app_context():
        statement = select(Notice.id).where(Notice.read_at.is_(None)).order_by(Notice.id)
        return list(db.session.execute(statement).scalars())


def test_empty_inbox_says_what_will_be_there(client: LintingClient, user: User) -> None:
    page = client.sign_in(user).get("/notices").text
    assert "Još nema obavijesti" in page
    assert "bubble" not in page


def test_unread_are_marked_and_counted_in_the_head(
    app: Flask, client: LintingClient, user: User
) -> None:
    tell(app, user, 3)
    page = client.sign_in(user).get("/notices").text
    assert '<span class="bubble">3<span class="sr"> nepročitanih obavijesti</span></span>' in page
    assert page.count('class="card unread"') == 3
    assert page.index("Obavijest 2.") < page.index("Obavijest 0.")


def test_notice_is_read_when_it_is_opened(app: Flask, client: LintingClient, user: User) -> None:
    first, second = tell(app, user, 2)
    answer = client.sign_in(user).post("/notices/open", {"notice": first})
    assert answer.location == "/my"
    assert unread(app) == [second]
    client.post("/notices/read", {"notice": second, "back": "//elsewhere.example"})
    assert unread(app) == []


def test_all_are_read_at_once_except_what_came_since(
    app: Flask, client: LintingClient, user: User
) -> None:
    shown = tell(app, user, 25)
    later = tell(app, user)
    client.sign_in(user).post("/notices/read-all", {"newest": shown[-1]})
    assert unread(app) == later
    assert "Nepročitane (1)" in client.get("/notices?show=unread").text


def test_notices_of_others_do_not_exist(app: Flask, client: LintingClient, user: User) -> None:
    theirs = tell(app, user)[0]
    with app.app_context():
        stranger = make_user("Stranac")
        db.session.commit()
    client.sign_in(stranger)
    assert "Obavijest 0." not in client.get("/notices").text
    for path, name in (("open", "notice"), ("read", "notice"), ("read-all", "newest")):
        client.post(f"/notices/{path}", {name: theirs}, status=404)
        client.post(f"/notices/{path}", {name: "x'"}, status=404)
        client.post(f"/notices/{path}", {}, status=404)
    assert unread(app) == [theirs]


def test_visitor_is_asked_to_sign_in(client: LintingClient) -> None:
    assert client.get("/notices", status=302).location == "/sign-in?next=/notices"


def test_inbox_takes_as_many_statements_for_three_as_for_one(
    app: Flask, client: LintingClient, user: User
) -> None:
    counts = []
    client.sign_in(user)
    for times in (1, 2):
        tell(app, user, times)
        with Statements() as seen:
            client.get("/notices")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4


def test_long_inbox_is_paged(app: Flask, client: LintingClient, user: User) -> None:
    tell(app, user, 25)
    assert client.sign_in(user).get("/notices").text.count("<h2>") == 20
    assert client.get("/notices?page=2").text.count("<h2>") == 5
