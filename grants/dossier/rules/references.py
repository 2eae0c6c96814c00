"""What the members of a dossier owe each other: unique names, names that resolve, sums, ranges."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from grants.calls.rules.allocation import VOTE, Mode
from grants.calls.rules.numbers import exact, is_exact
from grants.dossier.rules.faults import NOTHING, Faults, Said, item, member, told
from grants.money import from_dossier, to_dossier
from grants.ranking.rules.inputs import REQUESTED_ASC, REQUESTED_DESC, SECTION, SUBMITTED_ASC

CALL = "$.call"
GRID = "$.call.grid"
_APPLICATIONS = ("$.applications", "reference")
_MOST_TOLD = 8
_UNIQUE = (
    ("$.call.lots", "code"),
    ("$.call.grid.sections", "code"),
    ("$.call.budget_rules", "code"),
    ("$.call.required_documents", "code"),
    ("$.organisations", "key"),
    _APPLICATIONS,
    ("$.committee", "key"),
)


def look_at_references(content: Any, faults: Faults) -> None:
    """Enter every fault between members; what is malformed itself was told already."""
    for path, name in _UNIQUE:
        _look_at_unique(at(content, path), name, path, faults)
    _look_at_questions(content, faults)
    _look_at_sums(content, faults)
    _look_at_ranges(content, faults)
    _look_at_tie_breaks(content, faults)
    votes, references = at(content, f"{CALL}.tie_votes"), names(content, *_APPLICATIONS)
    _look_at_names(votes, f"{CALL}.tie_votes", among=references, faults=faults)
    _look_at_allocation(content, faults)
    _look_at_applications(content, faults)


def at(content: Any, path: str) -> Any:
    """What lies at a path of plain names, NOTHING where the way there is missing or malformed."""
    for name in path.split(".")[1:]:
        content = content.get(name, NOTHING) if isinstance(content, dict) else NOTHING
    return content


def items(content: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of the list at a path, each with its own path."""
    found = at(content, path)
    if isinstance(found, list):
        for number, each in enumerate(found):
            if isinstance(each, dict):
                yield item(path, number), each


class Names(frozenset[str]):
    """The names that the objects of a list go by."""

    @cached_property
    def told(self) -> str:
        """The names as one phrase, the first few of many."""
        shown = ", ".join(told(name) for name in sorted(self)[:_MOST_TOLD])
        return f"one of {shown}{', …' if len(self) > _MOST_TOLD else ''}" if self else "none"


def names(content: Any, path: str, name: str) -> Names | None:
    """The names that the objects of the list at a path go by, None where there is no list.

    Without the list nobody can say what a name stands for; that it is missing was told already.
    """
    if not isinstance(at(content, path), list):
        return None
    found = (each.get(name) for _, each in items(content, path))
    return Names(each for each in found if isinstance(each, str))


def look_at_name(
    owner: dict[str, Any], name: str, path: str, *, among: Names | None, faults: Faults
) -> None:
    """Enter a fault where a member names something that the file does not hold."""
    value = owner.get(name)
    if among is not None and isinstance(value, str) and value not in among:
        faults.add(member(path, name), value, among.told)


def _look_at_names(found: Any, path: str, *, among: Names | None, faults: Faults) -> None:
    """Each item of a list of names is one of those, and none is there twice."""
    seen: set[str] = set()
    for number, each in enumerate(found if isinstance(found, list) else ()):
        if not isinstance(each, str):
            continue
        if among is not None and each not in among:
            faults.add(item(path, number), each, among.told)
        elif each in seen:
            faults.add(item(path, number), each, "each one once")
        seen.add(each)


def _look_at_unique(values: Any, name: str, path: str, faults: Faults) -> None:
    seen: set[str] = set()
    for number, each in enumerate(values if isinstance(values, list) else ()):
        value = each.get(name) if isinstance(each, dict) else None
        if isinstance(value, str):
            if value in seen:
                faults.add(member(item(path, number), name), value, f"each {name} once")
            seen.add(value)


