"""The facts of a project out of its draft: budget lines, activities, the logframe, partners."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from grants.applications.rules.budget import BudgetLine, Share
from grants.applications.rules.columns import source_column
from grants.applications.rules.parsing import Row, Typed
from grants.calls.rules.form import Fact, Heading, Kind, Question, Source
from grants.calls.rules.numbers import exact

Json = dict[str, Any]
_PARTNER_TEXTS = (
    "name",
    "role",
    "contribution",
    "kind",
    "jib",
    "country",
    "representative",
    "email",
)


def budget_lines(typed: Typed) -> list[BudgetLine]:
    """The lines of the budget in the order of their codes; what cannot be read counts as 0.

    Amounts in fening. A line's tags are those of its heading.
    """
    tags = {heading.code: heading.tags for heading in headings(typed)}
    activities = typed.codes(_key(typed, Fact.ACTIVITIES))
    return [
        BudgetLine(
            code=row["code"],
            heading=row["heading"] or "",
            description=row["description"] or "",
            unit=row["unit"] or "",
            quantity=_quantity(row["quantity"]),
            unit_cost=row["price"] or 0,
            grant=row["requested"] or 0,
            own=sum(share.amount for share in shares),
            tags=frozenset(tags.get(row["heading"] or "", ())),
            activity=activities.get(row["activity"] or ""),
            sources=shares,
        )
        for row in typed.rows(Fact.BUDGET)
        for shares in [_shares(row, sources(typed))]
    ]


def sources(typed: Typed) -> tuple[Source, ...]:
    """Who co-finances the budget, as the form names them."""
    question = typed.form.by_fact(Fact.BUDGET)
    return question.sources if question else ()


def _shares(row: Row, named: Sequence[Source]) -> tuple[Share, ...]:
    return tuple(
        Share(source.code, source.kind, amount)
        for source in named
        if (amount := row[source_column(source)])
    )


def headings(typed: Typed) -> Sequence[Heading]:
    """The headings of the budget, none where the form asks for no budget."""
    question = typed.form.by_fact(Fact.BUDGET)
    return question.headings if question else ()


def budget_rows(typed: Typed) -> list[Json]:
    """The lines of the budget as plain JSON, for the frozen version; quantities stay exact."""
    lines = zip(budget_lines(typed), typed.rows(Fact.BUDGET), strict=True)
    in_charge = {row["id"]: row.get("name") or row["code"] for row in typed.rows(Fact.PARTNERS)}
    return [
        {
            "code": line.code,
            "heading": line.heading,
            "description": line.description,
            "unit": line.unit,
            "quantity": str(row["quantity"] if row["quantity"] is not None else 0),
            "unit_cost": line.unit_cost,
            "grant": line.grant,
            "own": line.own,
            "tags": sorted(line.tags),
            "activity": line.activity,
            "justification": row["justification"] or "",
            "sources": [
                {"code": share.source, "kind": share.kind.value, "amount": share.amount}
                for share in line.sources
            ],
            "partner": in_charge.get(row["partner"] or "", ""),
        }
        for line, row in lines
    ]


def activities(typed: Typed) -> list[Json]:
    """The activities in the order of their codes, with their months."""
    results = typed.codes(_key(typed, Fact.RESULTS))
    return [
        {
            "code": row["code"],
            "title": row.get("title") or "",
            "responsible": row.get("responsible") or "",
            "months": row.get("months") or [],
            "result": results.get(row.get("result") or ""),
        }
        for row in typed.rows(Fact.ACTIVITIES)
    ]


def logframe(typed: Typed) -> Json:
    """Objectives, results with their indicators, and the assumptions under which they hold."""
    indicators = typed.rows(Fact.INDICATORS)
    return {
        "overall": typed.value(Fact.OVERALL_OBJECTIVE) or "",
        "specific": typed.value(Fact.SPECIFIC_OBJECTIVE) or "",
        "results": [
            {
                "code": row["code"],
                "text": row.get("text") or "",
                "assumptions": row.get("assumptions") or "",
                "indicators": [_indicator(each) for each in indicators if _of(each, row)],
            }
            for row in typed.rows(Fact.RESULTS)
        ],
    }


def partners(typed: Typed, statements: Mapping[str, Json]) -> list[Json]:
    """The partners in the order in which they were typed; an amount in fening, or None.

    `statements` say by row who signed the statement of partnership that stands, and when.
    """
    return [
        {
            **{key: row.get(key) or "" for key in _PARTNER_TEXTS},
            "brings": row.get("brings") or [],
            "amount": row.get("amount"),
            "statement": statements.get(row["id"]),
        }
        for row in typed.rows(Fact.PARTNERS)
    ]


def answers_by_section(typed: Typed) -> dict[str, Json]:
    """Every answer by section and question; a reference is the code of the row it points to."""
    return {
        section.key: {
            question.key: _plain(typed, question, typed.parsed(section).values[question.key])
            for question in section.questions
            if question.key in typed.parsed(section).values and question.kind is not Kind.BUDGET
        }
        for section in typed.form.sections
    }


def _plain(typed: Typed, question: Question, value: Any) -> Any:
    if question.kind not in (Kind.TABLE, Kind.PARTNERS):
        return value
    references = {
        column.key: typed.codes(column.of)
        for column in question.columns
        if column.kind is Kind.REFERENCE
    }
    return [_plain_row(row, references) for row in value]


def _plain_row(row: Row, references: Mapping[str, Mapping[str, str]]) -> Json:
    return {
        key: references[key].get(cell or "") if key in references else cell
        for key, cell in row.items()
        if key != "id"
    }


def _indicator(row: Row) -> Json:
    return {key: row.get(key) or "" for key in ("name", "baseline", "target", "source")}


def _of(indicator: Row, result: Row) -> bool:
    return bool(indicator.get("result") == result["id"])


def _key(typed: Typed, fact: Fact) -> str:
    question = typed.form.by_fact(fact)
    return question.key if question else ""


def _quantity(value: int | str | None) -> Fraction:
    return Fraction(0) if value is None else exact(value)
