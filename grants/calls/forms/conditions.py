"""The part of the editor for the officer's own questions of the quiz."""

from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField

from grants.calls.forms.fields import Row
from grants.calls.forms.parts import PartForm
from grants.calls.models import Call
from grants.calls.rules.editing import code_of
from grants.calls.rules.quiz import LONGEST_CONDITION, Condition, Must, condition_to_json
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import LongTextField, at_most, options


class ConditionRow(Row):
    """One question with the answer that fits; the code stays while the text is polished."""

    code = HiddenField()
    text = LongTextField(_l("Pitanje s odgovorom da ili ne"), [at_most(LONGEST_CONDITION)])
    must = SelectField(
        _l("Odgovor koji odgovara pozivu"),
        choices=options({Must.YES.value: _l("da"), Must.NO.value: _l("ne")}),
    )
    remedy = LongTextField(_l("Šta može pomoći ako uslov nije ispunjen"), [at_most(500)])


class ConditionsForm(PartForm):
    """The officer's own conditions, in the order in which they are asked."""

    conditions = FieldList(FormField(ConditionRow), _l("Uslovi"))

    @classmethod
    def facts(cls, call: Call) -> dict[str, Any]:
        """The conditions of the call."""
        return {"conditions": call.conditions}

    def changes(self) -> dict[str, Any]:
        """The rows that say something; new ones get a code made of their text."""
        kept: list[dict[str, Any]] = []
        for row in (
            each.data for each in self.conditions if each.data["text"] or each.data["remedy"]
        ):
            taken = {each["code"] for each in kept}
            code = row["code"] if row["code"] and row["code"] not in taken else ""
            condition = Condition(
                code=code or code_of(row["text"], taken=taken),
                text=row["text"],
                must=Must(row["must"]),
                remedy=row["remedy"],
            )
            kept.append(condition_to_json(condition))
        return {"conditions": kept}
