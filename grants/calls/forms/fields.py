"""Fields of the editor: exact numbers, shares in percent, several ticks, rows."""

import re
from fractions import Fraction
from typing import Any

from wtforms import Form as PlainForm
from wtforms import SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from grants.calls.rules.numbers import decimal_text, exact
from grants.i18n.languages import gettext as _
from grants.web.forms import TypedField

_NUMBER = re.compile(r"[0-9]{1,9}([.,][0-9]{1,6})?")


class Row(PlainForm):
    """One row of a list; the guard of the whole form covers it."""


class NumberField(TypedField):
    """An exact number of 0 or more, with a comma or a dot; its value is a Fraction."""

    input_mode = "decimal"

    def read(self, text: str) -> Fraction:
        """The number."""
        found = read_number(text)
        if found is None:
            raise ValidationError(_("„%(text)s“ nije broj. Upišite ga ovako: 12,5", text=text[:40]))
        return found

    def shown(self, value: Any) -> str:
        """With a comma, without needless zeros."""
        return number_text(Fraction(value))


class PercentField(TypedField):
    """A share as people write it, `30` for 30 %; its value is a Fraction of 1."""

    input_mode = "decimal"

    def read(self, text: str) -> Fraction:
        """The share."""
        found = read_number(text.removesuffix("%").strip())
        if found is None:
            raise ValidationError(
                _("„%(text)s“ nije postotak. Upišite ga ovako: 30", text=text[:40])
            )
        return found / 100

    def shown(self, value: Any) -> str:
        """Without the sign."""
        return number_text(Fraction(value) * 100)


class TicksField(SelectMultipleField):
    """Several of a list, as ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def read_number(text: str) -> Fraction | None:
    """The exact value of a number as typed, None if it is none."""
    bare = text.replace(" ", "").replace("\u00a0", "")
    if not (bare.isascii() and _NUMBER.fullmatch(bare)):
        return None
    return exact(bare.replace(",", "."))


def number_text(value: Fraction) -> str:
    """`12,5`"""
    return str(decimal_text(value)).replace(".", ",")
