"""The way around: entries by role; an entry whose page does not exist yet is left out."""

from collections.abc import Iterator
from typing import Any

from flask import current_app, g, request

from grants.desk.queries.seats import list_seats
from grants.desk.rules import APPLICANT, COMMITTEE
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.people.actors import Actor
from grants.people.rules import STAFF
from grants.web.chrome import PersonLink, Way


def find_url(endpoint: str, **address: Any) -> str:
    """The address of a page, empty when its slice is not there."""
    return (
        current_app.url_for(endpoint, **address) if endpoint in current_app.view_functions else ""
    )


def start_url(who: Actor) -> str:
    """Where a person's work begins: the town hall, the committee, or the own cases."""
    seats = list_seats(sorted(who.scopes_of(*STAFF)))
    if seats:
        return find_url("desk.office", municipality=seats[0].slug)
    if who.scopes_of(*COMMITTEE) and not who.scopes_of(*APPLICANT):
        return find_url("evaluation.index") or find_url("desk.my")
    return find_url("desk.my")


def ways(who: Actor) -> list[Way]:
    """The menu: of the municipality one works in, of the committee, of an applicant, of all."""
    found = [*_staff_ways(who), *_own_ways(who), *_public_ways(who)]
    return [Way(label, url, _is_current(url)) for label, url in found if url]


def person_links(who: Actor) -> list[PersonLink]:
    """Every start page of a person with several of them."""
    links = [
        PersonLink(seat.full_name, find_url("desk.office", municipality=seat.slug))
        for seat in list_seats(sorted(who.scopes_of(*STAFF)))
    ]
    if who.scopes_of(*COMMITTEE):
        links.append(PersonLink(_("Rad u komisiji"), find_url("evaluation.index")))
    links.append(PersonLink(_("Moje prijave"), find_url("desk.my")))
    links.append(PersonLink(_("Obavijesti"), find_url("notices.inbox"), count=who.unread))
    links.append(PersonLink(_("Podešavanja"), find_url("preferences.settings")))
    return [link for link in links if link.url]


def _staff_ways(who: Actor) -> Iterator[tuple[str, str]]:
    seat = _seat_of(who)
    if seat is None:
        return
    yield _("Početna"), find_url("desk.office", municipality=seat.slug)
    yield _("Pozivi"), find_url("desk.calls", municipality=seat.slug)
    yield _("Akti"), find_url("acts.index", municipality=seat.slug)
    yield _("Ugovori"), find_url("contracts.index", municipality=seat.slug)
    yield _("Isplate"), find_url("payments.index", municipality=seat.slug)


def _seat_of(who: Actor) -> Municipality | None:
    """The municipality of this page where the person works there, else the first of theirs."""
    seats = list_seats(sorted(who.scopes_of(*STAFF)))
    entered = g.get("municipality_seat")
    named = [seat for seat in seats if entered and seat.full_name == entered.name]
    return next(iter(named or seats), None)


def _own_ways(who: Actor) -> Iterator[tuple[str, str]]:
    if who.scopes_of(*COMMITTEE):
        yield _("Komisija"), find_url("evaluation.index")
    if who.is_signed_in and not who.scopes_of(*STAFF):
        yield _("Moje prijave"), find_url("desk.my")


def _public_ways(who: Actor) -> Iterator[tuple[str, str]]:
    if not who.scopes_of(*STAFF):
        yield _("Javni pozivi"), find_url("register.index")
        yield _("Provjera akta"), find_url("verification.verify_form")


def _is_current(url: str) -> bool:
    """The start pages only on themselves, the others also on all pages below."""
    is_start = url == "/" or (url.count("/") == 2 and url.startswith("/m/"))
    return request.path == url or (not is_start and request.path.startswith(f"{url}/"))
