"""Texts without a request: mails, acts and records, in the language of whom they are for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from flask_babel import force_locale

from grants.i18n.languages import BY_CODE, SOURCE, Language, one_language
from grants.i18n.script import to_cyrillic


@contextmanager
def speaking(language: str) -> Iterator[Language]:
    """Everything said inside is said in this language, with or without a request."""
    chosen = BY_CODE.get(language, SOURCE)
    with force_locale(chosen.locale), one_language():
        yield chosen


def in_script(text: str, language: str) -> str:
    """The office's own words in the script of a language; names of others stay as given."""
    return to_cyrillic(text) if language == "sr" else text


def render(template: str, language: str, **facts: Any) -> str:
    """A template in a language, from nothing but the facts handed in."""
    with speaking(language) as chosen:
        public_url = current_app.config["SETTINGS"].public_url
        page = current_app.jinja_env.get_template(template)
        return page.render(language=chosen, locale_tag=chosen.tag, public_url=public_url, **facts)
