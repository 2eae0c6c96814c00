"""The call of the other municipality: opened, one application awaits completion, one its check."""

from collections.abc import Mapping

from grants import clock, tenancy
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.demo.applying import OWNERS, Evenings, hand_in
from grants.demo.calls import Notice, publish
from grants.demo.cast import Cast
from grants.demo.checking import ask_to_complete, open_applications
from grants.demo.drafts import Plan
from grants.demo.letters import key_in_paper, write_about
from grants.demo.people import LAKTASI
from grants.eligibility.actions.completing import CompletionAsk
from grants.eligibility.rules.findings import Answered, Finding
from grants.organisations.models import Organisation
from grants.workdays import Term, Unit

PLANS = (Plan("p01", "trn", "1", begun=16), Plan("p02", "vrbas", "2", begun=13))
_OFFICER = "dragana.savic"
_ASK = (
    "U sekciji „Budžet“ obrazložite stavku za namještaj i računare: koliko je čega i po kojoj "
    "cijeni. U dokumentima priložite čitljiv statut, jer se na skenu ne vidi treća stranica."
)
_ASKED = {
    "budget_sums": Answered(Finding.COMPLETION, "Stavka za opremu nije razložena."),
    "documents": Answered(Finding.COMPLETION, "Treća stranica statuta nije čitljiva."),
}


def reference(cast: Cast) -> str:
    """`LA-2026-OCD`: of the year in which the demo is loaded."""
    return f"LA-{clock.local_day(cast.moments.now).year}-OCD"


def _notice(cast: Cast) -> Notice:
    return Notice(
        town=LAKTASI,
        officer=_OFFICER,
        signatory="zoran.lukic",
        reference=reference(cast),
        title="Javni poziv udruženjima i fondacijama za projekte od interesa za opštinu Laktaši",
        opens=-30,
        closes=-5,
        lots=(
            LotFacts("1", "Mladi", 3_000_000, description="Omladinski rad i volontiranje"),
            LotFacts("2", "Životna sredina", 3_000_000, description="Rijeke, otpad, edukacija"),
        ),
        funding=(FundingFacts("Opština Laktaši", 6_000_000),),
        changes={
            "programme_name": "Podrška organizacijama civilnog društva Laktaši",
            "summary": "Projekti mladih i zaštite životne sredine na području opštine Laktaši",
            "economic_code": "415200",
            "organisation_cap": 4_000_000,
        },
    )


def run_check_call(organisations: Mapping[str, Organisation], cast: Cast) -> None:
    """Closed five days ago, opened the next day; the officer is in the middle of the check."""
    with tenancy.within(cast.towns[LAKTASI].id):
        call = publish(_notice(cast), cast)
        officer, evenings = cast.people[_OFFICER], Evenings(11, "19:55")
        slugs = hand_in(call, PLANS, organisations, evenings=evenings, cast=cast)
        asked = slugs[PLANS[0].project]
        key_in_paper(call, by=officer, cast=cast)
        present = (officer.name, cast.people["milica.popovic"].name)
        open_applications(call, present, by=officer, at=cast.moments.before(2, "08:30"))
        ask = CompletionAsk(("budget", "documents"), _ASK, Term(8, Unit.DAYS))
        at = cast.moments.before(1, "09:40")
        ask_to_complete(call, asked, _ASKED, ask, by=officer, at=at)
        applicant = cast.people[OWNERS[PLANS[0].organisation]]
        at = cast.moments.before(1, "10:20")
        write_about(call, asked, officer=officer, applicant=applicant, at=at)
