"""The Novo Sarajevo case: imported as history, then ranked, decided and served by hand."""

from collections.abc import Sequence
from pathlib import Path

from grants import clock, tenancy
from grants.acts.actions import Service, record_service
from grants.acts.rules import ServiceWay
from grants.applications.rules.states import Outcome
from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.decisions.actions import approve_all, issue_all, issue_decision, prepare_decisions
from grants.decisions.models import Decision
from grants.decisions.queries import list_awarded, list_decisions
from grants.decisions.reserve import activate_reserve, record_decline
from grants.decisions.rules import DecisionKind
from grants.demo.cast import Cast, settle
from grants.demo.objecting import object_and_finish
from grants.demo.people import NOVO_SARAJEVO
from grants.dossier.actions.importing import import_dossier
from grants.dossier.rules.reading import parse
from grants.evaluation.queries import get_committee
from grants.people.actors import SYSTEM
from grants.ranking.actions import close_ranking
from grants.ranking.publishing import publish_ranking
from grants.ranking.queries import calendar_of, latest_ranking
from grants.ranking.records import make_record
from grants.ranking.rules.closing import Session

DOSSIER = Path(__file__).parent / "novo-sarajevo-reload2.json"
DECLINES = "NS-2021-RELOAD2-004"
_REASON = (
    "Udruženje je za isti prostor i opremu u međuvremenu dobilo sredstva iz drugog izvora, pa se "
    "odriče dodijeljenih sredstava kako bi ih mogla koristiti druga organizacija."
)


def import_history(cast: Cast) -> Call:
    """Bring the dossier in; its organisations that are registered here are tied by their JIB."""
    dossier = parse(DOSSIER.read_bytes())
    call = import_dossier(dossier, by=SYSTEM, at=cast.moments.before(104, "10:00"))
    settle()
    return call


def decide_history(call: Call, cast: Cast) -> None:
    """From the ranking to the reserve list, all by the officer and the signatory."""
    with tenancy.within(cast.towns[NOVO_SARAJEVO].id):
        _rank(call, cast)
        object_and_finish(_read(call), cast)
        _decide(call, cast)
        _serve(list_decisions(_read(call)), cast, days=75)
        settle()
        _decline(call, cast)
        _activate(call, cast)


def _read(call: Call) -> Call:
    found = get_call_by_id(call.id)
    if found is None:
        raise LookupError(call.id)
    return found


def _rank(call: Call, cast: Cast) -> None:
    officer, held = cast.people["selma.karic"], cast.moments.before(98, "13:30")
    read = _read(call)
    committee = get_committee(read)
    if committee is None:
        raise LookupError(read.reference)
    session = Session(
        held_on=clock.local_day(held),
        place="Sala za sastanke, Ulica Primjera 1",
        present=[member.key for member in committee.members],
        votes_for=5,
        votes_against=0,
        votes_abstained=0,
        remarks="Prijave su razmatrane redom po oblastima poziva.",
    )
    close_ranking(read, committee, session, by=officer, at=held)
    settle()
    _record(call, cast)
    read = _read(call)
    at = cast.moments.before(94, "09:15")
    publish_ranking(read, latest_ranking(read), by=officer, at=at)
    settle()


def _record(call: Call, cast: Cast) -> None:
    read = _read(call)
    committee = get_committee(read)
    if committee is None:
        raise LookupError(read.reference)
    at = cast.moments.before(97, "15:40")
    make_record(read, committee, latest_ranking(read), by=cast.people["selma.karic"], at=at)
    settle()


def _decide(call: Call, cast: Cast) -> None:
    officer, signatory = cast.people["selma.karic"], cast.people["jasna.peric"]
    prepare_decisions(_read(call), by=officer, at=cast.moments.before(80, "10:10"))
    settle()
    approve_all(_read(call), by=signatory, at=cast.moments.before(77, "09:40"))
    settle()
    issue_all(_read(call), by=signatory, at=cast.moments.before(77, "10:05"))
    settle()


def _serve(decisions: Sequence[Decision], cast: Cast, *, days: int) -> None:
    """Acts of applicants are served; the table of the call hangs on the notice board."""
    officer, at = cast.people["selma.karic"], cast.moments.before(days, "14:00")
    calendar = calendar_of(cast.towns[NOVO_SARAJEVO].id)
    for number, decision in enumerate(decisions):
        if decision.act.served_on is not None or decision.act.issued_at is None:
            continue
        way = ServiceWay.POST if number % 3 else ServiceWay.IN_PERSON
        if decision.kind is DecisionKind.AWARD_DECISION:
            way = ServiceWay.NOTICE_BOARD
        service = Service(clock.local_day(at), way)
        record_service(decision.act, service, calendar=calendar, by=officer, at=at)


def _decline(call: Call, cast: Cast) -> None:
    award = award_of(call, DECLINES)
    at = cast.moments.before(72, "11:20")
    record_decline(award, reason=_REASON, by=cast.people["selma.karic"], at=at)
    settle()


def _activate(call: Call, cast: Cast) -> None:
    officer, signatory = cast.people["selma.karic"], cast.people["jasna.peric"]
    activate_reserve(_read(call), by=officer, at=cast.moments.before(69, "09:05"))
    settle()
    approve_all(_read(call), by=signatory, at=cast.moments.before(67, "10:00"))
    settle()
    read = _read(call)
    decision = next(each for each in list_decisions(read) if each.act.issued_at is None)
    issue_decision(decision, read, by=signatory, at=cast.moments.before(67, "10:30"))
    settle()
    _serve(list_decisions(_read(call)), cast, days=65)
    settle()


def award_of(call: Call, reference: str) -> Decision:
    """The standing award of an application by its reference."""
    return next(
        each
        for each in list_awarded(call)
        if each.application is not None
        and each.application.reference == reference
        and each.application.outcome is Outcome.AWARDED
    )
