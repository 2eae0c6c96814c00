"""The contract on paper: all its parts, archivable, accessible, the same every time."""

import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from grants import tenancy
from grants.acts.jobs import print_act
from grants.acts.printing import printable_of
from grants.contracts.actions import prepare_contract, sign_contract
from grants.contracts.rules.terms import Terms
from grants.people.queries import actor_of, get_user_with_roles
from tests.contracts.town import make_town
from tests.documents.structure import open_pdf
from tests.factories import make_decision

TERMS = Terms(
    account="1010000000000135",
    bank="Banka d.d. Sarajevo",
    representative_name="Šefika Džaferović-Đurđević",
    representative_title="predsjednica Upravnog odbora",
    starts_on=date(2026, 4, 1),
    ends_on=date(2026, 10, 31),
    special="Nabavljena oprema ostaje školi.",
)
PUBLIC = "https://poziv.example"
pytestmark = pytest.mark.usefixtures("context")


def printed(at: datetime, language: str = "bs") -> tuple[bytes, bytes, str]:
    """The PDF twice, and what it says."""
    town = make_town(language=language)
    user = get_user_with_roles(town.signatory.id)
    assert user is not None
    with tenancy.within(town.municipality.id):
        decision = make_decision(town.application)
        contract = prepare_contract(decision, TERMS, by=actor_of(user), at=at)
        sign_contract(contract, by=actor_of(user), at=at)
        printable = printable_of(contract.act, town.municipality, public_url=PUBLIC)
    first, second = print_act(printable), print_act(replace(printable))
    said = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=first, check=True, capture_output=True
    )
    return first, second, " ".join(said.stdout.decode().split())


def test_contract_says_all_that_the_office_wants(at: datetime) -> None:
    first, second, said = printed(at)
    assert first == second
    for words in (
        "dvadeset osam hiljada KM i 00/100",
        "28.000,00 KM",
        "4200123450006",
        "zastupa: predsjednica Upravnog odbora Šefika",
        "zastupa: Općinska načelnica Amela",
        "1010000000000135",
        "14.000,00",
        "11.200,00",
        "2.800,00",
        "Član 14.",
        "Nabavljena oprema ostaje školi.",
        "u roku od 15 dana",
        "primjercima (ukupno: 4)",
        "Za korisnika sredstava",
        "Prilog 1",
        "Radionice i javni događaji",
    ):
        assert words in said, words


def test_contract_is_archivable_and_accessible(at: datetime, tmp_path: Path) -> None:
    first, _, _ = printed(at)
    pdf = open_pdf(first)
    with pdf.open_metadata(update_docinfo=False) as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("3", "1")
    assert str(pdf.Root.Lang) == "bs-Latn"
    written = tmp_path / "ugovor.pdf"
    written.write_bytes(first)
    subprocess.run(["qpdf", "--check", str(written)], check=True, capture_output=True)


def test_contract_of_a_cyrillic_call_is_cyrillic_and_keeps_names(at: datetime) -> None:
    _, _, said = printed(at, "sr")
    assert "двадесет осам хиљада КМ" in said
    assert "Обавезе корисника" in said
    assert "Udruženje „Zeleni Miljacka“" in said
