"""What ties a member of the committee to an applicant, found by the system for people to judge.

Both sides are written as marks, folded so that spelling, order and script make no difference, and
compared mark by mark. Nothing here decides anything: a hit is shown with both sides as written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grants.i18n.script import fold

TITLES = frozenset({"dr", "mr", "mag", "prof", "doc", "dipl", "ing", "sc", "spec", "mrsc", "drsc"})
# What stands before the name of nearly every organisation and tells none from another.
FORMS = frozenset({
    "udruzenje", "udruzenja", "udruga", "udruge", "ug", "gradjana", "gradana", "fondacija",
    "fondacije", "zaklada", "organizacija", "nvo", "doo", "d", "o",
})  # fmt: skip
_STREET = frozenset({"ul", "ulica", "br", "broj"})
_WORD = re.compile(r"[a-z0-9]+")
_HOUSE = re.compile(r"(\d+)\s*[/-]?\s*([a-z])\b")
_JIB = re.compile(r"(?<!\d)(\d{13})(?!\d)")
# A shorter number is an extension, not a line.
_SHORTEST_PHONE = 6
_LAND, _TRUNK = "387", "0"
_ACCOUNT_DIGITS = 16


class HitKind(StrEnum):
    """What matched."""

    ORGANISATION = "organisation"
    PERSON_NAME = "person_name"
    PERSON_EMAIL = "person_email"
    ADDRESS = "address"
    PHONE = "phone"
    ACCOUNT = "account"
    PARTNER = "partner"
    EMPLOYER = "employer"


@dataclass(frozen=True)
class Trace:
    """One thing known of a side: of what sort, folded to compare, as written, in which part.

    `role` says where it stands: of a member `name`, `email`, `organisation`, `employer`, `address`,
    `phone`, `account`; of an applicant `organisation`, `representative`, `contact`, `board`,
    `partner`, `partner_representative`. `of` names the partner, where it is one's.
    """

    sort: str
    mark: str
    written: str
    role: str
    of: str = ""


@dataclass(frozen=True)
class Found:
    """One tie: what matched, folded, and both sides in words."""

    kind: HitKind
    mark: str
    evidence: Mapping[str, Any]


def find_ties(member: Iterable[Trace], applicant: Iterable[Trace]) -> list[Found]:
    """Every tie between a member and an applicant, each once; the order of the traces decides none.

    Where the same mark matches in several roles, the first by role is the evidence.
    """
    known: dict[tuple[str, str], list[Trace]] = {}
    for trace in sorted(member, key=_order):
        known.setdefault((trace.sort, trace.mark), []).append(trace)
    found: dict[tuple[HitKind, str], Found] = {}
    for theirs in sorted(applicant, key=_order):
        for own in known.get((theirs.sort, theirs.mark), ()):
            tie = _tie(own, theirs)
            found.setdefault((tie.kind, tie.mark), tie)
    return [found[key] for key in sorted(found)]


def compare(
    members: Mapping[int, Sequence[Trace]], applicants: Mapping[int, Sequence[Trace]]
) -> Iterator[tuple[tuple[int, int], Sequence[Found]]]:
    """Every pair of member and application (ids) that something ties, with what it is."""
    for application_id, theirs in applicants.items():
        for member_id, own in members.items():
            ties = find_ties(own, theirs)
            if ties:
                yield (member_id, application_id), ties


def traces_of_member(name: str, email: str, ties: Mapping[str, Any]) -> list[Trace]:
    """What is known of a member: who one is, and what one declared (Member.ties)."""
    found = [*_persons(name, "name"), *_emails(email, "email")]
    for key, role in (("organisations", "organisation"), ("employers", "employer")):
        for line in ties.get(key) or ():
            found += _organisations(str(line), role)
    found += _addresses(str(ties.get("address") or ""), "address")
    found += _phones(str(ties.get("phone") or ""), "phone")
    found += _accounts(str(ties.get("account") or ""), "account")
    return found


def traces_of_applicant(
    organisation: Mapping[str, Any], partners: Sequence[Mapping[str, Any]]
) -> list[Trace]:
    """What a frozen version says of an applicant (organisations.rules.profile) and its partners."""
    text = {key: str(value or "") for key, value in organisation.items()}
    found = [
        *_organisations(text.get("name", ""), "organisation"),
        *_organisations(text.get("short_name", ""), "organisation"),
        *_organisations(text.get("jib", ""), "organisation", of=text.get("name", "")),
        *_persons(text.get("representative_name", ""), "representative"),
        *_persons(text.get("contact_name", ""), "contact"),
        *_emails(text.get("email", ""), "organisation"),
        *_emails(text.get("contact_email", ""), "contact"),
        *_phones(text.get("phone", ""), "organisation"),
        *_phones(text.get("contact_phone", ""), "contact"),
        *_addresses(text.get("address", ""), "organisation"),
        *_accounts(text.get("account", ""), "organisation"),
    ]
    for person in organisation.get("board") or ():
        found += _persons(str(person.get("name") or ""), "board")
        found += _emails(str(person.get("email") or ""), "board")
    for partner in partners:
        found += _partner(partner)
    return found


def _partner(partner: Mapping[str, Any]) -> Iterator[Trace]:
    name = str(partner.get("name") or "")
    yield from _organisations(name, "partner", of=name)
    yield from _organisations(str(partner.get("jib") or ""), "partner", of=name)
    yield from _persons(str(partner.get("representative") or ""), "partner_representative", of=name)
    yield from _emails(str(partner.get("email") or ""), "partner", of=name)


def _tie(own: Trace, theirs: Trace) -> Found:
    evidence = {
        "member": own.written,
        "member_role": own.role,
        "applicant": theirs.written,
        "role": theirs.role,
        "of": theirs.of,
    }
    return Found(_kind(own, theirs), theirs.mark, evidence)


def _kind(own: Trace, theirs: Trace) -> HitKind:
    if own.sort != "organisation":
        return HitKind(own.sort)
    if own.role == "employer":
        return HitKind.EMPLOYER
    return HitKind.PARTNER if theirs.role == "partner" else HitKind.ORGANISATION


def _order(trace: Trace) -> tuple[str, ...]:
    return (trace.sort, trace.mark, trace.role, trace.of, trace.written)


def _organisations(text: str, role: str, *, of: str = "") -> Iterator[Trace]:
    """By the name, whatever its form and order; and by the JIB where one stands in the text."""
    written = " ".join(text.split())
    for jib in _JIB.findall(written):
        yield Trace("organisation", jib, written, role, of)
    words = _WORD.findall(fold(_JIB.sub(" ", written)))
    telling = [word for word in words if word not in FORMS] or words
    if len("".join(telling)) > 1:
        yield Trace("organisation", _bag(telling), written, role, of)


def _persons(text: str, role: str, *, of: str = "") -> Iterator[Trace]:
    """A name of two words at least: a first name alone is anybody's."""
    words = [word for word in _WORD.findall(fold(text)) if word not in TITLES]
    if len(words) > 1:
        yield Trace(HitKind.PERSON_NAME.value, _bag(words), " ".join(text.split()), role, of)


