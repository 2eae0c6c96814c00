"""The parts of a call that are plain fields and rows: texts, money, limits, documents, dates."""

from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField

from grants.calls.forms.fields import PercentField, Row, TicksField
from grants.calls.models import Call
from grants.calls.problems import TAGS
from grants.calls.rules.criteria import (
    BudgetRule,
    Cofinancing,
    CofinancingBase,
    RuleBase,
    Severity,
)
from grants.calls.rules.criteria_json import (
    budget_rule_to_json,
    budget_rules_from_json,
    cofinancing_from_json,
    cofinancing_to_json,
)
from grants.calls.rules.editing import code_of
from grants.calls.rules.numbers import decimal_text, exact
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.calls.rules.schedule import PLANNED, read_planned, write_planned
from grants.i18n.languages import LANGUAGES
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    MomentField,
    MoneyField,
    TextField,
    WholeField,
    at_most,
    options,
)


class PartForm(Form):
    """One part of a call: filled from its row, read back as changes of its columns."""

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """What the fields show at first."""
        raise NotImplementedError  # each part says its own

    def changes(self) -> dict[str, Any]:
        """What was typed, by column; `lots` and `funding` as their facts."""
        raise NotImplementedError  # each part says its own


TEXTS = ("who_may_apply", "what_is_not_funded", "how_to_apply", "contact", "legal_basis")


class TextsForm(PartForm):
    """What people read about the call."""

    title = TextField(_l("Naziv poziva"), [at_most(200)])
    summary = TextField(_l("O čemu je poziv, u jednoj rečenici"), [at_most(300)])
    language = SelectField(
        _l("Jezik i pismo poziva"),
        choices=options({each.code: each.label for each in LANGUAGES}),
    )
    who_may_apply = LongTextField(_l("Ko se može prijaviti"), [at_most(6000)])
    what_is_not_funded = LongTextField(_l("Šta se ne finansira"), [at_most(6000)])
    how_to_apply = LongTextField(_l("Kako se prijavljuje"), [at_most(6000)])
    contact = LongTextField(_l("Kome se obratiti"), [at_most(1000)])
    legal_basis = LongTextField(_l("Pravni osnov"), [at_most(2000)])

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The texts of the call."""
        shared = {"title": call.title, "summary": call.summary, "language": call.language}
        return shared | {name: call.texts.get(name, "") for name in TEXTS}

    def changes(self) -> dict[str, Any]:
        """Title, summary, language, and the longer texts by key."""
        texts = {name: self[name].data or "" for name in TEXTS}
        return {
            "title": self.title.data or "",
            "summary": self.summary.data or "",
            "language": self.language.data,
            "texts": texts,
        }


class LotRow(Row):
    """One area with its envelope."""

    title = TextField(_l("Oblast"), [at_most(200)])
    description = LongTextField(_l("Šta obuhvata"), [at_most(1000)])
    provenance = TextField(_l("Odakle tema"), [at_most(300)])
    economic_code = TextField(_l("Ekonomski kod"), [at_most(20)])
    envelope = MoneyField(_l("Sredstva"))


class LotsForm(PartForm):
    """The areas of the call; they are numbered in the order in which they stand."""

    lots = FieldList(FormField(LotRow), _l("Oblasti"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The lots of the call."""
        names = ("title", "description", "provenance", "economic_code")
        return {
            "lots": [
                {name: getattr(lot, name) for name in names} | {"envelope": lot.envelope or None}
                for lot in call.lots
            ]
        }

    def changes(self) -> dict[str, Any]:
        """The rows that are not blank."""
        rows = [entry.data for entry in self.lots if any(entry.data.values())]
        return {
            "lots": [
                LotFacts(
                    code=str(number),
                    title=row["title"] or "",
                    envelope=row["envelope"] or 0,
                    economic_code=row["economic_code"] or "",
                    description=row["description"] or "",
                    provenance=row["provenance"] or "",
                )
                for number, row in enumerate(rows, start=1)
            ]
        }


class FundingRow(Row):
    """One source of money."""

    source = TextField(_l("Ko finansira"), [at_most(200)])
    amount = MoneyField(_l("Iznos"))


