"""A form read from JSON, strictly: every fault is named with its place."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from grants.calls.rules.form import (
    COLUMN_KINDS,
    FORMAT,
    OWN_SOURCE,
    PARTNER_COLUMNS,
    QUESTION_KINDS,
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
from grants.calls.rules.form_links import link_problems
from grants.calls.rules.numbers import exact, is_exact
from grants.errors import Problem

Json = Mapping[str, Any]
Made = TypeVar("Made")
Named = TypeVar("Named", bound=StrEnum)

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
# A source names a column of the budget, whose name is parted by dots.
_SOURCE = re.compile(r"[a-z][a-z0-9_]{0,30}")
_TEXT, _WHOLE, _YES_NO, _LIST, _MAP = "text", "whole", "yes_no", "list", "map"
_TYPES: Mapping[str, type] = {_TEXT: str, _WHOLE: int, _YES_NO: bool, _LIST: list, _MAP: dict}

FORM_MEMBERS = {"format": _TEXT, "version": _WHOLE, "sections": _LIST}
SECTION_MEMBERS = {"key": _TEXT, "title": _TEXT, "lede": _TEXT, "questions": _LIST}
CHOICE_MEMBERS = {"code": _TEXT, "label": _TEXT}
HEADING_MEMBERS = {"code": _TEXT, "title": _TEXT, "tags": _LIST}
SOURCE_MEMBERS = {"code": _TEXT, "title": _TEXT, "kind": _TEXT}
CONDITION_MEMBERS = {"question": _TEXT, "one_of": _LIST}
COLUMN_MEMBERS = {
    "key": _TEXT,
    "label": _TEXT,
    "kind": _TEXT,
    "hint": _TEXT,
    "required": _YES_NO,
    "limit": _WHOLE,
    "words": _WHOLE,
    "least": _WHOLE,
    "most": _WHOLE,
    "of": _TEXT,
    "choices": _LIST,
}
QUESTION_MEMBERS = {
    **{name: kind for name, kind in COLUMN_MEMBERS.items() if name != "of"},
    "fact": _TEXT,
    "help": _TEXT,
    "example": _TEXT,
    "mistakes": _LIST,
    "columns": _LIST,
    "numbered": _TEXT,
    "row_name": _TEXT,
    "headings": _LIST,
    "sources": _LIST,
    "in_kind_limit": _TEXT,
    "statements": _TEXT,
    "shown_when": _MAP,
    "required_when": _MAP,
    "lots": _LIST,
}
_FIGURES = ("limit", "words", "least", "most")
# Members that only some kinds have.
_OWN: Mapping[str, frozenset[Kind]] = {
    "limit": frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT}),
    "words": frozenset({Kind.LONG_TEXT}),
    "least": frozenset({Kind.NUMBER, Kind.TABLE, Kind.BUDGET, Kind.PARTNERS}),
    "most": frozenset({Kind.NUMBER, Kind.TABLE, Kind.BUDGET, Kind.PARTNERS, Kind.CHOICES}),
    "choices": frozenset({Kind.CHOICE, Kind.CHOICES}),
    "columns": frozenset({Kind.TABLE}),
    "numbered": frozenset({Kind.TABLE, Kind.PARTNERS}),
    "row_name": frozenset({Kind.TABLE, Kind.PARTNERS}),
    "headings": frozenset({Kind.BUDGET}),
    "sources": frozenset({Kind.BUDGET}),
    "in_kind_limit": frozenset({Kind.BUDGET}),
    "statements": frozenset({Kind.PARTNERS}),
    "of": frozenset({Kind.REFERENCE}),
}


class FormFault(ValueError):
    """A form that cannot be read; `problems` say where and what is allowed, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        said = (
            f"{each.facts.get('where', '')}: {each.code} {dict(each.facts)}" for each in problems
        )
        super().__init__("; ".join(said))
        self.problems = tuple(problems)


def read_form(written: object) -> Form:
    """The form of a call's JSON; FormFault names every place that cannot be read."""
    reader = _Reader()
    form = reader.form(written)
    if reader.problems:
        raise FormFault(reader.problems)
    linked = link_problems(form)
    if linked:
        raise FormFault(linked)
    return form


