"""The grid as JSON, in the dossier's form (dossier.md): read and written without loss."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from grants.calls.rules.grid import (
    Band,
    BandsQuestion,
    CoefficientQuestion,
    Grid,
    Question,
    ScaleQuestion,
    Section,
)
from grants.calls.rules.numbers import decimal_text, exact

Json = Mapping[str, Any]


def grid_from_json(json: Json) -> Grid:
    """The grid out of its JSON form; KeyError, TypeError or ValueError where it is none."""
    return Grid(
        sections=tuple(_section(section) for section in json["sections"]),
        threshold_total=exact(json["threshold_total"]),
        declared_total=_optional(json.get("declared_total")),
    )


def grid_to_json(grid: Grid) -> dict[str, Any]:
    """The grid in its JSON form; absent members are left out."""
    return _without_none(
        declared_total=_written(grid.declared_total),
        threshold_total=decimal_text(grid.threshold_total),
        sections=[
            _without_none(
                code=section.code,
                title=section.title,
                threshold=_written(section.threshold),
                questions=[_question_json(question) for question in section.questions],
            )
            for section in grid.sections
        ],
    )


def _section(json: Json) -> Section:
    return Section(
        code=json["code"],
        title=json["title"],
        questions=tuple(_question(question) for question in json["questions"]),
        threshold=_optional(json.get("threshold")),
    )


def _question(json: Json) -> Question:
    code, text = json["code"], json["text"]
    match json["kind"]:
        case "scale":
            step = _optional(json.get("step"))
            return ScaleQuestion(
                code=code,
                text=text,
                minimum=exact(json["min"]),
                maximum=exact(json["max"]),
                weight=exact(json["weight"]),
                step=Fraction(1) if step is None else step,
            )
        case "coefficient":
            values = tuple(exact(value) for value in json["values"])
            return CoefficientQuestion(code, text, values, exact(json["weight"]))
        case "bands":
            return BandsQuestion(code, text, _bands(json["bands"]))
        case other:
            raise ValueError(f"no kind of question: {other!r:.80}")


def _bands(json: Sequence[Json]) -> tuple[Band, ...]:
    return tuple(Band(band["code"], band["label"], exact(band["points"])) for band in json)


def _question_json(question: Question) -> dict[str, Any]:
    named: dict[str, Any] = {"code": question.code, "text": question.text}
    match question:
        case ScaleQuestion():
            return named | {
                "kind": "scale",
                "min": decimal_text(question.minimum),
                "max": decimal_text(question.maximum),
                "step": decimal_text(question.step),
                "weight": decimal_text(question.weight),
            }
        case CoefficientQuestion():
            values = [decimal_text(value) for value in question.values]
            weight = decimal_text(question.weight)
            return named | {"kind": "coefficient", "values": values, "weight": weight}
        case BandsQuestion():
            bands = [
                {"code": band.code, "label": band.label, "points": decimal_text(band.points)}
                for band in question.bands
            ]
            return named | {"kind": "bands", "bands": bands}


def _optional(value: object) -> Fraction | None:
    return None if value is None else exact(value)


def _written(value: Fraction | None) -> int | str | None:
    return None if value is None else decimal_text(value)


def _without_none(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