class FundingForm(PartForm):
    """Who pays for the call."""

    economic_code = TextField(_l("Ekonomski kod poziva"), [at_most(20)])
    funding = FieldList(FormField(FundingRow), _l("Izvori"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The sources of the call."""
        rows = [{"source": each.source, "amount": each.amount or None} for each in call.funding]
        return {"economic_code": call.economic_code, "funding": rows}

    def changes(self) -> dict[str, Any]:
        """The rows that are not blank."""
        rows = [entry.data for entry in self.funding if any(entry.data.values())]
        return {
            "economic_code": self.economic_code.data or "",
            "funding": [FundingFacts(row["source"] or "", row["amount"] or 0) for row in rows],
        }


class InstalmentRow(Row):
    """One part of the grant and what must be true before it is paid."""

    share = PercentField(_l("Dio iznosa"))
    condition = TextField(_l("Uslov za isplatu"), [at_most(200)])


class AmountsForm(PartForm):
    """Amounts, duration, limits per organisation, co-financing, programme and cap."""

    grant_min = MoneyField(_l("Najniži iznos po projektu"))
    grant_max = MoneyField(_l("Najviši iznos po projektu"))
    duration_min = WholeField(_l("Najkraće trajanje u mjesecima"))
    duration_max = WholeField(_l("Najduže trajanje u mjesecima"))
    applications_per_organisation = WholeField(_l("Najviše prijava jedne organizacije"))
    awards_per_organisation = WholeField(_l("Najviše odobrenih projekata jedne organizacije"))
    programme_name = TextField(_l("Program"), [at_most(120)])
    organisation_cap = MoneyField(_l("Najviše jednoj organizaciji u cijelom programu"))
    cofinancing_share = PercentField(_l("Najmanje vlastito učešće"))
    cofinancing_base = SelectField(
        _l("Učešće se računa od"),
        choices=options(
            {
                CofinancingBase.REQUESTED.value: _l("traženog iznosa"),
                CofinancingBase.TOTAL.value: _l("ukupnog budžeta"),
            }
        ),
    )
    vat_mode = SelectField(
        _l("PDV u budžetu"),
        choices=options(
            {
                "gross": _l("iznosi su s PDV-om"),
                "net_exempt": _l("iznosi su bez PDV-a (program je oslobođen)"),
                "recoverable_excluded": _l("s PDV-om, osim onog koji se vraća"),
            }
        ),
    )
    objection_days = WholeField(_l("Rok za prigovor u danima"))
    ruling_days = WholeField(_l("Rok za rješavanje prigovora u danima"))
    instalments = FieldList(FormField(InstalmentRow), _l("Rate"))

    PLAIN = (
        "grant_min", "grant_max", "duration_min", "duration_max", "applications_per_organisation",
        "awards_per_organisation", "programme_name", "organisation_cap", "vat_mode",
        "objection_days", "ruling_days",
    )  # fmt: skip
    NEVER_NONE = frozenset(
        (
            "grant_min",
            "grant_max",
            "duration_min",
            "duration_max",
            "objection_days",
            "ruling_days",
        )
    )

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The limits of the call."""
        asked = cofinancing_from_json(call.cofinancing)
        return {name: getattr(call, name) for name in cls.PLAIN} | {
            "cofinancing_share": asked.share if asked else None,
            "cofinancing_base": asked.base.value if asked else CofinancingBase.REQUESTED.value,
            "instalments": [
                {"share": exact(each["share"]), "condition": each["condition"]}
                for each in call.instalments
            ],
        }

    def changes(self) -> dict[str, Any]:
        """The columns; a blank limit is none, a blank amount is 0."""
        typed = {name: self[name].data for name in self.PLAIN}
        typed |= {name: typed[name] or 0 for name in self.NEVER_NONE}
        rows = [entry.data for entry in self.instalments if any(entry.data.values())]
        return typed | {
            "cofinancing": cofinancing_to_json(self._cofinancing()),
            "instalments": [
                {"share": decimal_text(row["share"] or exact(0)), "condition": row["condition"]}
                for row in rows
            ],
        }

    def _cofinancing(self) -> Cofinancing | None:
        share = self.cofinancing_share.data
        return Cofinancing(share, CofinancingBase(self.cofinancing_base.data)) if share else None


class BudgetRow(Row):
    """One rule: these costs take at most so much of that."""

    code = HiddenField()
    tags = TicksField(
        _l("Troškovi"), choices=options({tag.value: name for tag, name in TAGS.items()})
    )
    limit = PercentField(_l("Najviše"))
    base = SelectField(
        _l("Od čega"),
        choices=options(
            {
                RuleBase.TOTAL.value: _l("ukupnog budžeta"),
                RuleBase.GRANT.value: _l("traženog iznosa"),
            }
        ),
    )
    severity = SelectField(
        _l("Ko prekorači"),
        choices=options(
            {
                Severity.BLOCK.value: _l("ne može predati prijavu"),
                Severity.WARN.value: _l("dobija samo upozorenje"),
            }
        ),
    )


class BudgetForm(PartForm):
    """The rules that every budget must keep."""

    rules = FieldList(FormField(BudgetRow), _l("Pravila"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The budget rules of the call."""
        return {
            "rules": [
                {
                    "code": rule.code,
                    "tags": sorted(rule.tags),
                    "limit": rule.limit,
                    "base": rule.base.value,
                    "severity": rule.severity.value,
                }
                for rule in budget_rules_from_json(call.budget_rules)
            ]
        }

    def changes(self) -> dict[str, Any]:
        """The rows that say something; new ones get a code made of their tags."""
        kept: list[dict[str, Any]] = []
        for row in (each.data for each in self.rules if each.data["tags"] or each.data["limit"]):
            taken = {each["code"] for each in kept}
            code = row["code"] if row["code"] and row["code"] not in taken else ""
            rule = BudgetRule(
                code=code or code_of("-".join(row["tags"]) or "pravilo", taken=taken),
                tags=frozenset(row["tags"]),
                base=RuleBase(row["base"]),
                limit=row["limit"] or exact(0),
                severity=Severity(row["severity"]),
            )
            kept.append(budget_rule_to_json(rule))
        return {"budget_rules": kept}


class DatesForm(PartForm):
    """Opening, cut-off of questions, deadline, and when each later stage is planned."""

    MOMENTS = ("opens_at", "questions_until", "deadline")

    opens_at = MomentField(_l("Početak prijavljivanja"))
    deadline = MomentField(_l("Rok za prijavu"))
    questions_until = MomentField(_l("Pitanja se primaju do"))
    check_from = DayField(_l("Provjera prijava od"))
    check_to = DayField(_l("Provjera prijava do"))
    scoring_from = DayField(_l("Ocjenjivanje od"))
    scoring_to = DayField(_l("Ocjenjivanje do"))
    ranking_on = DayField(_l("Preliminarna rang-lista"))
    objections_until = DayField(_l("Prigovori do"))
    decision_on = DayField(_l("Odluka"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The dates of the call."""
        moments = {name: getattr(call, name) for name in cls.MOMENTS}
        return moments | read_planned(call.planned)

    def changes(self) -> dict[str, Any]:
        """The instants and the planned days."""
        planned = write_planned({name: self[name].data for name in PLANNED})
        return {name: self[name].data for name in self.MOMENTS} | {"planned": planned}
