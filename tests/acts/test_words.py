"""Amounts in words, as acts write them."""

import pytest

from grants.acts.rules import amount_in_words


@pytest.mark.parametrize(
    ("fening", "words"),
    [
        (0, "nula KM i 00/100"),
        (1, "nula KM i 01/100"),
        (1_00, "jedna KM i 00/100"),
        (2_10, "dvije KM i 10/100"),
        (11_00, "jedanaest KM i 00/100"),
        (21_00, "dvadeset jedna KM i 00/100"),
        (200_00, "dvjesto KM i 00/100"),
        (640_00, "šeststo četrdeset KM i 00/100"),
        (1_000_00, "jedna hiljada KM i 00/100"),
        (2_000_00, "dvije hiljade KM i 00/100"),
        (12_000_00, "dvanaest hiljada KM i 00/100"),
        (22_222_22, "dvadeset dvije hiljade dvjesto dvadeset dvije KM i 22/100"),
        (28_000_50, "dvadeset osam hiljada KM i 50/100"),
        (101_000_00, "sto jedna hiljada KM i 00/100"),
        (1_000_000_00, "jedan milion KM i 00/100"),
        (2_000_003_00, "dva miliona tri KM i 00/100"),
        (21_000_000_00, "dvadeset jedan milion KM i 00/100"),
        (5_000_000_000_00, "pet milijardi KM i 00/100"),
    ],
)
def test_amount_is_written_in_words(fening: int, words: str) -> None:
    assert amount_in_words(fening) == words


@pytest.mark.parametrize("fening", [-1, 10**14])
def test_amount_beyond_words_is_refused(fening: int) -> None:
    with pytest.raises(ValueError, match="in words"):
        amount_in_words(fening)
