"""Roles and where each is held; passwords; when sign-in has to wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from grants.errors import Problem

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
CONFIRMATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=2)
INVITATION_LASTS = timedelta(days=14)


class Role(StrEnum):
    """What a person may be, somewhere."""

    OFFICER = "officer"
    FINANCE = "finance"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    OWNER = "owner"
    MEMBER = "member"
    REPRESENTATIVE = "representative"
    EVALUATOR = "evaluator"
    CHAIR = "chair"
    SECRETARY = "secretary"
    COORDINATOR = "coordinator"
    DONOR = "donor"
    PLATFORM = "platform"


class ScopeKind(StrEnum):
    """What kind of thing a role is held on."""

    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    COMMITTEE = "committee"
    PROGRAMME = "programme"
    INSTALLATION = "installation"


SCOPE_OF_ROLE = {
    Role.OFFICER: ScopeKind.MUNICIPALITY,
    Role.FINANCE: ScopeKind.MUNICIPALITY,
    Role.SIGNATORY: ScopeKind.MUNICIPALITY,
    Role.ADMINISTRATOR: ScopeKind.MUNICIPALITY,
    Role.AUDITOR: ScopeKind.MUNICIPALITY,
    Role.OWNER: ScopeKind.ORGANISATION,
    Role.MEMBER: ScopeKind.ORGANISATION,
    Role.REPRESENTATIVE: ScopeKind.ORGANISATION,
    Role.EVALUATOR: ScopeKind.COMMITTEE,
    Role.CHAIR: ScopeKind.COMMITTEE,
    Role.SECRETARY: ScopeKind.COMMITTEE,
    Role.COORDINATOR: ScopeKind.PROGRAMME,
    Role.DONOR: ScopeKind.PROGRAMME,
    Role.PLATFORM: ScopeKind.INSTALLATION,
}
# The one installation has no row; its roles are held on this id.
INSTALLATION = 0
STAFF = (Role.OFFICER, Role.FINANCE, Role.SIGNATORY, Role.ADMINISTRATOR, Role.AUDITOR)
PEOPLE_OF_ORGANISATION = (Role.OWNER, Role.REPRESENTATIVE, Role.MEMBER)


class Purpose(StrEnum):
    """What a link sent by mail is good for."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  a name of a purpose
    INVITATION = "invitation"


def password_problems(password: str, *, email: str, commonest: frozenset[str]) -> list[Problem]:
    """Why a password will not do: too short, too long, among the commonest, or the own address."""
    problems = []
    if len(password) < SHORTEST_PASSWORD:
        problems.append(Problem("password_short", "password", {"shortest": SHORTEST_PASSWORD}))
    if len(password) > LONGEST_PASSWORD:
        problems.append(Problem("password_long", "password", {"longest": LONGEST_PASSWORD}))
    bare = password.strip().lower()
    if bare in commonest or bare in (email.lower(), email.lower().partition("@")[0]):
        problems.append(Problem("password_common", "password"))
    return problems


def sign_in_waits_until(
    failures_of_account: Sequence[datetime], failures_of_address: Sequence[datetime], at: datetime
) -> datetime | None:
    """When sign-in may be tried again, None for now.

    An account waits after 5 failures in 15 minutes, an address after 30: a guesser is slowed, a
    town hall behind one address is not locked out.
    """
    window = timedelta(minutes=15)
    waits = [
        until
        for failures, most in ((failures_of_account, 5), (failures_of_address, 30))
        if (until := _waits_until(sorted(failures), most=most, window=window)) and until > at
    ]
    return max(waits, default=None)


def _waits_until(failures: Sequence[datetime], *, most: int, window: timedelta) -> datetime | None:
    if len(failures) < most:
        return None
    return failures[-most] + window
