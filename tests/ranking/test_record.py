"""The record of the committee: composed, remarked on, read and confirmed, then issued."""

import re
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from grants import tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.db import db
from grants.evaluation.models import Conflict, Member, Sheet, SignedSheet
from grants.i18n.rendering import speaking
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.models import User
from grants.ranking.keeping import RECORD
from grants.ranking.models import Confirmation, Ranking, RankingPreview
from tests.client import LintingClient, Statements, commit
from tests.factories import DEADLINE, keep
from tests.ranking.arranging import Scored, rows, scored
from tests.ranking.test_fairness_page import work
from tests.ranking.test_pages import CLOSING, VOTE, chair_of

TEXT = re.compile(r'name="text" value="([0-9a-f]{64})"')


def closed(app: Flask, client: LintingClient, *scores: int, **over: object) -> Scored:
    """A closed ranking, whose record nobody has read yet."""
    found = scored(app, *(scores or (5, 4, 4)), tie_breaks=["vote"], **over)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    work(app)
    if not scores:
        tied = [str(each.reference) for each in found.applications[1:]]
        client.post(f"{chair_of(found)}/votes", VOTE | {"reference": tied, "place": ["2", "1"]})
    client.post(f"{chair_of(found)}/close", CLOSING)
    return found


def record_of(found: Scored) -> str:
    return f"/committee/{found.committee.slug}/record"


def say(client: LintingClient, found: Scored, says: str = "agreed", **over: object) -> None:
    read = TEXT.search(client.get(record_of(found)).text)
    assert read is not None
    fields = {"says": says, "remark": "", "text": read[1]}
    status = over.pop("status", 302)
    client.post(record_of(found), fields | over, status=status)  # type: ignore[arg-type]


def test_record_is_read_confirmed_and_issued(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client)
    told = [each.to for each in rows(app, Mail) if "Zapisnik komisije čeka" in each.subject]
    assert len(told) == 3
    text = client.get(record_of(found)).text
    assert "Za 2, protiv 0" in text
    assert "Veći obuhvat." in text
    say(client, found)
    refused = client.post(f"{chair_of(found)}/record", {"number": ""}, status=422).text
    assert "O zapisniku se još nisu izjasnili: Članica, Član." in refused
    client.sign_in(found.evaluator)
    say(client, found, "apart", status=422)
    say(client, found, "apart", remark="Obuhvat je precijenjen.")
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/record", {"number": "", "missing_reason": "Na putu je."})
    act = rows(app, Act)[-1]
    assert act.kind is ActKind.RECORD_OF_COMMITTEE
    assert act.facts["confirmations"]["missing_reason"] == "Na putu je."
    words = [(each["name"], each["agreed"]) for each in act.facts["confirmations"]["words"]]
    assert words == [("Predsjednica", True), ("Članica", False), ("Član", None)]
    with app.app_context():
        run_due_jobs()
    assert client.get(f"{chair_of(found)}/record.pdf").data.startswith(b"%PDF")
    client.post(record_of(found), {"says": "agreed", "text": "0" * 64}, status=422)


