"""Forms of questions and answers."""

from grants.calls.rules.inquiries import LONGEST_ANSWER, LONGEST_NOTE, LONGEST_QUESTION
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, LongTextField, MomentField, at_most, required


class AskForm(Form):
    """A question to the office."""

    text = LongTextField(
        _l("Vaše pitanje"), [required(_l("Napišite pitanje.")), at_most(LONGEST_QUESTION)]
    )


class EnterForm(AskForm):
    """A question that came by mail or telephone."""

    received_at = MomentField(_l("Kada je stiglo"), [required()])


class AnswerForm(Form):
    """What everybody will read."""

    question = LongTextField(
        _l("Pitanje kako se objavljuje"),
        [required(_l("Napišite pitanje.")), at_most(LONGEST_QUESTION)],
    )
    answer = LongTextField(
        _l("Odgovor"), [required(_l("Napišite odgovor.")), at_most(LONGEST_ANSWER)]
    )
    note = LongTextField(_l("Šta se promijenilo"), [at_most(LONGEST_NOTE)])


class SetAsideForm(Form):
    """Why a question gets no public answer."""

    reason = LongTextField(
        _l("Zašto se ne odgovara javno"),
        [required(_l("Napišite razlog; dobija ga ko pita.")), at_most(2000)],
    )
