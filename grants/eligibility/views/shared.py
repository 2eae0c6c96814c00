"""What the pages of this slice share: addresses, who signs, how refusals are shown."""

from typing import Any

from flask import Blueprint, url_for

from grants.acts.actions import Signature
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.web.errors import sentences
from grants.web.gate import actor

blueprint = Blueprint("eligibility", __name__)
OF_CALL = "/m/<municipality>/calls/<slug>"
OF_CASE = "/m/<municipality>/applications/<slug>/check"
Refused = list[tuple[str, str | None]]


def signature(municipality: Municipality, kind: ActKind, typed: str) -> Signature:
    """Records and requests of the check are signed by the officer."""
    return Signature(
        name=actor().name,
        title=_("Službenik/ca"),
        series=legal_texts(municipality, kind).series,
        typed_number=typed.strip(),
    )


def refused_by(refusal: DomainError) -> Refused:
    """The sentences of a refusal with the fields they belong to."""
    places = [problem.place or None for problem in refusal.problems]
    return list(zip(sentences(refusal.problems), places, strict=True))


def of_call(endpoint: str, call: Call, **more: Any) -> str:
    """The address of a page of a call."""
    return url_for(endpoint, municipality=call.municipality.slug, slug=call.slug, **more)
