"""Forms: shape only. Fields that read what people here write."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation
from wtforms.widgets import TextInput

from grants import clock, money
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l

REQUIRED = _l("Upišite ovaj podatak.")
CHOOSE = _l("Odaberite jednu mogućnost.")
_DAY = re.compile(r"\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{4})\s*\.?\s*")
_ISO_DAY = re.compile(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})\s*")
# Between day and hour stands what the page itself shows: `u`, the same in Cyrillic, `at`.
_MOMENT = re.compile(r"\s*(.+?)[ T]+(?:(?:u|\u0443|at)\s+)?([0-9]{1,2})[:.]([0-9]{2})\s*")


class Form(FlaskForm):
    """The base of every form: CSRF, and Bosnian words for WTForms' own refusals."""

    class Meta(FlaskForm.Meta):
        """WTForms has no Bosnian catalogue; every validator here brings its own words."""

        locales = False

        def get_translations(self, form: Any) -> Any:
            """None of WTForms' own."""
            return None


class StepForm(Form):
    """A step without anything to type."""


def required(message: Any = REQUIRED) -> DataRequired:
    """The field must be filled; an amount of 0 and a text that is no amount are filled too."""
    return Filled(message)


def chosen(message: Any = CHOOSE) -> InputRequired:
    """One of the choices must be taken."""
    return InputRequired(message)


def options(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """The choices of a field: what is sent, with what is read."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def at_most(characters: int) -> Length:
    """No longer than so many characters."""
    text = _l("Ovdje stane najviše %(max)d znakova. Skratite tekst.")
    return Length(max=characters, message=text)


def optional_blank(_form: Any, field: Field) -> None:
    """An empty field ends its own validation without a refusal."""
    if not field.raw_data or not str(field.raw_data[0]).strip():
        field.errors = []
        raise StopValidation


class TextField(StringField):
    """One line of text without outer spaces."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the text without the spaces around it."""
        self.data = str(valuelist[0]).strip() if valuelist else ""


class LongTextField(TextAreaField):
    """Several lines of text; line ends as the server keeps them."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """One kind of line end, no outer blank."""
        self.data = str(valuelist[0]).replace("\r\n", "\n").strip() if valuelist else ""


class TypedField(Field):
    """A field that reads a value from text and keeps the text as typed when it cannot."""

    widget = TextInput()
    input_mode = "text"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.shown(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the text; a blank one is None."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            self.data = self.read(text)

    def read(self, text: str) -> Any:
        """The value of a text; ValidationError with what to write instead."""
        raise ValidationError(text)

    def shown(self, value: Any) -> str:
        """The text of a value."""
        return str(value)


class Filled(DataRequired):
    """Refuses a blank field only: what was typed and cannot be read has its own sentence."""

    def __call__(self, form: Any, field: Field) -> None:
        """Look at the text of a typed field, at the value of any other."""
        if not (
            isinstance(field, TypedField) and field.raw_data and str(field.raw_data[0]).strip()
        ):
            super().__call__(form, field)


class MoneyField(TypedField):
    """An amount in KM; its value is whole fening."""

    input_mode = "decimal"

    def read(self, text: str) -> int:
        """Fening of an amount as typed."""
        amount = money.parse(text)
        if amount is None:
            raise ValidationError(
                _("„%(text)s“ nije iznos. Upišite ga ovako: 1.234,50", text=text[:40])
            )
        if amount > 10**13:
            raise ValidationError(_("Iznos je prevelik."))
        return amount

    def shown(self, value: int) -> str:
        """`1.234,50`"""
        return money.form(value)


class WholeField(TypedField):
    """A whole number of 0 or more."""

    input_mode = "numeric"

    def read(self, text: str) -> int:
        """The number."""
        bare = text.replace(".", "").replace(" ", "")
        if not (bare.isascii() and bare.isdigit() and len(bare) <= 9):
            raise ValidationError(_("„%(text)s“ nije cijeli broj.", text=text[:40]))
        return int(bare)


class DayField(TypedField):
    """A calendar day: `17. 1. 2022.` or as a date picker writes it."""

    def read(self, text: str) -> date:
        """The day."""
        found = parse_day(text)
        if found is None:
            raise ValidationError(
                _("„%(text)s“ nije datum. Upišite ga ovako: 17. 1. 2022.", text=text[:40])
            )
        return found

    def shown(self, value: date) -> str:
        """`17. 1. 2022.`"""
        return f"{value.day}. {value.month}. {value.year}."


class MomentField(TypedField):
    """A day and an hour on the town hall's clock: `17. 1. 2022. u 15:00`; its value is in UTC."""

    def read(self, text: str) -> datetime:
        """The instant."""
        found = _MOMENT.fullmatch(text)
        on = parse_day(found[1]) if found else None
        if found is None or on is None or int(found[2]) > 23 or int(found[3]) > 59:
            raise ValidationError(
                _(
                    "„%(text)s“ nije datum i sat. Upišite ih ovako: 17. 1. 2022. u 15:00",
                    text=text[:40],
                )
            )
        wall = datetime(on.year, on.month, on.day, int(found[2]), int(found[3]))  # noqa: DTZ001  the wall clock
        return clock.from_local(wall)

    def shown(self, value: datetime) -> str:
        """`17. 1. 2022. u 15:00`"""
        wall = clock.local(value.astimezone(UTC))
        day = f"{wall.day}. {wall.month}. {wall.year}."
        return _("%(day)s u %(time)s", day=day, time=f"{wall:%H:%M}")


def parse_day(text: str) -> date | None:
    """A day as written here or in ISO, None if it is none."""
    written = _DAY.fullmatch(text)
    iso = _ISO_DAY.fullmatch(text)
    if not written and not iso:
        return None
    parts = (
        (int(written[3]), int(written[2]), int(written[1]))
        if written
        else (int(iso[1]), int(iso[2]), int(iso[3]))  # type: ignore[index]  # one of the two matched
    )
    try:
        return date(*parts)
    except ValueError:
        return None
