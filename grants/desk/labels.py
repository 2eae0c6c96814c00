"""How states and outcomes of applications are called on pages, with their colours."""

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus, Channel, Outcome
from grants.calls.rules.states import Stage
from grants.i18n.languages import lazy_gettext as _l
from grants.organisations.rules.standing import StandingKind

_S = ApplicationStatus
STATUSES = {
    _S.DRAFT: _l("nacrt"),
    _S.SUBMITTED: _l("podnesena"),
    _S.REGISTERED: _l("zaprimljena"),
    _S.COMPLETION_REQUESTED: _l("traži se dopuna"),
    _S.COMPLETED: _l("dopunjena"),
    _S.ELIGIBLE: _l("prihvatljiva"),
    _S.DISMISSED: _l("odbačena"),
    _S.RANKED: _l("rangirana"),
    _S.DECIDED: _l("odlučena"),
    _S.CONTRACTED: _l("ugovorena"),
    _S.WITHDRAWN: _l("povučena"),
}
OUTCOMES = {
    Outcome.AWARDED: _l("sredstva dodijeljena"),
    Outcome.RESERVE: _l("rezervna lista"),
    Outcome.REFUSED: _l("odbijena"),
    Outcome.DISMISSED: _l("odbačena"),
    Outcome.DECLINED: _l("podnosilac odustao"),
}
CHANNELS = {
    Channel.ONLINE: _l("putem ove stranice"),
    Channel.POST: _l("poštom"),
    Channel.IN_PERSON: _l("lično"),
}
STAGES = {
    Stage.DRAFT: _l("u pripremi"),
    Stage.PUBLICATION: _l("objavljen"),
    Stage.APPLICATIONS: _l("prijave u toku"),
    Stage.CHECK: _l("provjera"),
    Stage.SCORING: _l("ocjenjivanje"),
    Stage.RANKING: _l("rang-lista"),
    Stage.OBJECTIONS: _l("prigovori"),
    Stage.DECISION: _l("odluka"),
    Stage.IMPLEMENTATION: _l("provedba"),
    Stage.CANCELLED: _l("poništen"),
}
STANDINGS = {
    StandingKind.REPORT_DUE: _l("Završni izvještaj"),
    StandingKind.REPORT_LATE: _l("Završni izvještaj"),
    StandingKind.RETURN_DUE: _l("Povrat sredstava"),
}
STAGE_COLOURS = {
    Stage.DRAFT: "",
    Stage.APPLICATIONS: "green",
    Stage.CANCELLED: "red",
}
_COLOURS = {
    _S.DRAFT: "amber",
    _S.SUBMITTED: "blue",
    _S.REGISTERED: "blue",
    _S.COMPLETION_REQUESTED: "amber",
    _S.COMPLETED: "blue",
    _S.ELIGIBLE: "green",
    _S.DISMISSED: "red",
    _S.CONTRACTED: "green",
}
_OUTCOME_COLOURS = {
    Outcome.AWARDED: "green",
    Outcome.RESERVE: "amber",
    Outcome.REFUSED: "red",
    Outcome.DISMISSED: "red",
}


def state_label(application: Application) -> str:
    """The outcome once there is one, else the status."""
    return state_words(application.status, application.outcome)


def state_words(status: ApplicationStatus, outcome: Outcome | None) -> str:
    """The same of a row."""
    if outcome is not None and status is not _S.CONTRACTED:
        return str(OUTCOMES[outcome])
    return str(STATUSES[status])


def state_colour(application: Application) -> str:
    """The colour that goes with it."""
    if application.outcome is not None and application.status is not _S.CONTRACTED:
        return _OUTCOME_COLOURS.get(application.outcome, "")
    return _COLOURS.get(application.status, "")
