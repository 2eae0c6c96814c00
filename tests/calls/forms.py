"""Forms for tests: written small by hand, or drawn by hypothesis with everything a form can say."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from grants.calls.rules.form import (
    OWN_SOURCE,
    PARTNER_COLUMNS,
    Choice,
    Column,
    Condition,
    Fact,
    Form,
    Heading,
    Kind,
    Question,
    Section,
    Source,
    SourceKind,
    Statements,
)
from grants.calls.rules.form_json import read_form

TEXTS = st.text(max_size=12)
COUNTS = st.none() | st.integers(0, 5000)
CHOICES = tuple(Choice(code, code.upper()) for code in ("a", "b", "c-1"))
PLAIN = (
    Kind.SHORT_TEXT,
    Kind.LONG_TEXT,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.DATE,
    Kind.CHOICE,
    Kind.CHOICES,
    Kind.DECLARATION,
    Kind.FILE,
)


def written_form(*questions: dict[str, Any], **over: Any) -> dict[str, Any]:
    """The JSON of a form of one section."""
    sections = [{"key": "one", "title": "Jedan", "questions": list(questions)}]
    return {"format": "poziv-form/1", "version": 1, "sections": sections} | over


def make_form(*questions: dict[str, Any], **over: Any) -> Form:
    """A form of one section."""
    return read_form(written_form(*questions, **over))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form that can be read: of every kind, with conditions on what was asked before."""
    lot = Question("lot", "Oblast", Kind.LOT, fact=Fact.LOT)
    before, sections = [lot], [Section("s0", "Prvi", questions=(lot,))]
    for at in range(1, draw(st.integers(0, 3)) + 1):
        questions = []
        for number in range(draw(st.integers(0, 4))):
            question = draw(_questions(f"q{at}_{number}", before))
            questions.append(question)
            before.append(question)
        sections.append(Section(f"s{at}", draw(TEXTS), draw(TEXTS), tuple(questions)))
    return Form(draw(st.integers(1, 9)), tuple(sections))


@st.composite
def _questions(draw: st.DrawFn, key: str, before: list[Question]) -> Question:
    kind = draw(st.sampled_from((*PLAIN, Kind.TABLE, Kind.BUDGET, Kind.PARTNERS)))
    needed = draw(st.none() | _conditions(before))
    return Question(
        key=key,
        label=draw(TEXTS),
        kind=kind,
        hint=draw(TEXTS),
        help=draw(TEXTS),
        example=draw(TEXTS),
        mistakes=tuple(draw(st.lists(TEXTS, max_size=2))),
        is_required=needed is None and draw(st.booleans()),
        required_when=needed,
        shown_when=draw(st.none() | _conditions(before)),
        lots=tuple(draw(st.lists(st.sampled_from(("1", "2")), max_size=2, unique=True))),
        **draw(_own(kind)),
    )


@st.composite
def _conditions(draw: st.DrawFn, before: list[Question]) -> Condition:
    other = draw(st.sampled_from(before))
    if other.kind in (Kind.CHOICE, Kind.CHOICES):
        codes = st.lists(st.sampled_from([each.code for each in CHOICES]), max_size=2, unique=True)
        return Condition(other.key, tuple(draw(codes)))
    if other.kind in (Kind.DECLARATION, Kind.LOT):
        return Condition(other.key, draw(st.sampled_from(((), ("yes",)))))
    return Condition(other.key)


@st.composite
def _own(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    match kind:
        case Kind.SHORT_TEXT:
            return {"limit": draw(COUNTS)}
        case Kind.LONG_TEXT:
            return {"limit": draw(COUNTS), "words": draw(COUNTS)}
        case Kind.CHOICE:
            return {"choices": CHOICES}
        case Kind.CHOICES:
            return {"choices": CHOICES, "most": draw(COUNTS)}
        case Kind.NUMBER:
            return {"least": draw(st.integers(0, 9)), "most": draw(COUNTS)}
        case _:
            return draw(_block(kind))


@st.composite
def _block(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    match kind:
        case Kind.TABLE:
            columns = (
                Column("a", "A", Kind.LONG_TEXT, limit=draw(COUNTS), words=draw(COUNTS)),
                Column("b", draw(TEXTS), Kind.CHOICE, choices=CHOICES, is_required=False),
            )
            return {"columns": columns, "row_name": draw(TEXTS), "most": draw(COUNTS)}
        case Kind.BUDGET:
            sources = (Source("a", draw(TEXTS)), Source("b", "B", SourceKind.IN_KIND))
            return {
                "headings": (Heading("1", draw(TEXTS), ("admin",)), Heading("2", "Drugo")),
                "sources": draw(st.sampled_from((sources, (OWN_SOURCE,)))),
                "in_kind_limit": draw(st.sampled_from((None, Fraction(3, 10), Fraction(1)))),
            }
        case Kind.PARTNERS:
            return {"columns": PARTNER_COLUMNS, "statements": draw(st.sampled_from(Statements))}
        case _:
            return {}
