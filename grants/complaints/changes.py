"""What the final list changes against the one published before, application by application."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grants.complaints.labels import effect_done
from grants.complaints.models import Objection
from grants.i18n.languages import gettext as _
from grants.ranking.lines import Case, Line
from grants.ranking.rules.changes import Standing, changed
from grants.ranking.wording import whole


@dataclass(frozen=True)
class Change:
    """One application that stands otherwise; both in one sentence, empty where it is not listed."""

    case: Case
    before: str
    after: str
    reason: str
    is_own: bool


def list_changes(
    before: Iterable[Line], after: Iterable[Line], *, upheld: Sequence[Objection]
) -> list[Change]:
    """Every change with its reason; `upheld` are the objections seen to since the list before."""
    old, new = _by_reference(before), _by_reference(after)
    references = changed(_standings(old), _standings(new))
    return [_change(old.get(key), new.get(key), upheld=upheld) for key in references]


def _change(old: Line | None, new: Line | None, *, upheld: Sequence[Objection]) -> Change:
    line = new or old
    if line is None:
        raise LookupError("a change is of an application that one of the lists has")
    own = [each for each in upheld if each.application_id == line.case.id]
    return Change(
        case=line.case,
        before=whole(old) if old else "",
        after=whole(new) if new else "",
        reason=_reason(own, upheld),
        is_own=bool(own),
    )


def _reason(own: Sequence[Objection], upheld: Sequence[Objection]) -> str:
    if own:
        return "; ".join(_ruling(each) for each in own)
    if upheld:
        numbers = ", ".join(_number(each) for each in upheld)
        return _("postupljeno je po prigovoru na drugu prijavu (rješenje %(n)s)", n=numbers)
    return _("promijenili su se podaci iz kojih se lista računa, npr. ranije dodjele")


def _ruling(objection: Objection) -> str:
    number = _number(objection)
    return _(
        "usvojen prigovor, rješenje %(number)s: %(effect)s",
        number=number,
        effect=effect_done(objection),
    )


def _number(objection: Objection) -> str:
    return (objection.act.number or "–") if objection.act else "–"


def _by_reference(lines: Iterable[Line]) -> dict[str, Line]:
    return {line.case.reference: line for line in lines}


def _standings(lines: Mapping[str, Line]) -> dict[str, Standing]:
    return {
        key: Standing(line.outcome, line.rank, line.total, line.amount, line.reserve)
        for key, line in lines.items()
    }
