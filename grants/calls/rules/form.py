"""The application form of a call: sections and questions as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

FORMAT = "poziv-form/1"


class Kind(StrEnum):
    """What one answers: a value, a file, a table, or one of the blocks that bring their shape."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    DECLARATION = "declaration"
    FILE = "file"
    TABLE = "table"
    LOT = "lot"
    ORGANISATION = "organisation"
    BUDGET = "budget"
    PARTNERS = "partners"
    DOCUMENTS = "documents"
    # Only as columns of a table: a row of another table, and the months something happens in.
    REFERENCE = "reference"
    MONTHS = "months"


# What a column of a table may hold, and what a question may not be.
COLUMN_KINDS = (
    Kind.SHORT_TEXT,
    Kind.LONG_TEXT,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.DATE,
    Kind.CHOICE,
    Kind.REFERENCE,
    Kind.MONTHS,
)
QUESTION_KINDS = tuple(kind for kind in Kind if kind not in (Kind.REFERENCE, Kind.MONTHS))


class Fact(StrEnum):
    """What a fact of the application an answer is, wherever in the form it is asked."""

    TITLE = "title"
    LOT = "lot"
    SUMMARY = "summary"
    LOCATION = "location"
    STARTS_ON = "starts_on"
    DURATION = "duration_months"
    REQUESTED = "requested"
    OVERALL_OBJECTIVE = "overall_objective"
    SPECIFIC_OBJECTIVE = "specific_objective"
    RESULTS = "results"
    INDICATORS = "indicators"
    ACTIVITIES = "activities"
    BUDGET = "budget"
    PARTNERS = "partners"
    DOCUMENTS = "documents"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Choice:
    """One possible answer."""

    code: str
    label: str


@dataclass(frozen=True)
class Condition:
    """Holds when another question is answered with one of these codes; without any, when it is
    answered at all. A ticked declaration answers `yes`.
    """

    question: str
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """One heading of the budget; its lines carry its tags."""

    code: str
    title: str
    tags: tuple[str, ...] = ()


class SourceKind(StrEnum):
    """What a source of co-financing gives: money, or work and things valued in money."""

    CASH = "cash"
    IN_KIND = "in_kind"


@dataclass(frozen=True)
class Source:
    """Who pays the part of a budget that is not asked for."""

    code: str
    title: str
    kind: SourceKind = SourceKind.CASH


# The one source of a budget whose form names none.
OWN_SOURCE = Source("vlastito", "Vlastito")


