"""Points as they are shown and filed; the only place where points are rounded (scoring.md)."""

from fractions import Fraction

from grants.money import round_half_up

SHOWN_PLACES = 2
FILED_PLACES = 4


def shown(points: Fraction, *, threshold: Fraction | None = None) -> str:
    """Points for a page, half up to two decimals, with a decimal comma: `71,67`.

    Beside a threshold it takes as many decimals as needed, so that the figure shown stands on the
    same side of it as the exact value: 59.9967 against 60 is `59,997`.
    """
    places = SHOWN_PLACES
    if threshold is not None:
        while (_rounded(points, places) < threshold) != (points < threshold):
            places += 1
    return _written(points, places).replace(".", ",")


def filed(points: Fraction) -> str:
    """Points for the result file, half up to four decimals: `71.6667`."""
    return _written(points, FILED_PLACES)


def _rounded(points: Fraction, places: int) -> Fraction:
    return Fraction(round_half_up(points * 10**places), 10**places)


def _written(points: Fraction, places: int) -> str:
    units = round_half_up(points * 10**places)
    digits = str(abs(units)).zfill(places + 1)
    return f"{'-' if units < 0 else ''}{digits[:-places]}.{digits[-places:]}"
