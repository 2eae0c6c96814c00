"""Ready-made parts of a form: questions with their facts, to be added in the builder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grants.calls.rules.form import Question, Section
from grants.calls.rules.form_json import read_form

FILE = Path(__file__).parent / "form-blocks.json"


@dataclass(frozen=True)
class Block:
    """One part to add: how it is called in the builder, and the section it becomes."""

    key: str
    title: str
    lede: str
    section: Section


@cache
def blocks() -> Mapping[str, Block]:
    """Every block by its key, in the order in which a form is usually built.

    Their questions are those of the preset form, so that a text is kept at one place.
    """
    written: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    form = read_form(json.loads((FILE.parent / written["form"]).read_text("utf-8")))
    questions = {question.key: question for question in form.questions()}
    ledes = {section.key: section.lede for section in form.sections}
    return {
        each["key"]: _block(each, questions, lede=ledes.get(each["section"], ""))
        for each in written["blocks"]
    }


def _block(written: Mapping[str, Any], questions: Mapping[str, Question], *, lede: str) -> Block:
    section = Section(
        key=written["section"],
        title=written["title"],
        lede=lede,
        questions=tuple(questions[key] for key in written["questions"]),
    )
    return Block(written["key"], written["title"], written["lede"], section)
