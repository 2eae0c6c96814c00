"""Which sections of the form hold what a question of the check is about."""

from collections.abc import Iterable, Mapping

from grants.calls.rules.form import Fact, Form, Kind

_FACTS: Mapping[str, Fact] = {
    "applicant_eligible": Fact.ORGANISATION,
    "partners_eligible": Fact.PARTNERS,
    "duration": Fact.DURATION,
    "territory": Fact.LOCATION,
    "plan": Fact.ACTIVITIES,
    "amount": Fact.REQUESTED,
    "budget_sums": Fact.BUDGET,
    "budget_rules": Fact.BUDGET,
    "cofinancing": Fact.BUDGET,
}
_KINDS: Mapping[str, Kind] = {"documents": Kind.DOCUMENTS, "declarations": Kind.DECLARATION}


def parts_of(form: Form, items: Iterable[str]) -> list[str]:
    """The keys of the sections to open again for these questions of the check, in their order.

    A proposal: the officer opens what the request really needs.
    """
    wanted = set(items)
    facts = {fact for item, fact in _FACTS.items() if item in wanted}
    kinds = {kind for item, kind in _KINDS.items() if item in wanted}
    return [
        section.key
        for section in form.sections
        if any(each.fact in facts or each.kind in kinds for each in section.questions)
    ]
