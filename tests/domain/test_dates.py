"""Dates and periods as papers write them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imc_desktop.domain import dates

DAYS = [
    ("05.10.2026", "2026-10-05"),
    ("5.10.26", "2026-10-05"),
    ("17.4.65", "1965-04-17"),
    ("05/10/2026", "2026-10-05"),
    ("05..10.2026", "2026-10-05"),
    ("5-10-2026", "2026-10-05"),
    ("05,10,2026", "2026-10-05"),
    ("05.10.2026 г.", "2026-10-05"),
    ("05.10.2026г", "2026-10-05"),
    ("2026-10-05", "2026-10-05"),
    ("2026-10-05 00:00:00", "2026-10-05"),
    ("5 октября 2026 г.", "2026-10-05"),
    ("5октября2026г", "2026-10-05"),
    ("«5» окт. 2026", "2026-10-05"),
    ("“31” августа 2026г.", "2026-08-31"),
    ("«31»августа 2026 года", "2026-08-31"),
    ("Приказ № 54 от «31» августа 2026г.", "2026-08-31"),
    ("2026 жылғы 20 қараша", "2026-11-20"),
    ("октябрь 2026", "2026-10"),
    ("Октябрь, 2026 г.", "2026-10"),
    ("10.2026", "2026-10"),
    ("2022 г.", "2022"),
    ("2022", "2022"),
    ("(2022)", "2022"),
    ("2022 год", "2022"),
    ("курсы (2022)", "2022"),
    ("до 25.03.2025", "2025-03-25"),
    ("", ""),
    ("-", ""),
    ("нет", ""),
    ("бессрочно", ""),
    ("24", ""),
    ("12 лет 3 мес.", ""),
    ("удостоверение № 123456", ""),
    ("8 (30143) 23-4-28", ""),
    ("444-222-222 55", ""),
    ("1.10", ""),
    ("12 . 05 . 1980", "1980-05-12"),
    ("12 05 1980", "1980-05-12"),
    ("12.V.1980 г.", "1980-05-12"),
    (float("inf"), ""),
    (float("nan"), ""),
    (10**400, ""),
    (time(10, 0), ""),
    (timedelta(hours=30), ""),
    (None, ""),
    (True, ""),
    (2022, "2022"),
    (2022.0, "2022"),
    (46300, ""),
    (date(2026, 10, 5), "2026-10-05"),
    (datetime(2026, 10, 5, 14, 30, tzinfo=UTC), "2026-10-05"),
]


@pytest.mark.parametrize(("value", "iso"), DAYS)
def test_parse_day(value: str | float | date | time | timedelta | None, iso: str) -> None:
    assert dates.parse_day(value) == iso


@pytest.mark.parametrize(
    "text", ["31.02.2026", "45.13.2020", "30 февраля 2026", "2026-13-01", "00.10.2026", "01.01.0026", "12.03.2202"]
)
def test_impossible_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"не бывает|написан с ошибкой"):
        dates.parse_day(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("1.10", "2026-10-01"), ("сентябрь", "2026-09"), ("«5» марта", "2026-03-05"), ("1.10.25", "2025-10-01")],
)
def test_base_year(text: str, iso: str) -> None:
    assert dates.parse_day(text, base_year=2026) == iso


def test_base_year_time_is_no_date() -> None:
    with pytest.raises(ValueError, match="не бывает"):
        dates.parse_day("14.30", base_year=2026)


@pytest.mark.parametrize(
    ("value", "iso"), [(46300, "2026-10-05"), (46300.6, "2026-10-05"), ("46300", "2026-10-05"), (2022, "2022"), (5, "")]
)
def test_excel_serial(value: str | float, iso: str) -> None:
    assert dates.parse_day(value, serial=True) == iso


PERIODS = [
    ("с 15.04.2017 г. по 17.04.2017 г.", "2017-04-15", "2017-04-17"),
    ("05.07.22 по 12.12.23", "2022-07-05", "2023-12-12"),
    ("27-28 августа 2026 г.", "2026-08-27", "2026-08-28"),
    ("27 и 28 августа 2026 г.", "2026-08-27", "2026-08-28"),
    ("15-17.04.2024", "2024-04-15", "2024-04-17"),
    ("15.04-17.04.24", "2024-04-15", "2024-04-17"),
    ("28.08 – 02.09.2024", "2024-08-28", "2024-09-02"),
    ("16.03.2020-27.03.2020", "2020-03-16", "2020-03-27"),
    ("16.03.2020\n27.03.2020", "2020-03-16", "2020-03-27"),
    ("с 15 по 17 апреля 2024 г.", "2024-04-15", "2024-04-17"),
    ("«15» апреля 2024 г. — «17» апреля 2024 г.", "2024-04-15", "2024-04-17"),
    ("28 декабря – 10 января 2027 г.", "2026-12-28", "2027-01-10"),
    ("октябрь 2025 – март 2026", "2025-10", "2026-03"),
    ("сентябрь-октябрь 2026", "2026-09", "2026-10"),
    ("2024-2025", "2024", "2025"),
    ("05.10.2026", "2026-10-05", "2026-10-05"),
    ("октябрь 2026", "2026-10", "2026-10"),
    ("2020 г.", "2020", "2020"),
    ("с 03.07.2017 г. по 25.12.2017 г., 600 часов", "2017-07-03", "2017-12-25"),
    ("", "", ""),
    ("нет", "", ""),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_parse_period(text: str, start: str, end: str) -> None:
    assert dates.parse_period(text) == (start, end)


@pytest.mark.parametrize("text", ["17.04.2017-15.04.2017", "с 31.02.2024 по 05.03.2024"])
def test_impossible_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"раньше начала|не бывает"):
        dates.parse_period(text)


@given(st.dates(min_value=date(1940, 1, 1), max_value=date(2039, 12, 31)))
def test_every_form_of_a_day(day: date) -> None:
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y"):
        assert dates.parse_day(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=40), st.none() | st.integers(min_value=1950, max_value=2050))
def test_parse_never_breaks(text: str, base_year: int | None) -> None:
    for parse in (dates.parse_day, dates.parse_period):
        try:
            parse(text, base_year=base_year)
        except ValueError as error:
            assert str(error).endswith(".")  # noqa: PT017


@pytest.mark.parametrize(
    ("iso", "years", "result"),
    [
        ("2024-02-29", 5, "2029-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2026-10", 5, "2031-10"),
        ("2026", -1, "2025"),
        ("", 5, ""),
        ("бессрочно", 5, "бессрочно"),
    ],
)
def test_add_years(iso: str, years: int, result: str) -> None:
    assert dates.add_years(iso, years) == result


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2026", "2026-10-05", True),
        ("2026-10-05", "2026-10", True),
        ("2026-10", "2026-11-05", False),
        ("", "2026", True),
    ],
)
def test_same_fact(first: str, second: str, same: bool) -> None:
    assert dates.same_fact(first, second) is same


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2026-10-05", date(2026, 10, 5), date(2026, 10, 5)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_to_date(iso: str, first: date, last: date) -> None:
    assert dates.to_date(iso) == first
    assert dates.to_date(iso, last=True) == last


@pytest.mark.parametrize("iso", ["", "бессрочно", "2026-1-1"])
def test_to_date_refuses(iso: str) -> None:
    with pytest.raises(ValueError, match="не дата"):
        dates.to_date(iso)


def test_school_year() -> None:
    assert dates.school_year_of(date(2026, 8, 31)) == 2025
    assert dates.school_year_of(date(2026, 9, 1)) == 2026
    assert dates.school_year_span(2026) == (date(2026, 9, 1), date(2027, 8, 31))
    assert dates.school_year_title(2026) == "2026/2027"
