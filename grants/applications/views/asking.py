"""What a section says beside its questions: what is looked for, what a correction changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from grants.applications.models import Application
from grants.applications.queries import list_unseen_versions
from grants.calls.form_words import CHANGES
from grants.calls.models import Call
from grants.calls.queries import evidence_of, form_of, grid_of
from grants.calls.rules.form_changes import SectionChange, changes_from_json
from grants.calls.rules.form_help import LookedFor, looked_for


@dataclass(frozen=True)
class ChangedSection:
    """One section that a correction changed: where it is, and what is new there in words."""

    title: str
    url: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Corrected:
    """A correction of the form that the people of a draft have not confirmed yet."""

    note: str
    sections: tuple[ChangedSection, ...]
    asks: bool


def looked_for_in(call: Call) -> Mapping[str, tuple[LookedFor, ...]]:
    """What the committee asks about each answer; the grid of a published call is public."""
    return looked_for(grid_of(call), evidence_of(call))


def corrections_of(application: Application) -> list[Corrected]:
    """What was corrected in the form since the draft was begun or last confirmed."""
    form = form_of(application.call)
    found = []
    for version in list_unseen_versions(application):
        changes = changes_from_json(version.changed)
        sections = tuple(
            ChangedSection(
                each.title,
                _address(application, each) if form.section(each.key) else "",
                _words(each),
            )
            for each in changes
        )
        found.append(Corrected(version.note, sections, any(each.asks for each in changes)))
    return found


def _address(application: Application, change: SectionChange) -> str:
    here = url_for("applications.section", slug=application.slug, section=change.key)
    there = [each for each in change.questions if "removed" not in each.changes]
    return f"{here}#{there[0].key}" if there else here


def _words(change: SectionChange) -> tuple[str, ...]:
    return tuple(
        f"{each.label}: {', '.join(str(CHANGES[one]) for one in each.changes)}"
        for each in change.questions
    )
