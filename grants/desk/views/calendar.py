"""The calendar under a secret address: nobody signs in, and a wrong address is not found."""

from urllib.parse import urlsplit

from flask import Response, abort, current_app
from flask.typing import ResponseReturnValue

from grants import clock
from grants.desk.duties.listing import list_duties
from grants.desk.feed import write_feed
from grants.desk.queries.work import read_work
from grants.desk.views.blueprint import blueprint
from grants.i18n.rendering import speaking
from grants.people.access import may_anyone
from grants.people.queries import actor_of, get_user_by_calendar_key
from grants.web.gate import allow


@blueprint.get("/calendar/<key>.ics")
@allow(may_anyone)
def calendar(key: str) -> ResponseReturnValue:
    """The terms of whoever the key belongs to; who has the key may read them."""
    user = get_user_by_calendar_key(key)
    if user is None:
        abort(404)
    at = clock.now()
    work = read_work(actor_of(user), at=at)
    public_url = current_app.config["SETTINGS"].public_url
    host = urlsplit(public_url).hostname or "localhost"
    with speaking(user.language):
        content = write_feed(list_duties(work, at=at), host=host, public_url=public_url, at=at)
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="poziv.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
