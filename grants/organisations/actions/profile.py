"""The profile: registered once, changed part by part."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import DomainError, Incomplete, Problem, Stale
from grants.i18n.script import fold, sort_key
from grants.organisations.actions.telling import account_of
from grants.organisations.models import Organisation
from grants.organisations.queries import get_organisation_by_jib
from grants.organisations.rules.banks import bank_of
from grants.organisations.rules.identifiers import normalised
from grants.organisations.rules.profile import PARTS, identity_problems, profile_problems
from grants.people.actions import give_role
from grants.people.actors import Actor
from grants.people.rules import Role


def register_organisation(
    profile: Mapping[str, Any], *, is_jib_confirmed: bool, by: Actor, at: datetime
) -> Organisation:
    """A new organisation of the person who registers it, who becomes its owner.

    Raises Incomplete for a wrong JIB, account or entry, DomainError `jib_known` for a known JIB.
    """
    jib, account = str(profile["jib"]), str(profile["account"])
    problems = [
        *identity_problems(jib=jib, account=account, is_jib_confirmed=is_jib_confirmed),
        *profile_problems(profile, today=clock.local_day(at)),
    ]
    if problems:
        raise Incomplete(*problems)
    standing = get_organisation_by_jib(normalised(jib))
    if standing is not None:
        raise DomainError(Problem("jib_known", "jib", {"name": standing.name}))
    organisation = Organisation(slug=secrets.token_urlsafe(9), created_at=at)
    _write(organisation, {**profile, "jib": normalised(jib)})
    db.session.add(organisation)
    db.session.flush()
    give_role(account_of(by), role=Role.OWNER, scope_id=organisation.id, by=by, at=at)
    facts = {"jib": organisation.jib, "name": organisation.name}
    record(Event.ORGANISATION_REGISTERED, organisation, by=by, at=at, facts=facts)
    return organisation


def register_unclaimed(
    profile: Mapping[str, Any], *, is_jib_confirmed: bool, by: Actor, at: datetime
) -> Organisation:
    """An organisation that came on paper: without people, until somebody claims it.

    The account may be missing, as it may on the paper. Raises Incomplete for a wrong JIB or
    account, DomainError `jib_known` for a known JIB.
    """
    jib, account = str(profile["jib"]), str(profile.get("account") or "")
    problems = identity_problems(jib=jib, account=account, is_jib_confirmed=is_jib_confirmed)
    if not account.strip():
        problems = [each for each in problems if not each.code.startswith("account")]
    problems += profile_problems(profile, today=clock.local_day(at))
    if problems:
        raise Incomplete(*problems)
    standing = get_organisation_by_jib(normalised(jib))
    if standing is not None:
        raise DomainError(Problem("jib_known", "jib", {"name": standing.name}))
    organisation = Organisation(slug=secrets.token_urlsafe(9), created_at=at)
    _write(organisation, {**profile, "jib": normalised(jib), "account": account})
    db.session.add(organisation)
    db.session.flush()
    facts = {"jib": organisation.jib, "name": organisation.name, "unclaimed": True}
    record(Event.ORGANISATION_REGISTERED, organisation, by=by, at=at, facts=facts)
    return organisation


def change_organisation(
    organisation: Organisation, changes: Mapping[str, Any], *, version: int, by: Actor, at: datetime
) -> None:
    """Change a part of the profile; Stale when somebody saved it since `version`.

    Raises Incomplete for what is wrong in this part; what is wrong elsewhere does not keep it.
    """
    if organisation.version != version:
        raise Stale(Problem("profile_stale"))
    problems = _problems(organisation, changes, at=at)
    if problems:
        raise Incomplete(*problems)
    before = {key: getattr(organisation, key) for key in changes}
    _write(organisation, changes)
    changed = sorted(key for key in changes if getattr(organisation, key) != before[key])
    if changed:
        facts = {"parts": changed}
        record(Event.ORGANISATION_CHANGED, organisation, by=by, at=at, facts=facts)


def _problems(
    organisation: Organisation, changes: Mapping[str, Any], *, at: datetime
) -> list[Problem]:
    account = str(changes.get("account", organisation.account))
    standing = {key: getattr(organisation, key) for keys in PARTS.values() for key in keys}
    found = [
        *identity_problems(jib=organisation.jib, account=account, is_jib_confirmed=True),
        *profile_problems({**standing, **changes}, today=clock.local_day(at)),
    ]
    name = changes.get("representative_name", organisation.representative_name)
    if organisation.representative_user_id and name != organisation.representative_name:
        found.append(Problem("representative_declared", "representative_name"))
    return [problem for problem in found if problem.place in changes]


def _write(organisation: Organisation, changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        setattr(organisation, key, normalised(value) if key == "account" else value)
    if "account" in changes and not organisation.bank:
        organisation.bank = bank_of(organisation.account)
    if "name" in changes:
        organisation.name_key = sort_key(organisation.name)
        organisation.name_folded = fold(organisation.name)
