"""What an officer types about a section or a question of the application form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    RadioField,
    SelectField,
    ValidationError,
)

from grants.calls.forms.builder_rows import (
    ChoiceRow,
    ColumnRow,
    HeadingRow,
    SourceRow,
    column_facts,
    lines,
    read_choices,
    read_columns,
    read_headings,
    read_sources,
)
from grants.calls.forms.fields import PercentField, TicksField
from grants.calls.rules.form import (
    Choice,
    Condition,
    Form,
    Kind,
    Question,
    Statements,
)
from grants.calls.rules.form_links import ANSWERED, CHOSEN, ROWS, YES
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form as PageForm
from grants.web.forms import (
    LongTextField,
    TextField,
    WholeField,
    at_most,
    chosen,
    options,
    required,
)

ALWAYS, NEVER, SOMETIMES = "always", "never", "sometimes"
# Which fields a kind has beside those that every question has.
OWN: Mapping[Kind, tuple[str, ...]] = {
    Kind.SHORT_TEXT: ("limit",),
    Kind.LONG_TEXT: ("words", "limit"),
    Kind.NUMBER: ("least", "most"),
    Kind.CHOICE: ("choices",),
    Kind.CHOICES: ("choices", "most"),
    Kind.TABLE: ("row_name", "numbered", "numbered_by", "least", "most", "columns"),
    Kind.BUDGET: ("most", "headings", "sources", "in_kind_limit"),
    Kind.PARTNERS: ("numbered", "least", "most", "has_statements"),
}
_OWN_FIELDS = frozenset(name for names in OWN.values() for name in names)
# Questions that officers add themselves; the others come with their block.
ADDED_KINDS = (
    Kind.SHORT_TEXT,
    Kind.LONG_TEXT,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.DATE,
    Kind.CHOICE,
    Kind.CHOICES,
    Kind.DECLARATION,
    Kind.FILE,
    Kind.TABLE,
)


@dataclass(frozen=True)
class Surroundings:
    """What a question can refer to: those asked before it, the tables, the lots of the call."""

    form: Form
    before: Sequence[Question]
    lots: Sequence[Choice]

    def codes(self, key: str) -> list[Choice]:
        """The answers to an earlier question that a condition can name."""
        question = next((each for each in self.before if each.key == key), None)
        if question is None or question.kind not in CHOSEN:
            return []
        if question.kind is Kind.LOT:
            return list(self.lots)
        if question.kind is Kind.DECLARATION:
            return [Choice(YES, _("označeno"))]
        return list(question.choices)


class SectionForm(PageForm):
    """One page of the form: how it is called, and what stands below its title."""

    title = TextField(_l("Naziv dijela"), [required(), at_most(120)])
    lede = LongTextField(_l("Uvodna rečenica"), [at_most(600)])


class NewSectionForm(PageForm):
    """A new page of the form."""

    title = TextField(_l("Naziv novog dijela"), [required(), at_most(120)])


class BlockForm(PageForm):
    """Which ready-made part is added."""

    block = RadioField(_l("Gotov blok"), [chosen()])


class ImportForm(PageForm):
    """A file with a form and nothing else."""

    file = FileField(_l("Datoteka JSON"), [chosen(_l("Odaberite datoteku."))])


class QuestionForm(PageForm):
    """One question; the fields that its kind does not have are taken off."""

    label = TextField(_l("Pitanje"), [required(), at_most(300)])
    hint = TextField(_l("Kratko uputstvo ispod pitanja"), [at_most(400)])
    need = RadioField(
        _l("Mora li se odgovoriti"),
        choices=options(
            {
                ALWAYS: _l("Da, uvijek"),
                NEVER: _l("Ne"),
                SOMETIMES: _l("Samo kad je ispunjen uvjet"),
            }
        ),
        default=ALWAYS,
    )
    needed_question = SelectField(_l("Obavezno kad je odgovoreno na"), validate_choice=False)
    needed_codes = TicksField(_l("i to ovim odgovorom"), validate_choice=False)
    shown_question = SelectField(_l("Postavlja se kad je odgovoreno na"), validate_choice=False)
    shown_codes = TicksField(_l("i to ovim odgovorom"), validate_choice=False)
    lots = TicksField(_l("Samo za oblasti"), validate_choice=False)
    words = WholeField(_l("Najviše riječi"))
    limit = WholeField(_l("Najviše znakova"))
    least = WholeField(_l("Najmanje"))
    most = WholeField(_l("Najviše"))
    row_name = TextField(_l("Kako se zove jedan red"), [at_most(40)])
    numbered = TextField(_l("Oznaka redova"), [at_most(4)])
    numbered_by = SelectField(_l("Redovi se broje"), validate_choice=False)
    choices = FieldList(FormField(ChoiceRow), _l("Odgovori"))
    columns = FieldList(FormField(ColumnRow), _l("Kolone"))
    headings = FieldList(FormField(HeadingRow), _l("Poglavlja"))
    sources = FieldList(FormField(SourceRow), _l("Ko sufinansira"))
    in_kind_limit = PercentField(_l("Najviše u radu i stvarima, od ukupnog učešća"))
    has_statements = BooleanField(_l("Svaki partner mora potpisati izjavu o partnerstvu"))
    help = LongTextField(_l("Šta je dobar odgovor"), [at_most(2000)])
    example = LongTextField(_l("Primjer"), [at_most(2000)])
    mistakes = LongTextField(_l("Česte greške, svaka u svom redu"), [at_most(2000)])

    def fit(self, kind: Kind, around: Surroundings) -> None:
        """Keep the fields of a kind, and offer what the question can refer to as typed now."""
        for name in _OWN_FIELDS:
            if name in self and name not in OWN.get(kind, ()):
                del self[name]
        if "lots" in self and not around.lots:
            del self["lots"]
        elif "lots" in self:
            self.lots.choices = options(
                {lot.code: f"{lot.code} · {lot.label}" for lot in around.lots}
            )
        for name in ("shown", "needed"):
            self._offer_condition(name, around)
        for row in self.columns if "columns" in self else ():
            row.form.of.choices = options({"": _("– odaberite –"), **_tables(around.form)})

        if "numbered_by" in self:
            self.numbered_by.choices = options({"": _("redom"), **_referring(self.columns)})

    def _offer_condition(self, name: str, around: Surroundings) -> None:
        field = self[f"{name}_question"]
        asked = {each.key: each.label for each in around.before if each.kind in ANSWERED}
        first = _("– nema uvjeta –") if name == "shown" else _("– odaberite –")
        field.choices = options({"": first, **asked})
        codes = around.codes(field.data or "")
        self[f"{name}_codes"].choices = options({each.code: each.label for each in codes})

    def validate_needed_question(self, field: SelectField) -> None:
        """A condition that was chosen must say on what it depends."""
        if self.need.data == SOMETIMES and not field.data:
            raise ValidationError(_("Odaberite od kojeg pitanja to zavisi."))

    def as_question(self, old: Question) -> Question:
        """The question as typed; what this page does not ask stays as it was."""
        need = self.need.data
        return replace(
            old,
            label=self.label.data or "",
            hint=self.hint.data or "",
            help=self.help.data or "",
            example=self.example.data or "",
            mistakes=tuple(lines(self.mistakes.data)),
            is_required=need == ALWAYS,
            required_when=self._condition("needed") if need == SOMETIMES else None,
            shown_when=self._condition("shown"),
            lots=tuple(self.lots.data or ()) if "lots" in self else old.lots,
            numbered=self._numbering() if "numbered" in self else old.numbered,
            **self._own(old),
        )

    def _own(self, old: Question) -> dict[str, Any]:
        made: dict[str, Any] = {
            name: self[name].data for name in ("limit", "words", "most") if name in self
        }
        if "least" in self:
            made["least"] = self.least.data or 0
        if "row_name" in self:
            made["row_name"] = self.row_name.data or ""
        if "choices" in self:
            made["choices"] = read_choices(self.choices)
        if "columns" in self:
            made["columns"] = read_columns(self.columns, old)
        if "headings" in self:
            made["headings"] = read_headings(self.headings)
        if "sources" in self:
            made |= {
                "sources": read_sources(self.sources),
                "in_kind_limit": self.in_kind_limit.data,
            }
        if "has_statements" in self:
            must = bool(self.has_statements.data)
            made["statements"] = Statements.REQUIRED if must else Statements.OPTIONAL
        return made

    def _numbering(self) -> str:
        """`by:` and the column inside whose rows these count, or the sign before their number."""
        within = self.numbered_by.data if "numbered_by" in self else ""
        if within and any(choice.value == within for choice in self.numbered_by.choices or ()):
            return f"by:{within}"
        return (self.numbered.data or "").replace(":", "")

    def _condition(self, name: str) -> Condition | None:
        key = self[f"{name}_question"].data
        if not key:
            return None
        offered = {choice.value for choice in self[f"{name}_codes"].choices or ()}
        codes = self[f"{name}_codes"].data or ()
        return Condition(key, tuple(code for code in codes if code in offered))


def question_facts(question: Question) -> dict[str, Any]:
    """What the fields of a question show at first."""
    shown, needed = question.shown_when, question.required_when
    return {
        "label": question.label,
        "hint": question.hint,
        "help": question.help,
        "example": question.example,
        "mistakes": "\n".join(question.mistakes),
        "need": ALWAYS if question.is_required else SOMETIMES if needed else NEVER,
        "needed_question": needed.question if needed else "",
        "needed_codes": list(needed.one_of) if needed else [],
        "shown_question": shown.question if shown else "",
        "shown_codes": list(shown.one_of) if shown else [],
        "lots": list(question.lots),
        "words": question.words,
        "limit": question.limit,
        "least": question.least or None,
        "most": question.most,
        "row_name": question.row_name,
        **_numbering_facts(question.numbered),
        "choices": [{"code": each.code, "label": each.label} for each in question.choices],
        "columns": [column_facts(each) for each in question.columns],
        "headings": [
            {"code": each.code, "title": each.title, "tags": list(each.tags)}
            for each in question.headings
        ],
        **_block_facts(question),
    }


def _numbering_facts(numbered: str) -> dict[str, str]:
    within = numbered.removeprefix("by:") if numbered.startswith("by:") else ""
    return {"numbered": "" if within else numbered, "numbered_by": within}


def _referring(columns: FieldList) -> dict[str, str]:
    """The columns as typed now that point to the rows of another table."""
    found = [row.form for row in columns if row.form.kind.data == Kind.REFERENCE.value]
    return {
        form.key.data: _("unutar: %(column)s", column=form.label.data)
        for form in found
        if form.key.data
    }


def _block_facts(question: Question) -> dict[str, Any]:
    """What a budget says of its co-financing, and the partners of their statements."""
    return {
        "sources": [
            {"code": each.code, "title": each.title, "kind": each.kind.value}
            for each in question.sources
        ],
        "in_kind_limit": question.in_kind_limit,
        "has_statements": question.statements is Statements.REQUIRED,
    }


def _tables(form: Form) -> dict[str, str]:
    return {each.key: each.label for each in form.questions() if each.kind in ROWS}
