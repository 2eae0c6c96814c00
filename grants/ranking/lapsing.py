"""Words on the record that a later event made words on an earlier text: who is told of it."""

from collections.abc import Sequence
from datetime import datetime

from grants.calls.models import Call
from grants.evaluation.models import Committee, MemberRole
from grants.notifications.queries import list_last_told
from grants.ranking.models import Ranking
from grants.ranking.records import Word, find_record, list_words
from grants.ranking.telling import record_page, tell_members


def list_lapsed(call: Call, committee: Committee, ranking: Ranking) -> list[Word]:
    """The words on an earlier text of members who have a vote and were not told of it yet.

    None once the record is issued.
    """
    if ranking.record_act_id is not None:
        return []
    if not any(each.said for each in list_words(committee, ranking, "")):
        return []
    words = list_words(committee, ranking, find_record(call, committee, ranking).sha256)
    lapsed = [each for each in words if each.earlier is not None and each.member.is_voting]
    ids = [each.member.user_id for each in lapsed if each.member.user_id is not None]
    told = list_last_told(ids, record_page(committee))
    return [each for each in lapsed if not _was_told(each, told.get(each.member.user_id or 0))]


def tell_of_lapsed(
    call: Call, committee: Committee, words: Sequence[Word], *, at: datetime
) -> None:
    """Write to whoever said these words, and to the chair whose words they are."""
    if not words:
        return
    members = [each.member for each in words]
    tell_members(call, committee, members, template="ranking/emails/record_lapsed.txt", at=at)
    chairs = [each for each in committee.members if each.role is MemberRole.CHAIR]
    names = ", ".join(each.name for each in members)
    template = "ranking/emails/record_lapsed_chair.txt"
    tell_members(call, committee, chairs, template=template, at=at, facts={"names": names})


def _was_told(word: Word, at: datetime | None) -> bool:
    """Whether the person was written to about the record since the word was said."""
    return word.earlier is not None and at is not None and at > word.earlier.confirmed_at
