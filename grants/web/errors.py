"""Refusals as pages: what happened, where, what to do; and nothing typed is lost."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, Unauthorized

from grants.db import db
from grants.errors import DomainError, Problem, Throttled
from grants.i18n.languages import gettext as _
from grants.web.filters import fact_text
from grants.web.gate import actor, is_reading
from grants.web.views import local_path

log = structlog.get_logger()
NOT_TYPED = frozenset(
    {"csrf_token", "resend_email", "resend_password", "resend_to", "signing_password"}
)
_MEGABYTE = 1024 * 1024
_PIECE = _MEGABYTE // 4
_MOST_READ_AWAY = 1024 * _MEGABYTE

# Sentences with the fields they belong to, as error summaries link them.
Refused = list[tuple[str, str | None]]
_sentences: dict[str, Any] = {}


def use_sentences(sentences: Mapping[str, Any]) -> None:
    """Add a slice's sentences; two slices must not word the same code."""
    twice = _sentences.keys() & sentences.keys()
    clashing = {code for code in twice if _sentences[code] is not sentences[code]}
    if clashing:
        raise ValueError(f"worded twice: {sorted(clashing)}")
    _sentences.update(sentences)


def sentence(problem: Problem) -> str:
    """The problem in the language of the moment, with its figures as people write them."""
    facts = {name: fact_text(name, fact) for name, fact in problem.facts.items()}
    return str(_sentences[problem.code]) % facts


def sentences(problems: Iterable[Problem]) -> list[str]:
    """One sentence for each."""
    return [sentence(problem) for problem in problems]


def refused_by(refusal: DomainError) -> Refused:
    """The sentences of a refusal with the fields they belong to, for an error summary."""
    return placed(refusal.problems)


def placed(problems: Iterable[Problem]) -> Refused:
    """The same of problems: each sentence with its field, None where it belongs to none."""
    return [(sentence(problem), problem.place or None) for problem in problems]


def install(app: Flask) -> None:
    """Answer every refusal of an application with a page."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _resend)
    app.register_error_handler(Unauthorized, _sign_in_first)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
    for kind in (IntegrityError, StaleDataError, OperationalError):
        app.register_error_handler(kind, conflict_page)


def _refused(refusal: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    status = 429 if isinstance(refusal, Throttled) else 409
    return _page(status, _("To sada nije moguće"), sentences(refusal.problems))


def conflict_page(fault: Exception) -> ResponseReturnValue:
    """Two people did the same at once: 409 with what to do, never 500."""
    db.session.rollback()
    log.warning("conflict", fault=f"{type(fault).__name__}: {fault}"[:500])
    text = _(
        "Neko je u istom trenutku sačuvao isto. Vratite se, osvježite stranicu i pokušajte ponovo."
    )
    return _page(409, _("Neko vas je preduhitrio"), [text])


def _sign_in_first(_refusal: Unauthorized) -> ResponseReturnValue:
    db.session.rollback()
    if is_reading():
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    return _resend(None)


def _resend(_refusal: CSRFError | None) -> ResponseReturnValue:
    """The form's guard or the session ran out: the page comes back with all that was typed."""
    if request.headers.get("X-Autosave"):
        return Response('{"reason": "signed_out"}', 401, content_type="application/json")
    typed = [
        (name, text)
        for name, texts in request.form.lists()
        for text in texts
        if name not in NOT_TYPED
    ]
    page = render_template(
        "web/resend.html", typed=typed, target=request.full_path.rstrip("?"), who=actor(),
        lost_files=[name for name, file in request.files.items() if file.filename],
    )  # fmt: skip
    return page, 400


def _read_away() -> None:
    """Take in what is still on its way, and drop it, so that the connection is not cut.

    A browser whose sending breaks off shows its own fault instead of our page. Only under a
    server that ends the stream itself; beyond the limit the sender is cut off all the same.
    """
    left = _MOST_READ_AWAY if request.environ.get("wsgi.input_terminated") else 0
    body = request.environ["wsgi.input"]
    while left > 0 and (chunk := body.read(_PIECE)):
        left -= len(chunk)


def _too_large(_refusal: RequestEntityTooLarge) -> ResponseReturnValue:
    db.session.rollback()
    _read_away()
    megabytes = current_app.config["SETTINGS"].upload_megabytes
    text = _(
        "Datoteka je veća od %(most)d MB. Smanjite je (na primjer sačuvajte PDF s manjom "
        "rezolucijom) "
        "i pošaljite ponovo. Sve što ste ranije sačuvali i dalje je tu.",
        most=megabytes,
    )
    return _page(413, _("Datoteka je prevelika"), [text], back=_came_from())


def _http(refusal: HTTPException) -> ResponseReturnValue:
    if refusal.response is not None or (refusal.code or 500) < 400:
        return refusal.get_response()
    db.session.rollback()
    titles: dict[int, Callable[[], tuple[str, str]]] = {
        403: lambda: (
            _("Ovo nije u vašoj nadležnosti"),
            _("Vidite ovaj predmet, ali ovu radnju obavlja neko drugi."),
        ),
        404: lambda: (
            _("Te stranice nema"),
            _("Provjerite adresu. Moguće je i da prijavljena osoba nema pristup toj stranici."),
        ),
        405: lambda: (
            _("Tako se ta stranica ne otvara"),
            _("Vratite se na prethodnu stranicu i pokušajte dugmetom na njoj."),
        ),
    }
    default = (_("Zahtjev nije razumljiv"), _("Vratite se i pokušajte ponovo."))
    title, text = titles.get(refusal.code or 500, lambda: default)()
    return _page(refusal.code or 500, title, [text])


def _broken(fault: Exception) -> ResponseReturnValue:
    db.session.rollback()
    if current_app.config.get("PROPAGATE_EXCEPTIONS") or current_app.testing:
        raise fault
    log.exception("broken", path=request.path)
    text = _("Nešto kod nas ne radi kako treba. Zapisano je; pokušajte ponovo za nekoliko minuta.")
    return _page(500, _("Nismo uspjeli"), [text])


def _came_from() -> str:
    """The page of ours on which the form stood, as the browser tells it; empty when it does not."""
    here, told = urlsplit(request.host_url), urlsplit(request.referrer or "")
    if (told.scheme, told.netloc) != (here.scheme, here.netloc):
        return ""
    return local_path(told._replace(scheme="", netloc="", fragment="").geturl())


def _page(status: int, title: str, texts: list[str], *, back: str = "") -> ResponseReturnValue:
    if request.headers.get("X-Autosave"):
        return {"reason": "refused", "sentences": texts}, status
    return render_template("web/refusal.html", title=title, texts=texts, back=back), status