def without_token(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrf" not in line)


def test_kept_record_reads_as_a_composed_one_and_gives_way_to_what_happens(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client)
    client.get(record_of(found))  # what was said about closing is said once
    composed = without_token(client.get(record_of(found)).text)
    work(app)
    assert RECORD in rows(app, RankingPreview)[0].content
    assert without_token(client.get(record_of(found)).text) == composed
    say(client, found)
    with app.app_context(), tenancy.across("tests arrange"):
        secret = found.applications[1]
        ground = {"ground": "party", "declared_at": DEADLINE, "application_id": secret.id}
        member = found.committee.members[2]
        keep(Conflict(municipality_id=secret.municipality_id, member_id=member.id, **ground))
        commit()
    text = client.get(record_of(found)).text
    assert "Član: prijava" in text
    assert "Predsjednica: <" in text
    assert TEXT.findall(text) != TEXT.findall(composed)
    say(client, found)
    client.post(f"{chair_of(found)}/record", {"number": "", "missing_reason": "Na putu su."})


def test_results_of_a_record_go_on_over_pages(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client, 5, *(1,) * 51)
    first = client.get(record_of(found)).text
    second = client.get(f"{record_of(found)}?page=2").text
    assert (first.count("Projekat "), second.count("Projekat ")) == (50, 2)
    assert "Predloženo u ovom lotu" not in first
    assert "Predloženo u ovom lotu" in second
    assert TEXT.findall(first) == TEXT.findall(second)
    refused = client.post(f"{record_of(found)}/remarks", {"remark-ties": "x" * 4001}, status=422)
    assert f'href="{record_of(found)}?page=2"' in refused.text


def test_new_remark_asks_everybody_to_read_again(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client)
    say(client, found)
    before = TEXT.search(client.get(record_of(found)).text)
    assert before is not None
    client.post(f"{record_of(found)}/remarks", {"remark-scoring": "Uz pitanje 2.1 vidi dopis."})
    text = client.get(record_of(found)).text
    assert "Uz pitanje 2.1 vidi dopis." in text
    assert "čeka se" in text
    stale = {"says": "agreed", "remark": "", "text": before[1]}
    refused = client.post(record_of(found), stale, status=422).text
    assert "Zapisnik se u međuvremenu promijenio" in refused
    client.post(f"{record_of(found)}/remarks", {"remark-scoring": "x" * 4001}, status=422)
    client.sign_in(found.evaluator)
    client.post(f"{record_of(found)}/remarks", {"remark-scoring": "Moja."}, status=403)
    say(client, found)
    assert [each.is_agreed for each in rows(app, Confirmation)] == [True, True]


def test_words_on_an_earlier_text_are_kept_told_of_and_printed(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client)
    assert "Primjedbi nije bilo." in client.get(record_of(found)).text
    say(client, found)
    client.sign_in(found.evaluator)
    say(client, found, "apart", remark="Obuhvat je precijenjen.")
    client.sign_in(found.chair)
    written = {"remark-scoring": "Vidi dopis."}
    client.post(f"{record_of(found)}/remarks", written)
    client.post(f"{record_of(found)}/remarks", written)
    told = [each.to for each in rows(app, Mail) if "je dopunjen" in each.subject]
    assert sorted(told) == sorted([found.chair.email, found.evaluator.email])
    text = client.get(record_of(found)).text
    assert "Primjedbi nije bilo." not in text
    assert text.count("na raniji tekst") == 2
    assert "Obuhvat je precijenjen." not in text
    client.sign_in(found.evaluator)
    text = client.get(record_of(found)).text
    assert text.count("Obuhvat je precijenjen.") == 2
    assert re.search(r'<input checked[^>]*name="says"[^>]*value="apart"', text)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/record", {"number": ""}, status=422)
    read_as_earlier(issued(app, client, found))


def read_as_earlier(printed: str) -> None:
    assert "nije se prije zaključenja izjasnio nijedan član" in printed
    assert "„Obuhvat je precijenjen.“ (dato na raniji tekst zapisnika; o ovom" in printed
    assert "Svaki član s pravom glasa izjasnio se" not in printed
    assert "Primjedbi nije bilo" not in printed


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (1, "izjasnili o ovom tekstu zapisnika: 1 od 3."),
        (3, "Svaki član s pravom glasa izjasnio se o njegovom tekstu:"),
    ],
)
def test_record_tells_truly_who_spoke(
    app: Flask, client: LintingClient, at: datetime, said: int, sentence: str
) -> None:
    found = closed(app, client)
    for each in found.committee.members[:said]:
        client.sign_in(account(app, each.user_id or 0))
        say(client, found)
    client.sign_in(found.chair)
    printed = issued(app, client, found)
    assert sentence in printed
    assert ("nije se izjasnio/la" in printed) is (said < 3)
    assert "Primjedbi nije bilo." in printed


def account(app: Flask, user_id: int) -> User:
    return next(each for each in rows(app, User) if each.id == user_id)


