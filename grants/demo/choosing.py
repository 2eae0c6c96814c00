"""The committee's seat of civil society: two stand for it, the local organisations vote."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.demo.applying import OWNERS
from grants.demo.calls import read
from grants.demo.cast import Cast, settle, signed_in
from grants.demo.checking import leads
from grants.demo.committees import OFFICER
from grants.documents.actions import add_document
from grants.evaluation.actions.seats import (
    begin_vote,
    cast_vote,
    close_seat_call,
    publish_seat_call,
    stand_for_seat,
    write_seat_call,
    write_statement,
)
from grants.evaluation.models import SeatCall
from grants.evaluation.queries.seats import Stand, get_seat_call, get_stand
from grants.organisations.models import Organisation
from grants.people.actors import Actor

SEAT = (
    "Organizacije civilnog društva biraju jednog člana komisije koja ocjenjuje prijave na ovaj "
    "poziv. Tražimo osobu s iskustvom u vođenju ili ocjenjivanju projekata, koja može raditi "
    "najmanje tri uzastopna radna dana."
)
# Who stands: the account, the organisation that puts the candidate up, what the candidate says.
_CANDIDATES = (
    (
        "ena.subasic",
        "o01",
        (
            "Deset godina vodim finansije udruženja i pripremam budžete projekata. Znam koliko "
            "posla stoji iza svake prijave, pa ću svaku pročitati do kraja i svaku ocjenu "
            "obrazložiti."
        ),
    ),
    (
        "petar.zec",
        "o08",
        (
            "Devet godina radim u novinarstvu i kulturi. Zalažem se da komisija svoje ocjene "
            "objasni riječima koje razumije i onaj ko prvi put piše projekat."
        ),
    ),
)
# Organisation → the place of its candidate above.
_VOTES = {"o01": 0, "o02": 0, "o03": 0, "o04": 1, "o05": 0, "o08": 1, "o09": 0, "o10": 1}


def choose_member(call: Call, organisations: Mapping[str, Organisation], cast: Cast) -> None:
    """From the short call to its record: seven days to stand, five to vote."""
    officer = cast.people[OFFICER]
    seek(call, by=officer, cast=cast, days=72)
    _stand_up(call, organisations, cast)
    at = cast.moments.before(62, "08:45")
    begin_vote(read(call), _seat_call(call), 5, by=officer, at=at)
    settle()
    _vote(call, organisations, cast, since=at)
    signature = leads(read(call), ActKind.RECORD_OF_SELECTION, by=officer)
    at = cast.moments.before(54, "12:10")
    close_seat_call(read(call), _seat_call(call), signature, by=officer, at=at)
    settle()


def _stand_up(call: Call, organisations: Mapping[str, Organisation], cast: Cast) -> None:
    for number, (key, organisation, statement) in enumerate(_CANDIDATES):
        stand = _stand(call, organisations[organisation], by=cast.people[key])
        at = cast.moments.before(70 - 2 * number, "11:30")
        curriculum = add_document(cast.files["zivotopis"], by_id=cast.people[key].id, at=at)
        stand_for_seat(stand, curriculum, by=cast.people[key], at=at)
        settle()
        stand = _stand(call, organisations[organisation], by=cast.people[key])
        write_statement(stand, statement, by=cast.people[key], at=at + timedelta(minutes=6))
        settle()


def _vote(
    call: Call, organisations: Mapping[str, Organisation], cast: Cast, *, since: datetime
) -> None:
    for number, (key, choice) in enumerate(_VOTES.items()):
        by, at = cast.people[OWNERS[key]], since + timedelta(minutes=35 * (number + 1))
        candidate = _seat_call(call).candidates[choice].slug
        cast_vote(_stand(call, organisations[key], by=by), candidate, by=by, at=at)
        settle()


def seek(call: Call, *, by: Actor, cast: Cast, days: int) -> None:
    """Publish the short call so many days ago; whoever wants to stand has a week."""
    at = cast.moments.before(days, "09:15")
    seat_call = write_seat_call(read(call), SEAT, 7, by=by, at=at)
    publish_seat_call(seat_call, by=by, at=at)
    settle()


def _seat_call(call: Call) -> SeatCall:
    found = get_seat_call(read(call))
    if found is None:
        raise LookupError(call.reference)
    return found


def _stand(call: Call, organisation: Organisation, *, by: Actor) -> Stand:
    found = get_stand(signed_in(by), read(call).slug, organisation.slug)
    if found is None:
        raise LookupError(organisation.slug)
    return found