def _look_at_questions(content: Any, faults: Faults) -> None:
    """Question codes are unique in the whole grid, band codes in their question."""
    seen: set[str] = set()
    for section_path, section in items(content, f"{GRID}.sections"):
        for path, question in items({"questions": section.get("questions")}, "$.questions"):
            place = section_path + path.removeprefix("$")
            code = question.get("code")
            if isinstance(code, str) and code in seen:
                faults.add(f"{place}.code", code, "each question code once in the grid")
            if isinstance(code, str):
                seen.add(code)
            _look_at_unique(question.get("bands"), "code", f"{place}.bands", faults)
            if question.get("kind") == "scale":
                _look_at_scale(question, place, faults)


def _look_at_scale(question: dict[str, Any], path: str, faults: Faults) -> None:
    least, most = question.get("min"), question.get("max")
    if is_exact(least) and is_exact(most) and exact(least) > exact(most):
        faults.add(f"{path}.min", least, f"at most its max, {told(most)}")


def _look_at_sums(content: Any, faults: Faults) -> None:
    if not faults.is_sound(f"{CALL}.lots", f"{CALL}.funding"):
        return
    lots = sum(from_dossier(lot["envelope"]) for lot in content["call"]["lots"])
    funding = sum(from_dossier(part["amount"]) for part in content["call"]["funding"])
    if lots != funding:
        wanted = f"envelopes that add up to the funding, {to_dossier(funding)}"
        faults.add(f"{CALL}.lots", Said(f"a sum of {to_dossier(lots)}"), wanted)


def _look_at_ranges(content: Any, faults: Faults) -> None:
    low, high = f"{CALL}.grant_min", f"{CALL}.grant_max"
    if faults.is_sound(low, high):
        least, most = at(content, low), at(content, high)
        if from_dossier(least) > from_dossier(most):
            faults.add(low, least, f"at most grant_max, {most}")
    months = f"{CALL}.duration_months"
    if faults.is_sound(months):
        least, most = at(content, f"{months}.min"), at(content, f"{months}.max")
        if least > most:
            faults.add(f"{months}.min", least, f"at most its max, {most}")


def _look_at_tie_breaks(content: Any, faults: Faults) -> None:
    path = f"{CALL}.tie_breaks"
    found = at(content, path)
    if not isinstance(found, list):
        return
    codes = names(content, f"{GRID}.sections", "code")
    plain = {REQUESTED_ASC, REQUESTED_DESC, SUBMITTED_ASC, VOTE}
    for number, each in enumerate(found):
        if not isinstance(each, str):
            continue
        code = each.removeprefix(SECTION) if each.startswith(SECTION) else None
        is_section = code is not None and (codes is None or code in codes)
        if each not in plain and not is_section:
            allowed = "section:<code of the grid>, requested:asc, requested:desc, submitted_at:asc"
            faults.add(item(path, number), each, f"{allowed} or vote")
        elif each == VOTE and number < len(found) - 1:
            faults.add(item(path, number), each, "vote only as the last tie break")


def _look_at_allocation(content: Any, faults: Faults) -> None:
    found = at(content, f"{CALL}.allocation")
    if not isinstance(found, dict) or found.get("mode") != Mode.RANKED_CUTOFF:
        return
    if found.get("on_shortfall") is None:
        value = found.get("on_shortfall", NOTHING)
        faults.add(f"{CALL}.allocation.on_shortfall", value, "stop, skip or partial")


def _look_at_applications(content: Any, faults: Faults) -> None:
    organisations = names(content, "$.organisations", "key")
    lots = names(content, f"{CALL}.lots", "code")
    documents = names(content, f"{CALL}.required_documents", "code")
    for path, application in items(content, "$.applications"):
        look_at_name(application, "organisation", path, among=organisations, faults=faults)
        look_at_name(application, "lot", path, among=lots, faults=faults)
        # "Codes are unique in their list" is taken at its word: also among the documents handed in.
        handed_in = application.get("documents")
        _look_at_names(handed_in, f"{path}.documents", among=documents, faults=faults)
        _look_at_unique(application.get("budget"), "code", f"{path}.budget", faults)
        _look_at_proposed(application, path, faults)


def _look_at_proposed(application: dict[str, Any], path: str, faults: Faults) -> None:
    proposed, requested = application.get("proposed"), application.get("requested")
    try:
        is_above = from_dossier(proposed) > from_dossier(requested)  # type: ignore[arg-type]  # None is caught below
    except (TypeError, ValueError):  # malformed or absent: told already, or nothing to compare
        return
    if is_above:
        faults.add(f"{path}.proposed", proposed, f"at most what is requested, {requested}")
