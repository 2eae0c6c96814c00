"""An objection of the story: filed in time, rejected by a ruling; then the final list."""

from datetime import datetime

from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.complaints.actions.filing import file_objection
from grants.complaints.actions.finalising import make_final_list
from grants.complaints.actions.ruling import issue_ruling, prepare_ruling
from grants.complaints.models import Objection
from grants.complaints.queries.objections import (
    get_listed_application,
    get_objection,
)
from grants.complaints.rules.filing import Filing
from grants.complaints.rules.ruling import Proposal
from grants.complaints.rules.states import Against, Ruling
from grants.demo.cast import Cast, settle, signed_in
from grants.people.actors import Actor

OBJECTS = "NS-2021-RELOAD2-009"
_TEXT = (
    "U lotu 2 ostalo je neraspoređeno 8.600 KM, a naš projekat traži 15.000 KM. Smatramo da je "
    "komisija trebala predložiti bar taj iznos, jer bi se projekat mogao provesti i u manjem obimu."
)
_ASKS = "Da se prijava predloži za dodjelu preostalih 8.600 KM u lotu 2."
_REASONING = (
    "Pravila raspodjele iz javnog poziva dopuštaju dodjelu dijela sredstava samo ako taj dio "
    "pokriva najmanje 80 % potrebnog iznosa. Za 15.000 KM to je 12.000 KM, pa 8.600 KM nije "
    "dovoljno.\n"
    "Ono što u lotovima ostane raspoređuje se zatim po bodovima svih prijava s rezervnih lista. "
    "Ispred prijave su dvije s više bodova, pa do nje sredstva nisu došla. Bodovi su provjereni u "
    "ulaznim podacima rang-liste i sabrani su tačno. Prijava ostaje prva na rezervnoj listi lota 2."
)


def object_and_finish(call: Call, cast: Cast) -> None:
    """From the objection to the final list; what was listed first stays as it was."""
    by, filing = cast.people["nejra.basic"], Filing(Against.RANKING, _TEXT, _ASKS)
    slug = file(call, OBJECTS, filing, by=by, at=cast.moments.before(91, "18:40"))
    officer, signatory = cast.people["selma.karic"], cast.people["jasna.peric"]
    proposal = Proposal(Ruling.REJECTED, _REASONING)
    at = cast.moments.before(88, "11:10")
    prepare_ruling(_read(call, slug, by=officer), proposal, by=officer, at=at)
    settle()
    issue_ruling(_read(call, slug, by=signatory), by=signatory, at=cast.moments.before(85, "09:30"))
    settle()
    at = cast.moments.before(81, "08:20")
    make_final_list(_whole(call), by=officer, at=at)
    settle()


def _whole(call: Call) -> Call:
    found = get_call_by_id(call.id)
    if found is None:
        raise LookupError(call.id)
    return found


def file(call: Call, reference: str, filing: Filing, *, by: Actor, at: datetime) -> str:
    """The applicant objects online; the address of the objection."""
    found = get_listed_application(call, reference)
    if found is None:
        raise LookupError(reference)
    slug = file_objection(found, filing, by=by, at=at).slug
    settle()
    return slug


def _read(call: Call, slug: str, *, by: Actor) -> Objection:
    found = get_objection(signed_in(by), "novo-sarajevo", slug)
    if found is None:
        raise LookupError(slug)
    return found
