"""The inbox: what one was told, what of it was not read yet."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.i18n.languages import gettext as _
from grants.notifications.access import may_read_inbox
from grants.notifications.actions import mark_all_read, mark_read
from grants.notifications.models import Notice
from grants.notifications.queries import count_notices, get_notice, list_notices
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number
from grants.web.views import local_path

blueprint = Blueprint("notices", __name__)
PER_PAGE = 20


@blueprint.get("/notices")
@allow(may_read_inbox)
def inbox() -> ResponseReturnValue:
    """Everything one was told, the newest first; with `?show=unread` only what was not read."""
    me, number, is_unread = int(actor().id), page_number(), request.args.get("show") == "unread"
    every, unread, newest = count_notices(me)
    rows = list_notices(me, limit=PER_PAGE, offset=(number - 1) * PER_PAGE, is_unread=is_unread)
    page = Page(rows, number, unread if is_unread else every, per_page=PER_PAGE)
    return render_template(
        "notifications/inbox.html",
        page=page,
        every=every,
        unread=unread,
        newest=newest,
        is_unread=is_unread,
        back=request.full_path,
    )


@blueprint.post("/notices/open")
@allow(may_read_inbox)
def open_notice() -> ResponseReturnValue:
    """Mark one as read and go on to the page it is about."""
    notice = _own(request.form.get("notice", ""))
    mark_read(notice, at=clock.now())
    return redirect(local_path(notice.path) if notice.path else url_for("notices.inbox"))


@blueprint.post("/notices/read")
@allow(may_read_inbox)
def read() -> ResponseReturnValue:
    """Mark one as read and stay."""
    mark_read(_own(request.form.get("notice", "")), at=clock.now())
    return redirect(_back())


@blueprint.post("/notices/read-all")
@allow(may_read_inbox)
def read_all() -> ResponseReturnValue:
    """Mark everything as read that had come when the page was drawn."""
    newest = _own(request.form.get("newest", ""))
    mark_all_read(newest.user_id, up_to=newest.id, at=clock.now())
    flash(_("Sve obavijesti su označene kao pročitane."), "success")
    return redirect(_back())


def _own(number: str) -> Notice:
    """The notice of a number, 404 where it is not one's own."""
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    notice = get_notice(int(actor().id), int(number)) if is_number else None
    return notice or abort(404)


def _back() -> str:
    return local_path(request.form.get("back", "") or url_for("notices.inbox"))
