"""The catalogues of texts, made anew from the source: `make messages`."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "grants" / "translations"
LANGUAGES = ("bs", "en", "hr")
HEADER = "# What Poziv says. Made by `make messages`; only the translations are written by hand."
FUNCTIONS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# As the application sets its templates up in web/chrome.py: a msgid must read the same in both.
TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
SOURCES = (
    ("grants", "*.py", "python", {}),
    ("templates", "*.html", "jinja2", TEMPLATES),
    ("templates", "*.txt", "jinja2", TEMPLATES),
)


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The catalogue as it is stored; an empty one before the first extraction."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as stored:
        return read_po(stored, locale=language)


def extracted() -> Catalog:
    """Every text of the source, each once."""
    texts = Catalog(fuzzy=False)
    for folder, pattern, method, options in SOURCES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            for text, context in texts_of(path, method=method, options=options):
                texts.add(text, context=context)
    return texts


def texts_of(
    path: Path, *, method: str, options: dict[str, str]
) -> Iterator[tuple[Any, str | None]]:
    """The texts of one file, plurals as pairs, with the context of each."""
    with path.open("rb") as source:
        for _line, text, _comments, context in extract(
            method, source, keywords=FUNCTIONS, options=options
        ):
            if text and text != ("", ""):
                yield text, context


def belongs_in(language: str, text: Message) -> bool:
    """Bosnian is the language of the source, so that its catalogue holds nothing but plurals."""
    return language != "bs" or bool(text.pluralizable)


def made(language: str, texts: Catalog) -> Catalog:
    """The catalogue of a language: the texts of the source with the translations there are."""
    stored = read(language)
    catalogue = Catalog(locale=language, fuzzy=False)
    for text in texts:
        if text.id and belongs_in(language, text):
            known = stored.get(text.id, text.context)
            catalogue.add(text.id, known.string if known else "", context=text.context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file: sorted, without line numbers or dates, so that merges are calm."""
    plurals = get_plural(catalogue.locale_identifier)
    header = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale_identifier}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: nplurals={plurals.num_plurals}; plural={plurals.plural_expr};\\n"\n\n'
    )
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return header.encode() + body.getvalue().strip() + b"\n"


def main() -> None:
    """Write every catalogue, and say how many texts wait for a translation."""
    texts = extracted()
    for language in LANGUAGES:
        catalogue = made(language, texts)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(written(catalogue))
        waiting = sum(1 for text in catalogue if text.id and not is_translated(text))
        sys.stdout.write(f"{language}: {len(catalogue)} texts, {waiting} to translate\n")


def is_translated(text: Message) -> bool:
    """Whether every form of a text has its translation."""
    forms = text.string if isinstance(text.string, tuple | list) else (text.string,)
    return all(forms)


if __name__ == "__main__":
    main()
