"""What a visitor filters the list of calls by."""

from wtforms import Form as PlainForm
from wtforms import SelectField

from grants.i18n.languages import lazy_gettext as _l
from grants.register.queries import Openness, Wanted
from grants.web.forms import TextField, options


class FilterForm(PlainForm):
    """Read from the address, so that a filtered list can be sent to somebody."""

    q = TextField(_l("Traži po nazivu"))
    municipality = SelectField(_l("Općina ili grad"), validate_choice=False)
    status = SelectField(
        _l("Prijavljivanje"),
        choices=options(
            {
                "": _l("sve"),
                Openness.OPEN.value: _l("otvoreno"),
                Openness.CLOSED.value: _l("zatvoreno"),
            }
        ),
        validate_choice=False,
    )

    def wanted(self) -> Wanted:
        """What was asked for; nonsense filters nothing."""
        found = [each for each in Openness if each.value == self.status.data]
        return Wanted(
            municipality=self.municipality.data or "",
            openness=found[0] if found else None,
            text=(self.q.data or "")[:200],
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing filters."""
        return self.wanted() == Wanted()
