"""What is asked depends on what was answered: conditions, lots, words, files, corrections."""

import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from grants import tenancy
from grants.applications.models import Application, Snapshot
from grants.applications.queries import get_own_draft
from grants.applications.rules.drawing import draw_section
from grants.applications.rules.facts import answers_by_section
from grants.applications.rules.parsing import Typed
from grants.calls.actions.versions import publish_form_version
from grants.calls.models import Call
from grants.calls.queries import form_of, form_of_version, get_call
from grants.calls.rules.form import Choice, Form
from grants.calls.rules.form_json import read_form
from grants.db import db
from grants.errors import Incomplete, WrongState
from grants.people.actors import SYSTEM
from tests.applications.arranging import FORM, Arranged, arrange
from tests.applications.test_drafting import kept
from tests.calls.forms import forms, make_form
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf

LOTS = (Choice("1", "Mladi"), Choice("2", "Okoliš"))
LOT = {"key": "lot", "kind": "lot", "label": "Oblast", "fact": "lot"}
HAS = {
    "key": "has",
    "kind": "choice",
    "label": "Imate li?",
    "choices": [{"code": "yes", "label": "Da"}, {"code": "no", "label": "Ne"}],
}
WHEN_YES = {"question": "has", "one_of": ["yes"]}
WHAT = {"key": "what", "kind": "long_text", "label": "Šta?", "words": 3, "shown_when": WHEN_YES}
WHY = {"key": "why", "kind": "short_text", "label": "Zašto?", "shown_when": {"question": "what"}}
PROOF = {"key": "proof", "kind": "file", "label": "Dokaz", "shown_when": WHEN_YES}
YOUNG = {"key": "young", "kind": "number", "label": "Mladih", "lots": ["1"], "least": 1, "most": 9}
NOTE = {
    "key": "note",
    "kind": "short_text",
    "label": "Napomena",
    "required": False,
    "required_when": WHEN_YES,
}
SMALL = (LOT, HAS, WHAT, WHY, PROOF, YOUNG, NOTE)


def missing(**answers: str) -> list[tuple[str, str]]:
    """What a draft of the small form still misses, or says wrongly."""
    form = make_form(*SMALL)
    typed = Typed(form, {"one": answers}, LOTS)
    parsed = typed.parsed(form.sections[0])
    return [(each.code, each.place) for each in (*parsed.unreadable, *parsed.missing)]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"lot": "2", "has": "no"}, []),
        ({"lot": "2", "has": "no", "what": "ovo je predug tekst", "young": "99"}, []),
        ({"lot": "1", "has": "no"}, [("answer_missing", "young")]),
        ({"lot": "1", "has": "no", "young": "10"}, [("answer_too_high", "young")]),
        ({"lot": "1", "has": "no", "young": "0,5"}, [("answer_too_low", "young")]),
        (
            {"lot": "2", "has": "yes"},
            [("answer_missing", "what"), ("file_missing", "proof"), ("answer_missing", "note")],
        ),
        (
            {"lot": "2", "has": "yes", "what": "jedna dvije tri četiri", "note": "x"},
            [
                ("answer_too_many_words", "what"),
                ("answer_missing", "why"),
                ("file_missing", "proof"),
            ],
        ),
        # What was typed before decides no more once its own question is not asked.
        ({"lot": "2", "has": "no", "what": "nešto"}, []),
    ],
)
def test_only_what_is_asked_is_required(
    answers: dict[str, str], said: list[tuple[str, str]]
) -> None:
    assert missing(**answers) == said


def test_answer_to_what_is_not_asked_is_no_answer() -> None:
    form = make_form(*SMALL)
    typed = Typed(form, {"one": {"lot": "2", "has": "no", "what": "tekst", "young": "3"}}, LOTS)
    assert answers_by_section(typed) == {"one": {"lot": "2", "has": "no", "note": None}}
    asked = Typed(
        form,
        {"one": {"lot": "2", "has": "yes", "what": "tekst", "why": "x", "note": "n"}},
        LOTS,
        files={"form.proof": ["a.pdf"]},
    )
    assert asked.parsed(form.sections[0]).is_whole
    assert answers_by_section(asked)["one"]["proof"] == ["a.pdf"]


