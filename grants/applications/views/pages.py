"""What every page of a draft carries: its steps, its deadline, the section as drawn."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import render_template, url_for

from grants import money
from grants.applications.models import Application
from grants.applications.problems import rule_title
from grants.applications.queries import present_documents, typed_of
from grants.applications.rules.budget import BudgetLine, BudgetTotals, budget_totals, rule_meter
from grants.applications.rules.drawing import DrawnRow, DrawnSection, draw_section
from grants.applications.rules.facts import budget_lines, headings
from grants.applications.rules.parsing import Typed
from grants.applications.rules.states import ApplicationStatus
from grants.applications.rules.steps import list_steps
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import BudgetRule, Criteria, RuleBase
from grants.calls.rules.form import Heading, Kind, Section
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext
from grants.organisations.queries import list_documents
from grants.organisations.rules.profile import iban_of
from grants.web.filters import money_km, percent

CHECK = "check"


@dataclass(frozen=True)
class StepLink:
    """One entry of the list of steps."""

    label: str
    url: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class BudgetGroup:
    """The lines under one heading."""

    heading: Heading
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True)
class Cap:
    """One limit of the budget, as its card draws it."""

    title: str
    share: float
    limit: float
    figure: str
    words: str
    verdict: str
    over: bool
    live: dict[str, Any]


def draft_page(template: str, application: Application, *, here: str, **more: Any) -> str:
    """A page of a draft with its steps and its deadline; `here` is the section or `check`."""
    typed = more.pop("typed", None) or typed_of(application)
    return render_template(
        template,
        application=application,
        call=application.call,
        steps=_step_links(application, typed, here=here),
        is_draft=application.status is ApplicationStatus.DRAFT,
        **more,
    )


def section_page(
    application: Application, section: Section, *, with_missing: bool, **more: Any
) -> str:
    """The page of one section as it is kept."""
    typed = typed_of(application)
    row = next((each for each in application.sections if each.key == section.key), None)
    return draft_page(
        "applications/section.html",
        application,
        here=section.key,
        typed=typed,
        version=row.version if row else 0,
        saved_at=row.saved_at if row else None,
        **drawn_section(application, section, typed=typed, with_missing=with_missing),
        **more,
    )


def drawn_section(
    application: Application, section: Section, *, typed: Typed, with_missing: bool = False
) -> dict[str, Any]:
    """Everything `applications/section_body.html` draws of one section; others reuse it so.

    The application is loaded by queries.get_own_draft and given to the template too.
    """
    drawn = draw_section(
        typed, section, months=application.call.duration_max, with_missing=with_missing
    )
    found: dict[str, Any] = {"section": section, "drawn": drawn}
    if section.has(Kind.BUDGET):
        found |= _budget(application, drawn, typed)
    if section.has(Kind.DOCUMENTS):
        found |= _documents(application)
    if section.has(Kind.ORGANISATION) and application.organisation is not None:
        found["iban"] = iban_of(application.organisation.account)
    return found


def next_place(application: Application, section: Section, sections: tuple[Section, ...]) -> str:
    """Where one goes on after a section; a reopened one leads back to the request."""
    if application.status is not ApplicationStatus.DRAFT:
        return f"/my/applications/{application.slug}/completion"
    at = [each.key for each in sections].index(section.key)
    if at + 1 == len(sections):
        return url_for("applications.check", slug=application.slug)
    return url_for("applications.section", slug=application.slug, section=sections[at + 1].key)


def _step_links(application: Application, typed: Typed, *, here: str) -> list[StepLink]:
    present = {each.code for each in present_documents(application)}
    required = criteria_of(application.call).required_documents
    links = [
        StepLink(
            step.section.title,
            url_for("applications.section", slug=application.slug, section=step.section.key),
            "on" if step.section.key == here else step.state.value,
            ngettext("%(num)d nedostaje", "%(num)d nedostaju", step.missing)
            if step.missing
            else "",
        )
        for step in list_steps(typed, required=required, present=present)
    ]
    check = url_for("applications.check", slug=application.slug)
    return [*links, StepLink(_("Provjera i predaja"), check, "on" if here == CHECK else "")]


def _documents(application: Application) -> dict[str, Any]:
    files = present_documents(application)
    required = criteria_of(application.call).required_documents
    kept = list_documents(application.organisation) if application.organisation else []
    slots = [(slot, [each for each in files if each.code == slot.code]) for slot in required]
    return {"slots": slots, "kept": kept}


def _budget(application: Application, drawn: DrawnSection, typed: Typed) -> dict[str, Any]:
    criteria, lines = criteria_of(application.call), budget_lines(typed)
    totals = budget_totals(lines)
    rows = [row for question in drawn.questions for row in question.rows]
    named = headings(typed)
    strays = tuple(row for row in rows if row.heading not in {each.code for each in named})
    groups = [
        BudgetGroup(heading, tuple(row for row in rows if row.heading == heading.code))
        for heading in named
    ]
    caps = [_requested_cap(criteria, totals)]
    caps += [_rule_cap(rule, lines, named) for rule in criteria.budget_rules]
    return {
        "groups": [group for group in groups if group.rows],
        "strays": strays,
        "headings": named,
        "totals": totals,
        "caps": caps,
        "is_cofinanced": criteria.cofinancing is not None,
    }


def _requested_cap(criteria: Criteria, totals: BudgetTotals) -> Cap:
    over, under = totals.grant - criteria.grant_max, criteria.grant_min - totals.grant
    if over > 0:
        verdict = _("%(amount)s iznad granice", amount=money_km(over))
    elif under > 0:
        verdict = _("%(amount)s ispod granice", amount=money_km(under))
    else:
        verdict = _("u granicama")
    return Cap(
        title=_("Traženi iznos"),
        share=_percent_of(totals.grant, criteria.grant_max),
        limit=_percent_of(criteria.grant_min, criteria.grant_max),
        figure=money_km(totals.grant),
        words=_("od najviše %(most)s", most=money.form(criteria.grant_max)),
        verdict=verdict,
        over=over > 0 or under > 0,
        live={"of": "requested", "max": criteria.grant_max, "min": criteria.grant_min},
    )


def _rule_cap(rule: BudgetRule, lines: list[BudgetLine], named: Any) -> Cap:
    meter = rule_meter(rule, lines)
    limit = percent(rule.limit)
    if rule.base is RuleBase.TOTAL:
        words = _("ukupnog budžeta, najviše %(limit)s", limit=limit)
    else:
        words = _("traženog iznosa, najviše %(limit)s", limit=limit)
    over = _("%(amount)s iznad granice", amount=money_km(meter.over_by))
    return Cap(
        title=rule_title(tuple(sorted(rule.tags))),
        share=_percent_of(meter.numerator, meter.base),
        limit=_rounded(rule.limit),
        figure=percent(meter.share),
        words=words,
        verdict=over if meter.is_over else _("u granicama"),
        over=meter.is_over,
        live={
            "groups": " ".join(each.code for each in named if rule.tags & set(each.tags)),
            "base": "requested" if rule.base is RuleBase.GRANT else "all",
            "limit-part": rule.limit.numerator,
            "limit-whole": rule.limit.denominator,
        },
    )


def _percent_of(part: int, whole: int) -> float:
    return _rounded(Fraction(part, whole)) if whole else 0.0


def _rounded(share: Fraction) -> float:
    """For the drawing alone: hundredths of a percent."""
    return money.round_half_up(min(share, Fraction(1)) * 10_000) / 100
