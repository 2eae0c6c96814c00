"""The password once more before a signature; its slow hashing holds no transaction."""

from datetime import datetime

from grants.people.actions import ensure_may_try, note_failure
from grants.people.actors import Actor
from grants.people.passwords import password_matches
from grants.people.queries import get_user
from grants.web.commit import release, unit_of_work


def knows_password(who: Actor, password: str, *, address: str, at: datetime) -> bool:
    """Whether somebody who is signed in knows the own password; failures count as at sign-in.

    The request's transaction ends here: what the view has loaded it loads anew. Raises Throttled
    after too many failed tries.
    """
    release()
    with unit_of_work("read who signs", writing=False):
        ensure_may_try(who.email, address, at=at)
        user = get_user(who.id) if who.id is not None else None
        kept = user.password_hash if user else ""
    if password_matches(password, kept):
        return True
    with unit_of_work("keep a failed signature"):
        note_failure(who.email, address, at=at)
    return False