def issued(app: Flask, client: LintingClient, found: Scored) -> str:
    """The record as issued, as it is printed."""
    client.post(f"{chair_of(found)}/record", {"number": "", "missing_reason": "Na putu su."})
    facts = rows(app, Act)[-1].facts
    with app.test_request_context(), speaking("bs"):
        page = app.jinja_env.get_template("ranking/record.pdf.html")
        context = page.new_context({"facts": facts})
        blocks = (page.blocks[each](context) for each in ("preamble", "operative"))
        return " ".join("".join("".join(each) for each in blocks).split())


def test_conflicted_member_reads_everything_but_the_application(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = closed(app, client, 5, 4, 3, min_reviews=2)
    secret = found.applications[1]
    with app.app_context(), tenancy.across("tests arrange"):
        member = select(Member).where(Member.user_id == found.evaluator.id)
        keep(
            Conflict(
                municipality_id=secret.municipality_id,
                member_id=db.session.execute(member).scalar_one().id,
                application_id=secret.id,
                ground="party",
                declared_at=DEADLINE,
            )
        )
        sheet = db.session.execute(select(Sheet).where(Sheet.application_id == secret.id)).scalars()
        keep(
            SignedSheet(
                municipality_id=secret.municipality_id,
                sheet=next(sheet),
                scores={},
                comments={},
                signed_at=DEADLINE,
                signed_sha256="0" * 64,
                reopened_at=DEADLINE,
                reason="Krivo upisano.",
            )
        )
        commit()
    text = client.get(record_of(found)).text
    assert "Krivo upisano." in text
    assert "Projekat 2" in text
    client.sign_in(found.evaluator)
    text = client.get(record_of(found)).text
    assert "Projekat 2" not in text
    assert str(secret.reference) not in text
    assert "Projekat 1" in text
    say(client, found)


def test_who_left_or_waits_has_no_word(app: Flask, client: LintingClient, at: datetime) -> None:
    found = closed(app, client)
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.execute(
            update(Member).where(Member.user_id == found.evaluator.id)
            .values(left_at=DEADLINE, left_reason="Bolest")
        )  # fmt: skip
        commit()
    client.sign_in(found.evaluator)
    client.get(record_of(found), status=404)
    client.sign_in(found.officer)
    client.get(record_of(found), status=404)
    client.sign_in(found.chair)
    assert "Bolest" in client.get(record_of(found)).text


@pytest.mark.parametrize("scores", [(5,), (5, 3, 2)])
def test_record_takes_the_same_statements_whatever_its_rows(
    app: Flask, client: LintingClient, at: datetime, scores: tuple[int, ...]
) -> None:
    found = closed(app, client, *scores)
    client.get(record_of(found))
    with Statements() as composed:
        client.get(record_of(found))
    work(app)
    with Statements() as kept:
        client.get(record_of(found))
    assert (len(composed), len(kept)) == (17, 8)
    assert rows(app, Ranking)[0].record_act_id is None


def test_record_says_who_left_when_and_who_came(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4)
    with app.app_context(), tenancy.within(found.municipality.id):
        gone = db.session.merge(found.committee.members[2])
        gone.left_at, gone.left_reason = DEADLINE, "Prelazi drugdje."
        place = {"municipality_id": gone.municipality_id, "committee_id": gone.committee_id}
        fresh = place | {"key": "e4", "position": 3, "name": "Nova Članica", "role": gone.role}
        after = {"stands_in_for_id": gone.id, "seated_at": DEADLINE, "conflicts": []}
        keep(Member(**fresh, **after))
        commit()
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    client.post(f"{chair_of(found)}/close", CLOSING)
    text = client.get(record_of(found)).text.replace("\xa0", " ")
    assert re.search(r"otišao/la [\d. u:]+: Prelazi drugdje\. Na to mjesto je došao/la", text)
    assert re.search(r"od [\d. u:]+ umjesto: Član<", text)
    assert "Potpisani listovi: Predsjednica 2, Članica 2, Član 2." in text
