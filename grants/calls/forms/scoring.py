"""How results are computed, ties broken and money handed out."""

from typing import Any

from wtforms import BooleanField, SelectField

from grants import money
from grants.calls.forms.fields import NumberField, PercentField
from grants.calls.forms.parts import PartForm
from grants.calls.models import Call
from grants.calls.rules.allocation import (
    VOTE,
    Aggregation,
    Leftover,
    Mode,
    Shortfall,
    tie_break_choices,
)
from grants.calls.rules.grid import Grid
from grants.calls.rules.numbers import decimal_text, exact
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import MoneyField, WholeField, options

TIES = ("tie_break_1", "tie_break_2", "tie_break_3", "tie_break_4")
ONE_FENING = 1


class ScoringForm(PartForm):
    """Check, reviews, divergence, ties, and the way the money goes (scoring.md)."""

    is_checked_twice = BooleanField(_l("Svaku prijavu provjeravaju dva službenika"))
    is_blind = BooleanField(_l("Komisija ne zna čija je prijava"))
    min_reviews = WholeField(_l("Koliko članova komisije najmanje ocjenjuje prijavu"))
    aggregation = SelectField(
        _l("Kako se ocjene sabiraju"),
        choices=options(
            {
                Aggregation.MEAN.value: _l("prosjek svih ocjena"),
                Aggregation.TRIMMED_MEAN.value: _l("prosjek bez najviše i najniže (od pet ocjena)"),
            }
        ),
    )
    divergence_limit = NumberField(_l("Najveća dopuštena razlika između ocjenjivača"))
    tie_break_1 = SelectField(_l("Kod jednakog broja bodova najprije odlučuje"))
    tie_break_2 = SelectField(_l("zatim"))
    tie_break_3 = SelectField(_l("zatim (treće)"))
    tie_break_4 = SelectField(_l("zatim (četvrto)"))
    mode = SelectField(
        _l("Kako se dijele sredstva"),
        choices=options(
            {
                Mode.RANKED_CUTOFF.value: _l("redom po rang-listi dok ima sredstava"),
                Mode.PROPORTIONAL.value: _l("svima iznad praga, srazmjerno bodovima"),
            }
        ),
    )
    on_shortfall = SelectField(
        _l("Kad za projekat na redu nema dovoljno sredstava"),
        choices=options(
            {
                Shortfall.STOP.value: _l("ide na rezervnu listu, a dodjela staje"),
                Shortfall.SKIP.value: _l("ide na rezervnu listu, a dodjela ide dalje"),
                Shortfall.PARTIAL.value: _l(
                    "dobija ostatak ako je dovoljno velik, a dodjela staje"
                ),
            }
        ),
    )
    partial_min_share = PercentField(_l("Ostatak je dovoljno velik ako je najmanje"))
    round_to = MoneyField(_l("Iznosi se zaokružuju na"))
    leftover = SelectField(
        _l("Šta biva s onim što u oblasti ostane"),
        choices=options(
            {
                Leftover.NONE.value: _l("ostaje neutrošeno"),
                Leftover.POOL.value: _l("ide u zajednički ostatak za rezervne liste svih oblasti"),
            }
        ),
    )

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The rules of the call."""
        given = call.allocation
        share, unit = given.get("partial_min_share"), given.get("round_to", "0.01")
        limit = call.divergence_limit
        return {
            "is_checked_twice": call.is_checked_twice,
            "is_blind": call.is_blind,
            "min_reviews": call.min_reviews,
            "aggregation": call.aggregation,
            "divergence_limit": exact(limit) if limit is not None else None,
            **dict(zip(TIES, [*call.tie_breaks, "", "", "", ""], strict=False)),
            "mode": given.get("mode", Mode.RANKED_CUTOFF.value),
            "on_shortfall": given.get("on_shortfall", Shortfall.STOP.value),
            "partial_min_share": exact(share) if share is not None else None,
            "round_to": int(exact(unit) * 100),
            "leftover": given.get("leftover", Leftover.NONE.value),
        }

    def changes(self) -> dict[str, Any]:
        """The columns and the allocation in its JSON form."""
        limit = self.divergence_limit.data
        return {
            "is_checked_twice": self.is_checked_twice.data,
            "is_blind": self.is_blind.data,
            "min_reviews": self.min_reviews.data or 0,
            "aggregation": self.aggregation.data,
            "divergence_limit": None if limit is None else str(decimal_text(limit)),
            "tie_breaks": [self[name].data for name in TIES if self[name].data],
            "allocation": self._allocation(),
        }

    def offer(self, grid: Grid) -> None:
        """Offer the sections of the grid as tie breaks."""
        named = {f"section:{section.code}": section for section in grid.sections}
        words = {
            "requested:asc": _("manji traženi iznos"),
            "requested:desc": _("veći traženi iznos"),
            "submitted_at:asc": _("ranija predaja"),
            VOTE: _("glasanje komisije"),
        }
        for key, section in named.items():
            words[key] = _(
                "više bodova: %(code)s. %(title)s", code=section.code, title=section.title
            )
        keys = tie_break_choices(section.code for section in grid.sections)
        for name in TIES:
            self[name].choices = options({"": "–", **{key: words[key] for key in keys}})

    def _allocation(self) -> dict[str, Any]:
        unit = self.round_to.data or ONE_FENING
        shared: dict[str, Any] = {"mode": self.mode.data, "leftover": self.leftover.data}
        if unit != ONE_FENING:
            shared["round_to"] = money.to_dossier(unit)
        if self.mode.data == Mode.PROPORTIONAL:
            return shared
        shared["on_shortfall"] = self.on_shortfall.data
        if self.partial_min_share.data:
            shared["partial_min_share"] = str(decimal_text(self.partial_min_share.data))
        return shared
