"""By how much the demo clock is to move."""

from datetime import timedelta

from wtforms import SelectField

from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, WholeField, options, required

_UNITS = {"hours": _l("sati"), "days": _l("dana"), "weeks": _l("sedmica")}
_WAYS = {"on": _l("naprijed"), "back": _l("nazad")}


class ClockForm(Form):
    """So many hours, days or weeks on or back."""

    amount = WholeField(_l("Za koliko"), [required(_l("Upišite broj, na primjer 9."))])
    unit = SelectField(_l("Jedinica"), choices=options(_UNITS), default="days")
    way = SelectField(_l("Smjer"), choices=options(_WAYS), default="on")

    def distance(self) -> timedelta:
        """What was asked for, at most 9999 of a unit."""
        units: dict[str, float] = {str(self.unit.data): min(int(self.amount.data or 0), 9999)}
        distance = timedelta(**units)
        return distance if self.way.data == "on" else -distance
