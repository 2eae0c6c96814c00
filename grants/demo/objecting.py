"""An objection of the story: filed in time, rejected by a ruling; then the final list."""

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
    "Naš projekat je na rezervnoj listi iako traži manje sredstava od projekta ispred nas. "
    "Smatramo da je trebalo preskočiti prijavu koja ne staje u preostali iznos i dodijeliti "
    "sredstva nama."
)
_ASKS = "Da se prijava predloži za dodjelu preostalih sredstava u lotu 2."
_REASONING = (
    "Komisija je lot 2 raspodijelila redom po broju bodova. Pravila poziva ne daju prednost manjem "
    "traženom iznosu, a preostala sredstva lota nisu dovoljna za cijeli traženi iznos prijave.\n"
    "Bodovi su provjereni u zapisniku i u ulaznim podacima rang-liste i sabrani su tačno. Prijava "
    "ostaje na rezervnoj listi i, ako se sredstva oslobode, prva je na redu u svom lotu."
)


def object_and_finish(call: Call, cast: Cast) -> None:
    """From the objection to the final list; what was listed first stays as it was."""
    slug = _file(call, cast)
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


def _file(call: Call, cast: Cast) -> str:
    by, found = cast.people["nejra.basic"], get_listed_application(call, OBJECTS)
    if found is None:
        raise LookupError(OBJECTS)
    filing = Filing(Against.RANKING, _TEXT, _ASKS)
    slug = file_objection(found, filing, by=by, at=cast.moments.before(91, "18:40")).slug
    settle()
    return slug


def _read(call: Call, slug: str, *, by: Actor) -> Objection:
    found = get_objection(signed_in(by), "novo-sarajevo", slug)
    if found is None:
        raise LookupError(slug)
    return found
