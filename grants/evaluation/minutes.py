"""The minutes of a consensus meeting: what they say, out of what happened."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from grants.acts.actions import Draft
from grants.acts.rules import ActKind
from grants.calls.queries import grid_of
from grants.calls.rules.grid import Grid, Question, Section, points
from grants.evaluation.meetings import Sitting, Talk
from grants.evaluation.models import Member, Sheet
from grants.evaluation.rules.committee import MemberRole
from grants.evaluation.rules.sheets import standing
from grants.i18n.languages import gettext as _
from grants.web.filters import number

TEMPLATE = "evaluation/minutes.pdf.html"
Json = dict[str, Any]


def draft_minutes(sitting: Sitting, talks: Sequence[Talk]) -> Draft:
    """The minutes as an act; speak the call's language around the call."""
    meeting, call = sitting.meeting, sitting.call
    kind = _("Zapisnik")
    about = _("o %(number)s. sastanku komisije za usaglašavanje ocjena", number=meeting.number)
    attendance = sitting.attendance
    facts: Json = {
        "record": {"kind": kind, "about": about, "signatories": _signatories(sitting)},
        "call": {"title": call.title, "reference": call.reference},
        "meeting": {
            "number": meeting.number,
            "begins_at": meeting.begins_at.isoformat(),
            "closed_at": meeting.closed_at.isoformat() if meeting.closed_at else "",
            "place": meeting.place,
            "remarks": meeting.remarks,
        },
        "present": sitting.names(attendance.counted),
        "absent": [each.name for each in sitting.voting if each.key not in attendance.counted],
        "has_quorum": attendance.is_enough,
        "limit": "" if call.divergence_limit is None else _number(call.divergence_limit),
        "items": [_item(talk, grid_of(call)) for talk in talks],
    }
    return Draft(
        key=f"minutes:{meeting.id}",
        kind=ActKind.MINUTES,
        title=f"{kind} {about}",
        template=TEMPLATE,
        facts=facts,
        subject=call.as_subject(),
    )


def _item(talk: Talk, grid: Grid) -> Json:
    item, consensus = talk.item, talk.item.sheet if talk.item.agreed_at else None
    sheets = [*talk.originals, *([consensus] if consensus else [])]
    return {
        "reference": str(item.application.reference),
        "title": item.application.title,
        "spread": number(Fraction(item.spread)),
        "recused": talk.sitting.names(list(item.recused)),
        "heads": [each.member.name for each in talk.originals],
        "led_by": _leader(talk, consensus) if consensus else "",
        "is_agreed": consensus is not None,
        "sections": [
            {
                "title": f"{section.code}. {section.title}",
                "points": [
                    number(standing(grid, each.scores).sections[section.code]) for each in sheets
                ],
                "comment": consensus.comments.get(section.code, "") if consensus else "",
                "questions": [_question(each, sheets, consensus) for each in section.questions],
            }
            for section in grid.sections
        ],
        "totals": [number(standing(grid, each.scores).total) for each in sheets],
        "votes": [item.votes_for or 0, item.votes_against or 0, item.votes_abstained or 0],
        "reason": item.reason,
    }


def _leader(talk: Talk, consensus: Sheet) -> str:
    return next((each.name for each in talk.sitting.members if each.id == consensus.member_id), "")


def _section(
    section: Section, grid: Grid, sheets: Sequence[Sheet], consensus: Sheet | None
) -> Json:
    stands = [standing(grid, each.scores) for each in sheets]
    return {
        "title": f"{section.code}. {section.title}",
        "points": [number(where.sections[section.code]) for where in stands],
        "comment": consensus.comments.get(section.code, "") if consensus else "",
        "questions": [_question(each, sheets, consensus) for each in section.questions],
    }


def _question(question: Question, sheets: Sequence[Sheet], consensus: Sheet | None) -> Json:
    return {
        "text": f"{question.code} {question.text}",
        "points": [_points(question, each) for each in sheets],
        "comment": consensus.comments.get(question.code, "") if consensus else "",
    }


def _points(question: Question, sheet: Sheet) -> str:
    given = sheet.scores.get(question.code)
    found = None if given is None else points(question, given)
    return "–" if found is None else number(found)


def _number(limit: object) -> str:
    return str(limit).replace(".", ",")


def _signatories(sitting: Sitting) -> list[dict[str, str]]:
    present = sitting.attendance.counted
    there: list[Member] = [each for each in sitting.voting if each.key in present]
    return [
        {
            "function": _("Predsjedava komisijom")
            if each.role is MemberRole.CHAIR
            else _("Član komisije"),
            "name": each.name,
        }
        for each in there
    ]
