"""Objections filed online and on paper: within the term, by the representative alone."""

from datetime import date, datetime
from io import BytesIO

import pytest
from flask import Flask

from grants import clock
from grants.complaints.models import Objection, ObjectionDocument
from grants.complaints.rules.states import Against, Channel, ObjectionStatus
from grants.notifications.models import Mail
from tests.client import LintingClient, Statements
from tests.complaints.town import LAST_DAY, Town, events, make_town, on, rows
from tests.documents.files import make_pdf

FILING = {
    "against": "score",
    "text": "Pitanje 2.1 nije ocijenjeno prema priloženim podacima.",
    "asks_for": "Nova ocjena.",
}


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    with app.app_context():
        return make_town(at, 5, 4)


def test_representative_files_within_the_term(
    app: Flask, client: LintingClient, town: Town
) -> None:
    client.sign_in(town.representatives[1])
    page = client.get(town.own(1)).text.replace("\xa0", " ")
    assert "Prigovor se može podnijeti do 10. 3. 2026. u 23:59." in page
    assert "protiv ocjene" in page
    assert "protiv odbacivanja" not in page
    answer = client.post(town.own(1), FILING, status=303)
    filed = rows(app, Objection)[0]
    assert answer.location.endswith(filed.slug)
    assert (filed.against, filed.status, filed.channel, filed.filed_until) == (
        Against.SCORE, ObjectionStatus.FILED, Channel.ONLINE, LAST_DAY,
    )  # fmt: skip
    # Received on Monday, 2 March; fifteen days end on Tuesday, 17 March.
    assert (filed.received_on, filed.ruling_due_on) == (date(2026, 3, 2), date(2026, 3, 17))
    assert events(app)[-1] == "objection_filed"
    written = {mail.to: mail.subject for mail in rows(app, Mail)[-4:]}
    assert written[town.representatives[1].email].startswith("Prigovor je primljen")
    assert written[town.officer.email].startswith("Stigao je prigovor")
    assert "čeka rješenje" in client.get(answer.location).text
    client.post(town.own(1), FILING, status=422)
    client.post(town.own(1), FILING | {"against": "ranking"}, status=303)


def test_last_day_is_whole_and_the_next_is_late(
    app: Flask, client: LintingClient, town: Town
) -> None:
    client.sign_in(town.representatives[1])
    with clock.held_at(on("3-10", 23)):
        client.post(town.own(1), FILING, status=303)
    with clock.held_at(on("3-11", 0)):
        page = client.post(town.own(2), FILING, status=404)
        client.sign_in(town.representatives[2])
        page = client.post(town.own(2), FILING, status=422)
        text = page.text.replace("\xa0", " ")
        assert "Rok za prigovor istekao je 10. 3. 2026. u 23:59." in text
        assert "11. 3. 2026. u 00:00:00" in text
        assert "povrat u prijašnje stanje" in text
    assert len(rows(app, Objection)) == 1


def test_refused_text_stays_typed(client: LintingClient, town: Town) -> None:
    client.sign_in(town.representatives[0])
    page = client.post(town.own(0), {"text": "Stigla je na vrijeme."}, status=422).text
    assert "Stigla je na vrijeme." in page
    assert "Upišite šta tražite." in page
    assert "protiv odbacivanja prijave" in page


def test_others_cannot_file(client: LintingClient, town: Town) -> None:
    client.sign_in(town.clerk)
    assert "Prigovor podnosi zakonski zastupnik" in client.get(town.own(1)).text
    client.post(town.own(1), FILING, status=403)
    for other in (town.representatives[2], town.members[0], town.officer):
        client.sign_in(other)
        client.get(town.own(1), status=404)
        client.post(town.own(1), FILING, status=404)


def test_documents_are_added_downloaded_and_the_objection_withdrawn(
    app: Flask, client: LintingClient, town: Town
) -> None:
    client.sign_in(town.representatives[1])
    own = client.post(town.own(1), FILING, status=303).location
    client.post(f"{own}/documents", status=422)
    sent = {"file": (BytesIO(make_pdf()), "dokaz.pdf")}
    client.post(f"{own}/documents", sent, status=303, content_type="multipart/form-data")
    assert len(rows(app, ObjectionDocument)) == 1
    page = client.get(own).text
    assert "dokaz.pdf" in page
    path = page.split('href="')[1:]
    link = next(each.split('"')[0] for each in path if "/documents/" in each.split('"')[0])
    assert client.get(link).mimetype == "application/pdf"
    client.sign_in(town.representatives[2])
    client.get(link, status=404)
    client.sign_in(town.representatives[1])
    client.post(f"{own}/withdraw", status=303)
    assert rows(app, Objection)[0].status is ObjectionStatus.WITHDRAWN
    assert events(app)[-1] == "objection_withdrawn"
    client.post(f"{own}/withdraw", status=422)
    client.post(town.own(1), FILING, status=303)


PAPER = FILING | {
    "channel": "post",
    "protocol_number": "02-14-7/26",
    "received_on": "12. 3. 2026.",
    "posted_on": "10. 3. 2026.",
}


def test_posting_day_of_a_letter_counts(app: Flask, client: LintingClient, town: Town) -> None:
    client.sign_in(town.officer)
    reference = town.applications[1].reference
    with clock.held_at(on("3-13")):
        client.get(f"{town.office}/new")
        client.post(f"{town.office}/new", PAPER | {"reference": "nema"}, status=422)
        late = PAPER | {"posted_on": "14. 3. 2026.", "reference": reference}
        client.post(f"{town.office}/new", late, status=422)
        client.post(f"{town.office}/new", PAPER | {"reference": reference}, status=303)
        handed = PAPER | {"channel": "in_person", "against": "ranking", "reference": reference}
        client.post(f"{town.office}/new", handed, status=303)
        first, second = rows(app, Objection)
        assert (first.posted_on, first.ruling_due_on) == (date(2026, 3, 10), date(2026, 3, 27))
        assert second.posted_on is None
        page = client.get(town.office).text
        assert page.count("poslije roka") == 1


def test_list_takes_as_many_statements_for_three_as_for_one(
    app: Flask, client: LintingClient, town: Town
) -> None:
    client.sign_in(town.representatives[1])
    client.post(town.own(1), FILING, status=303)
    client.sign_in(town.officer)
    with Statements() as once:
        client.get(town.office)
    client.sign_in(town.representatives[2])
    client.post(town.own(2), FILING, status=303)
    client.post(town.own(2), FILING | {"against": "ranking"}, status=303)
    client.sign_in(town.officer)
    with Statements() as thrice:
        client.get(town.office)
    assert len(once) == len(thrice) <= 12
    assert len(rows(app, Objection)) == 3


def test_objections_are_nobody_elses(client: LintingClient, town: Town) -> None:
    client.sign_in(town.auditor)
    client.get(town.office)
    client.get(f"{town.office}/new", status=403)
    for other in (*town.members, town.representatives[0]):
        client.sign_in(other)
        client.get(town.office, status=404)
