"""Terms as they are counted in FBiH and RS."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.workdays import (
    Calendar,
    Deadline,
    Entity,
    Rest,
    Skipped,
    Term,
    Unit,
    days,
    deadline,
    default_holidays,
    filing_day,
    months,
    next_working_day,
    working_days,
    working_days_between,
    years,
)

FBIH = Calendar(default_holidays(Entity.FBIH, over=range(2020, 2031)))
RS = Calendar(default_holidays(Entity.RS, over=range(2020, 2031)))

some_days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
some_terms = st.builds(Term, st.integers(1, 90), st.sampled_from(Unit))
some_calendars = st.builds(
    Calendar,
    st.dictionaries(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.text(max_size=5), max_size=60),
    st.frozensets(st.integers(0, 6), max_size=6),
)


@pytest.mark.parametrize(
    ("start", "length", "raw_end", "fbih", "rs"),
    [
        (date(2024, 4, 5), 8, date(2024, 4, 13), date(2024, 4, 15), date(2024, 4, 15)),
        (date(2024, 4, 5), 15, date(2024, 4, 20), date(2024, 4, 22), date(2024, 4, 22)),
        (date(2024, 4, 16), 15, date(2024, 5, 1), date(2024, 5, 3), date(2024, 5, 3)),
        (date(2024, 2, 22), 8, date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 1)),
        (date(2025, 11, 17), 8, date(2025, 11, 25), date(2025, 11, 26), date(2025, 11, 25)),
        (date(2024, 1, 30), 15, date(2024, 2, 14), date(2024, 2, 14), date(2024, 2, 14)),
    ],
)
def test_deadline_counts_days_as_each_entity_does(
    start: date, length: int, raw_end: date, fbih: date, rs: date
) -> None:
    for calendar, ends_on in ((FBIH, fbih), (RS, rs)):
        counted = deadline(start, term=days(length), calendar=calendar)
        assert (counted.raw_end, counted.ends_on) == (raw_end, ends_on)


def test_deadline_tells_how_it_was_counted_when_the_end_is_moved() -> None:
    assert deadline(date(2024, 2, 22), term=days(8), calendar=FBIH) == Deadline(
        start=date(2024, 2, 22),
        term=Term(8, Unit.DAYS),
        first_day=date(2024, 2, 23),
        raw_end=date(2024, 3, 1),
        skipped=(
            Skipped(date(2024, 3, 1), Rest.HOLIDAY, "Dan nezavisnosti Bosne i Hercegovine"),
            Skipped(date(2024, 3, 2), Rest.SATURDAY),
            Skipped(date(2024, 3, 3), Rest.SUNDAY),
        ),
        ends_on=date(2024, 3, 4),
    )


def test_deadline_skips_every_day_of_rest_when_it_counts_working_days() -> None:
    # Served on Tuesday 30 April: two holidays and a weekend lie before the third working day.
    counted = deadline(date(2024, 4, 30), term=working_days(3), calendar=FBIH)
    assert counted.ends_on == counted.raw_end == date(2024, 5, 7)
    assert [skipped.day.day for skipped in counted.skipped] == [1, 2, 4, 5]
    assert not counted.is_moved


@pytest.mark.parametrize(
    ("start", "term", "ends_on"),
    [
        (date(2024, 1, 31), months(1), date(2024, 2, 29)),
        (date(2023, 1, 31), months(1), date(2023, 2, 28)),
        (date(2024, 3, 15), months(6), date(2024, 9, 16)),
        (date(2024, 10, 31), months(4), date(2025, 2, 28)),
        (date(2024, 2, 29), years(1), date(2025, 2, 28)),
        (date(2024, 2, 29), years(4), date(2028, 2, 29)),
        (date(2024, 11, 25), years(1), date(2025, 11, 26)),
        (date(2024, 12, 2), months(1), date(2025, 1, 3)),
    ],
)
def test_deadline_ends_on_the_same_number_when_it_counts_months_or_years(
    start: date, term: Term, ends_on: date
) -> None:
    assert deadline(start, term=term, calendar=FBIH).ends_on == ends_on


@pytest.mark.parametrize(
    ("received_on", "posted_on", "kept"),
    [
        (date(2024, 4, 15), None, True),
        (date(2024, 4, 16), None, False),
        (date(2024, 4, 18), date(2024, 4, 15), True),
        (date(2024, 4, 18), date(2024, 4, 16), False),
    ],
)
def test_posting_day_counts_when_a_filing_came_by_registered_post(
    received_on: date, posted_on: date | None, *, kept: bool
) -> None:
    counted = deadline(date(2024, 4, 5), term=days(8), calendar=RS)
    assert counted.is_kept(received_on, posted_on=posted_on) is kept


def test_filing_day_refuses_when_posted_after_receipt() -> None:
    with pytest.raises(ValueError, match="posted on 2024-04-16"):
        filing_day(date(2024, 4, 15), posted_on=date(2024, 4, 16))


@pytest.mark.parametrize("length", [0, -1])
def test_term_refuses_when_it_is_no_time_at_all(length: int) -> None:
    with pytest.raises(ValueError, match="a term of"):
        days(length)


def test_calendar_refuses_when_nobody_ever_works() -> None:
    with pytest.raises(ValueError, match="working day"):
        Calendar(weekend=frozenset(range(7)))


def test_calendar_says_closed_when_a_week_day_is_free() -> None:
    friday = Calendar(weekend=frozenset({4, 5, 6})).rest(date(2024, 4, 5))
    assert friday == Skipped(date(2024, 4, 5), Rest.CLOSED)


def test_deadline_overflows_when_the_calendar_of_the_machine_ends() -> None:
    for term in (days(400), months(20), years(2)):
        with pytest.raises(OverflowError):
            deadline(date(9999, 6, 1), term=term, calendar=FBIH)


def test_default_holidays_come_per_entity_and_year() -> None:
    assert list(default_holidays(Entity.BD, over=[2025])) == [
        date(2025, 1, 1),
        date(2025, 1, 2),
        date(2025, 3, 8),
        date(2025, 5, 1),
        date(2025, 5, 2),
    ]
    assert len(default_holidays(Entity.RS, over=range(2024, 2027))) == 18


@given(some_days, some_terms, some_calendars)
def test_deadline_ends_on_a_working_day_and_accounts_for_every_day(
    start: date, term: Term, calendar: Calendar
) -> None:
    counted = deadline(start, term=term, calendar=calendar)
    assert counted.start < counted.first_day <= counted.raw_end <= counted.ends_on
    assert calendar.is_working(counted.ends_on)
    assert not any(calendar.is_working(skipped.day) for skipped in counted.skipped)
    if term.unit is Unit.WORKING_DAYS:
        assert working_days_between(start, counted.ends_on, calendar=calendar) == term.length
        assert len(counted.skipped) + term.length == (counted.ends_on - start).days
    else:
        moved = [counted.raw_end + timedelta(step) for step in range(len(counted.skipped))]
        assert [skipped.day for skipped in counted.skipped] == moved
        assert counted.ends_on == next_working_day(counted.raw_end, calendar=calendar)


@given(some_days, some_terms, some_calendars)
def test_deadline_never_comes_earlier_when_service_is_later(
    start: date, term: Term, calendar: Calendar
) -> None:
    later = deadline(start + timedelta(1), term=term, calendar=calendar)
    assert deadline(start, term=term, calendar=calendar).ends_on <= later.ends_on


@given(some_days, st.integers(1, 60), some_calendars)
def test_working_days_never_end_before_calendar_days(
    start: date, length: int, calendar: Calendar
) -> None:
    calendar_days = deadline(start, term=days(length), calendar=calendar)
    assert (
        deadline(start, term=working_days(length), calendar=calendar).ends_on
        >= calendar_days.ends_on
    )
