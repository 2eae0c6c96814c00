"""The ranking from the last sheet to the preliminary list, through its pages."""

import re
from datetime import date, datetime
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.dossier.rules.reading import parse
from grants.evaluation.models import Conflict, Sheet, SheetStatus
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.rules import Role
from grants.ranking.models import Ranking, TieVote
from grants.ranking.queries import list_lines
from grants.ranking.rules.printed import rank_dossier
from tests.client import LintingClient, Statements
from tests.factories import case
from tests.ranking.arranging import Scored, imported, person, rows, scored


def staff(call: Call) -> str:
    return f"/m/{call.municipality.slug}/calls/{call.slug}/ranking"


def chair_of(found: Scored) -> str:
    return f"/committee/{found.committee.slug}/ranking"


VOTE = {
    "held_on": "8. 2. 2026.", "present": ["e1", "e3"], "votes_for": "2", "votes_against": "0",
    "reason": "Veći obuhvat.",
}  # fmt: skip
CLOSING = {
    "held_on": "9. 2. 2026.", "place": "Vijećnica", "present": ["e1", "e2"], "votes_for": "2",
}  # fmt: skip


def test_imported_call_is_ranked_published_and_frozen(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    call, officer = imported(app, at)
    expected = case("novo-sarajevo-reload2.expected")["rank"]
    client.sign_in(officer)
    client.get(staff(call))
    client.post(f"{staff(call)}/close", CLOSING)
    ranking = rows(app, Ranking)[0]
    assert ranking.result == expected
    assert rank_dossier(parse(ranking.inputs.encode())) == expected
    assert rows(app, Call)[0].status is CallStatus.RANKED
    statuses = {each.status for each in rows(app, Application)}
    assert statuses == {ApplicationStatus.RANKED, ApplicationStatus.DISMISSED}
    text = client.get(staff(call)).text.replace("\xa0", " ")
    assert (
        "uz ranije dodijeljenih 95.000,00 KM, 30.000,00 KM bi prešlo ograničenje od "
        "120.000,00 KM po organizaciji"
    ) in text
    assert "Finansijski i operativni kapacitet: 9,80 od potrebnih 12" in text
    assert "umanjeno uz obrazloženje" in text
    assert "dostupna sredstva · ostaje 8.600,00 KM" in text
    assert "58 / 58" in text
    client.post(f"{staff(call)}/publish")
    ranking = rows(app, Ranking)[0]
    # Published on Monday, 2 March 2026; eight days end on a Tuesday.
    assert ranking.objections_until == date(2026, 3, 10)
    assert rows(app, Call)[0].status is CallStatus.OBJECTIONS
    client.post(f"{staff(call)}/publish", status=422)
    client.post(f"{staff(call)}/close", CLOSING, status=422)


def test_chair_ends_scoring_decides_and_closes(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"])
    path = chair_of(found)
    first, second, third = (str(each.reference) for each in found.applications)
    client.sign_in(found.chair)
    assert "Projekat 1" not in client.get(path).text
    client.post(f"{path}/scoring")
    assert {sheet.status for sheet in rows(app, Sheet)} == {SheetStatus.LOCKED}
    assert "je izjednačena na granici sredstava" in client.get(path).text
    client.post(f"{path}/votes", VOTE | {"reference": [second, third], "place": ["2", "1"]})
    reduction = {"reference": first, "amount": "19.000,00", "reason": "Bez opreme."}
    client.post(f"{path}/amounts", reduction)
    client.post(f"{path}/close", CLOSING | {"votes_for": "2", "votes_against": "0"})
    assert lines(app) == [
        (first, 1, "awarded", 1_900_000),
        (third, 2, "awarded", 2_000_000),
        (second, 3, "reserve", 0),
    ]
    assert "rezerva 1" in client.get(path).text
    client.post(f"{path}/record", {"number": "", "missing_reason": "Na putu su."})
    assert rows(app, Ranking)[0].record_act_id is not None
    client.post(f"{path}/record", {"number": ""}, status=422)


def test_what_does_not_hold_is_refused_and_kept_on_the_page(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"])
    path = chair_of(found)
    first, second, third = (str(each.reference) for each in found.applications)
    client.sign_in(found.chair)
    early = {"reference": first, "amount": "1", "reason": "Ranije."}
    client.post(f"{path}/amounts", early, status=422)
    client.post(f"{path}/scoring")
    client.post(f"{path}/scoring", status=422)
    refused = client.post(f"{path}/close", CLOSING | {"place": "Sala 4"}, status=422).text
    assert "je izjednačena na granici sredstava" in refused
    assert "Sala 4" in refused
    for fields in (
        {"reference": first, "amount": "20.000,01", "reason": "Više."},
        {"reference": first, "amount": "19.000,00"},
        {"reference": "NEMA", "amount": "19.000,00", "reason": "Ko?"},
        {"reference": first, "amount": "1.234,5x", "reason": "Krivo."},
    ):
        client.post(f"{path}/amounts", fields, status=422)
    for references, places in (
        ([second, third], ["2", "2"]),
        ([second, third], ["", "1"]),
        ([first, third], ["1", "2"]),
        ([second], ["1"]),
    ):
        fields = VOTE | {"reference": references, "place": places}
        client.post(f"{path}/votes", fields, status=422)
    for lacking in ({"present": []}, {"votes_for": "3"}, {"votes_against": "2"}, {"reason": ""}):
        fields = VOTE | {"reference": [second, third], "place": ["1", "2"]} | lacking
        client.post(f"{path}/votes", fields, status=422)
    client.post(f"{path}/votes", VOTE | {"reference": [second, third], "place": ["1", "2"]})
    assert not ticked(client.get(path).text)
    for lacking in ({"votes_for": ""}, {"votes_for": "3"}, {"votes_for": "1"}, {"present": []}):
        client.post(f"{path}/close", CLOSING | lacking, status=422)
    against = {"votes_for": "0", "votes_against": "2"}
    assert ticked(client.post(f"{path}/close", CLOSING | against, status=422).text) == ["e1", "e2"]
    assert rows(app, Ranking) == []


def ticked(text: str) -> list[str]:
    """Who is ticked as present."""
    return re.findall(r'name="present" value="(\w+)" checked', text)


def test_who_is_recused_from_a_tied_application_is_not_asked_to_vote(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, tie_breaks=["vote"], min_reviews=2)
    path, (first, second, third) = chair_of(found), found.applications
    with app.app_context(), tenancy.within(found.municipality.id):
        member = found.committee.members[2].id
        for each in (first, third):
            ground = {"ground": "other", "declared_at": at}
            db.session.add(Conflict(member_id=member, application_id=each.id, **ground))
        db.session.commit()
    client.sign_in(found.chair)
    client.post(f"{path}/scoring")
    page = client.get(f"{path}/ties").text
    assert "pa o njima ne glasaju: Član." in page
    assert re.findall(r'name="present" value="(\w+)"', page) == ["e1", "e2"]
    order = {"reference": [str(second.reference), str(third.reference)], "place": ["1", "2"]}
    refused = client.post(f"{path}/votes", VOTE | order, status=422).text
    assert "Iz bar jedne od ovih prijava izuzeti su: Član." in refused
    client.post(f"{path}/votes", VOTE | order | {"present": ["e1", "e2"]})
    assert [each["present"] for each in rows(app, TieVote)[0].votes] == [["e1", "e2"]]


def lines(app: Flask) -> list[tuple[str, int | None, str, int]]:
    with app.app_context(), tenancy.across("tests look"):
        ranking = db.session.execute(select(Ranking)).scalar_one()
        return [
            (line.case.reference, line.rank, line.outcome.value, line.amount)
            for line in list_lines(ranking)
        ]


def test_scoring_stays_open_while_a_sheet_is_unsigned(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, is_signed=False)
    client.sign_in(found.chair)
    text = client.post(f"{chair_of(found)}/scoring", status=422).text
    assert "Članica: potpisano 0 od 1 listova." in text, text
    assert rows(app, Call)[0].status is CallStatus.SCORING


def test_ranking_is_seen_by_the_chair_and_the_staff_alone(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found, other = scored(app, 5), scored(app, 4)
    auditor = person(app, "Revizorka", (Role.AUDITOR, found.municipality.id))
    for who, of_committee, of_staff in (
        (found.chair, 200, 404),
        (found.evaluator, 403, 404),
        (other.chair, 404, 404),
        (found.officer, 404, 200),
        (other.officer, 404, 404),
        (auditor, 404, 200),
        (person(app, "Stranac"), 404, 404),
    ):
        client.sign_in(who)
        client.get(chair_of(found), status=of_committee)
        client.get(staff(found.call), status=of_staff)
    client.sign_in(found.officer)
    client.post(f"{staff(found.call)}/close", CLOSING, status=403)
    client.post(f"{staff(found.call)}/scoring", status=403)


def test_nothing_of_a_conflict_is_told_to_the_chair(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, min_reviews=2)
    secret = found.applications[0]
    with app.app_context(), tenancy.within(found.municipality.id):
        db.session.add(
            Conflict(
                member_id=found.committee.members[0].id,
                application_id=secret.id,
                ground="other",
                declared_at=at,
            )
        )
        db.session.commit()
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    page = client.get(chair_of(found)).text
    for forbidden in (secret.title, secret.organisation_name, str(secret.reference), secret.slug):
        assert forbidden not in page
    assert "Izuzeti ste iz bar jedne prijave" in page
    # The second becomes the first of those shown, and the sums are its own.
    assert "<b>1</b>" in page
    assert "<b>2</b>" not in page
    assert "20.000,00\xa0KM</dd>" in page
    assert "· ostaje" not in page
    fields = {"reference": str(secret.reference), "amount": "1", "reason": "x"}
    client.post(f"{chair_of(found)}/amounts", fields, status=422)
    client.post(f"{chair_of(found)}/close", CLOSING)
    page = client.get(chair_of(found)).text
    assert secret.title not in page


def test_statements_do_not_grow_with_the_rows(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    counts = []
    for scores in ((5,), (5, 4, 3)):
        found = scored(app, *scores)
        client.sign_in(found.chair)
        client.post(f"{chair_of(found)}/scoring")
        with Statements() as deciding:
            client.get(chair_of(found))
        client.post(f"{chair_of(found)}/close", CLOSING)
        client.sign_in(found.officer)
        with Statements() as closed:
            client.get(staff(found.call))
        with Statements() as listed:
            client.get(f"{staff(found.call)}/list.csv")
        counts.append((len(deciding), len(closed), len(listed)))
    assert counts[0] == counts[1]
    assert counts[0][1] <= 8
    assert counts[0][2] <= 8


def test_lists_to_take_away_hold_no_formula(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, title='=HYPERLINK("http://zlo")')
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    client.post(f"{chair_of(found)}/close", CLOSING)
    client.sign_in(found.officer)
    text = client.get(f"{staff(found.call)}/list.csv").data.decode("utf-8-sig")
    head, row = text.splitlines()
    assert head.startswith("Lot;Rang;Izjednačeno;Prijava;Projekat;Organizacija;")
    assert "'=HYPERLINK" in row
    assert ";100,00;20000;20000;predloženo;;" in row
    book = load_workbook(BytesIO(client.get(f"{staff(found.call)}/list.xlsx").data))
    cells = [cell.value for cell in book.active[2]]
    assert cells[4] == '\'=HYPERLINK("http://zlo")'
    assert "f" not in {cell.data_type for cell in book.active[2]}


def test_applicants_hear_of_their_own_result(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 2)
    for application in found.applications:
        person(app, "Zastupnica", (Role.REPRESENTATIVE, application.organisation_id or 0))
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    client.post(f"{chair_of(found)}/close", CLOSING)
    client.sign_in(found.officer)
    client.post(f"{staff(found.call)}/publish")
    mails = [mail for mail in rows(app, Mail) if "Zapisnik" not in mail.subject]
    texts = [mail.text.replace("\xa0", " ") for mail in mails]
    assert len(texts) == 2
    assert "Komisija predlaže 20.000,00 KM." in texts[0]
    assert "Projekat 2" not in texts[0]
    assert "8,00 od potrebnih 12" in texts[1]
    assert all("do 10. 3. 2026." in text for text in texts)


@pytest.mark.parametrize("name", ["pool", "proportional", "tie-broken-by-vote"])
def test_every_case_shows_and_closes(
    app: Flask, client: LintingClient, at: datetime, name: str
) -> None:
    call, officer = imported(app, at, name)
    client.sign_in(officer)
    client.get(staff(call))
    client.post(f"{staff(call)}/close", CLOSING)
    client.get(staff(call))
    assert case(name)["call"]["reference"] == rows(app, Ranking)[0].result["call"]


def test_results_are_public_only_once_published(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    call, officer = imported(app, at)
    path = f"/calls/{call.slug}/results"
    client.sign_in(officer)
    client.post(f"{staff(call)}/close", CLOSING)
    client.sign_out()
    # A visitor who may not see a page is asked to sign in, whether it is there or not.
    client.get(path, status=404)
    client.get(f"{path}.csv", status=404)
    client.sign_in(officer)
    client.get(path, status=404)
    client.post(f"{staff(call)}/publish")
    client.sign_out()
    with Statements() as seen:
        page = client.get(path).text.replace("\xa0", " ")
    assert len(seen) <= 8
    assert "Prigovor se može podnijeti do 10. 3. 2026." in page
    assert "lista je objavljena 2. 3. 2026. i taj dan se ne računa, a 8 dana ističe 10." in page
    assert "Finansijski i operativni kapacitet: 9,80 od potrebnih 12" in page
    assert "Predstavnica OCD" not in page
    lines = client.get(f"{path}.csv").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 15


def test_record_is_printed_for_staff_and_chair(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 2)
    path = chair_of(found)
    client.sign_in(found.chair)
    client.post(f"{path}/scoring")
    client.post(f"{path}/close", CLOSING | {"remarks": "Bez primjedbi na rad."})
    client.get(f"{path}/record.pdf", status=404)
    client.post(f"{path}/record", {"number": "02-36-9/26", "missing_reason": "Na putu su."})
    with app.app_context():
        run_due_jobs()
    assert client.get(f"{path}/record.pdf").data.startswith(b"%PDF-1.7")
    # The other members sign it on paper; on screen it waits for the publication.
    client.sign_in(found.evaluator)
    client.get(f"{path}/record.pdf", status=403)
    client.sign_in(found.officer)
    assert client.get(f"{staff(found.call)}/record.pdf").data.startswith(b"%PDF-1.7")
    client.post(f"{staff(found.call)}/publish")
    client.sign_in(found.evaluator)
    client.get(f"{path}/record.pdf")