def _emails(text: str, role: str, *, of: str = "") -> Iterator[Trace]:
    mark = text.strip().casefold()
    if "@" in mark:
        yield Trace(HitKind.PERSON_EMAIL.value, mark, text.strip(), role, of)


def _phones(text: str, role: str) -> Iterator[Trace]:
    """Each number of a text; 033 123-456, +387 33 123 456 and 00387… are one."""
    for part in re.split(r"[,;]", text):
        digits = re.sub(r"\D", "", part).removeprefix("00")
        mark = digits.removeprefix(_LAND).removeprefix(_TRUNK)
        if len(mark) >= _SHORTEST_PHONE:
            yield Trace(HitKind.PHONE.value, mark, part.strip(), role)


def _addresses(text: str, role: str) -> Iterator[Trace]:
    """Street and house number; a street without a number is too many people's."""
    street = _HOUSE.sub(r"\1\2", fold(text.split(",")[0]))
    words = [word for word in _WORD.findall(street) if word not in _STREET]
    has_number = any(word[0].isdigit() for word in words)
    if has_number and len(words) > 1:
        yield Trace(HitKind.ADDRESS.value, _bag(words), " ".join(text.split()), role)


def _accounts(text: str, role: str) -> Iterator[Trace]:
    """The sixteen digits, out of the account or its IBAN."""
    digits = re.sub(r"\D", "", text)
    if len(digits) >= _ACCOUNT_DIGITS:
        yield Trace(HitKind.ACCOUNT.value, digits[-_ACCOUNT_DIGITS:], text.strip(), role)


def _bag(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
