"""What ties a member to an applicant, however it is written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.evaluation.rules.matching import (
    HitKind,
    find_ties,
    traces_of_applicant,
    traces_of_member,
)

ORGANISATION: dict[str, Any] = {
    "name": "Udruženje građana „Zelena Neretva“",
    "short_name": "UG Zelena Neretva",
    "jib": "4201234500007",
    "address": "Maršala Tita 12/a",
    "phone": "033 / 123-456",
    "email": "info@zelena.example.ba",
    "account": "1010000000000135",
    "representative_name": "Đenana Hodžić",
    "contact_name": "Ana Šarić",
    "contact_email": "ana@zelena.example.ba",
    "board": [{"name": "Mirza Kovač", "function": "član", "email": "mirza@example.ba"}],
}
PARTNERS = [
    {
        "name": "Fondacija Most",
        "jib": "4299999900003",
        "representative": "Ivo Perić",
        "email": "most@example.ba",
    }
]


def ties(name: str = "Niko Niković", email: str = "", **declared: Any) -> list[tuple[str, str]]:
    found = find_ties(
        traces_of_member(name, email, declared), traces_of_applicant(ORGANISATION, PARTNERS)
    )
    return [(each.kind.value, each.evidence["role"]) for each in found]


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({"name": "Hodžić Djenana"}, [("person_name", "representative")]),
        ({"name": "Ђенана Хоџић"}, [("person_name", "representative")]),
        ({"name": "prof. dr. Mirza Kovač"}, [("person_name", "board")]),
        ({"name": "Ivo Perić"}, [("person_name", "partner_representative")]),
        ({"name": "Ivo"}, []),
        ({"name": "Ivo Perić-Kovač"}, []),
        ({"email": "MIRZA@example.ba "}, [("person_email", "board")]),
        ({"email": "info@zelena.example.ba"}, [("person_email", "organisation")]),
        ({"organisations": ["Zelena Neretva"]}, [("organisation", "organisation")]),
        ({"organisations": ['Udruga "NERETVA, ZELENA"']}, [("organisation", "organisation")]),
        ({"organisations": ["JIB 4201234500007"]}, [("organisation", "organisation")]),
        ({"organisations": ["4299999900003"]}, [("partner", "partner")]),
        ({"organisations": ["most"]}, [("partner", "partner")]),
        ({"organisations": ["Zelena Sana"]}, []),
        ({"employers": ["Fondacija „Most“"]}, [("employer", "partner")]),
        ({"address": "Ul. Maršala Tita br. 12a, Sarajevo"}, [("address", "organisation")]),
        ({"address": "Maršala Tita 12"}, []),
        ({"address": "Maršala Tita"}, []),
        ({"phone": "+387 33 123 456"}, [("phone", "organisation")]),
        ({"phone": "00387-33-123-456"}, [("phone", "organisation")]),
        ({"phone": "123"}, []),
        ({"account": "BA39 1010 0000 0000 0135"}, [("account", "organisation")]),
        ({"account": "101-000-00000001-35"}, [("account", "organisation")]),
    ],
)
def test_same_thing_is_found_however_written(
    declared: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert ties(**declared) == found


def test_evidence_shows_both_sides_as_written() -> None:
    member = traces_of_member("Hodžić Djenana", "", {})
    [found] = find_ties(member, traces_of_applicant(ORGANISATION, PARTNERS))
    assert found.kind is HitKind.PERSON_NAME
    assert found.evidence == {
        "member": "Hodžić Djenana",
        "member_role": "name",
        "applicant": "Đenana Hodžić",
        "role": "representative",
        "of": "",
    }


def test_nothing_known_ties_nobody() -> None:
    assert find_ties(traces_of_member("", "", {}), traces_of_applicant({}, [])) == []


@given(st.randoms())
def test_order_of_what_is_known_changes_nothing(chance: Any) -> None:
    member = traces_of_member(
        "Đenana Hodžić",
        "mirza@example.ba",
        {"organisations": ["Most", "Zelena Neretva"], "employers": ["Fondacija Most"]},
    )
    applicant = traces_of_applicant(ORGANISATION, PARTNERS)
    expected = find_ties(member, applicant)
    assert len(expected) == 5
    chance.shuffle(member)
    chance.shuffle(applicant)
    assert find_ties(member, applicant) == expected
