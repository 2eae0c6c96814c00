"""The organisations of the story: registered, represented, with documents in their vault."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from grants.demo.cast import Cast, settle
from grants.demo.people import LAKTASI, NOVO_SARAJEVO
from grants.documents.actions import add_document
from grants.organisations.actions.people import ask_to_join, decide_join
from grants.organisations.actions.profile import register_organisation
from grants.organisations.actions.representation import (
    confirm_representative,
    declare_representative,
)
from grants.organisations.actions.vault import Described, describe_document, keep_document
from grants.organisations.models import LegalForm, Organisation
from grants.people.actors import Actor

FILE = Path(__file__).parent / "organisations.json"
_OFFICERS = {NOVO_SARAJEVO: "selma.karic", LAKTASI: "dragana.savic"}
# How long a certificate holds, what is left of that, and how long ago the extract was fetched.
_LASTS, _LEFT, _FETCHED = timedelta(days=180), timedelta(days=12), timedelta(days=9)


def add_organisations(cast: Cast) -> Mapping[str, Organisation]:
    """All of them by key. Those of the dossier come before it, so that the import ties them."""
    written: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return {each["key"]: _add(each, days=340 - at, cast=cast) for at, each in enumerate(written)}


def _add(written: Mapping[str, Any], *, days: int, cast: Cast) -> Organisation:
    owner, at = cast.people[written["owner"]], cast.moments.before(days, "10:20")
    organisation = register_organisation(
        _profile(written, owner.name), is_jib_confirmed=True, by=owner, at=at
    )
    settle()
    registration = add_document(cast.files["rjesenje-o-registraciji"], by_id=owner.id, at=at)
    declare_representative(organisation, registration, by=owner, at=at)
    settle()
    _fill_vault(organisation, cast, days=days)
    officer = cast.people[_OFFICERS[LAKTASI if written["key"].startswith("p") else NOVO_SARAJEVO]]
    confirm_representative(organisation, by=officer, at=cast.moments.before(days - 5, "11:05"))
    if "member" in written:
        _let_in(organisation, written, days=days, cast=cast)
    settle()
    return organisation


def _profile(written: Mapping[str, Any], representative: str) -> dict[str, Any]:
    profile = {key: text for key, text in written.items() if key not in ("key", "owner", "member")}
    typed = {
        "legal_form": LegalForm(written["legal_form"]),
        "registered_on": date.fromisoformat(written["registered_on"]),
        "representative_name": representative,
        "seat_municipality": "Laktaši" if written["key"].startswith("p") else "Novo Sarajevo",
    }
    return profile | typed


def _fill_vault(organisation: Organisation, cast: Cast, *, days: int) -> None:
    owner, at = _owner(organisation, cast), cast.moments.before(days, "10:40")
    statute = add_document(cast.files["statut"], by_id=owner.id, at=at)
    keep_document(organisation, statute, kind="statute", by=owner, at=at)


def renew_vaults(organisations: Iterable[Organisation], cast: Cast) -> None:
    """Days ago each fetched a fresh extract and kept a certificate that soon has to be renewed."""
    at, today = cast.moments.before(2, "08:10"), cast.moments.now.date()
    for organisation in organisations:
        owner = _owner(organisation, cast)
        for key, said in (
            ("rjesenje-o-registraciji", Described("register_extract", "", today - _FETCHED)),
            (
                "uvjerenje-o-porezima",
                Described("tax_paid", "", today + _LEFT - _LASTS, today + _LEFT),
            ),
        ):
            document = add_document(cast.files[key], by_id=owner.id, at=at)
            kept = keep_document(organisation, document, kind=said.kind, by=owner, at=at)
            describe_document(kept, said, by=owner, at=at)
    settle()


def _owner(organisation: Organisation, cast: Cast) -> Actor:
    return next(each for each in cast.people.values() if _owns(each.id, organisation))


def _owns(person_id: int | None, organisation: Organisation) -> bool:
    return person_id == organisation.representative_user_id


def _let_in(
    organisation: Organisation, written: Mapping[str, Any], *, days: int, cast: Cast
) -> None:
    owner, member = cast.people[written["owner"]], cast.people[written["member"]]
    ask_to_join(
        organisation,
        message="Vodim finansije udruženja i pripremam budžete projekata.",
        by=member,
        at=cast.moments.before(days - 20, "12:00"),
    )
    settle()
    decide_join(
        organisation,
        user_id=int(member.id or 0),
        is_accepted=True,
        by=owner,
        at=cast.moments.before(days - 23, "08:30"),
    )
