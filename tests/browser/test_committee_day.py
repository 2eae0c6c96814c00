"""A day of a committee: five members at once, two on phones, one of them without internet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from grants import clock, tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Meeting, Sheet
from grants.people.models import User
from grants.people.passwords import hash_password
from grants.ranking.models import RankedRow
from tests.browser.people import Person
from tests.client import session_cookie
from tests.factories import (
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_organisation,
    make_user,
)

PASSWORD = "duga lozinka komisije"
NAMES = ("Amela", "Boris", "Edina", "Igor", "Lejla")
ON_PHONES = ("Igor", "Lejla")
WITHOUT_INTERNET = "Lejla"
CONFLICTED = "Edina"


def _scale(code: str, text: str, weight: int) -> dict[str, Any]:
    return {"code": code, "text": text, "kind": "scale", "min": 1, "max": 5, "weight": weight}


GRID: dict[str, Any] = {
    "threshold_total": 40,
    "sections": [
        {
            "code": "1",
            "title": "Kapacitet",
            "questions": [_scale("1.1", "Iskustvo", 4), _scale("1.2", "Ljudi", 4)],
        },
        {"code": "2", "title": "Relevantnost", "questions": [_scale("2.1", "Potrebe", 12)]},
    ],
}
TITLES = ("Vrtovi", "Most", "Biblioteka")
POINTS = ("5", "4", "3")
DIVERGENT, HIDDEN = 1, 2


@dataclass(frozen=True)
class Day:
    """What the day begins with."""

    committee: str
    call: str
    office: str
    applications: list[str]
    people: dict[str, User]


@pytest.fixture
def day(house: Flask) -> Day:
    """A call at scoring with three applications and a committee that has declared nothing yet."""
    with house.app_context(), tenancy.across("tests arrange"):
        town = make_municipality()
        call = make_call(
            town,
            status=CallStatus.SCORING,
            grid=GRID,
            divergence_limit="20",
            tie_breaks=["section:2"],
            min_reviews=3,
        )
        secret = hash_password(PASSWORD)
        people = {name: make_user(name, password_hash=secret) for name in NAMES}
        committee = make_committee(call, *people.values(), is_declared=False)
        applications = [
            make_application(
                call,
                make_organisation(f"Udruženje {title}"),
                title=title,
                ordinal=number,
                status=ApplicationStatus.ELIGIBLE,
            )
            for number, title in enumerate(TITLES, start=1)
        ]
        db.session.commit()
        slugs = [each.slug for each in applications]
        return Day(committee.slug, call.slug, f"/m/{town.slug}", slugs, people)


def works(member: Person, day: Day) -> Iterator[None]:
    """One member's day, step by step: others take theirs in between."""
    yield from declares(member, day)
    for number, slug in enumerate(day.applications):
        if not (member.name == CONFLICTED and number == HIDDEN):
            yield from scores(member, day, slug, points=points_of(member, number))


def points_of(member: Person, number: int) -> str:
    """Boris is far from everybody else about one application."""
    return "1" if (member.name, number) == ("Boris", DIVERGENT) else POINTS[number]


def declares(member: Person, day: Day) -> Iterator[None]:
    """Both declarations; one finds the own neighbour among the applicants."""
    member.goes("/committee").follows("Pročitaj i potpiši izjavu")
    yield
    member.page.check("[name=agrees]")
    member.presses("Potpiši izjavu").sees("Sukob interesa")
    yield
    if member.name == CONFLICTED:
        hidden = day.applications[HIDDEN]
        member.page.select_option(f"[name='conflict-{hidden}']", "relative")
    member.page.check("[name=agrees]")
    member.presses("Potpiši izjavu o interesima")
    yield


def scores(member: Person, day: Day, slug: str, *, points: str) -> Iterator[None]:
    """Every section of one sheet, then the review and the signature."""
    member.goes(f"/committee/{day.committee}/{slug}")
    is_cut_off = member.name == WITHOUT_INTERNET and slug == day.applications[0]
    for section in GRID["sections"]:
        if is_cut_off:
            member.loses_internet()
        fill(member, section, points=points)
        if is_cut_off:
            said(member, "Nema veze s internetom")
            yield
            member.finds_internet()
            said(member, "Sačuvano u")
        with member.page.expect_navigation():
            member.page.locator("main form button.btn:visible").first.click()
        yield
    member.looks().fills(signing_password=PASSWORD)
    member.presses("Potpiši list").sees("Otisak lista (SHA-256)")
    yield


