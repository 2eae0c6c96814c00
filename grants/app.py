"""create_app(): config, extensions, slices; nothing else."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from grants import slices
from grants.config import Settings, read_settings
from grants.db import db
from grants.demo import mode
from grants.i18n import languages
from grants.people import session
from grants.web import chrome, commit, errors, filters, logs, security
from grants.web.addresses import Poziv
from grants.web.views import select_locale

ROOT = Path(__file__).absolute().parents[1]


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The application as its environment sets it; raises ConfigFault with a line per fault."""
    settings = read_settings(os.environ if environ is None else environ)
    logs.install(is_demo=settings.is_demo)
    app = Poziv("grants", root_path=str(ROOT))
    app.config.from_mapping(_flask_settings(settings))
    if settings.trusted_proxies:
        _trust(app, settings.trusted_proxies)
    _extend(app)
    for blueprint in slices.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for sentences in slices.PROBLEMS:
        errors.use_sentences(sentences)
    if settings.is_demo:
        mode.install(app)
    return app


def _trust(app: Flask, proxies: int) -> None:
    """Believe so many proxies about whom they speak for; sign-in is slowed by address."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # as Flask asks


def _flask_settings(settings: Settings) -> dict[str, object]:
    settings.instance.mkdir(parents=True, exist_ok=True)
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1024 * 1024 + 64 * 1024,
        "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
    }


def _engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}}
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


def _extend(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, render_as_batch=True, compare_type=True)
    commit.install(app)
    CSRFProtect(app)
    session.install(app, LoginManager())
    languages.install(app, select_locale)
    filters.install(app)
    chrome.install(app)
    errors.install(app)
    security.install(app)
