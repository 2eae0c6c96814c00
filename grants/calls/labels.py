"""How the states of questions and the parts of corrections are called."""

from collections.abc import Mapping
from typing import Any

from flask_babel.speaklater import LazyString

from grants.calls.rules.corrections import Change
from grants.calls.rules.states import CorrectionStatus, QuestionStatus
from grants.i18n.languages import lazy_gettext as _l

QUESTION_STATES: Mapping[QuestionStatus, tuple[Any, str]] = {
    QuestionStatus.OPEN: (_l("čeka odgovor"), "amber"),
    QuestionStatus.ANSWERED: (_l("odgovoreno"), "green"),
    QuestionStatus.SET_ASIDE: (_l("bez javnog odgovora"), ""),
}
CORRECTION_STATES: Mapping[CorrectionStatus, tuple[Any, str]] = {
    CorrectionStatus.DRAFT: (_l("u pripremi"), "amber"),
    CorrectionStatus.SENT: (_l("kod potpisnika"), "blue"),
    CorrectionStatus.PUBLISHED: (_l("objavljena"), "green"),
}
PARTS_OF_CORRECTION: Mapping[str, Any] = {
    "title": _l("Naziv poziva"),
    "summary": _l("O čemu je poziv"),
    "text:who_may_apply": _l("Ko se može prijaviti"),
    "text:what_is_not_funded": _l("Šta se ne finansira"),
    "text:how_to_apply": _l("Kako se prijavljuje"),
    "text:contact": _l("Kome se obratiti"),
    "text:legal_basis": _l("Pravni osnov"),
    "deadline": _l("Rok za prijavu"),
    "questions_until": _l("Pitanja se primaju do"),
    "planned:check_from": _l("Provjera prijava od"),
    "planned:check_to": _l("Provjera prijava do"),
    "planned:scoring_from": _l("Ocjenjivanje od"),
    "planned:scoring_to": _l("Ocjenjivanje do"),
    "planned:ranking_on": _l("Preliminarna rang-lista"),
    "planned:objections_until": _l("Prigovori do"),
    "planned:decision_on": _l("Odluka"),
    "grant_min": _l("Najniži iznos po projektu"),
    "grant_max": _l("Najviši iznos po projektu"),
    "duration_min": _l("Najkraće trajanje"),
    "duration_max": _l("Najduže trajanje"),
    "lot": _l("Sredstva oblasti"),
    "funding": _l("Izvor sredstava"),
    "form": _l("Obrazac prijave"),
    "document": _l("Dokument uz prijavu"),
    "file": _l("Datoteka poziva"),
}


def label_of(change: Change) -> str:
    """What is changed: `Rok za prijavu`, `Sredstva oblasti: 1 · Mladi`."""
    label = str(PARTS_OF_CORRECTION.get(change.part) or PARTS_OF_CORRECTION[change.kind])
    if change.kind in ("document", "file"):
        return f"{label}: {(change.after or change.before)['title']}"
    return f"{label}: {change.name}" if change.name else label


def lazy_label(change: Change) -> LazyString:
    """The same, said in the language of whoever is written to."""
    return LazyString(label_of, change)
