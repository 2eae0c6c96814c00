"""What the pages of this slice share: addresses, who signs, how refusals are shown."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, url_for

from grants.acts.actions import Signature
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.eligibility.words import QUESTIONS
from grants.errors import Problem
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.web.errors import Refused, sentence
from grants.web.gate import actor

blueprint = Blueprint("eligibility", __name__)
OF_CALL = "/m/<municipality>/calls/<slug>"
OF_CASE = "/m/<municipality>/applications/<slug>/check"


def signature(municipality: Municipality, kind: ActKind, typed: str) -> Signature:
    """Records and requests of the check are signed by the officer."""
    return Signature(
        name=actor().name,
        title=_("Službenik/ca"),
        series=legal_texts(municipality, kind).series,
        typed_number=typed.strip(),
    )


def of_call(endpoint: str, call: Call, **more: Any) -> str:
    """The address of a page of a call."""
    return url_for(endpoint, municipality=call.municipality.slug, slug=call.slug, **more)


def saying(problems: Sequence[Problem]) -> list[str]:
    """What was found against one application, each question named; the open ones only counted."""
    still_open = sum(each.code == "check_open" for each in problems)
    said = [
        f"{QUESTIONS[each.place]}: {sentence(each)}" if each.place in QUESTIONS else sentence(each)
        for each in problems
        if each.code != "check_open"
    ]
    return [_("Pitanja bez odgovora: %(count)s.", count=still_open), *said] if still_open else said


def named(problems: Sequence[Problem]) -> Refused:
    """Problems for the summary: those of a question carry its name and lead to it."""
    return [
        (f"{QUESTIONS[each.place]}: {sentence(each)}", f"item-{each.place}")
        if each.place in QUESTIONS
        else (sentence(each), each.place or None)
        for each in problems
    ]
