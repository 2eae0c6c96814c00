"""Blind scoring: while sheets are written, whoever is on the committee is told no applicant.

`get_member` is how every page of a committee begins. There the session is told, and from then on
an application is loaded without its applicant's name: a page written later hides it too.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, event, select
from sqlalchemy.orm import QueryContext
from sqlalchemy.orm.attributes import set_committed_value

from grants.applications.models import Application, BudgetRow, Partner
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries.seeing import knowable
from grants.evaluation.rules.blinding import Mask, mask_of_name
from grants.evaluation.words import HIDDEN_APPLICANT
from grants.i18n.script import fold, sort_key

_BLIND = "applicants are hidden"


def is_hidden(committee: Committee) -> bool:
    """Whether the committee of a call must not know who applied: until its scoring is closed."""
    call = committee.call
    is_scoring = call.status is CallStatus.SCORING and committee.scoring_closed_at is None
    return call.is_blind and is_scoring


def hide_applicants(member: Member) -> None:
    """From here on this request loads applications without who applied, where that is hidden."""
    if is_hidden(member.committee):
        db.session.info[_BLIND] = True


def show_applicants() -> None:
    """Load applications whole again: what a ranking is made from names the applicant."""
    db.session.info.pop(_BLIND, None)


def list_names(member: Member) -> list[tuple[str, str]]:
    """Every applicant and partner of the call, by a key of the name, in order of the alphabet.

    Nothing tells which application is whose, nor how many somebody has.
    """
    names = {name for _slug, name in _named(member)}
    return [(name_key(name), name) for name in sorted(names, key=sort_key)]


def slugs_of(member: Member, grounds: Mapping[str, Any]) -> dict[str, Any]:
    """What was declared by the key of a name, as declared for the applications it stands in."""
    return {
        slug: grounds[name_key(name)] for slug, name in _named(member) if name_key(name) in grounds
    }


def name_key(name: str) -> str:
    """The field of a name on the declaration; it says nothing that the name does not say."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:16]


def cover_budget(lines: Sequence[BudgetRow], mask: Mask) -> None:
    """Take who carries a line out of it, and cover names in its words; nothing is written."""
    for line in lines:
        set_committed_value(line, "partner", "")
        set_committed_value(line, "description", mask(line.description))
        set_committed_value(line, "justification", mask(line.justification))


def _named(member: Member) -> list[tuple[str, str]]:
    """Addresses of applications with the name of the applicant, and with that of each partner."""
    own: Any = knowable(select(Application.slug, Application.organisation_name), member)  # type: ignore[arg-type]  # of any rows
    partners: Any = knowable(select(Application.slug, Partner.name), member)  # type: ignore[arg-type]  # of any rows
    partners = partners.join(
        Partner,
        and_(
            Partner.application_id == Application.id,
            Partner.version == Application.snapshot_version,
        ),
    )
    rows = [*db.session.execute(own), *db.session.execute(partners)]
    return [(slug, name) for slug, name in rows if name]


def _hide(application: Application, context: QueryContext, _attributes: Any = None) -> None:
    if not context.session.info.get(_BLIND):
        return
    known = application.__dict__
    if name := known.get("organisation_name"):
        if "title" in known:
            set_committed_value(application, "title", mask_of_name(name)(known["title"]))
        set_committed_value(application, "organisation_name", str(HIDDEN_APPLICANT))


event.listen(Application, "load", _hide)
event.listen(Application, "refresh", _hide)
