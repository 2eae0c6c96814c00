"""The call whose preliminary list hangs out: checked, scored, ranked, its term of objections."""

from collections.abc import Mapping
from datetime import timedelta

from grants import clock, tenancy
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.calls.queries import grid_of
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.demo.applying import Evenings, hand_in
from grants.demo.calls import Notice, publish, read
from grants.demo.cast import Cast, settle, signed_in
from grants.demo.checking import ask_to_complete, find_eligible, leads, open_applications, read_case
from grants.demo.choosing import choose_member
from grants.demo.committees import (
    CORE,
    CSO,
    MEMBER,
    OFFICER,
    SIGNATORY,
    Interest,
    Panel,
    Place,
    appoint,
    committee_of,
    declare,
    witnesses,
)
from grants.demo.drafts import Plan
from grants.demo.listed_sheets import sheets
from grants.demo.listing import finish
from grants.demo.meeting import meet
from grants.demo.people import NOVO_SARAJEVO
from grants.demo.sheets import score
from grants.eligibility.actions.checking import dismiss, send_to_scoring
from grants.eligibility.actions.completing import CompletionAsk
from grants.eligibility.actions.recording import make_record_of_check
from grants.eligibility.rules.dismissal import Ground
from grants.eligibility.rules.findings import Answered, Finding
from grants.evaluation.actions.matching import Verdict, decide_pair, keep_hits
from grants.evaluation.queries.hits import (
    get_chairs_pair,
    list_compared,
    read_applicant_traces,
    read_member_traces,
)
from grants.evaluation.rules.committee import ConflictGround
from grants.evaluation.rules.matching import compare
from grants.organisations.models import Organisation
from grants.workdays import Term, Unit

PLANS = (
    Plan("o10", "mural", "1", begun=74),
    Plan("o09", "koraci", "2", begun=71),
    Plan("o03", "kino", "1", begun=69),
    Plan("o02", "basket", "2", begun=67),
    Plan("o05", "ploging", "2", begun=65),
    Plan("o04", "zanati", "1", begun=63),
)
# She checks, so that the officer in charge may prepare rulings: nobody rules upon own work.
CHECKER = "vesna.rakic"
DISMISSED, APART = "ploging", "zanati"
_PANEL = Panel(
    places=(
        *CORE,
        Place("ena.subasic", MEMBER, "Udruženje „Zeleni Miljacka“, po izboru organizacija", CSO),
    ),
    interest=Interest("boris.maric", "mural", ConflictGround.RELATIVE),
    ties={
        "igor.simic": {"organisations": ["Omladinski klub „Grbavica“"]},
        "ena.subasic": {"employers": ["Fondacija „Šansa za sve“"]},
    },
)
# Member → project, and what the chair says about what was found to tie them.
_VERDICTS = {
    "igor.simic": (
        "basket",
        Verdict(
            is_conflict=False,
            reason="Član je 2016. pohađao kurs u klubu. Nije bio član ni zaposlenik kluba, pa nema "
            "osnova za izuzeće.",
        ),
    ),
    "ena.subasic": (
        "kino",
        Verdict(
            is_conflict=True,
            reason="Članica je do prošle godine bila zaposlena u fondaciji. Izuzima se od ove "
            "prijave da ne bi bilo ni sumnje u pristrasnost.",
        ),
    ),
}
_ASKED = {"documents": Answered(Finding.COMPLETION, "Na skenu statuta vidi se samo naslovnica.")}
_ASK = (
    "Molimo da u dijelu „Dokumenti“ priložite cijeli statut: na dostavljenom skenu vidi se samo "
    "naslovnica. Sve ostalo u prijavi je uredno."
)
_DISMISSAL = (
    "Uz prijavu je priložena samo naslovnica statuta. Na zahtjev za dopunu cijeli statut nije "
    "dostavljen do isteka roka."
)
_REMARKS = "Jedna prijava je odbačena jer tražena dopuna nije stigla u roku; ostale su uredne."


def reference(cast: Cast) -> str:
    """`NS-2026-KUL`: of the year in which the demo is loaded."""
    return f"NS-{clock.local_day(cast.moments.now).year}-KUL"