class Statements(StrEnum):
    """Whether the call asks each partner for a signed statement of partnership."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Column:
    """One column of a table; `of` names the question whose rows a reference points to.

    `limit` counts characters, `words` words; `least` and `most` bound a number.
    """

    key: str
    label: str
    kind: Kind
    hint: str = ""
    is_required: bool = True
    limit: int | None = None
    of: str = ""
    choices: tuple[Choice, ...] = ()
    words: int | None = None
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Question:
    """One question; `limit` counts characters, `words` words.

    `least` and `most` bound a number, the rows of a table, the ticks of several choices.
    `numbered` says how the rows of a table are called: a prefix (`R` for R1, R2 …), or `by:` and
    the reference column inside whose rows they count (1.1, 1.2, 2.1 …).
    It is asked only while `shown_when` holds and the lot is one of `lots`. A question that is not
    asked is never required; what was typed into it is kept, but is no answer of the application
    and does not go into its frozen version.
    """

    key: str
    label: str
    kind: Kind
    hint: str = ""
    is_required: bool = True
    limit: int | None = None
    fact: Fact | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    least: int = 0
    most: int | None = None
    numbered: str = ""
    row_name: str = ""
    headings: tuple[Heading, ...] = ()
    # Of a budget: who co-finances, and which part of that may be in kind (None: all of it).
    sources: tuple[Source, ...] = (OWN_SOURCE,)
    in_kind_limit: Fraction | None = None
    # Of the partners: whether each must sign a statement.
    statements: Statements = Statements.OPTIONAL
    words: int | None = None
    help: str = ""
    example: str = ""
    mistakes: tuple[str, ...] = ()
    shown_when: Condition | None = None
    required_when: Condition | None = None
    lots: tuple[str, ...] = ()

    @property
    def slot(self) -> str:
        """The code of the document slot of a file question; no document of a call has a dot."""
        return f"form.{self.key}"

    @property
    def has_help(self) -> bool:
        """Whether the form itself says more than label and hint."""
        return bool(self.help or self.example or self.mistakes)


# The columns of the partners' block; what else a kind of partner needs is checked (JIB, country).
PARTNER_COLUMNS = (
    Column("name", "Partner", Kind.SHORT_TEXT, "Puni naziv, ili ime i prezime osobe.", limit=200),
    Column(
        "kind",
        "Vrsta partnera",
        Kind.CHOICE,
        choices=(
            Choice("local", "Lokalna organizacija"),
            Choice("public", "Javna ustanova"),
            Choice("diaspora", "Partner iz dijaspore (osoba ili organizacija u inostranstvu)"),
            Choice("other", "Drugo"),
        ),
    ),
    Column(
        "jib",
        "JIB",
        Kind.SHORT_TEXT,
        "13 cifara; za organizacije i ustanove iz Bosne i Hercegovine.",
        is_required=False,
        limit=40,
    ),
    Column(
        "country",
        "Država",
        Kind.SHORT_TEXT,
        "Za partnera iz dijaspore: gdje živi ili gdje je upisan.",
        is_required=False,
        limit=80,
    ),
    Column("role", "Uloga u projektu", Kind.SHORT_TEXT, limit=200),
    Column("representative", "Ko potpisuje za partnera", Kind.SHORT_TEXT, limit=120),
    Column(
        "email", "E-pošta partnera", Kind.SHORT_TEXT, "Ovdje stiže izjava na potpis.", limit=200
    ),
    Column(
        "brings",
        "Čime doprinosi",
        Kind.CHOICES,
        "Može više odgovora.",
        choices=(
            Choice("money", "Novac"),
            Choice("knowledge", "Znanje"),
            Choice("equipment", "Oprema"),
            Choice("contacts", "Kontakti"),
        ),
    ),
    Column(
        "amount",
        "Iznos doprinosa",
        Kind.MONEY,
        "Ako se doprinos može iskazati u novcu.",
        is_required=False,
    ),
    Column("contribution", "Opis doprinosa", Kind.SHORT_TEXT, is_required=False, limit=300),
)


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    lede: str = ""
    questions: tuple[Question, ...] = ()

    def has(self, kind: Kind) -> bool:
        """Whether a question of the kind is asked here."""
        return any(question.kind is kind for question in self.questions)


@dataclass(frozen=True)
class Form:
    """All sections in order; keys of questions are unique in the whole form."""

    version: int
    sections: tuple[Section, ...] = field(default_factory=tuple)

    def section(self, key: str) -> Section | None:
        """The section of a key, if there is one."""
        return self._sections.get(key)

    def question(self, key: str) -> Question | None:
        """The question of a key, wherever it is asked."""
        return self._questions[key][1] if key in self._questions else None

    def section_of(self, key: str) -> Section | None:
        """The section in which a question is asked."""
        return self._questions[key][0] if key in self._questions else None

    def by_fact(self, fact: Fact) -> Question | None:
        """The question whose answer is this fact, if the form asks for it."""
        return self._facts.get(fact)

    def questions(self) -> Iterator[Question]:
        """Every question in order."""
        for section in self.sections:
            yield from section.questions

    def conditions_of(self, question: Question) -> tuple[Condition, ...]:
        """Everything that must hold for a question to be asked."""
        found = (question.shown_when,) if question.shown_when else ()
        lot = self.by_fact(Fact.LOT)
        return (*found, Condition(lot.key, question.lots)) if question.lots and lot else found

    def files(self) -> dict[str, Question]:
        """The file questions by the code of their slot."""
        return {each.slot: each for each in self.questions() if each.kind is Kind.FILE}

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def _facts(self) -> Mapping[Fact, Question]:
        # The first one counts: a later question of the same fact is refused when a form is read.
        return {each.fact: each for each in reversed(list(self.questions())) if each.fact}

    @cached_property
    def _questions(self) -> Mapping[str, tuple[Section, Question]]:
        return {
            question.key: (section, question)
            for section in self.sections
            for question in section.questions
        }
