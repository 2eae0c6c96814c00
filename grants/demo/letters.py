"""What comes by other ways: an application on paper, and messages about a case."""

from datetime import date, datetime

from grants.applications.actions.messaging import send_message
from grants.applications.actions.paper import complete_paper, start_paper
from grants.applications.queries import get_draft_to_submit, get_own_draft
from grants.applications.rules.paper import Envelope
from grants.applications.rules.states import Channel
from grants.calls.models import Call
from grants.demo.calls import read
from grants.demo.cast import Cast, settle, signed_in
from grants.demo.checking import read_case
from grants.demo.drafts import Fields, save
from grants.organisations.actions.profile import register_unclaimed
from grants.organisations.models import LegalForm
from grants.people.actors import Actor

_PAPER: dict[str, Fields] = {
    "organisation": {"contact_name": "Petar Simić", "no_double_funding": "yes"},
    "summary": {
        "title": "Medonosne livade uz Vrbas",
        "lot": "2",
        "location": "Laktaši, Trn",
        "duration_months": "6",
        "requested": "12.400,00",
        "summary_text": "Zasijati tri hektara medonosnog bilja i otvoriti školski pčelinjak.",
    },
    "budget": {
        "budget.rows": "1 2",
        "budget.1.heading": "3",
        "budget.1.description": "Sjeme i sadnice",
        "budget.1.unit": "komplet",
        "budget.1.quantity": "4",
        "budget.1.price": "1.600,00",
        "budget.1.requested": "6.400,00",
        "budget.2.heading": "5",
        "budget.2.description": "Radionice za škole",
        "budget.2.unit": "dan",
        "budget.2.quantity": "10",
        "budget.2.price": "600,00",
        "budget.2.requested": "6.000,00",
    },
}
_ORGANISATION = {
    "name": "Udruženje pčelara „Lipa“",
    "jib": "4401002009960",
    "legal_form": LegalForm.ASSOCIATION,
    "registered_on": date(2012, 5, 14),
    "register_name": "Osnovni sud u Banjoj Luci",
    "register_number": "F-1-44/12",
    "address": "Karađorđeva 12",
    "postal_code": "78250",
    "place": "Laktaši",
    "representative_name": "Petar Simić",
    "representative_title": "predsjednik",
}


def key_in_paper(call: Call, *, by: Actor, cast: Cast) -> None:
    """An envelope posted before the deadline; what it misses stays as it is."""
    received_at = cast.moments.before(6, "08:40")
    at = cast.moments.before(6, "11:10")
    organisation = register_unclaimed(_ORGANISATION, is_jib_confirmed=True, by=by, at=at)
    envelope = Envelope(
        channel=Channel.POST,
        protocol_number="05-14-118/26",
        received_at=received_at,
        posted_at=cast.moments.before(9, "10:00"),
    )
    application = start_paper(read(call), organisation, envelope, by=by, at=at)
    settle()
    slug = application.slug
    for key, fields in _PAPER.items():
        save(slug, key, fields, by=by, at=at)
    paper = get_draft_to_submit(signed_in(by), slug)
    if paper is None:
        raise LookupError(slug)
    complete_paper(paper, by=by, at=at)
    settle()


def write_about(call: Call, slug: str, *, officer: Actor, applicant: Actor, at: datetime) -> None:
    """The officer explains what was asked; the applicant has a question that waits."""
    case = read_case(call, slug, by=officer)
    said = (
        "Poštovani, za stavku opreme je dovoljna jedna ponuda ili predračun po vrsti opreme. "
        "Priložite ih u dijelu „Dokumenti“."
    )
    send_message(case, said, is_from_office=True, by=officer, at=at)
    settle()
    own = get_own_draft(signed_in(applicant), slug)
    if own is None:
        raise LookupError(slug)
    asked = "Hvala. Važi li i ponuda iz internet prodavnice, ako na njoj piše cijena s PDV-om?"
    send_message(own, asked, is_from_office=False, by=applicant, at=at.replace(hour=at.hour + 1))
    settle()