def _notice(cast: Cast) -> Notice:
    return Notice(
        town=NOVO_SARAJEVO,
        officer=OFFICER,
        signatory=SIGNATORY,
        reference=reference(cast),
        title="Javni poziv za projekte kulture i sporta u mjesnim zajednicama",
        opens=-78,
        closes=-47,
        lots=(
            LotFacts(
                "1",
                "Kultura u komšiluku",
                2_200_000,
                description="Stvaralaštvo građana, nematerijalno naslijeđe, kultura dostupna svima",
                provenance="Forum za građanske inicijative",
            ),
            LotFacts(
                "2",
                "Sport i rekreacija za sve",
                2_000_000,
                description="Rekreacija mladih, sport osoba s invaliditetom, otvoreni tereni",
                provenance="Dijalog za mlade",
            ),
        ),
        funding=(FundingFacts("Općina Novo Sarajevo", 4_200_000),),
        stretch=18,
        changes={
            "programme_name": "Program kulture i sporta u mjesnim zajednicama",
            "summary": "Kultura i sport dostupni svima u mjesnim zajednicama općine",
            "grant_min": 500_000,
            "grant_max": 1_500_000,
        },
    )


def run_listed_call(organisations: Mapping[str, Organisation], cast: Cast) -> None:
    """From the publication to an objection that waits for its ruling."""
    with tenancy.within(cast.towns[NOVO_SARAJEVO].id):
        call = publish(_notice(cast), cast)
        slugs = hand_in(call, PLANS, organisations, evenings=Evenings(60, "20:24"), cast=cast)
        choose_member(call, organisations, cast)
        _check(call, slugs, cast)
        committee = appoint(call, _PANEL, cast, proposed=41, appointed=38).slug
        _dismiss(call, slugs[DISMISSED], cast)
        declare(committee, _PANEL, cast, days=24)
        _decide_hits(call, committee, slugs, cast)
        score(committee, slugs, sheets(grid_of(read(call)), cast), cast=cast)
        meet(cast.people["amela.softic"], committee, slugs[APART], cast)
        finish(call, [each.key for each in _PANEL.places], slugs, cast)


def _check(call: Call, slugs: Mapping[str, str], cast: Cast) -> None:
    officer, checker = cast.people[OFFICER], cast.people[CHECKER]
    open_applications(call, witnesses(cast), by=officer, at=cast.moments.before(44, "09:00"))
    for number, (project, slug) in enumerate(slugs.items()):
        at = cast.moments.before(41, "09:10") + timedelta(minutes=35 * number)
        if project == DISMISSED:
            ask = CompletionAsk(("documents",), _ASK, Term(8, Unit.DAYS))
            ask_to_complete(call, slug, _ASKED, ask, by=checker, at=at)
        else:
            find_eligible(call, slug, by=checker, at=at)


def _dismiss(call: Call, slug: str, cast: Cast) -> None:
    """The term to complete has passed; the record of the check, and on to the committee."""
    officer, checker = cast.people[OFFICER], cast.people[CHECKER]
    at = cast.moments.before(27, "09:30")
    case = read_case(call, slug, by=checker)
    dismiss(case, Ground.INCOMPLETE, _DISMISSAL, by=checker, at=at)
    settle()
    signature = leads(read(call), ActKind.RECORD_OF_CHECK, by=officer)
    at += timedelta(hours=1)
    make_record_of_check(read(call), _REMARKS, signature, by=officer, at=at)
    settle()
    send_to_scoring(read(call), by=officer, at=at + timedelta(hours=4))
    settle()


def _decide_hits(call: Call, committee: str, slugs: Mapping[str, str], cast: Cast) -> None:
    """What ties members to applicants is found as the worker finds it; the chair decides."""
    found, chair = committee_of(call), cast.people["amela.softic"]
    applicants = read_applicant_traces(list_compared(call.id))
    ties = dict(compare(read_member_traces(found), applicants))
    keep_hits(found, ties, at=cast.moments.before(24, "12:00"))
    settle()
    keys = {each.email: each.key for each in committee_of(call).members}
    for number, (key, (project, verdict)) in enumerate(_VERDICTS.items()):
        member, who = keys[cast.people[key].email], signed_in(chair)
        pair = get_chairs_pair(who, committee, member, slugs[project])
        if pair is None:
            raise LookupError(key)
        at = cast.moments.before(24, "13:15") + timedelta(minutes=10 * number)
        decide_pair(pair, verdict, by=chair, at=at)
        settle()
