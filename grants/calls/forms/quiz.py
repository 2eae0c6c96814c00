"""The eligibility quiz: a form in the address, made of what the call asks; nothing is kept."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField
from wtforms import Form as PlainForm

from grants.calls.forms.fields import TicksField
from grants.calls.rules.criteria import Criteria
from grants.calls.rules.quiz import Answers, Condition, Reports
from grants.i18n.languages import gettext as _
from grants.web.filters import money_km
from grants.web.forms import DayField, MoneyField, WholeField, options

YES, NO = "yes", "no"


class QuizForm(PlainForm):
    """Its fields are made for one call, see `quiz_form`."""

    def answers(self) -> Answers:
        """What was answered; a blank field and nonsense are not answered."""
        read = {name: field.data for name, field in self._fields.items() if not field.errors}
        reports = read.get("reports")
        return Answers(
            is_registered=_said(read.get("registered")),
            has_jib=_said(read.get("jib")),
            registered_on=read.get("registered_on"),
            requested=read.get("requested"),
            months=read.get("months"),
            own=read.get("own"),
            submitted=read.get("submitted"),
            received=read.get("received"),
            reports=Reports(reports) if reports in set(Reports) else None,
            documents=frozenset(read.get("documents") or ()),
            conditions={
                name.removeprefix("c-"): _said(value)
                for name, value in read.items()
                if name.startswith("c-")
            },
        )


def quiz_form(
    criteria: Criteria,
    conditions: tuple[Condition, ...],
    typed: MultiDict[str, str],
    *,
    programme: str,
) -> QuizForm:
    """The questions that the call has, in order, filled from the address."""
    fields: dict[str, Any] = {
        "registered": _yes_no(_("Je li organizacija registrovano udruženje ili fondacija u BiH?")),
        "jib": _yes_no(_("Ima li organizacija svoj JIB (identifikacioni broj)?")),
        "registered_on": DayField(_("Kada je organizacija registrovana?")),
        "requested": MoneyField(_("Koliko novca želite tražiti?")),
    }
    if criteria.cofinancing is not None:
        fields["own"] = MoneyField(_("Koliko sami možete uložiti?"))
    fields["months"] = WholeField(_("Koliko mjeseci bi projekat trajao?"))
    if criteria.applications_per_organisation is not None:
        fields["submitted"] = WholeField(_("Koliko prijava ste već predali na ovaj poziv?"))
    if criteria.organisation_cap is not None:
        asked = _("Koliko ste do sada dobili iz programa %(programme)s?", programme=programme)
        fields["received"] = MoneyField(asked)
    fields["reports"] = _reports()
    fields |= _documents(criteria)
    fields |= {f"c-{each.code}": _yes_no(each.text) for each in conditions}
    form: QuizForm = type("QuizFormOfCall", (QuizForm,), fields)(typed)
    if typed:
        form.validate()
    return form


def hints(criteria: Criteria) -> dict[str, str]:
    """What stands under a question: its figures and an example."""
    return {
        "registered_on": _("Na primjer 15. 6. 2016."),
        "requested": _("Poziv daje od %(least)s do %(most)s.", **_amounts(criteria)),
        "months": _(
            "Poziv traži od %(least)s do %(most)s mjeseci.",
            least=criteria.duration_min,
            most=criteria.duration_max,
        ),
        "submitted": _("Ako niste nijednu, upišite 0."),
        "received": _(
            "Zbir svih dodjela iz tog programa, u svim općinama i gradovima. "
            "Ako niste ništa, upišite 0."
        ),
        "own": _("Novac ili drugo što ulažete vi i partneri. Ako ne možete ništa, upišite 0."),
        "documents": _("Označite šta već imate. Ostalo možete pribaviti do roka."),
    }


def _amounts(criteria: Criteria) -> dict[str, str]:
    return {"least": money_km(criteria.grant_min), "most": money_km(criteria.grant_max)}


def _documents(criteria: Criteria) -> dict[str, Any]:
    needed = [each for each in criteria.required_documents if each.is_mandatory]
    if not needed:
        return {}
    choices = options({each.code: each.title for each in needed})
    return {
        "documents": TicksField(
            _("Koje od obaveznih dokumenata imate pri ruci?"),
            choices=choices,
            validate_choice=False,
        )
    }


def _reports() -> Field:
    return RadioField(
        _("Jeste li predali sve izvještaje o ranije dobijenim sredstvima?"),
        choices=options(
            {
                Reports.DONE.value: _("da, sve"),
                Reports.NONE_DUE.value: _("nismo ranije dobijali sredstva"),
                Reports.MISSING.value: _("ne, neki izvještaj još nedostaje"),
            }
        ),
        validate_choice=False,
    )


def _yes_no(text: str) -> Field:
    return RadioField(text, choices=options({YES: _("da"), NO: _("ne")}), validate_choice=False)


def _said(value: Any) -> bool | None:
    return {YES: True, NO: False}.get(value) if isinstance(value, str) else None
