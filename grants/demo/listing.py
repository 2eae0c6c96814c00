"""From the last sheet to the objection: amounts, a tie, scenarios, the ranking and its record."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from grants import clock
from grants.calls.models import Call
from grants.complaints.rules.filing import Filing
from grants.complaints.rules.states import Against
from grants.demo.calls import read
from grants.demo.cast import Cast, settle, signed_in
from grants.demo.checking import read_case
from grants.demo.committees import OFFICER, committee_of
from grants.demo.meeting import PLACE
from grants.demo.objecting import file
from grants.people.actors import Actor
from grants.ranking.actions import close_ranking, close_scoring, reduce_amount, vote_on_tie
from grants.ranking.bench import Bench
from grants.ranking.keeping import ask_for_fairness
from grants.ranking.marks import mark_of
from grants.ranking.publishing import publish_ranking
from grants.ranking.queries import get_bench, latest_ranking
from grants.ranking.record_parts import text_sha256
from grants.ranking.records import (
    Opinion,
    confirm_record,
    make_record,
    read_record,
    write_remarks,
)
from grants.ranking.rules.closing import Session
from grants.ranking.rules.scenarios import Changes
from grants.ranking.rules.voting import CastVote
from grants.ranking.scenarios import save_scenario

REDUCED, LEVEL, OBJECTING = "mural", ("koraci", "basket"), "kino"
_AMOUNT = 1_210_000
_REASON = (
    "Za boje, premaze i pribor priznaje se 1.300 KM umjesto 2.800 KM, jer fasadnu boju ustupa "
    "općina iz redovnog održavanja zgrada. Ostale stavke ostaju kako su tražene."
)
_TIE = (
    "Obje prijave imaju isti zbir i iste bodove u sekcijama koje odlučuju. Prednost je data "
    "programu za djecu s poteškoćama, jer na području općine za njih nema drugog sportskog "
    "sadržaja, a večernji termini za mlade djelimično postoje."
)
_SCENARIOS = (
    ("Lot 2 s još 3.500 KM", Changes(envelopes={"2": 2_350_000})),
    ("Djelimična dodjela već od 70 % iznosa", Changes(partial_min_share=Fraction(7, 10))),
)
_SESSION = "Prijave su razmatrane po lotovima. Članovi izuzeti od prijave izlazili su iz sale."
_REMARKS = {
    "meetings": "Sastanak o usaglašavanju trajao je sat i četrdeset minuta.",
    "amounts": "Podnosilac će prije ugovora dostaviti budžet usklađen s predloženim iznosom.",
}
# One member agrees with the text and still wants something written down, another does not agree.
_WORDS = {
    "boris.maric": (
        False,
        (
            "Ostajem pri ocjeni budžeta za radionice zanata: stavka za katalog iznosi četvrtinu "
            "budžeta i nije razložena. Odluku većine poštujem."
        ),
    ),
    "ena.subasic": (True, "Hvala kolegama na strpljivom čitanju svake prijave."),
}
_TEXT = (
    "Molimo da se još jednom pogleda odgovor na pitanje 3.3. Partner je u prijavi naveden sa "
    "svojim zadacima: volonteri Centra prate gledaoce na svaku projekciju, a prijevoz je u budžetu "
    "zasebna stavka. U obrazloženju stoji da se uloga partnera svodi na najavu, što po našem "
    "mišljenju nije tačno.\n"
    "Do praga nam nedostaje 2,25 boda."
)
_ASKS = "Da se prijava ponovo ocijeni u dijelu koji se odnosi na partnera i praćenje."


def finish(call: Call, members: Sequence[str], slugs: Mapping[str, str], cast: Cast) -> None:
    """The committee ends its work, the list is published, one applicant objects."""
    officer = cast.people[OFFICER]
    references = {
        project: str(read_case(call, slug, by=officer).reference) for project, slug in slugs.items()
    }
    _decide(call, slugs[REDUCED], [references[each] for each in LEVEL], cast)
    _close(call, cast)
    _write_record(call, members, cast)
    at = cast.moments.before(3, "13:10")
    publish_ranking(read(call), latest_ranking(read(call)), by=officer, at=at)
    ask_for_fairness(call, mark_of(read(call)), at=at)
    settle()
    by, filing = cast.people["hana.omerovic"], Filing(Against.SCORE, _TEXT, _ASKS)
    at = cast.moments.before(1, "18:40")
    file(read(call), references[OBJECTING], filing, by=by, at=at)


def _decide(call: Call, reduced: str, level: Sequence[str], cast: Cast) -> None:
    """Scoring ends; one amount is reduced, the tie is voted upon, two thoughts are saved."""
    chair, at = cast.people["amela.softic"], cast.moments.before(10, "12:05")
    close_scoring(read(call), committee_of(call), by=chair, at=at)
    settle()
    application, at = read_case(call, reduced, by=cast.people[OFFICER]), at + timedelta(minutes=25)
    reduce_amount(application, committee_of(call), amount=_AMOUNT, reason=_REASON, by=chair, at=at)
    settle()
    at += timedelta(minutes=20)
    vote = CastVote(level, clock.local_day(at), _present(call), 3, 1, 1, _TIE)
    vote_on_tie(read(call), committee_of(call), vote, by=chair, at=at)
    settle()
    for name, changes in _SCENARIOS:
        at += timedelta(minutes=15)
        bench = _bench(chair, committee_of(call).slug)
        save_scenario(bench, name, changes, weighed=None, by=chair, at=at)
        settle()


def _close(call: Call, cast: Cast) -> None:
    at = cast.moments.before(7, "10:30")
    session = Session(clock.local_day(at), PLACE, _present(call), 4, 1, 0, _SESSION)
    by = cast.people["amela.softic"]
    close_ranking(read(call), committee_of(call), session, by=by, at=at)
    settle()


def _write_record(call: Call, members: Sequence[str], cast: Cast) -> None:
    """Remarks of the chair, then everybody's word, then the officer issues it."""
    at = cast.moments.before(7, "13:00")
    bench = _bench(cast.people["amela.softic"], committee_of(call).slug)
    write_remarks(bench, latest_ranking(read(call)), _REMARKS, at=at)
    settle()
    for number, key in enumerate(members):
        by = cast.people[key]
        at = cast.moments.before(7, "13:20") + timedelta(minutes=20 * number)
        bench, ranking = _bench(by, committee_of(call).slug), latest_ranking(read(call))
        if bench.committee is None or ranking is None:
            raise LookupError(key)
        is_agreed, remark = _WORDS.get(key, (True, ""))
        text = text_sha256(read_record(bench.call, bench.committee, ranking))
        confirm_record(bench, ranking, Opinion(is_agreed, remark, text), by=by, at=at)
        settle()
    by, at = cast.people[OFFICER], cast.moments.before(4, "09:40")
    make_record(read(call), committee_of(call), latest_ranking(read(call)), by=by, at=at)
    settle()


def _present(call: Call) -> list[str]:
    return [each.key for each in committee_of(call).members if each.is_voting]


def _bench(who: Actor, committee: str) -> Bench:
    found = get_bench(signed_in(who), committee)
    if found is None:
        raise LookupError(committee)
    return found
