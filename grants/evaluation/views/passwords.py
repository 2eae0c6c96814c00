"""The password once more, wherever a sheet is signed: the own one, or the committee's."""

from flask import request
from wtforms import PasswordField

from grants import clock
from grants.errors import Throttled
from grants.i18n.languages import gettext as _
from grants.people.reauthenticating import knows_password
from grants.web.errors import sentences
from grants.web.gate import actor


def refused_signature(field: PasswordField) -> int:
    """0 where whoever is signed in typed the own password, else the status of the refusal.

    Then the field says why. The request's transaction ended: load anew what was loaded before.
    """
    typed, address = field.data or "", request.remote_addr or ""
    try:
        if knows_password(actor(), typed, address=address, at=clock.now()):
            return 0
    except Throttled as refusal:
        field.errors = sentences(refusal.problems)
        return 429
    field.errors = [_("Lozinka nije tačna. List nije potpisan.")]
    return 422
