"""What the committee of the story has declared, scored and signed so far."""

from collections.abc import Mapping
from datetime import timedelta

from grants.calls.queries import grid_of
from grants.calls.rules.grid import Grid, needs_comment
from grants.demo.cast import Cast, settle, signed_in
from grants.evaluation.actions import (
    declare_impartiality,
    declare_interests,
    save_sheet,
    sign_sheet,
)
from grants.evaluation.models import Member
from grants.evaluation.queries import Reading, get_member, get_reading, list_applicants
from grants.evaluation.rules.committee import ConflictGround, MemberRole
from grants.evaluation.rules.sheets import Changes
from grants.people.actors import Actor

SEATS = (
    ("amela.softic", MemberRole.CHAIR, "Općina Novo Sarajevo, Služba za društvene djelatnosti"),
    ("boris.maric", MemberRole.MEMBER, "Općina Novo Sarajevo, Služba za finansije"),
    ("edina.begic", MemberRole.MEMBER, "Općinsko vijeće"),
    ("igor.simic", MemberRole.MEMBER, "Vijeće mladih"),
    ("lejla.hadzic", MemberRole.MEMBER, "Mreža udruženja mjesnih zajednica"),
)
# She once worked for the foundation that applies.
CONFLICT = ("lejla.hadzic", "dvorista")
# He says whom he once helped: what matches an applicant waits for the chair.
_TIES = {"igor.simic": {"organisations": ["Udruženje „Zeleni Miljacka“"]}}
_DECLARATION = (
    "Izjavljujem da ću prijave ocjenjivati nepristrasno i savjesno, da ću čuvati povjerljivost "
    "podataka i da ću bez odlaganja prijaviti svaki sukob interesa."
)
# Member → project → the score most questions get, and whether the sheet is signed. Whoever is
# not here has not begun.
_WORK: Mapping[str, Mapping[str, tuple[int, bool]]] = {
    "amela.softic": {"mentorstvo": (4, True), "obale": (4, True), "reporteri": (3, False)},
    "boris.maric": {
        "dvorista": (3, True),
        "mentorstvo": (4, True),
        "obale": (4, True),
        "reporteri": (3, True),
    },
    "edina.begic": {"dvorista": (4, True), "mentorstvo": (4, False)},
    "lejla.hadzic": {"mentorstvo": (4, True), "obale": (3, False)},
}
# An unfinished sheet stops before this section.
_STOPS_BEFORE = "3"
_COMMENTS = {
    "1": "Tim je vodio slične projekte; računi i izvještaji ranijih projekata su uredni.",
    "2": "Problem je opisan podacima s terena i jasno je vezan za prioritet poziva.",
    "3": "Plan aktivnosti je izvodljiv; pokazatelji su mjerljivi i imaju izvor provjere.",
    "4": "Nastavak je dogovoren s partnerom, ali bez pisane obaveze za drugu godinu.",
    "5": "Stavke prate aktivnosti, a cijene odgovaraju tržišnim.",
}
_PRAISE = "Najuvjerljiviji dio prijave: navedeni su izvori, brojke i ko šta radi."
_DOUBT = "Odgovor je uopšten i ne govori kako će se postići ono što se obećava."


def declare(committee: str, cast: Cast) -> None:
    """Everybody signs the declaration; one member has a conflict with one application."""
    for number, (key, _role, _for) in enumerate(SEATS):
        by = signed_in(cast.people[key])
        at = cast.moments.before(11, "09:00") + timedelta(minutes=25 * number)
        ties = _TIES.get(key)
        declare_impartiality(_seat(by, committee), _DECLARATION, ties=ties, by=by, at=at)
        settle()
        seat, grounds = _seat(by, committee), {}
        if key == CONFLICT[0]:
            application = next(each for each in list_applicants(seat) if "Dvorišta" in each.title)
            grounds = {application.slug: ConflictGround.TOOK_PART}
        declare_interests(seat, grounds, by=by, at=at + timedelta(minutes=5))
        settle()


def score(committee: str, slugs: Mapping[str, str], cast: Cast) -> None:
    """The sheets as far as everybody has come."""
    for place, (key, work) in enumerate(_WORK.items()):
        by = signed_in(cast.people[key])
        for number, (project, (level, is_signed)) in enumerate(work.items()):
            reading = get_reading(by, committee, slugs[project])
            if reading is None:
                raise LookupError(project)
            at = cast.moments.before(8 - 2 * number, "16:30") + timedelta(minutes=20 * place)
            changes = _changes(grid_of(reading.call), level, seed=place + number, whole=is_signed)
            sheet = save_sheet(reading, changes, version=0, by=by, at=at)
            settle()
            if is_signed:
                read = get_reading(by, committee, slugs[project])
                later = at + timedelta(minutes=45)
                sign_sheet(_known(read), version=sheet.version, by=by, at=later)
                settle()


def _seat(by: Actor, committee: str) -> Member:
    member = get_member(by, committee)
    if member is None:
        raise LookupError(by.email)
    return member


def _known(reading: Reading | None) -> Reading:
    if reading is None:
        raise LookupError("reading")
    return reading


def _changes(grid: Grid, level: int, *, seed: int, whole: bool) -> Changes:
    """Scores around a level, now and then one more or less, each comment that is asked for."""
    scores: dict[str, str] = {}
    comments: dict[str, str] = {}
    for section in grid.sections:
        if not whole and section.code == _STOPS_BEFORE:
            break
        comments[section.code] = _COMMENTS[section.code]
        for question in section.questions:
            step = (seed * 3 + len(scores) * 5) % 7
            given = str(level + (1 if step == 0 else -1 if step == 3 else 0))
            scores[question.code] = given
            if needs_comment(question, given):
                comments[question.code] = _PRAISE if int(given) > level else _DOUBT
    return Changes(scores, comments)
