"""What is typed about committees, declarations and scores."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField, RadioField, SelectField
from wtforms.validators import Optional

from grants.evaluation.drawing import COMMENT, SCORE
from grants.evaluation.models import Member
from grants.evaluation.rules.assigning import AssignmentMode
from grants.evaluation.rules.committee import ConflictGround, MemberKind, MemberRole, Proposed
from grants.evaluation.rules.consensus import LONGEST_REASON, Votes
from grants.evaluation.rules.replacing import NOBODY, SOMEBODY, Replacement
from grants.evaluation.rules.sheets import Changes
from grants.evaluation.words import GROUNDS, KINDS
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MomentField,
    TextField,
    WholeField,
    at_most,
    chosen,
    optional_blank,
    options,
    required,
)

MOST_MEMBERS = 15
CONFLICT = "conflict-"
MOST_SHOWN, MOST_WORDS = 200, 60
# A deputy who may step in for any member.
GENERAL = "general"
_FRESH = {
    "name": "",
    "email": "",
    "role": MemberRole.MEMBER.value,
    "kind": MemberKind.MUNICIPAL.value,
    "stands_for": "",
    "seat": "",
}


class CommitteeForm(Form):
    """How many must be present; the members, row by row, see `members_of`."""

    quorum = WholeField(_l("Kvorum"))


class AppointmentForm(Form):
    """The number of the appointing act, where it comes from the registry."""

    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class ReplacementForm(Form):
    """Who leaves why and from when, and who takes the seat."""

    reason = LongTextField(
        _l("Zašto prestaje raditi"), [required(_l("Napišite razlog.")), at_most(1000)]
    )
    from_on = DayField(_l("Od kada"), [required(_l("Upišite dan."))])
    takes_over = RadioField(_l("Ko preuzima mjesto"), [chosen(_l("Odaberite ko preuzima mjesto."))])
    name = TextField(_l("Ime i prezime"), [at_most(200)])
    email = TextField(_l("E-pošta"), [at_most(200)])
    # Whose seat it is and who presides is asked only where it matters; the rules look at both.
    kind = SelectField(_l("Predstavlja"), choices=options(KINDS), validate_choice=False)
    stands_for = TextField(_l("Organ ili organizacija"), [at_most(200)])
    chair = SelectField(_l("Ko od sada predsjedava"), validate_choice=False)
    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])

    def offer(self, deputies: Mapping[str, str], others: Mapping[str, str], *, empty: bool) -> None:
        """Offer these deputies and, for the chair, these members, names by key."""
        seats = {key: _("zamjenik %(name)s", name=name) for key, name in deputies.items()}
        nobody = {NOBODY: _("niko, mjesto ostaje prazno")} if empty else {}
        self.takes_over.choices = options(seats | {SOMEBODY: _("nova osoba")} | nobody)
        self.chair.choices = options({"": _("ko preuzima mjesto")} | dict(others))

    def wanted(self) -> Replacement:
        """What was typed."""
        return Replacement(
            reason=self.reason.data or "",
            from_on=self.from_on.data,
            takes_over=self.takes_over.data or "",
            name=self.name.data or "",
            email=self.email.data or "",
            kind=_kind_of(self.kind.data or ""),
            stands_for=self.stands_for.data or "",
            chair=self.chair.data or "",
        )


class WideningForm(Form):
    """Why deputies are named later; who, row by row, see `members_of`."""

    reason = LongTextField(
        _l("Zašto se komisija dopunjava"), [required(_l("Napišite razlog.")), at_most(1000)]
    )
    typed_number = TextField(_l("Broj iz djelovodnika"), [at_most(60)])


class DeclarationForm(Form):
    """The declaration of impartiality and confidentiality, with what one is tied by."""

    organisations = LongTextField(
        _l("Organizacije čiji ste član ili ste to bili"),
        [at_most(4000)],
        description=_l("Svaka u svom redu: naziv ili JIB. I one u kojima ste bili u upravi."),
    )
    employers = LongTextField(
        _l("Poslodavci, sadašnji i raniji"),
        [at_most(4000)],
        description=_l("Svaki u svom redu. I angažmani po ugovoru o djelu."),
    )
    address = TextField(_l("Adresa stanovanja"), [at_most(200)])
    phone = TextField(_l("Telefon"), [at_most(60)])
    account = TextField(
        _l("Bankovni račun"),
        [at_most(60)],
        description=_l("Samo ako ga želite navesti; 16 cifara ili IBAN."),
    )
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


class VerdictForm(Form):
    """Whether what was found is a conflict, and why."""

    is_conflict = RadioField(
        _l("Odluka"),
        [chosen()],
        choices=options(
            {
                "yes": _l("Sukob interesa: član ovu prijavu više ne vidi i ne ocjenjuje"),
                "no": _l("Nije sukob: član ocjenjuje kao i dosad"),
            }
        ),
    )
    reason = LongTextField(_l("Razlog odluke"), [required(), at_most(2000)])


class MeetingForm(Form):
    """When and where a consensus meeting is."""

    begins_at = MomentField(_l("Dan i sat"), [required()])
    place = TextField(_l("Mjesto"), [at_most(200)])


class AttendanceForm(Form):
    """Who is there; the keys of the members come as `present`."""


class ConsensusForm(Form):
    """What was voted on one application; its scores are those of the grid, see `changes_of`."""

    votes_for = WholeField(_l("Za"), [Optional()])
    votes_against = WholeField(_l("Protiv"), [Optional()])
    votes_abstained = WholeField(_l("Suzdržani"), [Optional()])
    reason = LongTextField(
        _l("Zašto je ocjena usaglašena ovako"),
        description=_l("Ulazi u zapisnik sastanka."),
        validators=[at_most(LONGEST_REASON)],
    )
    # Asked for where the sheet is signed, not for a draft.
    signing_password = PasswordField(_l("Vaša lozinka"), [at_most(200)])

    def votes(self) -> Votes:
        """The votes as typed."""
        return Votes(self.votes_for.data, self.votes_against.data, self.votes_abstained.data)


class MinutesForm(Form):
    """The end of a meeting: what members want on record, and the number from the registry."""

    remarks = LongTextField(_l("Primjedbe članova"), [at_most(10_000)])
    number = TextField(
        _l("Broj iz djelovodnika"),
        description=_l("Ostavite prazno da broj dodijeli sistem."),
        validators=[at_most(60)],
    )


class AssignmentForm(Form):
    """How sheets are to be handed out; the same fields ask for the plan and confirm it."""

    mode = RadioField(
        _l("Ko ocjenjuje koju prijavu"),
        [chosen()],
        choices=options(
            {
                AssignmentMode.EVERYBODY.value: _l("Svi članovi ocjenjuju sve prijave"),
                AssignmentMode.BY_LOT.value: _l("Po oblastima: svako ocjenjuje svoje oblasti"),
                AssignmentMode.BY_HAND.value: _l("Ručno: sami označite za svaku prijavu"),
                AssignmentMode.AUTOMATIC.value: _l(
                    "Automatski: isti broj listova po prijavi, ravnomjerno po članovima"
                ),
            }
        ),
    )
    sheets_each = WholeField(
        _l("Listova po prijavi"), [optional_blank], description=_l("Samo za automatsku dodjelu.")
    )


class SheetForm(Form):
    """The token of a score sheet; its fields are those of the grid, see `changes_of`."""


def ties_of(form: DeclarationForm) -> dict[str, Any]:
    """What a member declared of itself, as Member.ties keeps it: lists line by line, texts."""
    lists = {"organisations": form.organisations.data, "employers": form.employers.data}
    texts = {"address": form.address.data, "phone": form.phone.data, "account": form.account.data}
    lines = {
        key: [line.strip()[:300] for line in (text or "").splitlines() if line.strip()]
        for key, text in lists.items()
    }
    return lines | {key: text or "" for key, text in texts.items()}


def members_of(sent: Mapping[str, str], *, rows: int) -> list[Proposed]:
    """The members typed in so many rows; a row without name and address is none.

    Whose deputy somebody is was typed as the number of a row, and becomes the place in the list.
    """
    typed = {number: _member_of(sent, number) for number in range(min(rows, MOST_MEMBERS))}
    kept = [number for number, each in typed.items() if each.name or each.email]
    return [replace(typed[n], **_seat_of(sent, n, kept)) for n in kept]


def rows_of(members: Sequence[Member | Proposed], *, blank: int) -> list[dict[str, str]]:
    """The rows to draw: the members there are, and some blank ones."""
    places = {each.id: at for at, each in enumerate(members) if isinstance(each, Member)}
    drawn = [
        {
            "name": each.name,
            "email": each.email,
            "role": each.role.value,
            "kind": each.kind.value,
            "stands_for": each.stands_for,
            "seat": _seat(each, places),
        }
        for each in members
    ]
    return [*drawn, *({**_FRESH} for _ in range(blank))][:MOST_MEMBERS]


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


def expertise_of(sent: MultiDict[str, str], keys: Iterable[str]) -> dict[str, list[str]]:
    """Areas ticked and words typed for each member, by key."""
    found = {}
    for key in keys:
        words = [word.strip() for word in sent.get(f"words-{key}", "").split(",")]
        named = [*sent.getlist(f"lot-{key}"), *words][:MOST_WORDS]
        found[key] = [word[:60] for word in named if word]
    return found


def ticked_of(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """Members ticked, by the address of each application that was shown."""
    return {slug: sent.getlist(f"to-{slug}") for slug in sent.getlist("shown")[:MOST_SHOWN]}


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
    return Proposed(
        name=typed("name"),
        email=typed("email"),
        role=MemberRole(role) if role in list(MemberRole) else MemberRole.MEMBER,
        kind=_kind_of(typed("kind")),
        stands_for=typed("stands_for"),
    )


def _kind_of(text: str) -> MemberKind:
    return MemberKind(text) if text in list(MemberKind) else MemberKind.MUNICIPAL


def _seat_of(sent: Mapping[str, str], number: int, kept: Sequence[int]) -> dict[str, Any]:
    """Whether the person waits as a deputy, and of whom; a row left blank is nobody's place."""
    seat = sent.get(f"members-{number}-seat", "")
    if seat == GENERAL:
        return {"is_deputy": True, "role": MemberRole.MEMBER}
    if not (seat.isascii() and seat.isdigit() and len(seat) < 4):
        return {}
    row = int(seat)
    place = kept.index(row) if row in kept else len(kept)
    return {"is_deputy": True, "role": MemberRole.MEMBER, "deputy_of": place}


def _seat(each: Member | Proposed, places: Mapping[int, int]) -> str:
    if not each.is_deputy:
        return ""
    of = places.get(each.stands_in_for_id or 0) if isinstance(each, Member) else each.deputy_of
    return GENERAL if of is None else str(of)
