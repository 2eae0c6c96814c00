"""Every text has its English, Croatian and Cyrillic; every plural has its three Bosnian forms."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from grants.i18n.script import LATIN_WORDS, to_cyrillic
from tests.house import messages

PLACEHOLDER = re.compile(r"%\([^()]*\)[a-z]|%?%\{\w+\}|%%|\{\w+\}|<[^<>]+>|&\w+;")
# What one types or clicks on is the same in every script: addresses, names of files, codes.
ADDRESS = re.compile(
    r"[\w.]+@[\w.]+|\w*\.(?:json|pdf|txt|xlsx)|\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b|\[\[[^\]]*\]\]"
)
LATIN = re.compile(r"[^\W\d_]*[A-Za-zČčĆćĐđŠšŽž][^\W\d_]*")
ROMAN = frozenset({"I", "II", "III", "IV", "V"})
# How the Bosnian forms are written for 1 and 21, for 2 to 4, and for 5 and 11.
FORMS = 3


@cache
def source() -> Catalog:
    """Every text, extracted once."""
    return messages.extracted()


@cache
def stored(language: str) -> Catalog:
    """A catalogue as it lies in the tree."""
    return messages.read(language)


def texts(catalogue: Catalog) -> list[Message]:
    """The messages without the header."""
    return [text for text in catalogue if text.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A text as a tuple of its forms."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> list[str]:
    """What is filled in, and the tags, in an order that a translation may change."""
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_catalogue_holds_what_the_source_says_when_extracted_anew(language: str) -> None:
    made = messages.made(language, source())
    found = {(text.id, text.context) for text in texts(stored(language))}
    wanted = {(text.id, text.context) for text in texts(made)}
    hint = "run `make messages` and translate what is new"
    assert (wanted - found, found - wanted) == (set(), set()), hint
    assert messages.path_of(language).read_bytes() == messages.written(made), hint


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    bare = [text.id for text in texts(stored(language)) if not messages.is_translated(text)]
    fuzzy = [text.id for text in texts(stored(language)) if text.fuzzy]
    assert (bare, fuzzy) == ([], [])


@pytest.mark.parametrize("language", ["en", "hr"])
def test_translation_keeps_the_placeholders(language: str) -> None:
    changed = [
        (text.id, translated)
        for text in texts(stored(language))
        if messages.is_translated(text)
        for number, translated in enumerate(forms(text.string))
        if placeholders(forms(text.id)[min(number, len(forms(text.id)) - 1)])
        != placeholders(translated)
    ]
    assert changed == []


@pytest.mark.parametrize("language", ["bs", "hr"])
def test_plural_has_three_forms(language: str) -> None:
    for text in texts(stored(language)):
        if text.pluralizable and messages.is_translated(text):
            assert len(forms(text.string)) == FORMS, text.id
            for form in forms(text.string):
                assert placeholders(form) == placeholders(forms(text.id)[0]), form


def test_bosnian_says_one_as_the_source_does() -> None:
    for text in texts(stored("bs")):
        assert forms(text.string)[0] == forms(text.id)[0]


def test_cyrillic_leaves_placeholders_and_names_and_nothing_else_in_latin() -> None:
    said = [form for text in texts(source()) for form in forms(text.id)]
    said += [form for text in texts(stored("bs")) for form in forms(text.string)]
    changed = [text for text in said if placeholders(text) != placeholders(to_cyrillic(text))]
    assert (changed, {text: left for text in said if (left := _stray(text))}) == ([], {})


def _stray(text: str) -> list[str]:
    bare = ADDRESS.sub(" ", PLACEHOLDER.sub(" ", to_cyrillic(text)))
    return [word for word in LATIN.findall(bare) if word not in LATIN_WORDS | ROMAN]