@given(forms(), st.data())
def test_what_is_not_asked_is_never_required_nor_answered(form: Form, data: st.DataObject) -> None:
    keys = [question.key for question in form.questions()]
    text = st.sampled_from(["", "a", "b", "yes", "1", "x", "3"])
    answers = {
        section.key: {question.key: data.draw(text) for question in section.questions}
        for section in form.sections
    }
    typed = Typed(form, answers, LOTS)
    shown = {key for key in keys if (each := form.question(key)) and typed.is_shown(each)}
    for section in form.sections:
        parsed = typed.parsed(section)
        assert {problem.place.partition(".")[0] for problem in parsed.missing} <= shown
        assert parsed.values.keys() <= shown
    frozen = {key for values in answers_by_section(typed).values() for key in values}
    assert frozen <= shown


def test_page_follows_only_what_it_can_see_itself() -> None:
    sections = [
        {"key": "a", "title": "A", "questions": [LOT]},
        {"key": "b", "title": "B", "questions": [HAS, WHAT, NOTE, YOUNG]},
    ]
    form = make_form(sections=sections)
    typed = Typed(form, {"a": {"lot": "2"}, "b": {"has": "no"}}, LOTS)
    drawn = draw_section(typed, form.sections[1], months=12)
    assert [(each.is_shown, each.shown_when, each.needed_when) for each in drawn.questions] == [
        (True, "", ""),
        (False, '[{"question": "has", "one_of": ["yes"]}]', ""),
        (True, "", '[{"question": "has", "one_of": ["yes"]}]'),
        (False, "", ""),
    ]
    alone = Typed(form, {"b": {"has": "no"}}, LOTS, known={"b"})
    assert alone.is_shown(form.sections[1].questions[3])


def changed(**over: Any) -> dict[str, Any]:
    """The preset form with the section of partners and team changed: `questions` added to it."""
    form = json.loads(json.dumps(FORM))
    team = next(each for each in form["sections"] if each["key"] == "team")
    team["questions"] += over.get("questions", [])
    return form


