"""What happened around the open call: questions, two of them answered, and a correction."""

from datetime import datetime, timedelta
from typing import Any

from grants import clock
from grants.calls.actions.answering import Answer, ask_question, publish_answer
from grants.calls.actions.correcting import publish_correction, send_correction, write_correction
from grants.calls.asked import get_question_to_work_on
from grants.calls.corrected import get_correction_to_work_on
from grants.calls.models import AskedQuestion, Call, Correction
from grants.demo.calls import read
from grants.demo.cast import Cast, settle

# By so many days the correction moves the deadline.
MOVED_BY = 2
REASON = (
    "Zbog praznika je produžen rok, povećan je najviši iznos i dodato je gdje prijavu može "
    "popuniti ko nema računar."
)
OFFICER, SIGNATORY = "selma.karic", "jasna.peric"
VEHICLE = Answer(
    "Može li se iz granta kupiti vozilo za prevoz učesnika?",
    "Ne. Vozila se iz ovog poziva ne kupuju. Najam vozila za aktivnosti projekta je prihvatljiv "
    "trošak i upisuje se u budžet kao usluga.",
)
PARTNER = Answer(
    "Može li partner biti organizacija iz druge općine?",
    "Da. Partner može biti odakle god, a aktivnosti i korisnici moraju biti s područja naše "
    "općine.",
)
PARTNER_AGAIN = Answer(
    PARTNER.question,
    PARTNER.answer + " Partner potpisuje izjavu o partnerstvu, koja se prilaže uz prijavu.",
    "Dodano je da partner potpisuje izjavu.",
)
OPEN = "Računa li se volonterski rad kao vlastito učešće?"
CLEARER = (
    "Prijava se popunjava i predaje ovdje, preko interneta. Nacrt se može čuvati i dorađivati do "
    "isteka roka, a predaje ga samo ovlašteni zastupnik organizacije. Nakon predaje stiže potvrda "
    "s brojem i vremenom. Ko nema računar, prijavu može popuniti u šalter sali, uz pomoć službe."
)


def tell_inquiries(call: Call, *, closes: int, cast: Cast) -> None:
    """Questions of the last week, the newest still open; the call is corrected four days ago."""
    moments = cast.moments
    vehicle = _ask(call, "Može li se kupiti kombi za prevoz djece?", "vedran.kovac", 9, cast)
    partner = _ask(call, "Naš partner je iz Bihaća, je li to u redu?", "hana.omerovic", 7, cast)
    # Hours grow from day to day: a weekend may put two of these days on one Friday.
    _answer(call, vehicle, VEHICLE, moments.before(8, "13:20"), cast)
    _answer(call, partner, PARTNER, moments.before(6, "13:30"), cast)
    _correct(call, moments.after(closes), cast)
    _answer(call, partner, PARTNER_AGAIN, moments.before(2, "16:30"), cast)
    _ask(call, OPEN, "sanja.ilic", 1, cast)


def _correct(call: Call, deadline: datetime, cast: Cast) -> None:
    officer, signatory = cast.people[OFFICER], cast.people[SIGNATORY]
    at, found = cast.moments.before(4, "14:15"), read(call)
    wanted = _wanted(found, deadline)
    kept = write_correction(found, wanted, reason=REASON, by=officer, at=at)
    settle()
    send_correction(_correction(call, kept, cast), by=officer, at=at + timedelta(minutes=20))
    settle()
    publish_correction(_correction(call, kept, cast), by=signatory, at=at + timedelta(hours=2))
    settle()


def _wanted(call: Call, deadline: datetime) -> dict[str, Any]:
    """A clearer text, a higher limit and a later deadline, with the check a day after it."""
    wanted: dict[str, Any] = {
        "text:how_to_apply": CLEARER,
        "grant_max": call.grant_max + 200_000,
    }
    if call.deadline is not None and deadline > call.deadline:
        check_from = clock.local_day(deadline) + timedelta(days=1)
        wanted |= {"deadline": deadline.isoformat(), "planned:check_from": check_from.isoformat()}
    return wanted


def _ask(call: Call, text: str, person: str, days: int, cast: Cast) -> str:
    at = cast.moments.before(days, "10:40")
    question = ask_question(read(call), text, by=cast.people[person], at=at)
    settle()
    return question.slug


def _answer(call: Call, slug: str, answer: Answer, at: datetime, cast: Cast) -> None:
    by = cast.people[OFFICER]
    publish_answer(_question(call, slug, cast), answer, by=by, at=at)
    settle()


def _question(call: Call, slug: str, cast: Cast) -> AskedQuestion:
    found = read(call)
    town = found.municipality.slug
    question = get_question_to_work_on(cast.people[OFFICER], town, found.slug, slug)
    if question is None:
        raise LookupError(slug)
    return question


def _correction(call: Call, correction: Correction, cast: Cast) -> Correction:
    found = read(call)
    by = cast.people[OFFICER]
    again = get_correction_to_work_on(by, found.municipality.slug, found.slug, correction.slug)
    if again is None:
        raise LookupError(correction.slug)
    return again
