"""What decisions say, as plain JSON: taken from the frozen ranking, frozen again with the act."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grants import clock
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind, amount_in_words
from grants.applications.models import Application
from grants.calls.models import Call, Lot
from grants.calls.queries import grid_of
from grants.calls.rules.grid import Grid
from grants.decisions.grounds import dismissal_text, shortfall_sentences
from grants.decisions.objected import Objected, changed_facts, final_facts
from grants.decisions.rules import Ground as RefusalGround
from grants.decisions.rules import ground_of, missed_section
from grants.eligibility.models import EligibilityOutcome
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import in_script
from grants.ranking.models import RankedRow, Ranking, Reduction
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.points import shown

Facts = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """Everything the decisions of a call rest on, read once."""

    call: Call
    ranking: Ranking
    grid: Grid
    dismissals: Mapping[int, EligibilityOutcome]
    reductions: Mapping[int, Reduction]
    # The list that was objected to; of a call from before there were two, the same.
    preliminary: Ranking | None = None
    # What the objections changed between the two; None where there is one list only.
    objected: Objected | None = None

    @property
    def by_lot(self) -> dict[str, Lot]:
        """The lots by code."""
        return {lot.code: lot for lot in self.call.lots}


def ground_for(
    call: Call,
    ranking: Ranking,
    dismissals: Mapping[int, EligibilityOutcome],
    reductions: Mapping[int, Reduction],
    *,
    preliminary: Ranking | None = None,
) -> Ground:
    """The ground of a call's decisions."""
    return Ground(call, ranking, grid_of(call), dismissals, reductions, preliminary)


def shared_facts(ground: Ground, kind: ActKind) -> Facts:
    """What every act of the call says: its legal texts, the call, the ranking it rests on."""
    call, ranking = ground.call, ground.ranking
    listed = ground.preliminary or ranking
    legal = legal_texts(call.municipality, kind, call.language)
    record = ranking.record_act
    return {
        "legal": {"basis": legal.basis, "remedy": legal.remedy},
        "call": {
            "title": call.title,
            "reference": call.reference,
            "programme": call.programme_name,
            "opened_on": _day(call.opens_at),
            "deadline": _moment(call.deadline),
            "economic_code": call.economic_code,
        },
        "record": {
            "number": record.number if record else None,
            "date": record.acted_on.isoformat() if record and record.acted_on else None,
        },
        "ranking": {
            "sha256": ranking.inputs_sha256,
            "published_on": _day(listed.published_at),
            "final_on": _day(ranking.published_at) if listed is not ranking else None,
            "objections_until": (
                ranking.objections_until.isoformat() if ranking.objections_until else None
            ),
        },
        "final": final_facts(ground.objected, ranking) if ground.objected else None,
        "threshold": _whole(ground.grid.threshold_total),
        "maximum": _whole(ground.grid.max_points),
    }


def award_decision_facts(ground: Ground) -> Facts:
    """The table of the call: awards by lot, the reserve list, how many applications there were."""
    rows = ground.ranking.rows
    awarded = sum(row.amount for row in rows if row.outcome == Outcome.AWARDED)
    return {
        "lots": [_lot_facts(lot, ground) for lot in ground.call.lots],
        "reserve": [
            {**_row_facts(row), "lot": row.lot_code, "position": row.reserve}
            for row in _of(rows, Outcome.RESERVE)
        ],
        "awarded": awarded,
        "awarded_words": _words(awarded, ground),
        "projects": len(_of(rows, Outcome.AWARDED)),
        "counts": _counts(rows),
    }


def application_facts(row: RankedRow, ground: Ground) -> Facts:
    """One application: who, what, how it was scored, what it gets."""
    application = row.application
    lot = ground.by_lot.get(row.lot_code)
    facts = {
        "application": {
            "reference": application.reference,
            "title": application.title,
            "requested": application.requested,
            "submitted_on": _day(application.submitted_at),
            "lot": {"code": row.lot_code, "title": lot.title if lot else ""},
        },
        "organisation": organisation_facts(application),
        "amount": row.amount,
        "amount_words": _words(row.amount, ground),
        "rank": row.rank,
        "reserve": row.reserve,
        "changed": changed_facts(row, ground.objected),
    }
    return facts | score_facts(row, ground.grid)


def organisation_facts(application: Application) -> Facts:
    """The applicant, under the name it had at submission."""
    organisation = application.organisation
    place = (
        ", ".join(
            part
            for part in (
                organisation.address,
                f"{organisation.postal_code} {organisation.place}".strip(),
            )
            if part
        )
        if organisation
        else ""
    )
    return {
        "name": application.organisation_name,
        "jib": organisation.jib if organisation else "",
        "address": place,
    }