def test_question_appears_after_a_save_without_script(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    path = f"{world.base}/sections/team"
    hidden = '<div class="asked asked-wide" hidden'
    assert hidden in client.get(path).text
    version, answers = kept(app, world.application, "team")
    sent = {**answers, "version": version, "has_partners": "yes"}
    assert client.post(path, sent, status=303).location == f"{path}#partners"
    page = client.get(path).text
    assert hidden not in page
    assert "ovdje treba popuniti još nešto" in page
    assert "Partneri: treba najmanje 1" in client.get(f"{world.base}/check").text


def test_help_says_what_the_committee_looks_for(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app, evidence={"2.1": ["relevance"]})
    client.sign_in(world.member)
    page = client.get(f"{world.base}/sections/problem").text
    assert "Šta gleda komisija" in page
    assert "pitanje 2.1, do" in page
    assert "Prepisan je tekst poziva" in page


def test_file_of_a_question_keeps_what_was_typed_beside_it(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    letter = {"key": "letter", "kind": "file", "label": "Pismo podrške"}
    world = arrange(app, form=changed(questions=[letter]))
    client.sign_in(world.member)
    assert "Priložite datoteku: Pismo podrške." in client.get(f"{world.base}/check").text
    path = f"{world.base}/sections/team"
    version, answers = kept(app, world.application, "team")
    sent = {**answers, "version": version, "team.1.name": "Novo ime", "attach": "letter"}
    place = client.post(path, sent, status=303).location
    assert place == f"{path}/files/letter"
    assert kept(app, world.application, "team")[1]["team.1.name"] == "Novo ime"
    assert "Pismo podrške" in client.get(place).text
    slot = f"{world.base}/documents?slot=form.letter"
    assert "Odaberite datoteku." in client.post(slot, {}, status=422).text
    file = {"file": (io.BytesIO(make_pdf()), "pismo.pdf")}
    assert client.post(slot, file, status=303).location == f"{path}#letter"
    assert "pismo.pdf" in client.get(path).text
    assert "Priložite datoteku" not in client.get(f"{world.base}/check").text
    client.sign_in(world.stranger)
    client.get(place, status=404)
    client.sign_in(world.member)
    client.get(f"{path}/files/team", status=404)
    client.post(f"{world.base}/documents?slot=form.nothing", {}, status=404)


def test_section_takes_as_many_statements_with_many_questions_as_with_few(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    counts = []
    for extra in (0, 3, 30):
        questions = [
            {"key": f"q{n}", "kind": "file", "label": f"Q{n}", "required": False}
            for n in range(extra)
        ]
        world = arrange(app, form=changed(questions=questions))
        client.sign_in(world.member)
        client.get(f"{world.base}/sections/team")
        with Statements() as seen:
            client.get(f"{world.base}/sections/team")
        counts.append(len(seen))
    assert len(set(counts)) == 1


def correct(app: Flask, world: Arranged, *questions: dict[str, Any], at: datetime) -> None:
    """Publish a form with more questions in the section of the team."""
    with app.app_context(), tenancy.within(world.municipality.id):
        call = fresh(world)
        form = read_form(changed(questions=list(questions)))
        publish_form_version(call, form, note="Dodano pitanje.", by=SYSTEM, at=at)
        commit()


def fresh(world: Arranged) -> Call:
    found = get_call(world.call.slug)
    assert found is not None
    return found


NEW = {"key": "new", "kind": "short_text", "label": "Šta je novo"}


def test_corrected_form_is_shown_on_every_page_of_the_draft(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.representative)
    summary = f"{world.base}/sections/summary"
    assert "Obrazac je ispravljen" not in client.get(summary).text
    with Statements() as before:
        client.get(summary)
    correct(app, world, NEW, at=at)
    for page in (summary, f"{world.base}/check"):
        said = client.get(page).text
        assert "Obrazac je ispravljen" in said
        assert "Dodano pitanje." in said
        assert "Šta je novo: novo obavezno pitanje" in said
        assert f'{world.base}/sections/team#new"' in said
    with Statements() as after:
        client.get(summary)
    assert len(after) == len(before) + 1


def test_corrected_form_is_submitted_only_once_it_was_seen(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    correct(app, world, NEW, at=at)
    client.sign_in(world.representative)
    summary = f"{world.base}/sections/summary"
    version, answers = kept(app, world.application, "team")
    typed = {**answers, "version": version, "new": "Nešto", "stay": "1"}
    client.post(f"{world.base}/sections/team", typed, status=303)
    place = client.post(f"{world.base}/submit", {"is_declared": "y"}, status=303).location
    assert place == f"{world.base}/check"
    assert "Pregledajte šta je novo i potvrdite" in client.get(place).text
    client.sign_in(world.stranger)
    client.post(f"{world.base}/form", {}, status=404)
    client.sign_in(world.representative)
    client.post(f"{world.base}/form", {}, status=303)
    assert "Obrazac je ispravljen" not in client.get(summary).text
    place = client.post(f"{world.base}/submit", {"is_declared": "y"}, status=303).location
    assert place == f"{world.base}/receipt"
    with app.app_context(), tenancy.across("tests look"):
        facts = json.loads(db.session.query(Snapshot).one().facts)
    assert facts["form_version"] == 2
    assert facts["answers"]["team"]["new"] == "Nešto"


def test_correction_that_asks_nothing_does_not_keep_from_submitting(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.representative)
    correct(app, world, NEW | {"required": False}, at=at)
    assert "ne traže ništa novo" in client.get(f"{world.base}/check").text
    place = client.post(f"{world.base}/submit", {"is_declared": "y"}, status=303).location
    assert place == f"{world.base}/receipt"


def test_submitted_application_stays_under_its_form(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.representative)
    client.post(f"{world.base}/submit", {"is_declared": "y"}, status=303)
    correct(app, world, NEW, at=at)
    with app.app_context():
        application = get_own_draft(world.own, world.application.slug)
        assert isinstance(application, Application)
        call = application.call
        assert application.form_version == 1
        assert form_of(call).version == 2
        assert form_of_version(call, 1).question("new") is None
        assert form_of_version(call, 2).question("new") is not None


def test_published_form_is_corrected_while_applications_are_taken_only(
    app: Flask, at: datetime
) -> None:
    world = arrange(app)
    with app.app_context(), tenancy.within(world.municipality.id):
        call, form = fresh(world), read_form(changed(questions=[NEW]))
        late = world.call.deadline + timedelta(seconds=1)  # type: ignore[operator]
        with pytest.raises(WrongState):
            publish_form_version(call, form, note="", by=SYSTEM, at=late)
        with pytest.raises(Incomplete) as refused:
            publish_form_version(call, form_of(call), note="", by=SYSTEM, at=at)
        assert [each.code for each in refused.value.problems] == ["form_same"]
        bare = make_form(NEW)
        with pytest.raises(Incomplete) as refused:
            publish_form_version(call, bare, note="", by=SYSTEM, at=at)
        assert "fact_missing_budget" in [each.code for each in refused.value.problems]
