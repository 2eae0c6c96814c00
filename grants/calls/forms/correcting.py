"""The form of a correction: what may be corrected, filled with what the call says now."""

from datetime import UTC, date, datetime
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField

from grants.calls.corrected import correctable, names_of_parts
from grants.calls.forms.fields import Row
from grants.calls.models import Call
from grants.calls.rules.corrections import GROWING, LONG_TEXTS, PLAIN_TEXTS, SHRINKING
from grants.calls.rules.editing import code_of
from grants.calls.rules.schedule import PLANNED
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
    required,
)

MOMENTS = ("deadline", "questions_until")
NUMBERS = (*GROWING, *SHRINKING)


class AmountRow(Row):
    """One lot or one source with its amount; `part` is its key in the correction."""

    part = HiddenField()
    name = HiddenField()
    amount = MoneyField(_l("Iznos"))


class DocumentRow(Row):
    """One document that applicants add; without a code it is a new one."""

    code = HiddenField()
    title = TextField(_l("Dokument"), [at_most(200)])
    mandatory = BooleanField(_l("Obavezan"))
    removed = BooleanField(_l("Više se ne traži"))


class FormCorrectionForm(Form):
    """Another form for the call: taken from a call in which it was prepared, or from a preset."""

    source = SelectField(_l("Odakle se preuzima ispravljen obrazac"), choices=[])
    reason = LongTextField(_l("Zašto se obrazac ispravlja"), [at_most(2000)])


class CorrectionForm(Form):
    """A blank amount or date stays as it is; a blank text is taken away."""

    reason = LongTextField(
        _l("Zašto se poziv ispravlja"),
        [required(_l("Napišite zašto se poziv ispravlja; razlog se objavljuje.")), at_most(2000)],
    )
    deadline = MomentField(_l("Rok za prijavu"))
    questions_until = MomentField(_l("Pitanja se primaju do"))
    check_from = DayField(_l("Provjera prijava od"))
    check_to = DayField(_l("Provjera prijava do"))
    scoring_from = DayField(_l("Ocjenjivanje od"))
    scoring_to = DayField(_l("Ocjenjivanje do"))
    ranking_on = DayField(_l("Preliminarna rang-lista"))
    objections_until = DayField(_l("Prigovori do"))
    decision_on = DayField(_l("Odluka"))
    title = TextField(_l("Naziv poziva"), [at_most(200)])
    summary = TextField(_l("O čemu je poziv, u jednoj rečenici"), [at_most(300)])
    who_may_apply = LongTextField(_l("Ko se može prijaviti"), [at_most(6000)])
    what_is_not_funded = LongTextField(_l("Šta se ne finansira"), [at_most(6000)])
    how_to_apply = LongTextField(_l("Kako se prijavljuje"), [at_most(6000)])
    contact = LongTextField(_l("Kome se obratiti"), [at_most(1000)])
    legal_basis = LongTextField(_l("Pravni osnov"), [at_most(2000)])
    grant_min = MoneyField(_l("Najniži iznos po projektu"))
    grant_max = MoneyField(_l("Najviši iznos po projektu"))
    duration_min = WholeField(_l("Najkraće trajanje u mjesecima"))
    duration_max = WholeField(_l("Najduže trajanje u mjesecima"))
    lots = FieldList(FormField(AmountRow), _l("Oblasti"))
    funding = FieldList(FormField(AmountRow), _l("Izvori"))
    documents = FieldList(FormField(DocumentRow), _l("Dokumenti organizacija"))

    @classmethod
    def facts(cls, call: Call, wanted: dict[str, Any], *, reason: str) -> dict[str, Any]:
        """What the fields show at first: the call, and over it what a draft wants otherwise."""
        known = correctable(call)
        facts = {**known, **wanted}
        names = names_of_parts(call)
        shown: dict[str, Any] = {"reason": reason}
        shown |= {name: facts[name] for name in (*PLAIN_TEXTS, *NUMBERS)}
        shown |= {name: facts[f"text:{name}"] for name in LONG_TEXTS}
        shown |= {name: _moment(facts[name]) for name in MOMENTS}
        shown |= {name: _day(facts[f"planned:{name}"]) for name in PLANNED}
        return shown | {
            "lots": _amounts(facts, names, "lot:"),
            "funding": _amounts(facts, names, "funding:"),
            "documents": [
                {"code": part.removeprefix("document:"), **_shown(fact, known.get(part))}
                for part, fact in facts.items()
                if part.startswith("document:")
            ],
        }

    def wanted(self, call: Call) -> dict[str, Any]:
        """What was typed, by the keys of calls.rules.corrections."""
        typed: dict[str, Any] = {name: self[name].data or "" for name in PLAIN_TEXTS}
        typed |= {f"text:{name}": self[name].data or "" for name in LONG_TEXTS}
        typed |= {f"planned:{name}": _written(self[name].data) for name in PLANNED}
        typed |= {name: self[name].data for name in NUMBERS}
        known = correctable(call)
        typed |= {name: _instant(self[name].data, known[name]) for name in MOMENTS}
        for row in (entry.data for entry in (*self.lots, *self.funding)):
            if row["part"] in known:
                typed[row["part"]] = row["amount"]
        return {part: value for part, value in typed.items() if value is not None} | (
            self._documents(known)
        )

    def _documents(self, known: dict[str, Any]) -> dict[str, Any]:
        taken = {part.removeprefix("document:") for part in known if part.startswith("document:")}
        wanted: dict[str, Any] = {}
        for row in (entry.data for entry in self.documents):
            fact = {"title": row["title"] or "", "mandatory": bool(row["mandatory"])}
            if row["code"] in taken and row["removed"]:
                wanted[f"document:{row['code']}"] = None
            elif row["code"] in taken:
                wanted[f"document:{row['code']}"] = fact
            elif row["title"]:
                code = code_of(row["title"], taken=taken)
                taken.add(code)
                wanted[f"document:{code}"] = fact
        return wanted


def _amounts(facts: dict[str, Any], names: dict[str, str], prefix: str) -> list[dict[str, Any]]:
    return [
        {"part": part, "name": names.get(part, ""), "amount": amount}
        for part, amount in facts.items()
        if part.startswith(prefix)
    ]


def _shown(fact: dict[str, Any] | None, stood: dict[str, Any] | None) -> dict[str, Any]:
    """A document that goes is shown as it stood, marked to go."""
    return {**fact, "removed": False} if fact else {**(stood or {}), "removed": True}


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _instant(typed: datetime | None, known: str | None) -> str | None:
    """What was typed; the same minute is what stood there, whatever its seconds."""
    stood = _moment(known)
    if typed is None or (stood and typed == stood.replace(second=0, microsecond=0)):
        return known
    return typed.astimezone(UTC).isoformat()


def _written(on: date | None) -> str | None:
    return on.isoformat() if on else None
