"""Rulings: by whom, as which act, what each sets going, up to the final list."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.complaints.models import Objection
from grants.complaints.rules.ruling import Proposal, Scorers, ensure_scorable
from grants.complaints.rules.states import Effect, ObjectionStatus, Ruling
from grants.db import db, unit_of_work
from grants.errors import Incomplete
from grants.evaluation.models import Assignment, Sheet
from grants.jobs.actions import enqueue
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.models import User
from grants.ranking.models import RankedRow, Ranking, Reduction
from grants.ranking.rules.kinds import RankingKind
from tests.client import LintingClient
from tests.complaints.town import PASSWORD, Town, events, make_town, on, rows

FILING = {"text": "Ocjena ne odgovara prijavi.", "asks_for": "Nova ocjena."}
REJECTED = {"ruling": "rejected", "reasoning": "Provjereno je i navodi nisu osnovani."}
PASSED = on("3-11")


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    with app.app_context():
        return make_town(at, 5, 4)


@pytest.mark.parametrize(("effect", "free"), [(Effect.NEW_SHEETS, 2), (Effect.RECHECK, 0)])
def test_new_sheets_are_ordered_where_enough_may_give_them(effect: Effect, free: int) -> None:
    proposal = Proposal(Ruling.UPHELD, "Osnovano.", effect=effect)
    ensure_scorable(proposal, Scorers(free, needed=2))


def test_new_sheets_are_refused_where_too_few_are_left() -> None:
    proposal = Proposal(Ruling.UPHELD, "Osnovano.", effect=Effect.NEW_SHEETS)
    with pytest.raises(Incomplete) as refusal:
        ensure_scorable(proposal, Scorers(1, needed=2))
    problem = refusal.value.problems[0]
    assert (problem.code, problem.facts) == ("ruling_too_few", {"free": 1, "needed": 2})


def object_to(client: LintingClient, town: Town, number: int, against: str) -> str:
    """File as the representative; the office's address of the objection."""
    client.sign_in(town.representatives[number])
    own = client.post(town.own(number), FILING | {"against": against}, status=303).location
    return f"/m/{town.municipality.slug}/objections/{own.rsplit('/', 1)[1]}"


def prepare(client: LintingClient, by: User, one: str, status: int = 303, **typed: Any) -> str:
    client.sign_in(by)
    answer = client.post(f"{one}/ruling", {**REJECTED, **typed}, status=status)
    return answer.location or answer.text


def issue(client: LintingClient, by: User, act: str, status: int = 302) -> str:
    client.sign_in(by)
    slug = act.rsplit("/", 1)[1]
    place = act.split("/acts/")[0]
    client.get(act)
    expected = 303 if status == 302 else status
    return client.post(f"{place}/rulings/{slug}/issue", {"typed_number": ""}, status=expected).text


def rule(client: LintingClient, town: Town, one: str, **typed: Any) -> None:
    issue(client, town.signatory, prepare(client, town.other_officer, one, **typed))


def test_rejected_objection_is_an_act_with_all_its_parts(
    app: Flask, client: LintingClient, town: Town
) -> None:
    one = object_to(client, town, 1, "score")
    act_page = prepare(client, town.other_officer, one)
    client.post(f"{act_page.replace('/acts/', '/rulings/')}/issue", status=403)
    page = client.get(one).text
    assert "Otvori rješenje" in page
    issue(client, town.signatory, act_page)
    ruled, act = rows(app, Objection)[0], rows(app, Act)[-1]
    assert (ruled.status, ruled.ruling, ruled.effect) == (
        ObjectionStatus.RULED, Ruling.REJECTED, None,
    )  # fmt: skip
    assert ruled.settled_at == ruled.ruled_at
    assert (act.kind, act.status, act.number) == (ActKind.RULING, ActStatus.ISSUED, "02-36-1/26")
    with app.app_context():
        run_due_jobs()
    act = rows(app, Act)[-1]
    assert act.document_id is not None
    client.sign_in(town.representatives[1])
    own = town.own(1)
    page = client.get(f"{own}/{ruled.slug}").text
    assert "Prigovor je odbijen" in page
    assert client.get(f"/my/acts/{act.slug}/pdf").mimetype == "application/pdf"
    told = [mail.to for mail in rows(app, Mail) if "Izdat je akt" in mail.subject]
    assert told == [town.representatives[1].email, town.clerk.email]


