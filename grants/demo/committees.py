"""A committee of the story: proposed, appointed by an act, declared by each of its members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from grants.acts.actions import signature_of
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.demo.calls import read
from grants.demo.cast import Cast, settle, signed_in
from grants.demo.drafts import read_projects
from grants.evaluation.actions import (
    Appointment,
    appoint_committee,
    declare_impartiality,
    declare_interests,
    propose_committee,
)
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries import get_committee, get_member, list_applicants
from grants.evaluation.rules.committee import ConflictGround, MemberKind, MemberRole, Proposed
from grants.people.actors import Actor

OFFICER, SIGNATORY = "selma.karic", "jasna.peric"
CHAIR, MEMBER = MemberRole.CHAIR, MemberRole.MEMBER
CSO, MUNICIPAL = MemberKind.CSO, MemberKind.MUNICIPAL
_DECLARATION = (
    "Izjavljujem da ću prijave ocjenjivati nepristrasno i savjesno, da ću čuvati povjerljivost "
    "podataka i da ću bez odlaganja prijaviti svaki sukob interesa."
)


@dataclass(frozen=True)
class Place:
    """Who sits where, and for whom."""

    key: str
    role: MemberRole
    stands_for: str
    kind: MemberKind = MUNICIPAL


# Who sits on every committee of the town; the fifth seat is another one each time.
CORE = (
    Place("amela.softic", CHAIR, "Općina Novo Sarajevo, Služba za društvene djelatnosti"),
    Place("boris.maric", MEMBER, "Općina Novo Sarajevo, Služba za finansije"),
    Place("edina.begic", MEMBER, "Općinsko vijeće"),
    Place("igor.simic", MEMBER, "Vijeće mladih", CSO),
)
_DEPUTY = Proposed(
    "Alma Hasić",
    "alma.hasic@example.ba",
    MEMBER,
    "Općina Novo Sarajevo, Služba za lokalnu samoupravu",
    is_deputy=True,
)


@dataclass(frozen=True)
class Interest:
    """A conflict that a member declares: with which project, on which ground."""

    member: str
    project: str
    ground: ConflictGround


@dataclass(frozen=True)
class Panel:
    """The seats of a committee, and what its members are tied to."""

    places: Sequence[Place]
    interest: Interest
    # What members say of themselves, to be matched with the applicants (Member.ties).
    ties: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)


def witnesses(cast: Cast) -> tuple[str, ...]:
    """The officer and two colleagues, in front of whom applications are opened."""
    return tuple(cast.people[key].name for key in (OFFICER, "damir.juric", "nedim.alic"))


def appoint(call: Call, panel: Panel, cast: Cast, *, proposed: int, appointed: int) -> Committee:
    """The officer proposes, the signatory appoints by an act; so many days ago."""
    officer, signatory = cast.people[OFFICER], cast.people[SIGNATORY]
    members = [
        Proposed(cast.people[each.key].name, cast.people[each.key].email, each.role,
                 each.stands_for, kind=each.kind)
        for each in panel.places
    ]  # fmt: skip
    at = cast.moments.before(proposed, "13:20")
    propose_committee(read(call), [*members, _DEPUTY], by=officer, at=at)
    settle()
    committee, town = committee_of(call), read(call).municipality
    appointment = Appointment(
        signature_of(town, ActKind.COMMITTEE_APPOINTMENT, by=signatory),
        legal_texts(town, ActKind.COMMITTEE_APPOINTMENT).basis,
    )
    at = cast.moments.before(appointed, "10:00")
    appoint_committee(committee, appointment, by=signatory, at=at)
    settle()
    return committee


def committee_of(call: Call) -> Committee:
    """The committee of a call with its members, as the database has it now."""
    found = get_committee(read(call))
    if found is None:
        raise LookupError(call.reference)
    return found


def declare(committee: str, panel: Panel, cast: Cast, *, days: int) -> None:
    """Everybody signs the declaration; one member has a conflict with one application."""
    for number, place in enumerate(panel.places):
        by = signed_in(cast.people[place.key])
        at = cast.moments.before(days, "09:00") + timedelta(minutes=25 * number)
        ties = panel.ties.get(place.key)
        declare_impartiality(_seat(by, committee), _DECLARATION, ties=ties, by=by, at=at)
        settle()
        seat, grounds = _seat(by, committee), {}
        if place.key == panel.interest.member:
            title = read_projects()[panel.interest.project]["title"]
            application = next(each for each in list_applicants(seat) if each.title == title)
            grounds = {application.slug: panel.interest.ground}
        declare_interests(seat, grounds, by=by, at=at + timedelta(minutes=5))
        settle()


def _seat(by: Actor, committee: str) -> Member:
    member = get_member(by, committee)
    if member is None:
        raise LookupError(by.email)
    return member
