"""The call that takes applications now: one is in, three are drafts in different states."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from grants import clock, tenancy
from grants.calls.presets import presets
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.demo.applying import OWNERS
from grants.demo.calls import PRESET, Notice, publish
from grants.demo.cast import Cast
from grants.demo.choosing import seek
from grants.demo.drafts import SECTIONS, Plan, begin, submit
from grants.demo.inquiries import MOVED_BY, tell_inquiries
from grants.demo.people import NOVO_SARAJEVO
from grants.organisations.models import Organisation

SUBMITTED = Plan("o02", "vjestine", "1", begun=7)
SOURCES = [
    {"code": "vlastito", "title": "Vlastito"},
    {"code": "donatori", "title": "Drugi donatori"},
    {"code": "rad", "title": "Volonterski rad", "kind": "in_kind"},
]
DRAFTS = (
    Plan("o05", "komposteri", "3", begun=6),
    Plan("o09", "predah", "2", begun=3, sections=SECTIONS[:3], has_documents=False),
    Plan("o04", "predah", "2", begun=1, sections=(), has_documents=False),
)


def reference(cast: Cast) -> str:
    """`NS-2026-LOD`: of the year in which the demo is loaded."""
    return f"NS-{clock.local_day(cast.moments.now).year}-LOD"


def _form() -> dict[str, Any]:
    """The preset's form with several sources of co-financing, half of it in kind at most."""
    form: dict[str, Any] = deepcopy(dict(presets()[PRESET].form))
    for section in form["sections"]:
        for question in section["questions"]:
            if question["kind"] == "budget":
                question |= {"sources": SOURCES, "in_kind_limit": "0.5"}
    return form


def _notice(cast: Cast) -> Notice:
    return Notice(
        town=NOVO_SARAJEVO,
        officer="selma.karic",
        signatory="jasna.peric",
        reference=reference(cast),
        title="Javni poziv organizacijama civilnog društva za projekte u lokalnoj zajednici",
        opens=-10,
        closes=12 - MOVED_BY,
        lots=(
            LotFacts(
                "1",
                "Mladi",
                5_000_000,
                description="Neformalno obrazovanje, prve vještine za posao, prevencija nasilja",
                provenance="Dijalog za mlade",
            ),
            LotFacts(
                "2",
                "Socijalna uključenost",
                6_500_000,
                description="Starije osobe, djeca s poteškoćama, ekonomsko osnaživanje žena",
                provenance="Dijalog sa organizacijama civilnog društva",
            ),
            LotFacts(
                "3",
                "Zaštita okoliša",
                4_500_000,
                description="U skladu s Programom edukacije i obuke o zaštiti okoliša",
                provenance="Forum za građanske inicijative",
            ),
        ),
        funding=(
            FundingFacts("Evropska unija / UNDP", 11_200_000),
            FundingFacts("Općina Novo Sarajevo", 4_800_000),
        ),
        changes={"form": _form()},
    )


def run_open_call(organisations: Mapping[str, Organisation], cast: Cast) -> None:
    """Published ten days ago, open for twelve more since its deadline was moved."""
    with tenancy.within(cast.towns[NOVO_SARAJEVO].id):
        call = publish(_notice(cast), cast)
        for plan in (SUBMITTED, *DRAFTS):
            by = cast.people[OWNERS[plan.organisation]]
            draft = begin(call, plan, organisations[plan.organisation], by=by, cast=cast)
            if plan is SUBMITTED:
                submit(draft, by=by, at=cast.moments.before(2, "20:41"))
        tell_inquiries(call, closes=12, cast=cast)
        # The short call for the committee's member of civil society was published yesterday.
        seek(call, by=cast.people["selma.karic"], cast=cast, days=1)
