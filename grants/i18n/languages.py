"""The languages one can choose, and the catalogue behind each."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from grants.i18n.script import to_cyrillic

CATALOGUES = Path(__file__).parent.parent / "translations"


@dataclass(frozen=True)
class Language:
    """A language as people choose it: its code, its own name, its tag in HTML, its locale."""

    code: str
    label: str
    tag: str
    locale: str


SOURCE = Language("bs", "bosanski", "bs-Latn", "bs")
LANGUAGES = (
    SOURCE,
    # Of Bosnia and Herzegovina: its days of the week are ijekavian, as all our texts are.
    Language("sr", "српски", "sr-Cyrl", "sr_Cyrl_BA"),
    Language("hr", "hrvatski", "hr", "hr"),
    Language("en", "English", "en", "en"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
# By the language of the locale alone: each of ours has one, and comparing locales is slow.
_BY_LOCALE = {language.locale.partition("_")[0]: language for language in LANGUAGES}


def gettext(text: str, /, **facts: Any) -> str:
    """The text in the language of the moment."""
    said = _said(current_language().code, text)
    return said % facts if facts else said


def ngettext(one: str, many: str, number: int, /, **facts: Any) -> str:
    """The text for a number in the language of the moment; `%(num)d` is the number."""
    return str(_spoken().ungettext(one, many, number)) % {"num": number, **facts}


def lazy_gettext(text: str, /) -> LazyString:
    """The text in the language of the moment when it is shown."""
    return LazyString(gettext, text)


@dataclass
class _Moment:
    """What is spoken for a while; found out when it is first asked for."""

    language: Language | None = None


_moment: ContextVar[_Moment | None] = ContextVar("what is spoken", default=None)


@contextmanager
def one_language() -> Iterator[None]:
    """Inside, the language is found out once: a page asks for it two hundred times."""
    token = _moment.set(_Moment())
    try:
        yield
    finally:
        _moment.reset(token)


def current_language() -> Language:
    """The language of the moment."""
    moment = _moment.get()
    if moment is None:
        return _language_now()
    if moment.language is None:
        moment.language = _language_now()
    return moment.language


def _language_now() -> Language:
    locale = get_locale()
    return _BY_LOCALE.get(locale.language, SOURCE) if locale else SOURCE


def _spoken() -> Any:
    """The catalogue of the language of the moment."""
    return _catalogue(current_language().code)


@lru_cache(maxsize=16384)
def _said(code: str, text: str) -> str:
    return str(_catalogue(code).ugettext(text))


@pass_eval_context
def _drawn(page: EvalContext, text: str, /, **facts: Any) -> str:
    """A text in a template, as Jinja's own new-style gettext gives it.

    That one asks its way through the page twice a text, and a page has seventy of them.
    """
    said = _said(current_language().code, text)
    drawn = Markup(said) if page.autoescape else said  # noqa: S704  of our own catalogue
    return drawn % facts if facts or "%" in said else drawn


class CyrillicTranslations(NullTranslations):
    """Serbian Cyrillic: the Bosnian text in the other script; names and figures stay as given."""

    def __init__(self, bosnian: NullTranslations) -> None:
        super().__init__()
        self._bosnian: Any = bosnian

    def ugettext(self, message: str) -> str:
        """A text."""
        return _cyrillic(self._bosnian.ugettext(message))

    def ungettext(self, one: str, many: str, number: int) -> str:
        """A text with a number."""
        return _cyrillic(self._bosnian.ungettext(one, many, number))

    def upgettext(self, context: str, message: str) -> str:
        """A text that reads the same as another and means something else."""
        return _cyrillic(self._bosnian.upgettext(context, message))

    def unpgettext(self, context: str, one: str, many: str, number: int) -> str:
        """The same with a number."""
        return _cyrillic(self._bosnian.unpgettext(context, one, many, number))


class Catalogues(Domain):
    """Catalogues read from the .po files themselves, so that none can be stale."""

    def get_translations(self) -> Any:
        """The catalogue of the language of the moment."""
        return _spoken()


def install(app: Any, select_locale: Any) -> None:
    """Make an application speak our languages."""
    babel = Babel()
    babel.init_app(app, default_locale=SOURCE.locale, locale_selector=select_locale)
    babel.__dict__["domain_instance"] = Catalogues()
    # Templates ask the catalogue directly; the way through the extension costs ten times as much.
    app.jinja_env.install_gettext_callables(
        gettext=gettext,
        ngettext=lambda one, many, number: _spoken().ungettext(one, many, number),
        pgettext=lambda context, text: _spoken().upgettext(context, text),
        npgettext=lambda context, one, many, number: _spoken().unpgettext(
            context, one, many, number
        ),
        newstyle=True,
    )
    app.jinja_env.globals.update(gettext=_drawn, _=_drawn)


@lru_cache(maxsize=8192)
def _cyrillic(text: str) -> str:
    return to_cyrillic(text)


@lru_cache
def _catalogue(code: str) -> NullTranslations:
    if code == "sr":
        return CyrillicTranslations(_catalogue(SOURCE.code))
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations() if code == SOURCE.code else _catalogue(SOURCE.code)
    with path.open("rb") as stored:
        read = read_po(stored, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, _without_gaps(read))
    compiled.seek(0)
    spoken = Translations(compiled)
    if code != SOURCE.code:
        spoken.add_fallback(_catalogue(SOURCE.code))
    return spoken


def _without_gaps(catalogue: Catalog) -> Catalog:
    """Only what is translated whole: of a plural without its forms the Bosnian ones are said."""
    for message in list(catalogue):
        if isinstance(message.string, tuple) and not all(message.string):
            catalogue.delete(message.id, message.context)
    return catalogue