def fill(member: Person, section: dict[str, Any], *, points: str) -> None:
    """Scores with their comments, and the comment of the section."""
    for question in section["questions"]:
        code = question["code"]
        chosen = member.page.locator(f"[name='q-{code}'][value='{points}']")
        chosen.check(force=True)
        member.page.fill(f"[name='c-{code}']", "Navodi podatke iz prijave.")
    member.page.fill(f"[name='c-{section['code']}']", "Obrazloženje odjeljka.")


def said(member: Person, words: str) -> None:
    """The line beside the button says how it stands with what was typed."""
    member.page.locator("[data-saved]", has_text=words).first.wait_for()


def agrees(chair: Person, day: Day) -> None:
    """The chair calls a meeting about what lies apart; the committee agrees on 4 throughout."""
    chair.goes(f"/committee/{day.committee}/divergence")
    chair.sees("preko granice", "80 · 20 · 80 · 80 · 80")
    begins = clock.local(clock.now()).strftime("%d. %m. %Y. u %H:%M")
    chair.fills(begins_at=begins, place="Vijećnica").presses("Sazovi sastanak")
    chair.sees("1. sastanak za usaglašavanje", "Most")
    for tick in chair.page.locator("[name=present]").all():
        tick.check(force=True)
    chair.presses("Zapiši prisustvo").sees("da, 5 od 5 članova")
    chair.follows("-002")
    for section in GRID["sections"]:
        fill(chair, section, points="4")
    chair.fills(votes_for="4", votes_against="1", votes_abstained="0",
                reason="Pročitan je prilog o iskustvu.")  # fmt: skip
    chair.fills(signing_password=PASSWORD)
    chair.presses("Usaglašeno: potpiši ocjenu").sees("Ocjena je usaglašena")
    chair.presses("Zaključi sastanak i izdaj zapisnik").sees("Sastanak je zaključen")


def test_five_members_score_agree_and_close_in_one_day(
    house: Flask, day: Day, somebody: Callable[..., Person]
) -> None:
    members = [
        somebody(name, width=360 if name in ON_PHONES else 1380).carries(
            session_cookie(house, day.people[name])
        )
        for name in NAMES
    ]
    at_work = [works(member, day) for member in members]
    while at_work:
        at_work = [each for each in at_work if next(each, True) is None]
    chair, conflicted = members[0], members[NAMES.index(CONFLICTED)]
    conflicted.goes(f"/committee/{day.committee}")
    assert TITLES[HIDDEN] not in conflicted.words()
    conflicted.page.goto(f"{conflicted.url}/committee/{day.committee}/{day.applications[HIDDEN]}")
    conflicted.sees("Te stranice nema")
    page = f"/committee/{day.committee}/ranking"
    chair.goes(page)
    agrees(chair, day)
    chair.goes(page).presses("Zaključi ocjenjivanje")
    for tick in chair.page.locator("[name=present]").all():
        tick.check(force=True)
    chair.fills(held_on="26. 12. 2026.", place="Sarajevo", votes_for="5")
    chair.presses("Zaključi rang-listu").goes(page)
    assert totals(house) == {"Vrtovi": 100, "Most": 80, "Biblioteka": 60}
    kept_of(house)


def totals(house: Flask) -> dict[str, Fraction]:
    """The points of the closed ranking by title."""
    with house.app_context(), tenancy.across("tests look"):
        statement = select(Application.title, RankedRow.total).join(
            RankedRow, RankedRow.application_id == Application.id
        )
        return {title: Fraction(total) for title, total in db.session.execute(statement)}


def kept_of(house: Flask) -> None:
    """Every sheet stayed as it was signed; the meeting and its sheet stand beside them."""
    with house.app_context(), tenancy.across("tests look"):
        sheets = db.session.execute(select(Sheet)).scalars().all()
        assert len([each for each in sheets if not each.is_consensus and each.signed_at]) == 14
        agreed = [each for each in sheets if each.is_consensus]
        assert [set(each.scores.values()) for each in agreed] == [{"4"}]
        meeting = db.session.execute(
            select(Meeting).options(selectinload(Meeting.items))
        ).scalar_one()
        assert meeting.closed_at is not None
        assert [(each.votes_for, each.votes_against) for each in meeting.items] == [(4, 1)]
