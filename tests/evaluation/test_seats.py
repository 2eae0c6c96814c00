"""The short call for the seat of civil society: stood for, voted upon, closed with a record."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Candidate, SeatCall, SeatVote
from grants.evaluation.rules.seats import (
    CandidateStatus,
    SeatStatus,
    SeatStep,
    leaders_of,
    seat_step,
)
from grants.organisations.models import Organisation
from grants.people.models import User
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.evaluation.world import rows
from tests.factories import (
    make_application,
    make_call,
    make_municipality,
    make_organisation,
    make_user,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PDF = make_pdf()
LONG = START + timedelta(days=3)


@pytest.mark.parametrize(
    ("status", "standing", "leaders", "is_over", "step"),
    [
        (SeatStatus.DRAFT, 0, 0, True, SeatStep.PUBLISH),
        (SeatStatus.PUBLISHED, 2, 0, False, SeatStep.WAIT),
        (SeatStatus.PUBLISHED, 0, 0, True, SeatStep.REPEAT),
        (SeatStatus.PUBLISHED, 1, 0, True, SeatStep.CHOOSE),
        (SeatStatus.PUBLISHED, 2, 0, True, SeatStep.VOTE),
        (SeatStatus.VOTING, 2, 1, False, SeatStep.WAIT_FOR_VOTES),
        (SeatStatus.VOTING, 1, 1, False, SeatStep.CHOOSE),
        (SeatStatus.VOTING, 0, 0, False, SeatStep.REPEAT),
        (SeatStatus.VOTING, 2, 1, True, SeatStep.COUNT),
        (SeatStatus.VOTING, 2, 2, True, SeatStep.VOTE_AGAIN),
        (SeatStatus.VOTING, 2, 0, True, SeatStep.VOTE_AGAIN),
        (SeatStatus.CLOSED, 2, 1, True, SeatStep.DONE),
    ],
)
def test_one_step_follows(
    status: SeatStatus, standing: int, leaders: int, *, is_over: bool, step: SeatStep
) -> None:
    at = LONG + timedelta(seconds=1) if is_over else LONG
    found = seat_step(status, until=LONG, standing=standing, leaders=leaders, at=at)
    assert found is step


@given(st.dictionaries(st.integers(1, 4), st.integers(1, 9)), st.sets(st.integers(1, 4)))
def test_leaders_have_the_most_votes_of_those_standing(
    votes: dict[int, int], standing: set[int]
) -> None:
    found = leaders_of(votes, standing)
    assert set(found) <= standing
    assert bool(found) == bool(standing & votes.keys())
    for each in standing:
        for leader in found:
            assert votes.get(each, 0) <= votes[leader]
            assert (votes.get(each) == votes[leader]) == (each in found)


@dataclass(frozen=True)
class SeatWorld:
    """Addresses and people: three local organisations, one from elsewhere, one that applied."""

    office: str
    public: str
    committee: str
    officer: User
    auditor: User
    people: dict[str, User]
    slugs: dict[str, str]


@pytest.fixture
def there(app: Flask) -> SeatWorld:
    with app.app_context():
        municipality = make_municipality()
        call = make_call(municipality, status=CallStatus.PUBLISHED)
        people, slugs = {}, {}
        for name in ("Prva", "Druga", "Treća", "Daleka", "Prijavljena"):
            seat = "Bihać" if name == "Daleka" else "Općina Novo Sarajevo"
            organisation = make_organisation(name, seat_municipality=seat)
            people[name] = make_user(f"{name} Osoba", (Role.REPRESENTATIVE, organisation.id))
            slugs[name] = organisation.slug
            if name == "Prijavljena":
                make_application(call, organisation)
        place = f"/m/{municipality.slug}/calls/{call.slug}"
        officer = make_user("Lejla Hadžić", (Role.OFFICER, municipality.id))
        auditor = make_user("Nada Kovač", (Role.AUDITOR, municipality.id))
        commit()
        return SeatWorld(
            f"{place}/committee-seat",
            f"/calls/{call.slug}/committee-seat",
            f"{place}/committee",
            officer,
            auditor,
            people,
            slugs,
        )


@pytest.fixture(autouse=True)
def _now() -> Iterator[datetime]:
    with clock.held_at(START) as moment:
        yield moment


def publish(client: LintingClient, there: SeatWorld) -> None:
    client.sign_in(there.officer)
    client.post(there.office, {"text": "Tražimo člana komisije.", "length": "3"})
    client.post(f"{there.office}/publication", {})


def stand(client: LintingClient, there: SeatWorld, name: str, *, status: int = 303) -> str:
    client.sign_in(there.people[name])
    sent: dict[str, Any] = {"file": (io.BytesIO(PDF), "biografija.pdf")}
    return client.post(f"{there.public}/{there.slugs[name]}", sent, status=status).text


def vote(client: LintingClient, there: SeatWorld, name: str, candidate: str) -> None:
    client.sign_in(there.people[name])
    client.get(there.public)
    client.post(f"{there.public}/{there.slugs[name]}/vote", {"candidate": candidate})


def candidate_of(app: Flask, name: str) -> Candidate:
    found: Candidate = next(each for each in rows(app, Candidate) if each.name.startswith(name))
    return found


def after(days: int) -> Any:
    return clock.held_at(START + timedelta(days=days))


def test_draft_is_nobodys_and_the_published_one_is_on_the_public_page(
    client: LintingClient, there: SeatWorld
) -> None:
    client.get(there.public, status=404)
    client.sign_in(there.officer)
    client.get(there.office)
    wrong = client.post(there.office, {"text": "Tražimo.", "length": "8"}, status=422)
    assert "od 1 do 7 dana" in wrong.text
    client.post(there.office, {"text": "Tražimo.", "length": "2"})
    client.get(there.public, status=404)
    client.get(there.office)
    client.post(f"{there.office}/publication", {})
    client.sign_out()
    assert "Tražimo." in client.get(there.public).text
    assert "Predstavnik organizacija u komisiji" in client.get(there.public.rpartition("/")[0]).text
    client.sign_in(there.auditor)
    client.get(there.office)
    for step in ("", "/publication", "/vote", "/closing"):
        client.post(f"{there.office}{step}", {}, status=403)


def test_only_whom_the_call_means_may_stand(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    publish(client, there)
    stand(client, there, "Prva")
    assert "Već ste predali kandidaturu" in stand(client, there, "Prva", status=422)
    assert "nije u ovoj općini" in stand(client, there, "Daleka", status=422)
    assert "prijavila na ovaj poziv" in stand(client, there, "Prijavljena", status=422)
    client.sign_in(there.people["Druga"])
    client.get(there.public)
    client.post(f"{there.public}/{there.slugs['Treća']}", {}, status=404)
    none = client.post(f"{there.public}/{there.slugs['Druga']}", {}, status=422)
    assert "Odaberite datoteku" in none.text
    with after(4):
        assert "Kandidature su se primale do" in stand(client, there, "Druga", status=422)
    assert [each.name for each in rows(app, Candidate)] == ["Prva Osoba"]
    client.sign_in(there.officer)
    slug = candidate_of(app, "Prva").slug
    assert client.get(f"{there.office}/{slug}/cv").data == PDF
    client.sign_in(there.people["Druga"])
    client.get(f"{there.office}/{slug}/cv", status=404)


def test_only_candidate_is_chosen_without_a_vote_and_offered_to_the_committee(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    publish(client, there)
    stand(client, there, "Prva")
    statement = {"statement": "Radim s mladima."}
    client.post(f"{there.public}/{there.slugs['Prva']}/statement", statement)
    client.sign_in(there.officer)
    early = client.post(f"{there.office}/closing", {}, status=422)
    assert "Rok još teče" in early.text
    with after(4):
        client.get(there.office)
        client.post(f"{there.office}/closing", {"typed_number": "01-04-5/26"})
        again = client.post(f"{there.office}/closing", {}, status=422)
        assert "ne slijedi" in again.text
        [act] = rows(app, Act)
        assert (act.kind, act.number, act.facts["chosen"]) == (
            ActKind.RECORD_OF_SELECTION,
            "01-04-5/26",
            "Prva Osoba",
        )
        assert 'value="Prva Osoba"' in client.get(there.committee).text
        client.sign_out()
        assert "Izabran/a je Prva Osoba, Prva." in client.get(there.public).text


def two_who_stand(app: Flask, client: LintingClient, there: SeatWorld) -> tuple[str, str]:
    """The first and the second stand; the addresses of both candidates."""
    publish(client, there)
    for name in ("Prva", "Druga"):
        stand(client, there, name)
    client.sign_in(there.officer)
    return candidate_of(app, "Prva").slug, candidate_of(app, "Druga").slug


def test_only_local_organisations_vote_once_and_a_tie_is_voted_again(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    first, second = two_who_stand(app, client, there)
    with after(4):
        client.post(f"{there.office}/vote", {"length": "2"})
        client.get(there.office)
        vote(client, there, "Prva", first)
        vote(client, there, "Druga", first)
        vote(client, there, "Druga", second)
        client.sign_in(there.people["Daleka"])
        far = f"{there.public}/{there.slugs['Daleka']}/vote"
        assert "nije u ovoj općini" in client.post(far, {"candidate": first}, status=422).text
        assert len(rows(app, SeatVote)) == 2
    client.sign_in(there.officer)
    with after(7):
        assert "samo između izjednačenih" in client.get(there.office).text
        client.post(f"{there.office}/vote", {"length": "1"})
        assert rows(app, SeatVote) == []


def test_most_votes_win_and_the_count_is_public(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    first, second = two_who_stand(app, client, there)
    with after(4):
        client.post(f"{there.office}/vote", {"length": "2"})
        for name, candidate in (("Prva", first), ("Treća", first), ("Druga", second)):
            vote(client, there, name, candidate)
    with after(7):
        client.sign_in(there.officer)
        client.post(f"{there.office}/closing", {})
        client.sign_out()
        assert "2 glas" in client.get(there.public).text
    statuses = [each.status for each in rows(app, Candidate)]
    assert statuses == [CandidateStatus.CHOSEN, CandidateStatus.NOT_CHOSEN]
    [act] = rows(app, Act)
    assert [each["votes"] for each in act.facts["candidates"]] == [2, 1]


def test_candidate_is_set_aside_with_a_reason_and_nobody_left_means_again(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    publish(client, there)
    stand(client, there, "Prva")
    address = f"{there.office}/{candidate_of(app, 'Prva').slug}/set-aside"
    client.post(address, {"reason": "Zaposlena u općini."}, status=404)
    client.sign_in(there.officer)
    client.post(address, {"reason": " "}, status=422)
    client.post(address, {"reason": "Zaposlena u općini."})
    client.sign_in(there.people["Prva"])
    assert "Zaposlena u općini." in client.get(there.public).text
    client.sign_in(there.people["Druga"])
    assert "Zaposlena u općini." not in client.get(there.public).text
    client.sign_in(there.officer)
    with after(4):
        client.post(f"{there.office}/closing", {})
        assert "Niko nije izabran" in client.get(there.office).text
        client.post(there.office, {"text": "Ponovo tražimo.", "length": "3"})
    assert [each.status for each in rows(app, SeatCall)] == [SeatStatus.CLOSED, SeatStatus.DRAFT]


def test_server_looks_again_at_the_end_and_warns_later(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    publish(client, there)
    for name in ("Prva", "Druga"):
        stand(client, there, name)
    apply_with(app, there, "Prva")
    client.sign_in(there.officer)
    with after(4):
        client.post(f"{there.office}/vote", {"length": "2"})
        client.post(f"{there.office}/closing", {})
        reasons = {each.name: (each.status, each.reason) for each in rows(app, Candidate)}
        assert reasons == {
            "Prva Osoba": (CandidateStatus.SET_ASIDE, "Organizacija se prijavila na poziv."),
            "Druga Osoba": (CandidateStatus.CHOSEN, ""),
        }
        apply_with(app, there, "Druga")
        for page in (there.office, there.committee):
            assert "ne može" in client.get(page).text


def vote_of_three(app: Flask, client: LintingClient, there: SeatWorld) -> dict[str, str]:
    """Three stand and three vote: two for the first, one for the second; whose page is whose."""
    publish(client, there)
    names = ("Prva", "Druga", "Treća")
    for name in names:
        stand(client, there, name)
    slugs = {name: candidate_of(app, name).slug for name in names}
    client.sign_in(there.officer)
    with after(4):
        client.post(f"{there.office}/vote", {"length": "2"})
        for name, chosen in (("Prva", "Prva"), ("Treća", "Prva"), ("Druga", "Druga")):
            vote(client, there, name, slugs[chosen])
    client.sign_in(there.officer)
    return slugs


@pytest.mark.parametrize("days", [5, 7])
def test_nobody_is_rejected_by_hand_once_the_vote_has_begun(
    app: Flask, client: LintingClient, there: SeatWorld, days: int
) -> None:
    slugs = vote_of_three(app, client, there)
    with after(days):
        assert "Ne prihvati kandidaturu" not in client.get(there.office).text
        address = f"{there.office}/{slugs['Prva']}/set-aside"
        refused = client.post(address, {"reason": "Ne odgovara."}, status=422)
        assert "Glasanje je počelo, pa se kandidatura više ne odbija." in refused.text
    assert candidate_of(app, "Prva").status is CandidateStatus.STANDING
    assert len(rows(app, SeatVote)) == 3


def test_leader_who_falls_out_keeps_the_votes_and_the_others_are_voted_upon_anew(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    slugs = vote_of_three(app, client, there)
    apply_with(app, there, "Prva")
    with after(7):
        client.get(there.office)
        shown = client.post(f"{there.office}/closing", {}, follow_redirects=True, status=200).text
        assert "o njima glasaju organizacije" in shown
        assert "2 glas" in shown
        assert (len(rows(app, Act)), len(rows(app, SeatVote))) == (0, 3)
        client.post(f"{there.office}/vote", {"length": "2"})
        assert rows(app, SeatVote) == []
        vote(client, there, "Treća", slugs["Druga"])
    client.sign_in(there.officer)
    with after(10):
        client.post(f"{there.office}/closing", {})
        [act] = rows(app, Act)
        assert (act.facts["chosen"], act.facts["votes"]) == ("Druga Osoba", 1)
        [earlier] = act.facts["earlier"]
        assert earlier["votes"] == 3
        assert earlier["results"] == ["Prva Osoba: 2", "Druga Osoba: 1"]
        history = client.get(f"{there.office.rpartition('/')[0]}/history").text
    for said in (
        "Objavljen poziv za predstavnika organizacija",
        "Prijavljena kandidatura za komisiju",
        "razlog: Organizacija se prijavila na poziv.",
        "Počelo glasanje za predstavnika organizacija",
        "glasovi po kandidatu: Prva Osoba: 2, Druga Osoba: 1",
        "glasovi po kandidatu: Druga Osoba: 1",
        "Zaključen izbor predstavnika organizacija",
    ):
        assert said in history


def test_last_of_two_is_chosen_and_the_record_says_for_whom_the_votes_were(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    first, second = two_who_stand(app, client, there)
    with after(4):
        client.post(f"{there.office}/vote", {"length": "2"})
        for name, chosen in (("Prva", first), ("Treća", first), ("Druga", second)):
            vote(client, there, name, chosen)
    apply_with(app, there, "Prva")
    client.sign_in(there.officer)
    with after(7):
        client.post(f"{there.office}/closing", {})
        [act] = rows(app, Act)
        assert (act.facts["votes"], act.facts["is_last"]) == (3, True)
        assert [each["votes"] for each in act.facts["candidates"]] == [2, 1]
        page = f"{there.office.partition('/calls')[0]}/acts/{act.slug}"
        assert "bez novog glasanja" in client.get(page).text


def apply_with(app: Flask, there: SeatWorld, name: str) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        whole = select(Call).options(selectinload(Call.lots), joinedload(Call.municipality))
        call = db.session.execute(whole).scalar_one()
        chosen = select(Organisation).where(Organisation.slug == there.slugs[name])
        make_application(call, db.session.execute(chosen).scalar_one())
        commit()


def test_pages_ask_few_statements_whatever_their_rows(
    app: Flask, client: LintingClient, there: SeatWorld
) -> None:
    publish(client, there)
    counts = []
    for name in ("Prva", "Druga", "Treća"):
        stand(client, there, name)
        client.sign_in(there.officer)
        with Statements() as seen:
            client.get(there.office)
        counts.append(len(seen))
    assert counts[0] == counts[2] <= 12
