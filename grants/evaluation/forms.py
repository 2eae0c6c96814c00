"""What is typed about committees, declarations and scores."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wtforms import BooleanField, RadioField

from grants.evaluation.drawing import COMMENT, SCORE
from grants.evaluation.models import Member
from grants.evaluation.rules.committee import ConflictGround, MemberRole, Proposed
from grants.evaluation.rules.sheets import Changes
from grants.evaluation.words import GROUNDS
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, TextField, at_most, chosen, options, required

MOST_MEMBERS = 15
CONFLICT = "conflict-"


class CommitteeForm(Form):
    """The members, row by row; see `members_of`."""


class AppointmentForm(Form):
    """The number of the appointing act, where it comes from the registry."""

    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class DeclarationForm(Form):
    """The declaration of impartiality and confidentiality."""

    agrees = BooleanField(
        _l("Pročitao/la sam izjavu i potpisujem je."),
        [required(_l("Označite da potpisujete izjavu."))],
    )


class InterestsForm(Form):
    """Conflicts by application; see `grounds_of`."""

    agrees = BooleanField(
        _l("Pregledao/la sam cijelu listu. Osim označenog, nemam sukob interesa."),
        [required(_l("Označite da ste pregledali cijelu listu."))],
    )


class ConflictForm(Form):
    """A conflict found while scoring."""

    ground = RadioField(
        _l("Osnov sukoba interesa"),
        [chosen()],
        choices=options(GROUNDS),
    )


class SheetForm(Form):
    """The token of a score sheet; its fields are those of the grid, see `changes_of`."""


def members_of(sent: Mapping[str, str], *, rows: int) -> list[Proposed]:
    """The members typed in so many rows; a row without name and address is none."""
    typed = [_member_of(sent, number) for number in range(min(rows, MOST_MEMBERS))]
    return [each for each in typed if each.name or each.email]


def rows_of(members: Iterable[Member | Proposed], *, blank: int) -> list[dict[str, str]]:
    """The rows to draw: the members there are, and some blank ones."""
    drawn = [
        {
            "name": each.name,
            "email": each.email,
            "role": each.role.value,
            "stands_for": each.stands_for,
        }
        for each in members
    ]
    fresh = {"name": "", "email": "", "role": MemberRole.MEMBER.value, "stands_for": ""}
    return [*drawn, *({**fresh} for _ in range(blank))][:MOST_MEMBERS]


def grounds_of(sent: Mapping[str, str]) -> dict[str, ConflictGround]:
    """The declared conflicts by the address of the application."""
    known = set(ConflictGround)
    return {
        name.removeprefix(CONFLICT): ConflictGround(text)
        for name, text in sent.items()
        if name.startswith(CONFLICT) and text in known
    }


def changes_of(sent: Mapping[str, str], *, changed: Collection[str] | None = None) -> Changes:
    """What was typed; an autosave names what changed, and a name without a value was emptied."""
    names = [name for name in sent if changed is None] or list(changed or ())
    return Changes(
        scores=_texts(sent, names, SCORE),
        comments=_texts(sent, names, COMMENT),
    )


def version_of(sent: Mapping[str, str]) -> int:
    """The version a sheet was typed upon; 0 where none is named."""
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def field_texts(scores: Mapping[str, Any], comments: Mapping[str, Any]) -> dict[str, str]:
    """A sheet as the fields of its page: what an autosave is told when it came second."""
    return {SCORE + code: str(value) for code, value in scores.items()} | {
        COMMENT + code: str(text) for code, text in comments.items()
    }


def _texts(sent: Mapping[str, str], names: Iterable[str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): sent.get(name, "").replace("\r\n", "\n").strip()
        for name in names
        if name.startswith(prefix)
    }


def _member_of(sent: Mapping[str, str], number: int) -> Proposed:
    def typed(field: str) -> str:
        return " ".join(sent.get(f"members-{number}-{field}", "").split())[:200]

    role = typed("role")
    known = {each.value for each in MemberRole}
    return Proposed(
        name=typed("name"),
        email=typed("email"),
        role=MemberRole(role if role in known else MemberRole.MEMBER),
        stands_for=typed("stands_for"),
    )
