"""The editor of the evaluation grid: sections, questions of three kinds, evidence."""

from fractions import Fraction
from typing import Any

from wtforms import FieldList, FormField, SelectField

from grants.calls.forms.fields import NumberField, Row, TicksField, number_text, read_number
from grants.calls.forms.parts import PartForm
from grants.calls.models import Call
from grants.calls.rules.form import Form as ApplicationForm
from grants.calls.rules.grid import (
    Band,
    BandsQuestion,
    CoefficientQuestion,
    Grid,
    Question,
    ScaleQuestion,
    Section,
)
from grants.calls.rules.grid_json import grid_from_json, grid_to_json
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import LongTextField, TextField, at_most, options

SCALE, COEFFICIENT, BANDS = "scale", "coefficient", "bands"
NEEDED = {SCALE: ("minimum", "maximum", "step", "weight"), COEFFICIENT: ("weight",), BANDS: ()}
ONE, FIVE = Fraction(1), Fraction(5)


class QuestionRow(Row):
    """One question; which fields count depends on its kind, the others keep what was typed."""

    text = TextField(_l("Pitanje"), [at_most(300)])
    kind = SelectField(
        _l("Vrsta"),
        choices=options(
            {
                SCALE: _l("ocjena na skali"),
                COEFFICIENT: _l("koeficijent"),
                BANDS: _l("razredi s bodovima"),
            }
        ),
        default=SCALE,
    )
    minimum = NumberField(_l("Od"), default=ONE)
    maximum = NumberField(_l("Do"), default=FIVE)
    step = NumberField(_l("Korak"), default=ONE)
    weight = NumberField(_l("Težina"), default=ONE)
    values = TextField(_l("Koeficijenti, odvojeni tačkom-zarezom"), [at_most(300)])
    bands = LongTextField(_l("Razredi, svaki u svom redu: opis = bodovi"), [at_most(2000)])
    evidence = TicksField(_l("Gdje u prijavi stoji odgovor"), choices=[])
    guide = LongTextField(
        _l("Uputa komisiji: kakav odgovor je dobar, a kakav slab"), [at_most(3000)]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """The numbers of the chosen kind must be there."""
        is_fine = super().validate(extra_validators)
        for name in NEEDED.get(self.kind.data, ()):
            if self[name].data is None and not self[name].errors:
                self[name].errors = [_("Upišite broj.")]
                is_fine = False
        return bool(is_fine)

    def validate_values(self, field: TextField) -> None:
        """Every coefficient must be a number."""
        if self.kind.data == COEFFICIENT:
            _refuse_first(field, [each for each in _split(field.data) if read_number(each) is None])

    def validate_bands(self, field: LongTextField) -> None:
        """Every line must end with its points."""
        if self.kind.data == BANDS:
            lines = _lines(field.data)
            _refuse_first(field, [each for each in lines if _band_points(each) is None])

    def as_question(self, code: str) -> Question:
        """The question as the rules know it; what cannot be read counts as nothing."""
        text, weight = self.text.data or "", self.weight.data or Fraction(0)
        if self.kind.data == COEFFICIENT:
            numbers = (read_number(each) for each in _split(self.values.data))
            values = tuple(number for number in numbers if number is not None)
            return CoefficientQuestion(code, text, values, weight)
        if self.kind.data == BANDS:
            return BandsQuestion(code, text, tuple(_bands(self.bands.data)))
        return ScaleQuestion(
            code=code,
            text=text,
            minimum=self.minimum.data or Fraction(0),
            maximum=self.maximum.data or Fraction(0),
            weight=weight,
            step=self.step.data or ONE,
        )


class SectionRow(Row):
    """One section with its threshold."""

    title = TextField(_l("Odjeljak"), [at_most(120)])
    threshold = NumberField(_l("Prag odjeljka"))
    questions = FieldList(FormField(QuestionRow), _l("Pitanja"))

    def as_section(self, code: str) -> Section:
        """The section as the rules know it, its questions numbered in order."""
        questions = tuple(
            entry.form.as_question(f"{code}.{number}")
            for number, entry in enumerate(self.questions, start=1)
        )
        return Section(code, self.title.data or "", questions, self.threshold.data)


class GridForm(PartForm):
    """The whole grid; every maximum is computed from it, none is typed."""

    declared_total = NumberField(_l("Bodova ukupno, kako piše u pozivu"))
    threshold_total = NumberField(_l("Prag ukupno"))
    sections = FieldList(FormField(SectionRow), _l("Odjeljci"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The grid of the call."""
        grid = grid_from_json(call.grid)
        return {
            "declared_total": grid.declared_total,
            "threshold_total": grid.threshold_total,
            "sections": [
                {
                    "title": section.title,
                    "threshold": section.threshold,
                    "questions": [
                        _question_facts(question)
                        | {
                            "evidence": call.evidence.get(question.code),
                            "guide": call.guides.get(question.code, ""),
                        }
                        for question in section.questions
                    ],
                }
                for section in grid.sections
            ],
        }

    def changes(self) -> dict[str, Any]:
        """The grid in its JSON form, the evidence and the guides by question code."""
        asked = {
            f"{at}.{number}": question.form
            for at, section in enumerate(self.sections, start=1)
            for number, question in enumerate(section.form.questions, start=1)
        }
        return {
            "grid": grid_to_json(self.as_grid()),
            "evidence": {
                code: form.evidence.data for code, form in asked.items() if form.evidence.data
            },
            "guides": {code: form.guide.data for code, form in asked.items() if form.guide.data},
        }

    def as_grid(self) -> Grid:
        """The grid as typed so far, so that its sums can be shown."""
        sections = tuple(
            entry.form.as_section(str(number)) for number, entry in enumerate(self.sections, 1)
        )
        threshold = self.threshold_total.data or Fraction(0)
        return Grid(sections, threshold, self.declared_total.data)

    def offer(self, form: ApplicationForm) -> None:
        """Offer the questions of the application form as evidence."""
        choices = options(
            {
                question.key: f"{section.title}: {question.label}"
                for section in form.sections
                for question in section.questions
            }
        )
        for section in self.sections:
            for question in section.form.questions:
                question.form.evidence.choices = choices


def _question_facts(question: Question) -> dict[str, Any]:
    facts: dict[str, Any] = {"text": question.text}
    match question:
        case ScaleQuestion():
            return facts | {
                "kind": SCALE,
                "minimum": question.minimum,
                "maximum": question.maximum,
                "step": question.step,
                "weight": question.weight,
            }
        case CoefficientQuestion():
            values = "; ".join(number_text(value) for value in question.values)
            return facts | {"kind": COEFFICIENT, "values": values, "weight": question.weight}
        case BandsQuestion():
            lines = [f"{band.label} = {number_text(band.points)}" for band in question.bands]
            return facts | {"kind": BANDS, "bands": "\n".join(lines)}


def _split(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split(";") if each.strip()]


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _band_points(line: str) -> Fraction | None:
    label, sign, points = line.rpartition("=")
    return read_number(points.strip()) if sign and label.strip() else None


def _bands(text: str | None) -> list[Band]:
    bands = []
    for number, line in enumerate(_lines(text), start=1):
        points = _band_points(line)
        if points is not None:
            bands.append(Band(str(number), line.rpartition("=")[0].strip(), points))
    return bands


def _refuse_first(field: Any, wrong: list[str]) -> None:
    if wrong:
        text = _("„%(text)s“ se ne može pročitati. Provjerite broj.", text=wrong[0][:60])
        field.errors = [*field.errors, text]
