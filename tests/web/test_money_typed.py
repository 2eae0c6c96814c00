"""What people type into fields for money, days and moments, and what they are told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from grants.web.forms import DayField, Form, MomentField, MoneyField


class TypedForm(Form):
    """One field of each kind."""

    amount = MoneyField("Iznos")
    on = DayField("Dan")
    at = MomentField("Rok")


def typed(app: Flask, **fields: str) -> tuple[Any, dict[str, list[str]]]:
    """The form filled with what was typed, and its refusals."""
    with app.test_request_context("/", method="POST", data=fields):
        form = TypedForm(meta={"csrf": False})
        form.validate()
        return form, form.errors


@pytest.mark.parametrize(
    ("text", "fening"),
    [("1.234,56", 123456), ("1234.5", 123450), ("1 234,5 KM", 123450), ("35.000", 3_500_000)],
)
def test_amount_is_read_as_people_write_it(app: Flask, text: str, fening: int) -> None:
    form, errors = typed(app, amount=text)
    assert (form.amount.data, errors) == (fening, {})


@pytest.mark.parametrize("text", ["1.234,5x", "12.34.56", "-5", "１２", "1,234.50", "1e5"])
def test_amount_keeps_what_was_typed_when_it_is_none(app: Flask, text: str) -> None:
    form, errors = typed(app, amount=text)
    assert form.amount._value() == text  # noqa: SLF001  what the page shows again
    assert errors["amount"] == [f"„{text}“ nije iznos. Upišite ga ovako: 1.234,50"]


@pytest.mark.parametrize("text", ["17. 1. 2022.", "17.1.2022", "2022-01-17", "17/1/2022"])
def test_day_is_read_in_every_usual_writing(app: Flask, text: str) -> None:
    form, errors = typed(app, on=text)
    assert (form.on.data, errors) == (date(2022, 1, 17), {})


@pytest.mark.parametrize("text", ["31. 2. 2022.", "danas", "17. 1."])
def test_day_is_refused_when_there_is_no_such_day(app: Flask, text: str) -> None:
    _form, errors = typed(app, on=text)
    assert "nije datum" in errors["on"][0]


def test_moment_is_local_and_kept_in_utc(app: Flask) -> None:
    form, _errors = typed(app, at="17. 7. 2026. u 15:00")
    assert form.at.data == datetime(2026, 7, 17, 13, 0, tzinfo=UTC)
    assert typed(app, at="17. 7. 2026. u 25:00")[1]["at"]
