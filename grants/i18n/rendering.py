"""Texts without a request: mails, acts and records, in the language of whom they are for."""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from grants.i18n.languages import BY_CODE, SOURCE


def render(template: str, language: str, **facts: Any) -> str:
    """A template in a language, from nothing but the facts handed in."""
    chosen = BY_CODE.get(language, SOURCE)
    with force_locale(chosen.locale):
        public_url = current_app.config["SETTINGS"].public_url
        page = current_app.jinja_env.get_template(template)
        return page.render(language=chosen, locale_tag=chosen.tag, public_url=public_url, **facts)
