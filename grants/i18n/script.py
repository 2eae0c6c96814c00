"""Scripts: folding for search, the Bosnian alphabet, Latin to Cyrillic."""

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

# The alphabet: a letter's place is its weight. q, w, x and y stand where the dictionaries put them.
_ALPHABET = (
    *("a", "b", "c", "č", "ć", "d", "dž", "đ", "e", "f", "g", "h", "i", "j", "k", "l", "lj"),
    *("m", "n", "nj", "o", "p", "q", "r", "s", "š", "t", "u", "v", "w", "x", "y", "z", "ž"),
)
# Weights are ASCII letters from A on: above the digits, below every letter of another alphabet.
_WEIGHTS = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}

_CYRILLIC = {
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "đ": "ђ", "e": "е", "ž": "ж", "z": "з",
    "i": "и", "j": "ј", "k": "к", "l": "л", "lj": "љ", "m": "м", "n": "н", "nj": "њ", "o": "о",
    "p": "п", "r": "р", "s": "с", "t": "т", "ć": "ћ", "u": "у", "f": "ф", "h": "х", "c": "ц",
    "č": "ч", "dž": "џ", "š": "ш",
}  # fmt: skip
_LATIN = {cyrillic: latin for latin, cyrillic in _CYRILLIC.items()}

# Unicode also has the digraphs as single signs; nobody types them, but files bring them.
_DIGRAPH_SIGNS = {
    ord(sign): unicodedata.normalize("NFKC", sign)
    for sign in ("Ǆ", "ǅ", "ǆ", "Ǉ", "ǈ", "ǉ", "Ǌ", "ǋ", "ǌ")
}

# Where n and j, d and ž are two letters: prefixes and Latin stems, matched inside a word.
_APART = re.compile(
    r"(?<=^i)n(?=j(?:ekc|ekt|icir))|(?<=^ko)n(?=j(?:un|ug|ekt))|(?<=^va)n(?=jezi)"
    r"|(?<=^izva)n(?=jezi)|(?<=^ta)n(?=jug)"
    r"|(?<=^na)d(?=ž(?:iv|anr|njev|et|up))|(?<=^po)d(?=ž(?:anr|up|anru))"
    r"|(?<=^pre)d(?=ž(?:etv|iv))|(?<=^o)d(?=ž(?:al|iv))",
    re.IGNORECASE,
)

# Words that the Serbian variant says otherwise; stems, so that every inflection follows.
_VARIANTS = (
    (re.compile(r"^priopć", re.IGNORECASE), "saopšt"),
    (re.compile(r"^općenit(?=[oaieu])", re.IGNORECASE), "uopšten"),
    (re.compile(r"^poopć", re.IGNORECASE), "uopšt"),
    (re.compile(r"opć", re.IGNORECASE), "opšt"),
    (re.compile(r"^histori", re.IGNORECASE), "istori"),
    (re.compile(r"^također$", re.IGNORECASE), "takođe"),
)

# Names and signs that stay as they are in a Cyrillic text. Words with q, w, x or y stay anyway.
LATIN_WORDS = frozenset({
    "PDF", "DOC", "ODT", "ODS", "JPEG", "JPG", "PNG", "TIFF", "ZIP", "CSV", "JSON", "XML", "HTML",
    "QR", "URL", "API", "SHA", "PAdES", "TOTP", "SMS", "KB", "MB", "GB", "BAM", "EUR", "USD",
    "IBAN", "SWIFT", "UNDP", "ReLOaD", "ReLOaD2", "ReLOaD3", "LibreOffice", "Google", "Adobe",
    "Facebook", "Instagram", "LinkedIn", "Viber", "Zoom", "Teams", "Chrome", "Edge", "Safari",
    "Android", "macOS", "iOS", "Linux", "dpi", "OpenDocument", "Word", "Excel", "DOCX", "XLSX",
})  # fmt: skip

