"""The consensus meeting of the story: one application seen too differently to take the mean."""

from grants.acts.actions import Signature
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.queries import grid_of
from grants.demo.calls import read
from grants.demo.cast import Cast, settle, signed_in
from grants.demo.listed_sheets import AGREED, levels_of, words_for
from grants.demo.sheets import fill_in
from grants.evaluation.actions.meeting import (
    Agreement,
    Summons,
    agree,
    call_meeting,
    close_meeting,
    enter_attendance,
)
from grants.evaluation.divergence import list_members, read_spread
from grants.evaluation.meetings import Sitting, Talk, get_sitting, get_talk, get_voting_member
from grants.evaluation.rules.consensus import Votes
from grants.people.actors import Actor

PLACE = "Sala za sastanke, Ulica Primjera 1"
_REASON = (
    "Razlika je nastala zbog budžeta i iskustva. Član iz Službe za finansije smatrao je da stavka "
    "za katalog nije razložena, a ostali su je vezali za popis od šezdeset uzoraka. Nakon "
    "zajedničkog čitanja komisija se složila da je sadržaj dobar, a da je budžet slabije opisan, "
    "pa je ocjena budžeta niža od prosjeka, a ostale su bliže većini."
)
_REMARKS = (
    "Pojedinačni listovi ostaju kakvi su potpisani. Podnosiocu će se u obrazloženju ukazati na to "
    "kako se stavka za katalog mogla razložiti."
)


def meet(chair: Actor, committee: str, slug: str, cast: Cast) -> None:
    """Called for what is over the limit, held three days later, closed with its minutes."""
    meeting = _call(chair, committee, cast)
    sitting = _sitting(chair, committee, meeting)
    enter_attendance(sitting, [each.key for each in sitting.voting])
    settle()
    talk = _talk(chair, committee, meeting, slug)
    grid, levels = grid_of(read(talk.sitting.call)), levels_of(AGREED)
    changes = fill_in(grid, levels, words_for(grid, levels, turn=0))
    agreement = Agreement(changes, 0, Votes(4, 0, 1), _REASON)
    agree(talk, agreement, grid, by=chair, at=cast.moments.before(10, "10:50"))
    settle()
    sitting = _sitting(chair, committee, meeting)
    series = legal_texts(sitting.call.municipality, ActKind.MINUTES).series
    signature = Signature(chair.name, "predsjedava komisijom", series=series)
    close_meeting(sitting, _REMARKS, signature, by=chair, at=cast.moments.before(10, "11:40"))
    settle()


def _call(chair: Actor, committee: str, cast: Cast) -> str:
    member = get_voting_member(signed_in(chair), committee)
    if member is None:
        raise LookupError(committee)
    members = list_members(member.committee)
    spread = read_spread(member.committee, members)
    summons = Summons(cast.moments.before(10, "10:00"), PLACE)
    at = cast.moments.before(13, "12:15")
    slug = call_meeting(member.committee, members, spread, summons, by=chair, at=at).slug
    settle()
    return slug


def _sitting(chair: Actor, committee: str, meeting: str) -> Sitting:
    found = get_sitting(signed_in(chair), committee, meeting)
    if found is None:
        raise LookupError(meeting)
    return found


def _talk(chair: Actor, committee: str, meeting: str, slug: str) -> Talk:
    found = get_talk(signed_in(chair), committee, meeting, slug)
    if found is None:
        raise LookupError(slug)
    return found
