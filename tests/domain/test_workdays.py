"""Working days. Counts are those of the published production calendars."""

from datetime import date, timedelta

import pytest

from imc_desktop.domain.workdays import Calendar
from release import calendars

RU, KZ = Calendar("RU"), Calendar("KZ")


@pytest.mark.parametrize(
    ("year", "days"),
    [(2020, 248), (2021, 247), (2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247), (2027, 247)],
)
def test_working_days_of_russian_years(year: int, days: int) -> None:
    assert RU.working_days(date(year, 1, 1), date(year, 12, 31)) == days


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (RU, date(2026, 11, 4), False),
        (RU, date(2026, 11, 5), True),
        (RU, date(2024, 4, 27), True),  # a working Saturday
        (RU, date(2027, 2, 20), True),
        (RU, date(2027, 2, 22), False),
        (RU, date(2026, 10, 3), False),
        (RU, date(2028, 11, 6), False),  # 4 November on a Saturday: Monday rests by ст. 112
        (RU, date(2028, 1, 10), True),  # January days move only by decree
        (KZ, date(2026, 12, 16), False),
        (KZ, date(2026, 8, 31), True),
        (KZ, date(2027, 3, 15), False),
    ],
)
def test_is_working(calendar: Calendar, day: date, works: bool) -> None:
    assert calendar.is_working(day) is works


def test_own_days_win() -> None:
    own = Calendar("RU", {"2026-02-18": "holiday", "2026-02-21": "work", "2026-11-04": "work"})
    assert not own.is_working(date(2026, 2, 18))
    assert own.is_working(date(2026, 2, 21))
    assert own.is_working(date(2026, 11, 4))
    assert RU.is_working(date(2026, 2, 18))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 10, 30), 1, date(2026, 11, 2)),
        (date(2026, 11, 2), 3, date(2026, 11, 6)),  # over 4 November
        (date(2026, 11, 6), -3, date(2026, 11, 2)),
        (date(2026, 10, 31), 0, date(2026, 10, 31)),
        (date(2026, 12, 30), 2, date(2027, 1, 12)),
    ],
)
def test_add_working_days(start: date, n: int, end: date) -> None:
    assert RU.add_working_days(start, n) == end


def test_shift() -> None:
    assert RU.shift(date(2026, 10, 5), 30) == date(2026, 11, 4)
    assert RU.shift(date(2026, 10, 5), 30, to_working=True) == date(2026, 11, 5)
    assert RU.shift(date(2026, 10, 5), -30) == date(2026, 9, 5)


def test_confirmed() -> None:
    assert RU.confirmed(2027)
    assert not RU.confirmed(2028)
    assert KZ.confirmed(2025)
    assert not KZ.confirmed(2026)


def test_unknown_country() -> None:
    with pytest.raises(ValueError, match="неизвестен"):
        Calendar("XX")


def test_year_without_working_days() -> None:
    start = date(2026, 1, 1)
    empty = Calendar("RU", {(start + timedelta(days=n)).isoformat(): "holiday" for n in range(800)})
    with pytest.raises(ValueError, match="производственный календарь"):
        empty.add_working_days(start, 1)


def test_the_calendar_is_what_the_library_says() -> None:
    assert calendars.PLACE.read_text(encoding="utf-8") == calendars.text()


def test_a_year_nobody_has_written_down_has_its_weekends() -> None:
    assert RU.working_days(date(2090, 5, 1), date(2090, 5, 7)) == 5
