"""One's own settings: the language, how one is written to, the address of the calendar."""

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from grants.i18n.languages import BY_CODE, LANGUAGES
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.i18n.rendering import speaking
from grants.notifications.actions import choose_mail_mode
from grants.notifications.queries import get_mail_setting
from grants.notifications.rules import MailMode
from grants.people.access import may_person
from grants.people.models import User
from grants.people.preferences import choose_language, renew_calendar_key, switch_calendar_off
from grants.people.queries import get_user
from grants.web.forms import Form, chosen, options
from grants.web.gate import actor, allow
from grants.web.views import COOKIE

blueprint = Blueprint("preferences", __name__)
MODES = {
    MailMode.AT_ONCE.value: _l("Odmah, svaku obavijest posebno"),
    MailMode.DAILY.value: _l("Jednom dnevno u 7 sati, sve u jednoj poruci"),
}


class SettingsForm(Form):
    """In which language, and how often by mail."""

    language = RadioField(
        _l("Jezik stranica i poruka"),
        [chosen()],
        choices=options({each.code: each.label for each in LANGUAGES}),
    )
    mode = RadioField(_l("Obavijesti e-poštom"), [chosen()], choices=options(MODES))


@blueprint.route("/settings", methods=["GET", "POST"])
@allow(may_person)
def settings() -> ResponseReturnValue:
    """Language and mail; the choice here counts more than the one in the head of a page."""
    user = _me()
    setting = get_mail_setting(user.id)
    mode = (setting.mode if setting else MailMode.AT_ONCE).value
    language = user.language if user.language in BY_CODE else LANGUAGES[0].code
    form = SettingsForm(data={"language": language, "mode": mode})
    if form.validate_on_submit():
        choose_language(user, form.language.data)
        choose_mail_mode(user.id, MailMode(form.mode.data))
        with speaking(form.language.data):
            flash(_("Podešavanja su sačuvana."), "success")
        answer = make_response(redirect(url_for("preferences.settings")))
        answer.delete_cookie(COOKIE)
        return answer
    page = render_template("people/settings.html", form=form, user=user, setting=setting)
    return page, 422 if form.errors else 200


@blueprint.post("/settings/calendar")
@allow(may_person)
def calendar() -> ResponseReturnValue:
    """Make, renew or take away the secret address of the calendar."""
    deed = request.form.get("deed", "")
    if deed == "renew":
        renew_calendar_key(_me())
        flash(_("Adresa kalendara je spremna. Dodajte je u svoj kalendar."), "success")
    elif deed == "off":
        switch_calendar_off(_me())
        flash(_("Kalendar je isključen; stara adresa više ne vodi nikuda."), "success")
    else:
        abort(400)
    return redirect(url_for("preferences.settings") + "#calendar")


def _me() -> User:
    return get_user(int(actor().id)) or abort(404)
