"""What is typed on the pages of decisions."""

from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import Form, LongTextField, at_most, required


class DeclineForm(Form):
    """Why an applicant gives the award up."""

    reason = LongTextField(
        _l("Razlog i osnov odustanka"),
        [required(_l("Napišite zašto i kojim aktom je podnosilac odustao.")), at_most(2000)],
    )
