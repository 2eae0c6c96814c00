"""What acts say of why: dismissals in good order of words, refusals with the figures."""

import copy
from typing import Any

import pytest

from grants import tenancy
from grants.acts.models import Act
from grants.acts.printing import preview_of
from grants.decisions.actions import prepare_decisions
from grants.decisions.grounds import dismissal_text, shortfall_sentences
from grants.municipalities.models import Municipality
from tests.decisions.making import DECIDING, ROWS, make_ranked_call

pytestmark = pytest.mark.usefixtures("context")
SHORT = {
    "code": "ranked_lot_short_of_part",
    "facts": {"left_amount": 790_000, "wanted_amount": 1_090_000, "least_amount": 872_000},
}
SAID = (
    "U lotu je preostalo 7.900,00 KM, a potrebno je 10.900,00 KM; djelimično se dodjeljuje "
    "najmanje 8.720,00 KM."
)
VOTED = {"code": "ranked_tie_voted", "facts": {}}


def test_dismissal_is_said_in_good_order_of_words() -> None:
    assert dismissal_text("incomplete").startswith("je prijava nepotpuna, a nije")
    assert dismissal_text("out_of_range").startswith("je traženi iznos ili trajanje")
    assert dismissal_text("?") == "prijava ne ispunjava formalne uslove javnog poziva"


def test_shortfall_is_said_in_whole_sentences() -> None:
    reduced = {"code": "ranked_reduced", "facts": {}}
    said = [each.replace("\u00a0", " ") for each in shortfall_sentences([reduced, SHORT, VOTED])]
    assert said[0].endswith("komisija glasanjem.")
    assert said[1:] == [SAID]
    assert shortfall_sentences([reduced]) == []


def text_of(act: Act, municipality: Municipality) -> str:
    page = preview_of(act, municipality, public_url="https://poziv.example")
    return " ".join(page.replace("\u00a0", " ").split())


def test_acts_say_the_figures_and_old_ones_what_they_said() -> None:
    rows: list[dict[str, Any]] = copy.deepcopy(list(ROWS))
    rows[2]["notes"] = [SHORT, VOTED]
    case = make_ranked_call(rows=tuple(rows))
    with tenancy.within(case.municipality.id):
        made = prepare_decisions(case.call, by=case.officer, at=DECIDING)
        acts = {each.act.recipient_name: each.act for each in made}
        short = text_of(acts["Udruženje „Đerdan“"], case.municipality)
        assert SAID in short
        assert "bolje rangiranim" not in short
        assert "bolje rangiranim prijavama" in text_of(
            acts["Udruženje „Šetnja“"], case.municipality
        )
        late = text_of(acts["Udruženje „Kasno“"], case.municipality)
        assert "jer je prijava predata nakon isteka roka." in late
        assert "utvrđeno je da je prijava predata" in late
        old = acts["Udruženje „Đerdan“"]
        old.facts = {key: value for key, value in old.facts.items() if key != "shortfall"}
        assert "bolje rangiranim" in text_of(old, case.municipality)
