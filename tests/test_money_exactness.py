"""Amounts of any length stay exact."""

from grants.money import from_dossier, to_dossier


def test_amount_is_exact_when_it_has_more_digits_than_a_decimal_keeps() -> None:
    long = "9" * 60
    assert from_dossier(f"{long}.9") == int(long) * 100 + 90
    assert to_dossier(from_dossier(f"{long}.05")) == f"{long}.05"
    assert from_dossier("007") == 700
