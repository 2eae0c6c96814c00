"""The administrator's page of what acts take from the municipality: letterhead, texts, holidays."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, ValidationError

from grants import clock
from grants.acts.legal import DEFAULT_SERIES
from grants.audit.actions import record
from grants.audit.events import Event
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.municipalities.actions import add_holiday, change_settings, remove_holiday
from grants.municipalities.models import Municipality
from grants.municipalities.queries import list_holidays
from grants.organisations.rules.identifiers import is_jib, normalised
from grants.people.administration import get_office, may_run_office
from grants.web.forms import (
    DayField,
    Form,
    LongTextField,
    TextField,
    WholeField,
    at_most,
    optional_blank,
    required,
)
from grants.web.gate import actor, allow

blueprint = Blueprint("settings", __name__)
LETTERHEAD = (
    *("place", "address", "phone", "email", "web", "unit", "jib"),
    *("mayor_name", "mayor_title"),
)


class SettingsForm(Form):
    """What stands on every act."""

    place = TextField(_l("Mjesto"), [required(), at_most(80)])
    address = TextField(_l("Adresa"), [at_most(160)])
    phone = TextField(_l("Telefon"), [at_most(60)])
    email = TextField(_l("E-pošta"), [at_most(120)])
    web = TextField(_l("Internet stranica"), [at_most(120)])
    unit = TextField(_l("Služba koja vodi pozive"), [at_most(160)])
    jib = TextField(_l("JIB"), [at_most(60)])
    mayor_name = TextField(_l("Ko potpisuje"), [required(), at_most(120)])
    mayor_title = TextField(_l("Funkcija"), [required(), at_most(120)])
    series = TextField(_l("Serija brojeva akata"), [required(), at_most(30)])
    basis = LongTextField(_l("Pravni osnov"), [at_most(2000)])
    remedy = LongTextField(_l("Uputstvo o pravnom lijeku"), [at_most(2000)])
    remedy_days = WholeField(_l("Rok za pravni lijek, u danima"), [optional_blank])

    def validate_jib(self, field: TextField) -> None:
        """Thirteen digits without what stands between them, or nothing."""
        field.data = normalised(field.data)
        if field.data and not is_jib(field.data):
            raise ValidationError(_("JIB ima 13 cifara, a upisano ih je %(n)s.", n=len(field.data)))


class HolidayForm(Form):
    """One day on which the office does not work."""

    on = DayField(_l("Dan"), [required()])
    name = TextField(_l("Naziv"), [required(), at_most(120)])


class HolidayChoice(Form):
    """Which day to take out."""

    on = SelectField(_l("Dan"), validate_choice=False)


@blueprint.route("/m/<municipality>/settings", methods=["GET", "POST"])
@allow(may_run_office, on=get_office, seen_by=may_run_office)
def settings(municipality: Municipality) -> ResponseReturnValue:
    """Letterhead, signature, number series and legal texts of the municipality's acts."""
    form = SettingsForm(data=_typed(municipality))
    if form.validate_on_submit():
        letterhead = {name: getattr(form, name).data or "" for name in LETTERHEAD}
        change_settings(municipality, letterhead=letterhead, legal_texts=_texts(form, municipality))
        record(Event.SETTINGS_CHANGED, municipality, by=actor(), at=clock.now(), facts=letterhead)
        flash(_("Podešavanja su sačuvana. Vrijede za akte koji se tek izdaju."), "success")
        return redirect(url_for("settings.settings", municipality=municipality.slug))
    page = render_template("acts/settings.html", form=form, office=municipality)
    return page, 422 if form.errors else 200


@blueprint.route("/m/<municipality>/holidays", methods=["GET", "POST"])
@allow(may_run_office, on=get_office, seen_by=may_run_office)
def holidays(municipality: Municipality) -> ResponseReturnValue:
    """The days that no term ends on, beside Saturdays and Sundays."""
    form = HolidayForm()
    if form.validate_on_submit() and form.on.data is not None:
        add_holiday(municipality, on=form.on.data, name=form.name.data)
        flash(_("Dan je upisan."), "success")
        return redirect(url_for("settings.holidays", municipality=municipality.slug))
    days = sorted(list_holidays(municipality.id).items(), reverse=True)
    page = render_template("acts/holidays.html", form=form, days=days, office=municipality)
    return page, 422 if form.errors else 200


@blueprint.post("/m/<municipality>/holidays/remove")
@allow(may_run_office, on=get_office, seen_by=may_run_office)
def drop_holiday(municipality: Municipality) -> ResponseReturnValue:
    """Take a day out of the calendar; terms counted before keep how they were counted."""
    form = HolidayChoice()
    if form.validate_on_submit():
        remove_holiday(municipality, on=form.on.data or "")
        flash(_("Dan je uklonjen."), "success")
    return redirect(url_for("settings.holidays", municipality=municipality.slug))


def _typed(municipality: Municipality) -> dict[str, object]:
    kept = municipality.legal_texts or {}
    days = str((kept.get("remedy_days") or {}).get("default") or "")
    return {
        **{name: getattr(municipality, name) for name in LETTERHEAD},
        "series": (kept.get("series") or {}).get("default") or DEFAULT_SERIES,
        "basis": (kept.get("basis") or {}).get("default") or "",
        "remedy": (kept.get("remedy") or {}).get("default") or "",
        "remedy_days": int(days) if days.isdigit() else None,
    }


def _texts(form: SettingsForm, municipality: Municipality) -> dict[str, dict[str, str]]:
    """The texts for all kinds of act; those kept for single kinds stay as they are."""
    kept = municipality.legal_texts or {}
    days = form.remedy_days.data
    defaults = {
        "series": form.series.data,
        "basis": form.basis.data,
        "remedy": form.remedy.data,
        "remedy_days": str(days) if days else "",
    }
    return {
        part: {**(kept.get(part) or {}), "default": text or ""} for part, text in defaults.items()
    }
