"""One's own terms as a calendar (RFC 5545), in the language of the person."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from grants import clock
from grants.desk.duties.duty import Duty
from grants.i18n.languages import gettext as _

# Before the deadline of a draft one is reminded as by mail; of other terms the day before, of
# those that are whole days at nine in the morning.
DRAFT_ALARMS = (timedelta(days=7), timedelta(days=2), timedelta(hours=3))
OTHER_ALARMS = (timedelta(days=1),)
DAY_ALARMS = (timedelta(hours=15),)
REFRESH = timedelta(hours=1)


def write_feed(duties: Iterable[Duty], *, host: str, public_url: str, at: datetime) -> bytes:
    """The calendar of everything that has a term; moments in UTC, days as days."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Poziv//{host}//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Poziv: moji rokovi"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for duty in duties:
        if duty.event and duty.until is not None:
            calendar.add_component(_event(duty, duty.until, host=host, url=public_url, at=at))
    content: bytes = calendar.to_ical()
    return content


def _event(duty: Duty, until: datetime, *, host: str, url: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{duty.key}@{host}")
    event.add("dtstamp", at)
    if duty.is_day:
        on = clock.local_day(until)
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", until.astimezone(UTC))
    event.add("summary", duty.event)
    address = f"{url}{duty.url}"
    event.add("description", "\n".join((duty.text, duty.note, address)))
    event.add("url", address)
    event.add("class", "PRIVATE")
    for before in _alarms_of(duty):
        event.add_component(_alarm(duty.event, before))
    return event


def _alarms_of(duty: Duty) -> tuple[timedelta, ...]:
    if duty.is_draft:
        return DRAFT_ALARMS
    return DAY_ALARMS if duty.is_day else OTHER_ALARMS


def _alarm(text: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -before)
    return alarm