def test_whoever_checked_or_scored_neither_prepares_nor_signs(
    app: Flask, client: LintingClient, town: Town
) -> None:
    one = object_to(client, town, 1, "score")
    said = prepare(client, town.officer, one, status=422)
    assert "ne može odlučivati o prigovoru" in said
    assert "nije ni pripremiti ni potpisati" not in client.get(one).text
    with app.app_context(), tenancy.across("tests arrange"):
        member = town.committee.members[0]
        member = db.session.merge(member)
        member.user_id = town.signatory.id
        db.session.commit()
    act_page = prepare(client, town.other_officer, one)
    said = issue(client, town.signatory, act_page, status=422)
    assert "ne može odlučivati o prigovoru" in said
    assert rows(app, Objection)[0].status is ObjectionStatus.FILED


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reasoning": " "}, "Upišite obrazloženje"),
        ({"ruling": "upheld", "effect": "recheck"}, "odaberite šta slijedi"),
        ({"ruling": "dismissed"}, "odaberite formalni razlog"),
        ({"ruling": "dismissed", "ground": "late"}, "podnesen u roku"),
    ],
)
def test_ruling_that_does_not_fit_is_refused_with_a_sentence(
    client: LintingClient, town: Town, typed: dict[str, str], sentence: str
) -> None:
    one = object_to(client, town, 1, "score")
    assert sentence in prepare(client, town.other_officer, one, status=422, **typed)