def score_facts(row: RankedRow, grid: Grid) -> Facts:
    """Points per section and in total, exact and as shown; empty where it was never scored."""
    if row.total is None:
        return {"sections": [], "total": None}
    missed = missed_section(row.reason)
    return {
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "exact": str(Fraction(row.sections[section.code])),
                "points": shown(Fraction(row.sections[section.code]), threshold=section.threshold),
                "maximum": _whole(section.max_points),
                "threshold": _whole(section.threshold) if section.threshold is not None else None,
                "missed": section.code == missed,
            }
            for section in grid.sections
            if section.code in row.sections
        ],
        "total": {
            "exact": str(Fraction(row.total)),
            "points": shown(Fraction(row.total), threshold=grid.threshold_total),
        },
    }


def refusal_facts(row: RankedRow, ground: Ground) -> Facts:
    """Why it is refused, with the limit where one refuses."""
    call, why = ground.call, ground_of(row.outcome, row.reason)
    facts: Facts = {"ground": why.value}
    if why is RefusalGround.FUNDS:
        facts["shortfall"] = shortfall_sentences(row.notes)
    if row.reason == "awards_per_organisation":
        facts["limit"] = call.awards_per_organisation
    if row.reason == "organisation_cap":
        facts["cap"] = call.organisation_cap
    return facts


def reduction_facts(row: RankedRow, ground: Ground) -> Facts:
    """What the committee reduced and why; nothing where the award is what was asked for."""
    reduction = ground.reductions.get(row.application_id)
    reason = reduction.reason if reduction else ""
    listed = ground.preliminary
    return {
        "is_reduced": row.amount < row.application.requested,
        "reduction_reason": reason,
        # Entered after an upheld objection, so it is no proposal of the committee.
        "is_corrected": bool(reduction and listed and reduction.entered_at > listed.closed_at),
    }


def dismissal_facts(row: RankedRow, ground: Ground) -> Facts:
    """The formal ground, in the office's words and as the officer explained it."""
    outcome = ground.dismissals.get(row.application_id)
    reason = (outcome.reason if outcome else row.reason) or ""
    return {"reason": dismissal_text(reason), "text": outcome.text if outcome else ""}


def _lot_facts(lot: Lot, ground: Ground) -> Facts:
    rows = [row for row in _of(ground.ranking.rows, Outcome.AWARDED) if row.lot_code == lot.code]
    awarded = sum(row.amount for row in rows)
    return {
        "code": lot.code,
        "title": lot.title,
        "envelope": lot.envelope,
        "rows": [_row_facts(row) for row in rows],
        "requested": sum(row.application.requested for row in rows),
        "awarded": awarded,
        "awarded_words": _words(awarded, ground),
    }


def _row_facts(row: RankedRow) -> Facts:
    return {
        "reference": row.application.reference,
        "organisation": row.application.organisation_name,
        "project": row.application.title,
        "points": shown(Fraction(row.total)) if row.total else "",
        "requested": row.application.requested,
        "awarded": row.amount,
    }


def _counts(rows: Sequence[RankedRow]) -> list[Facts]:
    counted = Counter(row.outcome for row in rows)
    named = (
        (_("Pristiglo prijava"), len(rows)),
        (_("Odbačeno iz formalnih razloga"), counted[Outcome.DISMISSED]),
        (_("Vrednovano"), len(rows) - counted[Outcome.DISMISSED]),
        (_("Ispod praga bodova"), counted[Outcome.REFUSED_THRESHOLD]),
        (_("Odbijeno zbog ograničenja po organizaciji"), counted[Outcome.REFUSED_LIMIT]),
        (_("Na rezervnoj listi"), counted[Outcome.RESERVE]),
        (_("Kojima su dodijeljena sredstva"), counted[Outcome.AWARDED]),
    )
    return [{"name": name, "number": number} for name, number in named]


def _of(rows: Sequence[RankedRow], outcome: Outcome) -> list[RankedRow]:
    return [row for row in rows if row.outcome == outcome]


def _words(amount: int, ground: Ground) -> str:
    return in_script(amount_in_words(amount), ground.call.language)


def _whole(points: Fraction) -> str:
    """A maximum or a threshold: `20`, or `12,50` where it is no whole number."""
    return shown(points).removesuffix(",00")


def _day(moment: Any) -> str | None:
    return clock.local_day(moment).isoformat() if moment else None


def _moment(moment: Any) -> Facts | None:
    if moment is None:
        return None
    wall = clock.local(moment)
    return {"day": wall.date().isoformat(), "time": f"{wall:%H:%M}"}
