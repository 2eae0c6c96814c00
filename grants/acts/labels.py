"""How kinds, states and ways of service are called on pages."""

from grants.acts.rules import ActKind, ActStatus, ServiceWay
from grants.i18n.languages import lazy_gettext as _l

KINDS = {
    ActKind.COMMITTEE_APPOINTMENT: _l("rješenje o imenovanju komisije"),
    ActKind.RECORD_OF_OPENING: _l("zapisnik o otvaranju"),
    ActKind.RECORD_OF_COMMITTEE: _l("zapisnik o radu komisije"),
    ActKind.COMPLETION_REQUEST: _l("poziv za dopunu"),
    ActKind.AWARD_DECISION: _l("odluka o dodjeli sredstava"),
    ActKind.AWARD: _l("rješenje o dodjeli"),
    ActKind.REFUSAL: _l("rješenje o odbijanju"),
    ActKind.DISMISSAL: _l("zaključak o odbacivanju"),
    ActKind.RESERVE_ACTIVATION: _l("rješenje o dodjeli s rezervne liste"),
    ActKind.CONTRACT: _l("ugovor"),
    ActKind.CORRECTION: _l("rješenje o ispravci"),
    ActKind.RECORD_OF_CHECK: _l("zapisnik o administrativnoj provjeri"),
    ActKind.RECORD_OF_SELECTION: _l("zapisnik o izboru predstavnika organizacija"),
    ActKind.COMMITTEE_CHANGE: _l("rješenje o izmjeni sastava komisije"),
    ActKind.MINUTES: _l("zapisnik o usaglašavanju ocjena"),
    ActKind.RULING: _l("rješenje o prigovoru"),
}
DECISIONS = frozenset(
    {
        ActKind.AWARD_DECISION,
        ActKind.AWARD,
        ActKind.REFUSAL,
        ActKind.DISMISSAL,
        ActKind.RESERVE_ACTIVATION,
    }
)
STATUSES = {
    ActStatus.DRAFT: _l("nacrt"),
    ActStatus.APPROVED: _l("odobren"),
    ActStatus.ISSUED: _l("izdat"),
    ActStatus.SERVED: _l("uručen"),
}
FINAL = _l("konačan")
WAYS = {
    ServiceWay.IN_PERSON: _l("lično, uz potpis na dostavnici"),
    ServiceWay.POST: _l("preporučenom poštom"),
    ServiceWay.NOTICE_BOARD: _l("javnim saopćenjem na oglasnoj ploči"),
    ServiceWay.ELECTRONIC: _l("elektronski, uz potvrdu prijema"),
}
COLOURS = {
    ActStatus.DRAFT: "",
    ActStatus.APPROVED: "blue",
    ActStatus.ISSUED: "amber",
    ActStatus.SERVED: "green",
}