class _Reader:
    """Reads what it can and notes every fault; what cannot be read is left out."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def form(self, written: object) -> Form:
        """The whole form; without its format nothing else is looked at."""
        if not isinstance(written, dict) or written.get("format") != FORMAT:
            found = written.get("format") if isinstance(written, dict) else None
            self._refuse("form_format", "", found=str(found)[:60], allowed=FORMAT)
            return Form(0)
        members = self._members(written, FORM_MEMBERS, "")
        return Form(members.get("version", 1), self._each(members, "sections", "", self._section))

    def _section(self, written: object, where: str) -> Section:
        members = self._members(written, SECTION_MEMBERS, where, needed=("key", "title"))
        key = self._key(members, where)
        return Section(
            key=key,
            title=members.get("title", ""),
            lede=members.get("lede", ""),
            questions=self._each(members, "questions", key or where, self._question),
        )

    def _question(self, written: object, where: str) -> Question:
        members = self._members(written, QUESTION_MEMBERS, where, needed=("key", "kind"))
        key = self._key(members, where)
        where = key or where
        kind = self._kind(members, where, allowed=QUESTION_KINDS)
        return Question(
            key=key,
            kind=kind,
            fact=self._fact(members, where),
            columns=PARTNER_COLUMNS
            if kind is Kind.PARTNERS
            else self._each(members, "columns", where, self._column),
            headings=self._each(members, "headings", where, self._heading),
            shown_when=self._condition(members, "shown_when", where),
            required_when=self._condition(members, "required_when", where),
            mistakes=self._texts(members, "mistakes", where),
            lots=self._texts(members, "lots", where),
            **{
                name: members[name]
                for name in ("help", "example", "numbered", "row_name")
                if name in members
            },
            **self._block(members, where),
            **self._asked(members, where),
        )

    def _block(self, members: Json, where: str) -> dict[str, Any]:
        """What a budget says of its sources, and the partners of their statements."""
        limit = members.get("in_kind_limit")
        if limit is not None and not (is_exact(limit) and 0 <= exact(limit) <= 1):
            self._refuse("form_share", where, name="in_kind_limit")
            limit = None
        sources = self._each(members, "sources", where, self._source)
        statements = self._one_of(members, "statements", where, Statements)
        return {
            "sources": sources or (OWN_SOURCE,),
            "in_kind_limit": None if limit is None else exact(limit),
            "statements": statements or Statements.OPTIONAL,
        }

    def _source(self, written: object, where: str) -> Source:
        members = self._members(written, SOURCE_MEMBERS, where, needed=("code", "title"))
        kind = self._one_of(members, "kind", where, SourceKind)
        code = members.get("code", "")
        if "code" in members and not _SOURCE.fullmatch(code):
            self._refuse("form_key", where, found=code[:60])
        return Source(code, members.get("title", ""), kind or SourceKind.CASH)

    def _one_of(self, members: Json, name: str, where: str, allowed: type[Named]) -> Named | None:
        text = members.get(name)
        if text is None or text in set(allowed):
            return None if text is None else allowed(text)
        self._refuse("form_value", where, name=name, allowed=", ".join(allowed))
        return None

    def _column(self, written: object, where: str) -> Column:
        members = self._members(written, COLUMN_MEMBERS, where, needed=("key", "kind"))
        key = self._key(members, where)
        kind = self._kind(members, where, allowed=COLUMN_KINDS)
        asked = self._asked(members, where)
        return Column(key=key, kind=kind, of=members.get("of", ""), **asked)

    def _asked(self, members: Json, where: str) -> dict[str, Any]:
        """What questions and columns share."""
        figures = {name: members[name] for name in _FIGURES if name in members}
        for name, figure in figures.items():
            if figure < 0:
                self._refuse("form_negative", where, name=name)
        return {
            "label": members.get("label", ""),
            "hint": members.get("hint", ""),
            "is_required": members.get("required", True),
            "choices": self._each(members, "choices", where, self._choice),
            **{
                name: members[name]
                for name in ("limit", "words", "least", "most")
                if name in members
            },
        }

    def _choice(self, written: object, where: str) -> Choice:
        members = self._members(written, CHOICE_MEMBERS, where, needed=("code", "label"))
        return Choice(self._code(members, where), members.get("label", ""))

    def _heading(self, written: object, where: str) -> Heading:
        members = self._members(written, HEADING_MEMBERS, where, needed=("code", "title"))
        tags = self._texts(members, "tags", where)
        return Heading(self._code(members, where), members.get("title", ""), tags)

    def _condition(self, members: Json, name: str, where: str) -> Condition | None:
        if name not in members:
            return None
        found = self._members(
            members[name], CONDITION_MEMBERS, f"{where}.{name}", needed=("question",)
        )
        return Condition(found.get("question", ""), self._texts(found, "one_of", f"{where}.{name}"))

    def _fact(self, members: Json, where: str) -> Fact | None:
        fact = members.get("fact")
        if fact is None:
            return None
        if fact not in set(Fact):
            self._refuse("form_fact", where, found=fact[:40], allowed=", ".join(Fact))
            return None
        return Fact(fact)

    def _kind(self, members: Json, where: str, *, allowed: Sequence[Kind]) -> Kind:
        text = members.get("kind")
        kind = Kind(text) if text in set(Kind) else None
        if kind is None or kind not in allowed:
            if text is not None:
                self._refuse("form_kind", where, found=text[:40], allowed=", ".join(allowed))
            return Kind.SHORT_TEXT
        for name in members.keys() & _OWN.keys():
            if kind not in _OWN[name]:
                self._refuse("form_member_of_kind", where, name=name, kind=kind.value)
        return kind

    def _key(self, members: Json, where: str) -> str:
        key = members.get("key")
        # A dot parts the names of fields (question.row.column), so no key has one.
        if isinstance(key, str) and not (key.isidentifier() and key.isascii() and len(key) <= 60):
            self._refuse("form_key", where, found=key[:60])
            return ""
        return key or ""

    def _code(self, members: Json, where: str) -> str:
        code: str = members.get("code", "")
        if "code" in members and not _CODE.fullmatch(code):
            self._refuse("form_code", where, found=code[:60])
        return code

    def _members(
        self, written: object, known: Mapping[str, str], where: str, *, needed: Iterable[str] = ()
    ) -> dict[str, Any]:
        """The members of an object that are as they must be; the others are faults."""
        if not isinstance(written, dict):
            self._refuse("form_not_object", where)
            return {}
        kept = {}
        for name, value in written.items():
            if name not in known:
                self._refuse("form_unknown", where, name=str(name)[:40], allowed=", ".join(known))
            elif type(value) is not _TYPES[known[name]]:
                self._refuse(f"form_not_{known[name]}", where, name=name)
            else:
                kept[name] = value
        for name in needed:
            if name not in written:
                self._refuse("form_absent", where, name=name)
        return kept

    def _each(
        self, members: Json, name: str, where: str, read: Callable[[object, str], Made]
    ) -> tuple[Made, ...]:
        """The things of a list, read one by one; their keys or codes are unique."""
        begin = f"{where}.{name}" if where else name
        listed = members.get(name, [])
        made = tuple(read(each, f"{begin}[{at}]") for at, each in enumerate(listed, start=1))
        names = Counter(getattr(each, "key", None) or getattr(each, "code", "") for each in made)
        for twice in sorted(each for each, times in names.items() if each and times > 1):
            self._refuse("form_twice", begin, found=twice)
        return made

    def _texts(self, members: Json, name: str, where: str) -> tuple[str, ...]:
        listed = members.get(name, [])
        if all(isinstance(each, str) for each in listed):
            return tuple(listed)
        self._refuse("form_not_texts", where, name=name)
        return ()

    def _refuse(self, code: str, where: str, **facts: Any) -> None:
        self.problems.append(Problem(code, where, {"where": where or "–", **facts}))
