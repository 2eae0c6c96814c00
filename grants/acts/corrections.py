"""An obvious mistake in an issued act: put right by another act, never in the first one."""

from datetime import datetime

from grants.acts.actions import Draft, prepare_act
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.queries import count_corrections
from grants.acts.rules import ActKind, Subject
from grants.audit.actions import Doer
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.municipalities.models import Municipality


def prepare_correction(
    act: Act,
    municipality: Municipality,
    *,
    wrong: str,
    right: str,
    by: Doer,
    at: datetime,
) -> Act:
    """Prepare the act that puts `right` where the issued act says `wrong`.

    DomainError `act_not_issued` for a draft, which is simply prepared again.
    """
    if act.issued_at is None or act.acted_on is None:
        raise DomainError(Problem("nothing_to_correct"))
    with speaking(act.language):
        kind, about = (
            _("Rješenje"),
            _("o ispravci greške u aktu broj %(number)s", number=act.number),
        )
        legal = legal_texts(municipality, ActKind.CORRECTION, act.language)
    facts = {
        "act": {"kind": kind, "about": about, "served_to": served_to(act)},
        "legal": {"basis": legal.basis, "remedy": legal.remedy},
        "corrects": {
            "title": act.title,
            "number": act.number,
            "date": act.acted_on.isoformat(),
            "sha256": act.facts_sha256,
        },
        "wrong": wrong,
        "right": right,
    }
    draft = Draft(
        key=f"correction:{act.id}:{count_corrections(act)}",
        kind=ActKind.CORRECTION,
        title=f"{kind} {about}",
        template="acts/correction.pdf.html",
        facts=facts,
        subject=Subject(
            "Act",
            act.id,
            act.municipality_id,
            call_reference=act.call_reference,
            language=act.language,
            recipient_name=act.recipient_name,
            organisation_id=act.organisation_id,
        ),
        remedy_days=legal.remedy_days,
        corrects_id=act.id,
    )
    return prepare_act(draft, by=by, at=at)


def served_to(act: Act) -> list[str]:
    """Who gets a copy: the recipient, where there is one, and the file."""
    receivers: list[str] = [act.recipient_name] if act.recipient_name else []
    with speaking(act.language):
        return [*receivers, _("U spis predmeta")]
