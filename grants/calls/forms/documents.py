"""The documents that a call asks of organisations, with what it asks of their dates."""

from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import NumberRange

from grants.calls.forms.fields import Row
from grants.calls.forms.parts import PartForm
from grants.calls.models import Call
from grants.calls.rules.editing import code_of
from grants.i18n.languages import lazy_gettext as _l
from grants.organisations.problems import DOCUMENT_KINDS
from grants.web.forms import TextField, WholeField, at_most, optional_blank, options

# Longer than ten years no certificate counts.
OLDEST_DAYS = 3650
NO_KIND = _l("nijedna od ovih")


class DocumentRow(Row):
    """One document that applicants add; the code stays while the title is polished."""

    code = HiddenField()
    title = TextField(_l("Dokument"), [at_most(200)])
    mandatory = BooleanField(_l("Obavezan"))
    kind = SelectField(
        _l("Vrsta u arhivi organizacija"),
        choices=options({"": NO_KIND, **DOCUMENT_KINDS}),
        description=_l("Organizaciji se tada nudi dokument koji već ima."),
    )
    max_age_days = WholeField(
        _l("Najviše dana od izdavanja"),
        [
            optional_blank,
            NumberRange(1, OLDEST_DAYS, _l("Upišite broj dana od 1 do 3650.")),
        ],
        description=_l("Na primjer 30: na dan predaje ne smije biti stariji. Prazno: svejedno."),
    )
    may_expire = BooleanField(
        _l("Ima rok važenja: na dan predaje mora važiti"),
    )


class DocumentsForm(PartForm):
    """The documents that the call asks for."""

    documents = FieldList(FormField(DocumentRow), _l("Dokumenti"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The required documents of the call."""
        return {"documents": call.required_documents}

    def changes(self) -> dict[str, Any]:
        """The rows with a title; new ones get a code made of it; what is not asked is left out."""
        kept: list[dict[str, Any]] = []
        for row in (entry.data for entry in self.documents if entry.data["title"]):
            taken = {each["code"] for each in kept}
            code = row["code"] if row["code"] and row["code"] not in taken else ""
            code = code or code_of(row["title"], taken=taken)
            asked = {name: row[name] for name in ("kind", "max_age_days", "may_expire")}
            kept.append(
                {"code": code, "title": row["title"], "mandatory": row["mandatory"]}
                | {name: value for name, value in asked.items() if value}
            )
        return {"required_documents": kept}
