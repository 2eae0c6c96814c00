"""What the pages of the form builder show: questions in words, blocks, forms to copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from grants.calls.form_words import CHANGES, KINDS
from grants.calls.forms.builder import ADDED_KINDS, NewSectionForm
from grants.calls.models import Call
from grants.calls.presets import presets
from grants.calls.presets.blocks import blocks
from grants.calls.queries import form_of, list_forms_to_copy
from grants.calls.rules.form import Condition, Form, Kind, Question
from grants.calls.rules.form_changes import SectionChange
from grants.calls.rules.form_links import YES
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext

PRESET, CALL = "preset", "call"


def builder_facts(call: Call) -> dict[str, Any]:
    """Everything the list of sections and questions shows."""
    form = form_of(call)
    lots = {lot.code: lot.title for lot in call.lots}
    asked = {question.key for question in form.questions()}
    return {
        "definition": form,
        "notes": {each.key: notes_of(form, each, lots=lots) for each in form.questions()},
        "kinds": [(kind.value, KINDS[kind]) for kind in ADDED_KINDS],
        "blocks": [
            (block, any(each.key in asked for each in block.section.questions))
            for block in blocks().values()
        ],
        "sources": form_sources(call),
        "new_section": NewSectionForm(),
    }


def form_sources(call: Call) -> list[tuple[str, str]]:
    """From where a form can be copied: other calls of the municipality, then the presets."""
    calls = [
        (f"{CALL}:{slug}", f"{reference} · {title}")
        for slug, reference, title in list_forms_to_copy(call)
    ]
    made = [(f"{PRESET}:{key}", each.title) for key, each in presets().items()]
    return [*calls, *made]


def notes_of(form: Form, question: Question, *, lots: Mapping[str, str]) -> list[str]:
    """What is particular about a question, in a few words each."""
    return [
        str(KINDS[question.kind]),
        *_limits(question),
        *([] if question.is_required or question.required_when else [_("nije obavezno")]),
        *_conditions(form, question, lots=lots),
        *([_("ima pomoć")] if question.has_help else []),
    ]


def _limits(question: Question) -> list[str]:
    found = []
    if question.words:
        found.append(ngettext("najviše %(num)d riječ", "najviše %(num)d riječi", question.words))
    if question.limit:
        found.append(ngettext("najviše %(num)d znak", "najviše %(num)d znakova", question.limit))
    if question.least:
        found.append(_("najmanje %(n)s", n=question.least))
    if question.most is not None:
        found.append(_("najviše %(n)s", n=question.most))
    return found


def _conditions(form: Form, question: Question, *, lots: Mapping[str, str]) -> list[str]:
    found = []
    if question.shown_when:
        words = condition_words(form, question.shown_when, lots=lots)
        found.append(_("postavlja se kad je %(condition)s", condition=words))
    if question.lots:
        names = ", ".join(lots.get(code, code) for code in question.lots)
        found.append(_("samo za oblast: %(names)s", names=names))
    if question.required_when:
        words = condition_words(form, question.required_when, lots=lots)
        found.append(_("obavezno kad je %(condition)s", condition=words))
    return found


def condition_words(form: Form, condition: Condition, *, lots: Mapping[str, str]) -> str:
    """`na „Ima li projekat partnere?“ odgovoreno „Da“`."""
    asked = form.question(condition.question)
    label = asked.label if asked else condition.question
    if not condition.one_of:
        return _("na „%(label)s“ odgovoreno", label=label)
    if asked is not None and asked.kind is Kind.DECLARATION and condition.one_of == (YES,):
        return _("označeno „%(label)s“", label=label)
    named = {choice.code: choice.label for choice in asked.choices} if asked else {}
    named |= lots if asked is not None and asked.kind is Kind.LOT else {}
    answers = ", ".join(f"„{named.get(code, code)}“" for code in condition.one_of)
    return _("na „%(label)s“ odgovoreno %(answers)s", label=label, answers=answers)


def changes_in_words(changes: Sequence[SectionChange]) -> list[tuple[str, str, list[str]]]:
    """Each section that differs: its title, what became of it, and its questions in words."""
    return [
        (
            change.title,
            _("uklanja se") if change.is_gone else "",
            [
                f"{each.label}: {', '.join(str(CHANGES[one]) for one in each.changes)}"
                for each in change.questions
            ],
        )
        for change in changes
    ]
