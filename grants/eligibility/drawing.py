"""What the page of the check draws: every question with its figure and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants.eligibility.queries import CheckedItem
from grants.eligibility.rules.computed import Figure
from grants.eligibility.rules.findings import ITEMS, Answered, Finding, Group, Item
from grants.eligibility.words import GROUPS, QUESTIONS
from grants.errors import Problem


@dataclass(frozen=True)
class DrawnItem:
    """One question ready to be drawn; `is_proposed` where the system's own answer stands."""

    code: str
    question: Any
    says: tuple[Problem, ...]
    finding: Finding | None
    note: str
    is_proposed: bool
    by: str
    at: datetime | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class DrawnGroup:
    """The questions under one heading."""

    title: Any
    items: tuple[DrawnItem, ...]


def draw_groups(
    figures: Mapping[str, Figure],
    kept: Mapping[str, CheckedItem],
    *,
    typed: Mapping[str, Answered] | None = None,
    problems: Mapping[str, list[Problem]] | None = None,
) -> list[DrawnGroup]:
    """The whole list; `typed` is what a refused form brought, it stands before what is kept."""
    drawn = [
        (
            item.group,
            _draw(item, figures.get(item.code), kept.get(item.code), (typed or {}).get(item.code)),
        )
        for item in ITEMS
    ]
    found = problems or {}
    return [
        DrawnGroup(
            GROUPS[group],
            tuple(
                _with_problems(each, found.get(each.code, []))
                for of_group, each in drawn
                if of_group is group
            ),
        )
        for group in Group
    ]


def _draw(
    item: Item, figure: Figure | None, kept: CheckedItem | None, typed: Answered | None
) -> DrawnItem:
    finding, note = _answer(figure, kept, typed)
    return DrawnItem(
        code=item.code,
        question=QUESTIONS[item.code],
        says=figure.says if figure else (),
        finding=finding,
        note=note,
        is_proposed=kept is None and typed is None and finding is not None,
        by=kept.by if kept else "",
        at=kept.check.checked_at if kept else None,
    )


def _answer(
    figure: Figure | None, kept: CheckedItem | None, typed: Answered | None
) -> tuple[Finding | None, str]:
    if typed is not None:
        return typed.finding, typed.note
    if kept is not None:
        return kept.check.finding, kept.check.note
    return (figure.finding, "") if figure else (None, "")


def _with_problems(drawn: DrawnItem, problems: list[Problem]) -> DrawnItem:
    return DrawnItem(**{**vars(drawn), "problems": tuple(problems)}) if problems else drawn