def test_late_paper_is_dismissed_unless_reinstated(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with clock.held_at(on("3-13")):
        client.sign_in(town.officer)
        paper = FILING | {
            "against": "score", "channel": "in_person", "protocol_number": "7",
            "received_on": "12. 3. 2026.", "reference": town.applications[1].reference,
        }  # fmt: skip
        one = client.post(f"{town.office}/new", paper, status=303).location
        said = prepare(client, town.other_officer, one, status=422)
        assert "stigao poslije roka" in said
        prepare(client, town.other_officer, one, is_reinstated="y")
        act_page = prepare(client, town.other_officer, one, ruling="dismissed", ground="late")
        issue(client, town.signatory, act_page)
    assert rows(app, Objection)[0].ruling is Ruling.DISMISSED


def finish(client: LintingClient, town: Town, status: int = 303) -> str:
    client.sign_in(town.officer)
    return client.post(f"{town.office}/final", status=status).text


def test_final_list_waits_for_the_term_and_every_objection(
    app: Flask, client: LintingClient, town: Town
) -> None:
    one = object_to(client, town, 1, "score")
    assert "Rok za prigovore traje do" in finish(client, town, status=422)
    with clock.held_at(PASSED):
        assert "čeka rješenje" in finish(client, town, status=422)
        rule(client, town, one)
        finish(client, town)
        preliminary, final = rows(app, Ranking)
        assert (preliminary.kind, final.kind) == (RankingKind.PRELIMINARY, RankingKind.FINAL)
        assert (final.version, final.inputs_sha256) == (2, preliminary.inputs_sha256)
        assert final.objections_until == preliminary.objections_until
        listed = [(row.application_id, row.outcome, row.rank, row.amount)
                  for row in rows(app, RankedRow)]  # fmt: skip
        assert listed[:3] == listed[3:]
        assert "Konačna lista je već objavljena" in finish(client, town, status=422)
        assert events(app)[-1] == "final_list_published"
        client.sign_out()
        public = client.get(f"/calls/{town.call.slug}/results").text
        assert "Konačna rang-lista" in public
        assert "Podnesen je 1 prigovor" in public
        old = client.get(f"/calls/{town.call.slug}/results?list=preliminary").text
        assert "Ovo je preliminarna lista od" in old
        decisions = town.office.replace("objections", "decisions")
        client.sign_in(town.officer)
        client.post(f"{decisions}/prepare")


def test_decisions_wait_for_the_final_list(client: LintingClient, town: Town) -> None:
    decisions = town.office.replace("objections", "decisions")
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        assert "Odlučuje se po konačnoj rang-listi" in client.get(decisions).text
        client.post(f"{decisions}/prepare", status=409)


def test_upheld_score_gets_new_sheets_by_others(
    app: Flask, client: LintingClient, town: Town
) -> None:
    one = object_to(client, town, 2, "score")
    application = town.applications[2]
    upheld = {"ruling": "upheld", "effect": "new_sheets"}
    # One deputy is left, and the call asks for two sheets.
    said = prepare(client, town.other_officer, one, status=422, **upheld)
    assert "može je ocijeniti: 1, a poziv traži listova: 2." in said
    assert "nisu ocijenili: 1; poziv traži: 2." in said
    name_deputy(client, town)
    assert "nisu ocijenili: 2; poziv traži: 2." in client.get(one).text
    rule(client, town, one, **upheld)
    ruled = rows(app, Objection)[0]
    assert (ruled.effect, ruled.settled_at) == (Effect.NEW_SHEETS, None)
    old = [each for each in rows(app, Sheet) if each.application_id == application.id]
    assert [each.set_aside_at is not None for each in old] == [True, True, True]
    assert rows(app, Application)[2].status is ApplicationStatus.ELIGIBLE
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        page = client.get(one).text
        assert "najmanje 2, a do sada određeno 0" in page
        assert "Zamjenica" in page
        client.post(f"{one}/sheets", {"member": "e1"}, status=422)
        client.post(f"{one}/sheets", {"member": "e4"}, status=303)
        assert [each.is_anew for each in rows(app, Assignment)] == [True]
        assert "Nova Zamjenica" in client.get(one).text
        client.post(f"{one}/settle", status=422)
        assert "nije postupljeno" in finish(client, town, status=422)


def name_deputy(client: LintingClient, town: Town) -> None:
    """The officer prepares a supplementary act, the signatory signs it."""
    page = f"/m/{town.municipality.slug}/calls/{town.call.slug}/committee/deputies"
    person = {"members-0-name": "Nova Zamjenica", "members-0-email": "nova@example.ba"}
    client.sign_in(town.other_officer)
    client.post(page, {"reason": "Prijavu ocjenjuju drugi.", **person})
    client.sign_in(town.signatory)
    client.post(f"{page}/signature", {})
    client.sign_in(town.other_officer)


def sheet_of(town: Town) -> dict[str, str]:
    """Three for every question, with every comment."""
    sections = town.call.grid["sections"]
    questions = [each["code"] for section in sections for each in section["questions"]]
    codes = [section["code"] for section in sections] + questions
    return {f"q-{code}": "3" for code in questions} | {f"c-{code}": "Zato." for code in codes}


def score_anew(client: LintingClient, town: Town) -> None:
    """The deputy alone scores, and this application alone."""
    sheet = f"/committee/{town.committee.slug}/{town.applications[2].slug}"
    typed = sheet_of(town)
    client.sign_in(town.members[0])
    client.post(sheet, typed | {"version": "1"}, status=422)
    client.sign_in(town.members[3])
    client.get(f"/committee/{town.committee.slug}")
    client.get(sheet)
    client.post(sheet, typed | {"version": "0"})
    client.post(f"{sheet}/review", {"version": "1", "signing_password": PASSWORD})
    other = f"/committee/{town.committee.slug}/{town.applications[1].slug}"
    client.post(other, typed | {"version": "0"}, status=404)


def test_deputy_scores_anew_and_the_rest_cannot(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        call = db.session.merge(town.call)
        call.min_reviews = 1
        db.session.commit()
    one = object_to(client, town, 2, "score")
    rule(client, town, one, ruling="upheld", effect="new_sheets")
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        client.post(f"{one}/sheets", {"member": "e4"}, status=303)
        score_anew(client, town)
        client.sign_in(town.officer)
        client.post(f"{one}/settle", status=303)
        finish(client, town)
    final = [row for row in rows(app, RankedRow) if row.application_id == town.applications[2].id]
    assert [row.total for row in final] == ["80/1", "60/1"]
    assert rows(app, Application)[2].status is ApplicationStatus.RANKED
    assert rows(app, Ranking)[1].summary["given"] == 4


def test_upheld_dismissal_is_checked_again(app: Flask, client: LintingClient, town: Town) -> None:
    one = object_to(client, town, 0, "dismissal")
    rule(client, town, one, ruling="upheld", effect="recheck")
    assert rows(app, Application)[0].status is ApplicationStatus.REGISTERED
    check = f"/m/{town.municipality.slug}/applications/{town.applications[0].slug}/check"
    with clock.held_at(PASSED):
        client.sign_in(town.other_officer)
        assert "Na administrativnu provjeru" in client.get(one).text
        client.get(check)
        client.post(f"{check}/dismissal", {"ground": "late", "reason": "Potvrđeno kašnjenje."})
        client.post(f"{one}/settle", status=303)
        finish(client, town)
    assert rows(app, Application)[0].status is ApplicationStatus.DISMISSED
    assert "check_reopened" in events(app)


def test_corrected_amount_enters_the_final_list(
    app: Flask, client: LintingClient, town: Town
) -> None:
    one = object_to(client, town, 1, "ranking")
    rule(client, town, one, ruling="upheld", effect="corrected_ranking")
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        client.post(f"{one}/amount", {"amount": "25.000,00", "reason": ""}, status=422)
        client.post(f"{one}/amount", {"amount": "15.000,00", "reason": "Bez opreme."}, status=303)
        client.post(f"{one}/settle", status=303)
        finish(client, town)
    assert [each.amount for each in rows(app, Reduction)] == [1_500_000]
    final = [row for row in rows(app, RankedRow) if row.application_id == town.applications[1].id]
    assert [row.amount for row in final] == [2_000_000, 1_500_000]


def test_tie_that_the_objections_brought_is_voted_before_the_final_list(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    # Two of 20,000 KM fit into the lot of 45,000 KM, the third does not.
    with app.app_context():
        town = make_town(at, 5, 4, 3, tie_breaks=["vote"], min_reviews=1)
    one = object_to(client, town, 2, "score")
    rule(client, town, one, ruling="upheld", effect="new_sheets")
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        client.post(f"{one}/sheets", {"member": "e4"}, status=303)
        score_anew(client, town)
        client.sign_in(town.officer)
        client.post(f"{one}/settle", status=303)
        assert "izjednačena na granici sredstava" in finish(client, town, status=422)
        ties = f"/committee/{town.committee.slug}/ranking"
        client.sign_in(town.members[0])
        assert "Izjednačene prijave prije konačne liste" in client.get(ties).text
        first, second = (town.applications[number].reference for number in (3, 2))
        vote = {
            "reference": [first, second], "place": ["1", "2"], "held_on": "11. 3. 2026.",
            "present": ["e1", "e2", "e3"], "votes_for": "3", "votes_against": "0",
            "votes_abstained": "0", "reason": "Prednost ima mlađa grupa.",
        }  # fmt: skip
        assert first in client.get(f"{ties}/ties").text
        client.post(f"{ties}/votes", vote)
        client.post(f"{ties}/votes", vote, status=422)
        finish(client, town)
    final = rows(app, Ranking)[1]
    listed = {row.application_id: row.outcome for row in rows(app, RankedRow)
              if row.ranking_id == final.id}  # fmt: skip
    assert [listed[each.id] for each in town.applications] == [
        "dismissed", "awarded", "reserve", "awarded",
    ]  # fmt: skip


def test_office_is_told_what_waits_and_reminded_of_what_is_due(
    app: Flask, client: LintingClient, town: Town
) -> None:
    desk = f"/m/{town.municipality.slug}"
    one = object_to(client, town, 1, "score")
    client.sign_in(town.officer)
    assert "1 prigovor čeka rješenje." in client.get(desk).text
    with clock.held_at(on("3-18")):
        assert "Kasni 1." in client.get(desk).text
    rule(client, town, one)
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        assert "Utvrdite konačnu listu" in client.get(desk).text
        assert "Utvrdite konačnu listu" in client.get(town.office.rsplit("/", 1)[0]).text
        finish(client, town)
        assert "Pripremite odluku" in client.get(desk).text


def test_reminder_is_written_three_days_before_once_a_day(
    app: Flask, client: LintingClient, town: Town
) -> None:
    object_to(client, town, 1, "score")
    with app.app_context():
        run_due_jobs()
        for day, expected in (("3-13", 0), ("3-14", 2), ("3-14", 2), ("3-17", 4)):
            with clock.held_at(on(day, 12)), unit_of_work("tests ask what is due"):
                enqueue("remind_of_rulings", {}, at=clock.now())
            with clock.held_at(on(day, 13)):
                run_due_jobs()
            subjects = [mail.subject for mail in rows(app, Mail)]
            due = [each for each in subjects if each.startswith("Rok za rješenje")]
            assert len(due) == expected


def test_letter_that_arrives_after_the_final_list_makes_another(
    app: Flask, client: LintingClient, town: Town
) -> None:
    decisions = town.office.replace("objections", "decisions")
    with clock.held_at(PASSED):
        finish(client, town)
    with clock.held_at(on("3-13")):
        paper = FILING | {
            "against": "ranking", "channel": "post", "protocol_number": "9",
            "posted_on": "10. 3. 2026.", "received_on": "13. 3. 2026.",
            "reference": town.applications[1].reference,
        }  # fmt: skip
        one = client.post(f"{town.office}/new", paper, status=303).location
        assert "Čeka ih: 1" in client.get(decisions).text
        rule(client, town, one, ruling="upheld", effect="corrected_ranking")
        client.sign_in(town.officer)
        client.post(f"{one}/amount", {"amount": "10.000,00", "reason": "Bez opreme."}, status=303)
    with clock.held_at(on("3-14")):
        client.sign_in(town.officer)
        client.post(f"{one}/settle", status=303)
        assert "još nije objavljena" in client.get(decisions).text
        finish(client, town)
        client.post(f"{decisions}/prepare")
    assert [each.kind for each in rows(app, Ranking)] == [
        RankingKind.PRELIMINARY, RankingKind.FINAL, RankingKind.FINAL,
    ]  # fmt: skip
