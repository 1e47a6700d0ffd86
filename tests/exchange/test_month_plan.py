"""Plans of a month: dates carried down, written in many manners; times as written."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import MonthItem, TableRead
from imc_desktop.exchange.grid import Cell, Span
from tests.exchange.work_papers import PLAN, Row, read, read_one, sheet, table_of, truth

TITLE: Row = ["План работы ИМЦ на октябрь 2026 года"]
HEAD: Row = ["Дата", "Время", "Мероприятие", "Место проведения", "Ответственный"]


def items(table: TableRead) -> list[MonthItem]:
    assert table.kind is TableKind.MONTH_PLAN
    return [one for one in table.records if isinstance(one, MonthItem)]


def test_sample() -> None:
    found = {one.row: one for one in items(table_of(PLAN, TableKind.MONTH_PLAN))}
    counts = truth(PLAN)["counts"]
    assert (len(found), len({one.date for one in found.values()})) == (counts["october_items"], counts["october_dates"])
    for row in truth(PLAN)["october_rows"]:
        one, expected = found[row["row"]], row["expected"]
        assert (one.date, one.time or None, one.title) == (expected["date"], expected["time_text"], expected["title"])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.10", "2026-10-01"),
        ("01.10.2026", "2026-10-01"),
        ("1 октября", "2026-10-01"),
        ("1 октября (чт)", "2026-10-01"),
        ("01.10 чт.", "2026-10-01"),
        ("четверг, 1 октября", "2026-10-01"),
        ("пн\n5.10", "2026-10-05"),
        ("5", "2026-10-05"),
        (5, "2026-10-05"),
        (5.0, "2026-10-05"),
        (5.1, "2026-10-05"),
        ("5 числа", "2026-10-05"),
        (date(2026, 10, 7), "2026-10-07"),
        (datetime(2026, 10, 7, 14, 30), "2026-10-07"),  # noqa: DTZ001
        (46302, "2026-10-07"),
        ("5-7 октября", "2026-10-05"),
        ("5 - 7.10", "2026-10-05"),
        ("в течение месяца", "2026-10"),
        ("по графику", "2026-10"),
    ],
)
def test_dates(cell: Cell, expected: str) -> None:
    table = read_one(
        [
            TITLE,
            HEAD,
            [date(2026, 10, 1), "10.00", "Совет", "ИМЦ", "Методист"],
            [cell, None, "Семинар", "ИМЦ", "Методист"],
        ]
    )
    assert [one.date for one in items(table)] == ["2026-10-01", expected]
    assert not table.rejected


def test_several_days_are_several_items() -> None:
    table = read_one([TITLE, HEAD, ["1, 8, 15 октября", "10.00", "Приём", "ИМЦ", "Методист"]])
    assert [one.date for one in items(table)] == ["2026-10-01", "2026-10-08", "2026-10-15"]


@pytest.mark.parametrize("blank", [None, "", "-//-", "— // —", '"', "то же"])
def test_date_carried_down(blank: Cell) -> None:
    rows: list[Row] = [
        TITLE,
        HEAD,
        ["6.10", "10.00", "Совет", "ИМЦ", "А"],
        [blank, "12.00", "Семинар", "ИМЦ", "Б"],
        [blank, None, "Приём", None, None],
    ]
    assert [(one.date, one.title) for one in items(read_one(rows))] == [
        ("2026-10-06", name) for name in ("Совет", "Семинар", "Приём")
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("10.00-12.30", "10.00-12.30"),
        ("15-00", "15-00"),
        (time(10, 0), "10:00"),
        (0.625, "15:00"),
        (10.3, "10.30"),
        (datetime(1899, 12, 30, 9, 5), "09:05"),  # noqa: DTZ001
        ("-", ""),
    ],
)
def test_times(cell: Cell, expected: str) -> None:
    (one,) = items(read_one([TITLE, HEAD, ["6.10", cell, "Совет", "ИМЦ", "А"]]))
    assert one.time == expected


def test_time_beside_the_date() -> None:
    rows: list[Row] = [
        TITLE,
        ["№", "Мероприятие", "Дата и время", "Ответственные"],
        [1, "Совет", "06.10.2026 в 14:30", "А"],
        [2, "Отчёт", "7 октября, 10.00", "Б"],
    ]
    assert [(one.date, one.time) for one in items(read_one(rows))] == [("2026-10-06", "14:30"), ("2026-10-07", "10.00")]


def test_weekday_in_its_own_column_and_columns_moved() -> None:
    rows: list[Row] = [TITLE, ["Ответственные", "Наименование мероприятия", "Дата", "День недели", "Место"]]
    rows += [["Иванова А.А.", "Совет", "6.10", "вторник", "ДДТ"], ["Петрова Б.Б.", "Отчёт", None, None, "ИМЦ"]]
    assert [(one.date, one.title, one.place, one.responsible) for one in items(read_one(rows))] == [
        ("2026-10-06", "Совет", "ДДТ", "Иванова А.А."),
        ("2026-10-06", "Отчёт", "ИМЦ", "Петрова Б.Б."),
    ]


def test_impossible_dates_are_rejected_with_their_cell() -> None:
    table = read_one(
        [
            TITLE,
            HEAD,
            ["6.10", "10.00", "Совет", "ИМЦ", "А"],
            ["32.10", None, "Семинар", None, "Б"],
            ["31.02.2026", None, "Приём", None, "Б"],
        ]
    )
    assert [one.title for one in items(table)] == ["Совет"]
    assert [one.cell for one in table.rejected] == ["A4", "A5"]
    assert all(one.reason for one in table.rejected)


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("План на январь 2027 года", "Лист1", "2027-01-06"),
        ("План работы на январь (2026-2027 учебный год)", "Лист1", "2027-01-06"),
        ("План работы", "Январь", "2027-01-06"),
        ("План работы", "январь 2028", "2028-01-06"),
        ("2026 жылғы қазан айының жұмыс жоспары", "Лист1", "2026-10-06"),
    ],
)
def test_month_and_year_of_the_sheet(title: str, name: str, expected: str) -> None:
    month = expected[5:7]
    plan = sheet(
        [
            ["План работы на 2026-2027 учебный год"],
            ["№", "Мероприятие", "Сроки", "Ответственные"],
            [1, "Совет", "май", "Директор"],
        ],
        "План работы",
    )
    grid: list[Row] = [
        [title],
        ["Дата", "Мероприятие", "Ответственный"],
        [f"6.{month}", "Совет", "А"],
        ["6", "Отчёт", "Б"],
    ]
    table = read(plan, sheet(grid, name)).tables[1]
    assert [one.date for one in items(table)] == [expected, expected]


def test_several_months_on_one_sheet() -> None:
    rows: list[Row] = [
        ["План работы на II полугодие 2026-2027 учебного года"],
        ["Дата", "Мероприятие", "Ответственный"],
    ]
    rows += [
        ["ДЕКАБРЬ 2026"],
        ["5.12", "Совет", "А"],
        ["ЯНВАРЬ 2027"],
        ["12", "Отчёт", "Б"],
        ["26 января 2027 г."],
        [None, "Семинар", "В"],
    ]
    table = read_one(rows, "Декабрь")
    assert [one.date for one in items(table)] == ["2026-12-05", "2027-01-12", "2027-01-26"]


def test_dates_merged_and_the_foot() -> None:
    rows: list[Row] = [
        TITLE,
        HEAD,
        ["6.10", "9.00", "Совет", "ИМЦ", "А"],
        [None, "10.00", "Отчёт", None, "Б"],
        [],
        ["Директор ИМЦ", None, None, None, "М.П. Озёрская"],
    ]
    table = read_one(rows, merged=(Span(2, 0, 3, 0), Span(2, 3, 3, 3)))
    assert [(one.date, one.place) for one in items(table)] == [("2026-10-06", "ИМЦ"), ("2026-10-06", "ИМЦ")]


def test_an_annual_plan_with_days_is_not_a_month() -> None:
    rows: list[Row] = [["План работы на 2026-2027 учебный год"], ["№", "Мероприятие", "Дата", "Ответственный"]]
    rows += [
        [number, f"Совет {number}", f"05.{month:02}.{2026 if month > 8 else 2027}", "А"]
        for number, month in enumerate((9, 10, 11, 12, 1, 2, 3), 1)
    ]
    assert read_one(rows).kind is TableKind.ANNUAL_PLAN


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("5-7 октября", "2026-10-05", "2026-10-07"),
        ("5-7.10", "2026-10-05", "2026-10-07"),
        ("5.10-7.10", "2026-10-05", "2026-10-07"),
        ("05.10.2026 – 07.10.2026", "2026-10-05", "2026-10-07"),
        ("с 5 октября по 7 октября", "2026-10-05", "2026-10-07"),
        ("с 5 по 7 октября 2026 г.", "2026-10-05", "2026-10-07"),
        ("12–17 числа", "2026-10-12", "2026-10-17"),
        ("5.10 10.00-12.30", "2026-10-05", ""),
    ],
)
def test_several_days_in_a_row(cell: str, start: str, end: str) -> None:
    (one,) = items(read_one([TITLE, HEAD, [cell, None, "Сбор заявок", "ИМЦ", "А"]]))
    assert (one.date, one.end) == (start, end)
    assert one.time in {"", "10.00-12.30"}
