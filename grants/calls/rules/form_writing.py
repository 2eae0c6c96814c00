"""A form written as JSON; form_json reads the same again."""

from collections.abc import Mapping
from typing import Any

from grants.calls.rules.form import (
    FORMAT,
    OWN_SOURCE,
    Column,
    Condition,
    Form,
    Heading,
    Kind,
    Question,
    Section,
    Source,
    Statements,
)
from grants.calls.rules.numbers import decimal_text

Json = Mapping[str, Any]


def write_form(form: Form) -> dict[str, Any]:
    """The form as JSON, without what is as it is by default; read_form gives the same again."""
    return {
        "format": FORMAT,
        "version": form.version,
        "sections": [write_section(section) for section in form.sections],
    }


def write_section(section: Section) -> dict[str, Any]:
    """One section as JSON."""
    return {
        "key": section.key,
        "title": section.title,
        **_kept({"lede": section.lede}),
        "questions": [write_question(question) for question in section.questions],
    }


def write_question(question: Question) -> dict[str, Any]:
    """One question as JSON."""
    return {
        **_shared(question),
        **_kept(
            {
                "fact": question.fact.value if question.fact else "",
                "help": question.help,
                "example": question.example,
                "mistakes": list(question.mistakes),
                "columns": []
                if question.kind is Kind.PARTNERS
                else [_column(each) for each in question.columns],
                "numbered": question.numbered,
                "row_name": question.row_name,
                "headings": [_heading(each) for each in question.headings],
                **_block(question),
                "shown_when": _condition(question.shown_when),
                "required_when": _condition(question.required_when),
                "lots": list(question.lots),
            }
        ),
    }


def _shared(asked: Question | Column) -> dict[str, Any]:
    return {
        "key": asked.key,
        "label": asked.label,
        "kind": asked.kind.value,
        **({} if asked.is_required else {"required": False}),
        **_kept(
            {
                "hint": asked.hint,
                "least": asked.least,
                "choices": [{"code": each.code, "label": each.label} for each in asked.choices],
            }
        ),
        **{
            name: value
            for name in ("limit", "words", "most")
            if (value := getattr(asked, name)) is not None
        },
    }


def _column(column: Column) -> dict[str, Any]:
    return {**_shared(column), **_kept({"of": column.of})}


def _heading(heading: Heading) -> dict[str, Any]:
    return {
        "code": heading.code,
        "title": heading.title,
        **_kept({"tags": list(heading.tags)}),
    }


def _block(question: Question) -> dict[str, Any]:
    """What a budget says of its sources, and the partners of their statements."""
    limit, sources, statements = question.in_kind_limit, question.sources, question.statements
    return {
        "sources": [] if sources == (OWN_SOURCE,) else [_source(each) for each in sources],
        "in_kind_limit": "" if limit is None else str(decimal_text(limit)),
        "statements": "" if statements is Statements.OPTIONAL else statements.value,
    }


def _source(source: Source) -> dict[str, Any]:
    return {"code": source.code, "title": source.title, "kind": source.kind.value}


def _condition(condition: Condition | None) -> dict[str, Any]:
    if condition is None:
        return {}
    return {"question": condition.question, **_kept({"one_of": list(condition.one_of)})}


def _kept(members: Json) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}
