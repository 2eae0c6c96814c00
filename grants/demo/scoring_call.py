"""The call in the middle: checked, its committee appointed, scoring in progress."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from grants import clock, tenancy
from grants.calls.models import Call
from grants.calls.queries import grid_of
from grants.calls.rules.grid import Grid
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.demo.applying import Evenings, hand_in
from grants.demo.calls import Notice, publish, read
from grants.demo.cast import Cast, settle
from grants.demo.checking import find_eligible, open_applications
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
    declare,
    witnesses,
)
from grants.demo.drafts import Plan
from grants.demo.people import NOVO_SARAJEVO
from grants.demo.sheets import Filled, Words, fill_in, score
from grants.eligibility.actions.checking import send_to_scoring
from grants.evaluation.rules.committee import ConflictGround
from grants.organisations.models import Organisation

PLANS = (
    Plan("o10", "dvorista", "1", begun=47),
    Plan("o03", "mentorstvo", "1", begun=44),
    Plan("o08", "reporteri", "1", begun=40),
    Plan("o01", "obale", "2", begun=36),
)
_PANEL = Panel(
    places=(*CORE, Place("lejla.hadzic", MEMBER, "Mreža udruženja mjesnih zajednica", CSO)),
    # She once worked for the foundation that applies.
    interest=Interest("lejla.hadzic", "dvorista", ConflictGround.TOOK_PART),
    # He says whom he once helped: what matches an applicant waits for the chair.
    ties={"igor.simic": {"organisations": ["Udruženje „Zeleni Miljacka“"]}},
)
# Member → project → the score most questions get, and whether the sheet is signed. Whoever is
# not here has not begun.
_WORK: Mapping[str, Mapping[str, tuple[int, bool]]] = {
    "amela.softic": {"mentorstvo": (4, True), "obale": (4, True), "reporteri": (3, False)},
    "boris.maric": {
        "dvorista": (3, True),
        "mentorstvo": (4, True),
        "obale": (4, True),
        "reporteri": (3, True),
    },
    "edina.begic": {"dvorista": (4, True), "mentorstvo": (4, False)},
    "lejla.hadzic": {"mentorstvo": (4, True), "obale": (3, False)},
}
# An unfinished sheet stops after so many questions, before the third section.
_HALF = 9
_WORDS = Words(
    {
        "1": "Tim je vodio slične projekte; računi i izvještaji ranijih projekata su uredni.",
        "2": "Problem je opisan podacima s terena i jasno je vezan za prioritet poziva.",
        "3": "Plan aktivnosti je izvodljiv; pokazatelji su mjerljivi i imaju izvor provjere.",
        "4": "Nastavak je dogovoren s partnerom, ali bez pisane obaveze za drugu godinu.",
        "5": "Stavke prate aktivnosti, a cijene odgovaraju tržišnim.",
    },
    praise=("Najuvjerljiviji dio prijave: navedeni su izvori, brojke i ko šta radi.",),
    doubt=("Odgovor je uopšten i ne govori kako će se postići ono što se obećava.",),
)


def reference(cast: Cast) -> str:
    """`NS-2026-OKO`: of the year in which the demo is loaded."""
    return f"NS-{clock.local_day(cast.moments.now).year}-OKO"


def _notice(cast: Cast) -> Notice:
    return Notice(
        town=NOVO_SARAJEVO,
        officer=OFFICER,
        signatory=SIGNATORY,
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
        slugs = hand_in(call, PLANS, organisations, evenings=Evenings(34, "21:13"), cast=cast)
        _check(call, slugs, cast)
        committee = appoint(call, _PANEL, cast, proposed=18, appointed=15)
        officer = cast.people[OFFICER]
        send_to_scoring(read(call), by=officer, at=cast.moments.before(14, "15:10"))
        settle()
        declare(committee.slug, _PANEL, cast, days=11)
        score(committee.slug, slugs, _sheets(grid_of(read(call)), cast), cast=cast)


def _check(call: Call, slugs: Mapping[str, str], cast: Cast) -> None:
    officer = cast.people[OFFICER]
    open_applications(call, witnesses(cast), by=officer, at=cast.moments.before(21, "09:00"))
    for number, slug in enumerate(slugs.values()):
        at = cast.moments.before(18, "09:30") + timedelta(minutes=40 * number)
        find_eligible(call, slug, by=officer, at=at)


def _sheets(grid: Grid, cast: Cast) -> Iterator[Filled]:
    """The sheets as far as everybody has come."""
    questions = len(list(grid.questions()))
    for place, (key, work) in enumerate(_WORK.items()):
        for number, (project, (level, is_signed)) in enumerate(work.items()):
            at = cast.moments.before(8 - 2 * number, "16:30") + timedelta(minutes=20 * place)
            given = _around(level, seed=place + number, count=questions if is_signed else _HALF)
            changes = fill_in(grid, given, _WORDS)
            yield Filled(key, project, changes, at, is_signed=is_signed)


def _around(level: int, *, seed: int, count: int) -> list[int]:
    """Scores around a level, now and then one more or less."""
    steps = [(seed * 3 + number * 5) % 7 for number in range(count)]
    return [level + (1 if step == 0 else -1 if step == 3 else 0) for step in steps]
