"""Pages that belong to no slice: the language switch and the health of the installation."""

from flask import Blueprint, abort, current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue

from grants.i18n.languages import BY_CODE, SOURCE, Language
from grants.web.commit import unit_of_work
from grants.web.gate import actor, allow

blueprint = Blueprint("web", __name__)
COOKIE = "language"


def may_anyone(_who: object, **_address: object) -> bool:
    """Everybody, signed in or not."""
    return True


@blueprint.get("/language/<code>")
@allow(may_anyone)
def language(code: str) -> ResponseReturnValue:
    """Remember the language chosen and go back to where one was."""
    if code not in BY_CODE:
        abort(404)
    response = make_response(redirect(local_path(request.args.get("next", ""))))
    response.set_cookie(
        COOKIE,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=current_app.config["SETTINGS"].is_https,
    )
    return response


@blueprint.get("/health")
@allow(may_anyone)
def health() -> ResponseReturnValue:
    """Whether the process answers and reaches its database."""
    with unit_of_work("health", writing=False) as session:
        session.connection()
    return {"ok": True}


def local_path(path: str) -> str:
    """A path of our own, never an address elsewhere."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and not any(ord(c) < 32 for c in path) else "/"


def select_locale() -> str:
    """The chosen language, else the person's, else the browser's, else Bosnian."""
    return _choose().locale


def _choose() -> Language:
    if not request:
        return SOURCE
    cookie = BY_CODE.get(request.cookies.get(COOKIE, ""))
    if cookie:
        return cookie
    own = BY_CODE.get(getattr(actor(), "language", "") or "")
    if own:
        return own
    return BY_CODE.get(request.accept_languages.best_match(list(BY_CODE)) or "", SOURCE)
