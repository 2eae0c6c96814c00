"""An act as its template gets it: for the PDF that is kept, for the preview on a page."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grants.acts.models import Act
from grants.audit.rules import canonical
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import in_script, render, speaking
from grants.municipalities.models import Municipality
from grants.municipalities.rules import Entity


@dataclass(frozen=True)
class Printable:
    """Everything the PDF of an act is made from, read once."""

    template: str
    language: str
    title: str
    number: str
    issued_at: datetime
    attached: str
    context: dict[str, Any]


def printable_of(act: Act, municipality: Municipality, *, public_url: str) -> Printable:
    """An act with all its template needs: `act` or `record`, `letterhead`, `verification`, `facts`.

    `verification` has no picture yet: the worker draws it.
    """
    with speaking(act.language):
        context = _context(act, municipality)
    context["verification"] = {
        "url": f"{public_url}/verify/{act.verification_code}",
        "code": act.verification_code,
        "sha256": act.facts_sha256 or "",
    }
    return Printable(
        template=act.template,
        language=act.language,
        title=act.title,
        number=act.number or "",
        issued_at=act.issued_at or act.prepared_at,
        attached=canonical(act.facts),
        context=context,
    )


def preview_of(act: Act, municipality: Municipality, *, public_url: str) -> str:
    """What the act says, as HTML for the inside of a page: its headings step down by one.

    The foot and the code for checking are left out; an act without a number says so.
    """
    printable = printable_of(act, municipality, public_url=public_url)
    page = render(printable.template, act.language, **printable.context)
    body = page.partition("<body>")[2].rpartition("</body>")[0]
    for opening, closing in _NOT_SHOWN:
        before, found, rest = body.partition(opening)
        body = before + rest.partition(closing)[2] if found else body
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", body)


_HEADING = re.compile(r"(</?h)([1-5])")
_NOT_SHOWN = (
    ('<div class="foot">', "</div>"),
    ('<section class="verification">', "</section>"),
)


def _context(act: Act, municipality: Municipality) -> dict[str, Any]:
    language = act.language
    head = {
        "number": act.number or _("(broj se dodjeljuje pri izdavanju)"),
        "date": _written(act.acted_on) or _("(datum izdavanja)"),
        "place": in_script(municipality.place, language),
        "function": in_script(act.signatory_title or municipality.mayor_title, language),
        "signatory": in_script(act.signatory_name or municipality.mayor_name, language),
    }
    return {
        "act": {**head, **act.facts.get("act", {})},
        "record": {**head, **act.facts.get("record", {})},
        "facts": act.facts,
        "municipality": municipality,
        "letterhead": letterhead_of(municipality, language),
    }


def letterhead_of(municipality: Municipality, language: str) -> dict[str, Any]:
    """The head of every paper of a municipality; to be asked while speaking its language."""
    lines = (municipality.address, municipality.phone, municipality.email, municipality.web)
    levels = {
        Entity.FBIH: [_("Bosna i Hercegovina"), _("Federacija Bosne i Hercegovine")],
        Entity.RS: [_("Bosna i Hercegovina"), _("Republika Srpska")],
        Entity.BD: [_("Bosna i Hercegovina")],
    }
    return {
        "levels": levels[municipality.entity],
        "authority": in_script(municipality.full_name, language),
        "body": in_script(municipality.mayor_title, language),
        "address": [in_script(line, language) for line in lines if line],
    }


def _written(on: date | None) -> str:
    return _("%(day)s godine", day=f"{on.day}. {on.month}. {on.year}.") if on else ""