# What is markup, a placeholder or an address is never touched; the first that fits wins.
_PROTECTED = re.compile(
    r"""
    <(?P<tag>code|kbd|samp|script|style)\b[^<>]*>.*?</(?P=tag)>   # keys and code, with contents
    | </?[A-Za-z][^<>]*> | <!--.*?-->                             # tags and comments
    | &(?:[A-Za-z][A-Za-z0-9]*|\#[0-9]+|\#x[0-9A-Fa-f]+);          # entities
    | \{\{.*?\}\} | \{%.*?%\} | \{[^{}]*\}                        # {name}, {{ name }}
    | %\([^()]*\)[-\#0+\ ]*[0-9]*(?:\.[0-9]+)?[A-Za-z]            # %(name)s
    | %[-\#0+]*[0-9]*(?:\.[0-9]+)?[sdfgrxi](?![A-Za-zČĆĐŠŽčćđšž]) | %%
    | (?:https?://|ftp://|mailto:|www\.)[^\s<>"]*[^\s<>".,;:!?)\]]
    | \b(?=[A-Z-]*[0-9])[A-Z0-9]+(?:-[A-Z0-9]+)+\b | \bBA-[A-Z]+\b    # codes that one types
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                 # addresses
    | \b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:ba|com|org|net|eu|int|hr|rs|me|gov)\b(?:/[^\s<>"]*)?
    | [\w-]*\.(?:pdf|docx?|xlsx?|od[ts]|jpe?g|png|tiff?|zip|csv|json|xml|txt)\b
    | \[\[[^\[\]]*\]\]                                          # marks of a text form
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_CAPITALS = re.compile(r"[A-ZČĆĐŠŽ]{2,}")


def fold(text: str) -> str:
    """The text as search compares it: lower case, no diacritics, Latin; `đ` and `ђ` are `dj`.

    `Đerdan`, `Djerdan` and `Ђердан` fold to the same. White space becomes single spaces.
    Folding twice changes nothing.
    """
    lowered = unicodedata.normalize("NFKD", to_latin(text).casefold().replace("đ", "dj"))
    bare = "".join(sign for sign in lowered if not unicodedata.combining(sign))
    return " ".join(unicodedata.normalize("NFKC", bare.casefold()).split())


def sort_key(text: str) -> str:
    """A key that sorts by the Bosnian alphabet wherever code points or bytes are compared.

    Words before longer words, digits before letters, case and accents only between equals; letters
    of other alphabets come last. Latin and Cyrillic spellings stand side by side.
    """
    weights = "!".join(_weigh(word) for word in _WORD.findall(_composed(text)))
    return f"{weights} {text}".replace("\0", "")


def to_latin(text: str) -> str:
    """Serbian Cyrillic letters as Bosnian Latin ones; everything else stays as it is."""
    return "".join(_latin_letter(text, at) for at in range(len(text)))


def to_cyrillic(text: str) -> str:
    """A text of the catalogue in Serbian Cyrillic, in the words of that variant (ijekavian).

    Placeholders, tags, entities, addresses, file names, Roman numerals and names that are written
    in Latin everywhere stay as they are.
    """
    text = _composed(text)
    parts: list[str] = []
    done = 0
    for kept in _PROTECTED.finditer(text):
        parts += (_words_to_cyrillic(text[done : kept.start()]), kept.group())
        done = kept.end()
    return "".join((*parts, _words_to_cyrillic(text[done:])))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_DIGRAPH_SIGNS)


def _weigh(word: str) -> str:
    return "".join(
        _WEIGHTS.get(letter) or _WEIGHTS.get(fold(letter)[:1]) or letter
        for letter in _letters(word.casefold())
    )


def _letters(word: str) -> Iterator[str]:
    """The letters of a word, digraphs as one; a Cyrillic letter as its Latin one."""
    apart = {found.start() for found in _APART.finditer(word)}
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        is_pair = pair.lower() in ("dž", "lj", "nj") and at not in apart and not pair[1].isupper()
        is_pair = is_pair or (pair in ("DŽ", "LJ", "NJ") and at not in apart)
        letter = pair if is_pair else word[at]
        yield _LATIN.get(letter, letter)
        at += len(letter)


def _latin_letter(text: str, at: int) -> str:
    sign = text[at]
    latin = _LATIN.get(sign.lower())
    if latin is None or sign.islower():
        return latin or sign
    shouted = text[at + 1 : at + 2].isupper() or (at > 0 and text[at - 1].isupper())
    return latin.upper() if shouted else latin.capitalize()


def _words_to_cyrillic(text: str) -> str:
    return _WORD.sub(lambda word: _word_to_cyrillic(word, text), text)


def _word_to_cyrillic(found: re.Match[str], text: str) -> str:
    word = found.group()
    if word in LATIN_WORDS or re.search(r"[qwxy]", word, re.IGNORECASE):
        return word
    if _ROMAN.fullmatch(word) and not (word == "I" and _is_conjunction(found, text)):
        return word
    for stem, variant in _VARIANTS:
        word = stem.sub(partial(_in_case_of, variant), word)
    return "".join(_cyrillic_letter(letter) for letter in _letters(word))


def _cyrillic_letter(letter: str) -> str:
    cyrillic = _CYRILLIC.get(letter.lower(), letter)
    return cyrillic.upper() if letter[0].isupper() else cyrillic


def _in_case_of(variant: str, stem: re.Match[str]) -> str:
    if stem.group().isupper():
        return variant.upper()
    return variant.capitalize() if stem.group()[0].isupper() else variant


def _is_conjunction(found: re.Match[str], text: str) -> bool:
    """Whether a capital I is "and": it opens a sentence, or stands among capitals."""
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    if not re.match(r"\s+[^\W\d_]", after):
        return False
    if not before or before[-1] in ".!?:":
        return True
    return bool(_CAPITALS.match(after.lstrip()) and _CAPITALS.search(before.split()[-1]))
