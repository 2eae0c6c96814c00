"""The record of the committee's work: read by its members, then issued as an act."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from grants.acts.actions import Draft, Signature, issue_act, prepare_act
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.db import db
from grants.errors import Incomplete, Problem, WrongState
from grants.evaluation.models import Committee, Member, MemberRole
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actors import Actor
from grants.ranking.bench import Bench
from grants.ranking.keeping import ask_for_record
from grants.ranking.models import Confirmation, Ranking
from grants.ranking.record_marks import read_kept_record
from grants.ranking.record_parts import PARTS, compose, part_titles, text_sha256
from grants.ranking.telling import tell_members

TEMPLATE = "ranking/record.pdf.html"
LONGEST_REMARK = 4000
Json = dict[str, Any]


@dataclass(frozen=True)
class Signing:
    """How a record is issued: its number, and why without the word of those who have not read it.

    `number` is the one typed in from the registry, else the next of the series.
    """

    number: str = ""
    missing_reason: str = ""


@dataclass(frozen=True)
class Composed:
    """The record in its parts, and the mark of its text."""

    facts: Mapping[str, Any]
    sha256: str


@dataclass(frozen=True)
class Opinion:
    """What a member types about the record, and the mark of the text that was on the page."""

    is_agreed: bool
    remark: str
    text_sha256: str


@dataclass(frozen=True)
class Word:
    """What one member says of the record, None while there is no word on the text as it is.

    `earlier` is what the member said of a text that changed since: kept, shown and printed so.
    """

    member: Member
    confirmation: Confirmation | None
    earlier: Confirmation | None = None

    @property
    def said(self) -> Confirmation | None:
        """The last word, of whichever text."""
        return self.confirmation or self.earlier

    @property
    def is_awaited(self) -> bool:
        """Whether the member has a vote now and has yet to read this text."""
        return self.member.is_voting and self.confirmation is None


def list_words(committee: Committee, ranking: Ranking, sha256: str) -> list[Word]:
    """The word of every member with a vote, in the order of the seats; of nobody without accounts.

    What a member said who left since stays on the list.
    """
    statement = select(Confirmation).where(Confirmation.ranking_id == ranking.id)
    said = {each.member_id: each for each in db.session.execute(statement).scalars()}
    # An imported committee has no accounts: nobody of it could read anything here.
    is_own = any(each.is_voting and each.user_id is not None for each in committee.members)
    return [
        _word_on(each, said.get(each.id), sha256)
        for each in committee.members
        if each.id in said or (each.is_voting and is_own)
    ]


def read_record(
    call: Call, committee: Committee, ranking: Ranking, *, hidden: Collection[int] = ()
) -> Json:
    """The record as it would be issued now, in the language of the call.

    Without `hidden` applications (ids) for a member who has nothing to do with them.
    """
    with speaking(call.language):
        return compose(call, committee, ranking, hidden=hidden)


def compose_record(call: Call, committee: Committee, ranking: Ranking) -> Composed:
    """The whole record, composed here and now."""
    facts = read_record(call, committee, ranking)
    return Composed(facts, text_sha256(facts))


def find_record(call: Call, committee: Committee, ranking: Ranking) -> Composed:
    """The same to be read on a page: as it is kept, unless something happened since."""
    kept, _mark = read_kept_record(call, committee, ranking)
    if kept is None:
        return compose_record(call, committee, ranking)
    return Composed(kept["facts"], kept["sha256"])


def confirm_record(
    bench: Bench, ranking: Ranking | None, opinion: Opinion, *, by: Actor, at: datetime
) -> Confirmation:
    """A member read the record and says a word; a later word replaces the earlier one.

    Raises WrongState before the ranking is closed or once the record is issued, Incomplete
    `record_opinion` for a separate opinion without words, `record_reread` where the text is
    another than the one that was read.
    """
    found, member = _open_record(ranking), bench.member
    if bench.committee is None or member is None:
        raise WrongState(Problem("ranking_no_committee"))
    sha256 = text_sha256(read_record(bench.call, bench.committee, found))
    problems = _opinion_problems(opinion)
    if opinion.text_sha256 != sha256:
        problems.append(Problem("record_reread"))
    if problems:
        raise Incomplete(*problems)
    statement = select(Confirmation).where(
        Confirmation.ranking_id == found.id, Confirmation.member_id == member.id
    )
    said = db.session.execute(statement).scalar()
    if said is None:
        said = Confirmation(
            municipality_id=found.municipality_id, ranking_id=found.id, member_id=member.id
        )
        db.session.add(said)
    said.text_sha256, said.confirmed_at = sha256, at
    said.is_agreed, said.remark = opinion.is_agreed, opinion.remark.strip()
    db.session.flush()
    facts: dict[str, object] = {"member": member.key, "agreed": "yes" if said.is_agreed else "no"}
    record(Event.RECORD_CONFIRMED, found, by=by, at=at, facts=facts)
    ask_for_record(found, at=at)
    return said


def write_remarks(
    bench: Bench, ranking: Ranking | None, remarks: Mapping[str, str], *, at: datetime
) -> None:
    """What the committee adds to the parts of the record; whoever had read it reads it again.

    They are told so, and what they said stays as said of the earlier text. Raises WrongState before
    the ranking is closed or once the record is issued, Incomplete where a remark is too long.
    """
    found = _open_record(ranking)
    kept = {part: remarks.get(part, "").strip() for part in PARTS}
    long = [part for part, text in kept.items() if len(text) > LONGEST_REMARK]
    if long:
        facts = {"most": LONGEST_REMARK}
        raise Incomplete(*(Problem("record_remark_long", f"remark-{each}", facts) for each in long))
    kept = {part: text for part, text in kept.items() if text}
    if kept == found.remarks or bench.committee is None:
        return
    sha256 = find_record(bench.call, bench.committee, found).sha256
    words = list_words(bench.committee, found, sha256)
    found.remarks = kept
    ask_for_record(found, at=at)
    lapsed = [each.member for each in words if each.confirmation is not None]
    template = "ranking/emails/record_changed.txt"
    tell_members(bench.call, bench.committee, lapsed, template=template, at=at)


def make_record(
    call: Call,
    committee: Committee,
    ranking: Ranking | None,
    *,
    by: Actor,
    at: datetime,
    signing: Signing | None = None,
) -> Act:
    """Issue the record of the committee about a closed ranking; the worker makes its PDF.

    Raises WrongState before the ranking is closed and when its record was made already,
    Incomplete `record_unread` while a member has no word on it and no reason is given.
    """
    found, signing = _open_record(ranking), signing or Signing()
    facts = read_record(call, committee, found)
    words = list_words(committee, found, text_sha256(facts))
    silent = [each.member.name for each in words if each.is_awaited]
    if silent and not signing.missing_reason.strip():
        raise Incomplete(Problem("record_unread", "missing_reason", {"names": ", ".join(silent)}))
    reason = signing.missing_reason.strip() if silent else ""
    facts["confirmations"] = {"words": [_word(each) for each in words], "missing_reason": reason}
    act = prepare_act(_draft(call, committee, found, facts), by=by, at=at)
    issue_act(act, signature=_signature(call, committee, signing.number), by=by, at=at)
    found.record_act_id = act.id
    record(Event.RECORD_OF_COMMITTEE_MADE, found, by=by, at=at, facts={"number": act.number})
    return act


def _open_record(ranking: Ranking | None) -> Ranking:
    if ranking is None:
        raise WrongState(Problem("ranking_not_closed"))
    if ranking.record_act_id is not None:
        raise WrongState(Problem("ranking_record_made"))
    return ranking


def _opinion_problems(opinion: Opinion) -> list[Problem]:
    if not opinion.is_agreed and not opinion.remark.strip():
        return [Problem("record_opinion", "remark")]
    if len(opinion.remark) > LONGEST_REMARK:
        return [Problem("record_remark_long", "remark", {"most": LONGEST_REMARK})]
    return []


def _word_on(member: Member, said: Confirmation | None, sha256: str) -> Word:
    if said is not None and said.text_sha256 != sha256:
        return Word(member, None, earlier=said)
    return Word(member, said)


def _word(word: Word) -> Json:
    """A word as it is printed: `earlier` on a text changed since, `gone` without a vote now."""
    said = word.said
    return {
        "earlier": word.earlier is not None,
        "gone": not word.member.is_voting,
        "name": word.member.name,
        "agreed": None if said is None else said.is_agreed,
        "at": "" if said is None else said.confirmed_at.isoformat(),
        "remark": "" if said is None else said.remark,
    }


def _draft(call: Call, committee: Committee, ranking: Ranking, facts: Json) -> Draft:
    with speaking(call.language):
        kind = _("Zapisnik")
        about = _("o radu komisije za vrednovanje prijava na %(title)s", title=call.title)
        signatories = _signatories(committee)
        titles = part_titles()
    return Draft(
        key=f"record_of_committee:{ranking.id}",
        kind=ActKind.RECORD_OF_COMMITTEE,
        title=f"{kind} {about}",
        template=TEMPLATE,
        facts=facts
        | {"titles": titles, "record": {"kind": kind, "about": about, "signatories": signatories}},
        subject=call.as_subject(),
    )


def _signature(call: Call, committee: Committee, number: str) -> Signature:
    chair = next((each for each in committee.members if _presides(each)), None)
    legal = legal_texts(call.municipality, ActKind.RECORD_OF_COMMITTEE, call.language)
    with speaking(call.language):
        title = _("predsjedava komisijom")
    return Signature(chair.name if chair else "", title, series=legal.series, typed_number=number)


def _presides(member: Member) -> bool:
    return member.role is MemberRole.CHAIR and member.is_seated


def _signatories(committee: Committee) -> list[dict[str, str]]:
    functions = {
        MemberRole.CHAIR: _("Predsjedava komisijom"),
        MemberRole.MEMBER: _("Član komisije"),
        MemberRole.SECRETARY: _("Sekretar komisije"),
    }
    seated: Sequence[Member] = [each for each in committee.members if each.is_seated]
    return [{"function": functions[each.role], "name": each.name} for each in seated]
