"""Reminding the office that a ruling is due."""

from datetime import datetime

from grants import clock
from grants.complaints.models import Objection
from grants.complaints.queries.objections import was_told
from grants.notifications.actions import notify
from grants.people.queries import list_holders
from grants.people.rules import Role


def remind_of_ruling(objection: Objection, *, at: datetime) -> None:
    """Write to the officers and, where the ruling is prepared, to whoever signs; once a day."""
    application = objection.application
    # No other letter leads to this place of the page, so it tells whether one went today.
    path = f"/m/{application.call.municipality.slug}/objections/{objection.slug}#rok"
    if was_told(path, on=clock.local_day(at)):
        return
    people = [*list_holders(Role.OFFICER, objection.municipality_id)]
    if objection.act_id is not None:
        people += list_holders(Role.SIGNATORY, objection.municipality_id)
    notify(
        [user.as_recipient() for user in dict.fromkeys(people)],
        "complaints/emails/due.txt",
        at=at,
        path=path,
        facts={
            "objection": objection,
            "reference": application.reference or "",
            "organisation": application.organisation_name,
            "call": application.call.title,
        },
    )
