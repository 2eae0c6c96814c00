"""Who is signed in: the session cookie names a person and the epoch it was given in."""

from flask import Flask, g
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from grants.people.actors import ANONYMOUS, Actor
from grants.people.models import User
from grants.people.queries import actor_of, get_signed_in
from grants.web.gate import use_actor_loader


class SignedIn(UserMixin):
    """A person for flask-login; the actor comes with it, so that it is loaded once."""

    def __init__(self, user: User, *, unread: int = 0) -> None:
        self.user = user
        self.actor = actor_of(user, unread=unread)

    def get_id(self) -> str:
        """The person and the epoch: a new password ends every older session."""
        return f"{self.user.id}.{self.user.epoch}"


def install(app: Flask, manager: LoginManager) -> None:
    """Let flask-login keep the session, and the gate ask it who is there."""
    manager.session_protection = None
    manager.init_app(app)
    manager.user_loader(_load)
    use_actor_loader(_actor)


def begin(user: User) -> None:
    """Sign a person in; the memberships must be loaded."""
    login_user(SignedIn(user), remember=False)
    g.pop("actor", None)


def keep_way(path: str) -> None:
    """Where a newcomer was going, for when the account is open and the address confirmed."""
    if path:
        cookie["way"] = path


def take_way() -> str:
    """Where the newcomer was going, told once."""
    return str(cookie.pop("way", ""))


def end() -> None:
    """Sign out."""
    logout_user()
    g.pop("actor", None)


def _load(session_id: str) -> SignedIn | None:
    user_id, _, epoch = session_id.partition(".")
    found = get_signed_in(int(user_id)) if user_id.isdigit() else None
    if found is None or str(found[0].epoch) != epoch:
        return None
    return SignedIn(found[0], unread=found[1])


def _actor() -> Actor:
    return current_user.actor if current_user.is_authenticated else ANONYMOUS
