"""The call in the middle: checked, its committee appointed, scoring in progress."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from grants import clock, tenancy
from grants.acts.actions import signature_of
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.demo.calls import Notice, publish, read
from grants.demo.cast import Cast, settle
from grants.demo.checking import find_eligible, open_applications
from grants.demo.drafts import Plan, begin, submit
from grants.demo.open_call import OWNERS
from grants.demo.people import NOVO_SARAJEVO
from grants.demo.sheets import SEATS, declare, score
from grants.eligibility.actions.checking import send_to_scoring
from grants.evaluation.actions import Appointment, appoint_committee, propose_committee
from grants.evaluation.models import Committee
from grants.evaluation.queries import get_committee
from grants.evaluation.rules.committee import MemberKind, MemberRole, Proposed
from grants.organisations.models import Organisation

PLANS = (
    Plan("o10", "dvorista", "1", begun=47),
    Plan("o03", "mentorstvo", "1", begun=44),
    Plan("o08", "reporteri", "1", begun=40),
    Plan("o01", "obale", "2", begun=36),
)
_OFFICER = "selma.karic"
# Members sent by civil society; the others come from the municipality and its council.
_OF_ORGANISATIONS = frozenset({"igor.simic", "lejla.hadzic"})
_SERVICE = "Općina Novo Sarajevo, Služba za lokalnu samoupravu"


def reference(cast: Cast) -> str:
    """`NS-2026-OKO`: of the year in which the demo is loaded."""
    return f"NS-{clock.local_day(cast.moments.now).year}-OKO"


def _notice(cast: Cast) -> Notice:
    return Notice(
        town=NOVO_SARAJEVO,
        officer=_OFFICER,
        signatory="jasna.peric",
        reference=reference(cast),
        title="Javni poziv za projekte mladih i uređenje okoliša u mjesnim zajednicama",
        opens=-58,
        closes=-24,
        lots=(
            LotFacts(
                "1",
                "Mladi u mjesnoj zajednici",
                4_000_000,
                description="Sadržaji za mlade, mentorstvo, mediji, prevencija nasilja",
                provenance="Dijalog za mlade",
            ),
            LotFacts(
                "2",
                "Čist i uređen okoliš",
                3_000_000,
                description="Rijeka, zelene površine, otpad na mjestu nastanka",
                provenance="Forum za građanske inicijative",
            ),
        ),
        funding=(FundingFacts("Općina Novo Sarajevo", 7_000_000),),
        stretch=12,
        changes={
            "programme_name": "Program podrške mjesnim zajednicama",
            "summary": "Sadržaji za mlade i uređenje okoliša u mjesnim zajednicama općine",
            "organisation_cap": 6_000_000,
        },
    )


def run_scoring_call(organisations: Mapping[str, Organisation], cast: Cast) -> None:
    """From the publication to sheets that are signed, in work, and not begun."""
    with tenancy.within(cast.towns[NOVO_SARAJEVO].id):
        call = publish(_notice(cast), cast)
        slugs = _apply(call, organisations, cast)
        _check(call, slugs, cast)
        committee = _appoint(call, cast)
        officer = cast.people[_OFFICER]
        send_to_scoring(read(call), by=officer, at=cast.moments.before(14, "15:10"))
        settle()
        declare(committee.slug, cast)
        score(committee.slug, slugs, cast)


def _apply(call: Call, organisations: Mapping[str, Organisation], cast: Cast) -> Mapping[str, str]:
    """The addresses of the submitted applications by their project."""
    slugs = {}
    for number, plan in enumerate(PLANS):
        by = cast.people[OWNERS[plan.organisation]]
        draft = begin(call, plan, organisations[plan.organisation], by=by, cast=cast)
        submit(draft, by=by, at=_evening(cast, days=34 - 2 * number))
        slugs[plan.project] = draft.slug
    return slugs


def _evening(cast: Cast, *, days: int) -> datetime:
    return cast.moments.before(days, "21:13")


def _check(call: Call, slugs: Mapping[str, str], cast: Cast) -> None:
    officer = cast.people[_OFFICER]
    present = (officer.name, cast.people["damir.juric"].name, cast.people["nedim.alic"].name)
    open_applications(call, present, by=officer, at=cast.moments.before(21, "09:00"))
    for number, slug in enumerate(slugs.values()):
        at = cast.moments.before(18, "09:30") + timedelta(minutes=40 * number)
        find_eligible(call, slug, by=officer, at=at)


def _appoint(call: Call, cast: Cast) -> Committee:
    """The officer proposes, the signatory appoints by an act."""
    officer, signatory = cast.people[_OFFICER], cast.people["jasna.peric"]
    members = [
        Proposed(
            cast.people[key].name,
            cast.people[key].email,
            role,
            stands_for,
            kind=MemberKind.CSO if key in _OF_ORGANISATIONS else MemberKind.MUNICIPAL,
        )
        for key, role, stands_for in SEATS
    ]
    members.append(
        Proposed("Alma Hasić", "alma.hasic@example.ba", MemberRole.MEMBER, _SERVICE, is_deputy=True)
    )
    propose_committee(read(call), members, by=officer, at=cast.moments.before(18, "13:20"))
    settle()
    committee = get_committee(read(call))
    if committee is None:
        raise LookupError(call.reference)
    town = cast.towns[NOVO_SARAJEVO]
    appointment = Appointment(
        signature_of(town, ActKind.COMMITTEE_APPOINTMENT, by=signatory),
        legal_texts(town, ActKind.COMMITTEE_APPOINTMENT).basis,
    )
    appoint_committee(committee, appointment, by=signatory, at=cast.moments.before(15, "10:00"))
    settle()
    return committee
