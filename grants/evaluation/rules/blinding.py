"""Blind scoring: what is taken out of an application so that nobody learns whose it is.

The applicant, its people and contacts, partners and team names go out whole; wherever they are
named in a text they are covered, in any case ending and script. What a stranger could not tell
anyway (places, amounts, methods) stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grants.calls.rules.form import Form, Kind
from grants.evaluation.rules.matching import FORMS, TITLES
from grants.i18n.script import fold

COVER = "[…]"
# Tables of people, and the column in which their names stand.
PEOPLE_TABLES = frozenset({"team", "people", "staff"})
NAME_COLUMN = "name"
_TOKEN = re.compile(r"[^\W_]+")
_CONTACTS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:ba|com|org|net|eu|info)\b(?:/\S*)?",
    re.IGNORECASE,
)
# Case endings change the last two letters of a word, the last one of a short word.
_STEMMED, _ENDING, _SHORTEST = 5, 2, 3
_SHORTEST_NUMBER = 6


@dataclass(frozen=True)
class Mask:
    """Covers names and numbers in texts: `phrases` are folded words in order, `numbers` digits."""

    phrases: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()

    def __call__(self, text: str) -> str:
        """The text with everything covered that names the applicant."""
        covered = _CONTACTS.sub(COVER, text)
        for number in self.numbers:
            covered = re.sub(r"[\s./-]*".join(number), COVER, covered)
        return self._cover_phrases(covered)

    def _cover_phrases(self, text: str) -> str:
        tokens = [(found.start(), found.end(), found[0]) for found in _TOKEN.finditer(text)]
        words = [fold(token[2]) for token in tokens]
        parts, done, at = [], 0, 0
        while at < len(tokens):
            length = self._length_at(words, tokens, at)
            if length:
                parts += [text[done : tokens[at][0]], COVER]
                done = tokens[at + length - 1][1]
            at += max(1, length)
        return "".join((*parts, text[done:]))

    def _length_at(
        self, words: Sequence[str], tokens: Sequence[tuple[int, int, str]], at: int
    ) -> int:
        """How many words from here are a phrase; a phrase of one word only where capitalised."""
        for phrase in self.phrases:
            here = words[at : at + len(phrase)]
            if len(here) < len(phrase) or not all(map(_is_form_of, here, phrase)):
                continue
            if len(phrase) > 1 or _is_name(tokens[at][2], here[0], phrase[0]):
                return len(phrase)
        return 0


def mask_of(snapshot: Mapping[str, Any]) -> Mask:
    """What to cover in an application, out of its frozen version (applications.rules.freezing)."""
    organisation = _texts(snapshot.get("organisation") or {})
    partners = [_texts(each) for each in snapshot.get("partners") or ()]
    board = (snapshot.get("organisation") or {}).get("board") or ()
    people = [
        organisation.get("representative_name", ""),
        organisation.get("contact_name", ""),
        *(_texts(each).get("name", "") for each in board),
        *(each.get("representative", "") for each in partners),
        *_team_names(snapshot),
        *_contact_answers(snapshot),
    ]
    names = [
        *(organisation.get(key, "") for key in ("name", "short_name")),
        *(each.get("name", "") for each in partners),
    ]
    digits = ("jib", "account", "phone", "contact_phone", "register_number", "vat_number")
    numbers = [organisation.get(key, "") for key in digits]
    phrases = {*_person_phrases(people), *_name_phrases(names)}
    return Mask(
        tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase))),
        tuple(sorted({bare for text in numbers if len(bare := _digits(text)) >= _SHORTEST_NUMBER})),
    )


def mask_of_name(name: str) -> Mask:
    """What to cover where only the applicant's name is known: the title in a list."""
    return Mask(tuple(_name_phrases([name])))


def blind_snapshot(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen version without the applicant, partners and people, and covered where named."""
    mask = mask_of(snapshot)
    kept = {
        key: value for key, value in snapshot.items() if key not in ("organisation", "documents")
    }
    covered: dict[str, Any] = _covered(kept, mask)
    covered["partners"] = []
    for section in (covered.get("answers") or {}).values():
        for key, rows in section.items():
            if key in PEOPLE_TABLES and isinstance(rows, list):
                section[key] = [{**row, NAME_COLUMN: COVER} for row in rows]
    return covered


def blind_form(form: Form) -> Form:
    """The form without the section about the applicant and without the partners."""
    sections = tuple(
        replace(
            section,
            questions=tuple(each for each in section.questions if each.kind is not Kind.PARTNERS),
        )
        for section in form.sections
        if all(each.kind is not Kind.ORGANISATION for each in section.questions)
    )
    return replace(form, sections=sections)


def _covered(value: Any, mask: Mask) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {key: _covered(each, mask) for key, each in value.items()}
    return [_covered(each, mask) for each in value] if isinstance(value, list) else value


def _team_names(snapshot: Mapping[str, Any]) -> Iterator[str]:
    for section in (snapshot.get("answers") or {}).values():
        for key, rows in section.items():
            if key in PEOPLE_TABLES and isinstance(rows, list):
                yield from (str(row.get(NAME_COLUMN) or "") for row in rows)


def _contact_answers(snapshot: Mapping[str, Any]) -> Iterator[str]:
    for section in (snapshot.get("answers") or {}).values():
        yield str(section.get("contact_name") or "")


def _person_phrases(people: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """First name and surname in either order; one word alone is anybody's."""
    for person in people:
        words = tuple(word for word in _words(person) if word not in TITLES)
        if len(words) > 1:
            yield words
            yield words[::-1]


def _name_phrases(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for name in names:
        words = tuple(word for word in _words(name) if word not in FORMS)
        if words:
            yield words


def _words(text: str) -> list[str]:
    return [fold(token) for token in _TOKEN.findall(text)]


def _is_form_of(word: str, known: str) -> bool:
    """Whether a word is the known one or one of its case forms: Subašić, Subašića; Ivo, Ive."""
    if word == known or len(known) < _SHORTEST:
        return word == known
    ending = _ENDING if len(known) >= _STEMMED else 1
    return word.startswith(known[:-ending]) and abs(len(word) - len(known)) <= ending + 1


def _is_name(written: str, word: str, known: str) -> bool:
    """A name of one word is one only with a capital, a short one only as it is."""
    return written[:1].isupper() and (word == known or len(known) >= _STEMMED)


def _texts(facts: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value or "") for key, value in facts.items()}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
