"""Cyclograms: months in columns or in rows, several events in a cell, the school year of months."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import CyclogramEvent, TableRead
from imc_desktop.exchange.cyclogram import split_events
from tests.exchange.work_papers import PLAN, Row, read, read_one, sheet, table_of, truth

MONTHS = ["Сентябрь", "Октябрь", "Ноябрь", "Декабрь", "Январь", "Февраль", "Март", "Апрель", "Май"]
TITLE: Row = ["Циклограмма работы ИМЦ на 2026-2027 учебный год"]


def events(table: TableRead) -> list[tuple[str, str, str]]:
    assert table.kind is TableKind.CYCLOGRAM
    return [(one.direction, one.month, one.title) for one in table.records if isinstance(one, CyclogramEvent)]


def test_sample() -> None:
    found = events(table_of(PLAN, TableKind.CYCLOGRAM))
    counts = truth(PLAN)["counts"]
    assert len(found) == counts["cyclogram_events"]
    assert len({one[0] for one in found}) == counts["cyclogram_directions"]
    assert len({one[1] for one in found}) == counts["cyclogram_months"]
    assert {one[1] for one in found} == {
        *(f"2026-{month:02}" for month in range(8, 13)),
        *(f"2027-{month:02}" for month in range(1, 7)),
    }
    assert ("Информационно-аналитическая деятельность", "2026-11", "Выпуск информационного бюллетеня") in found
    assert ("Работа РМО", "2027-06", "Заседания РМО № 4") in found


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Совет", ["Совет"]),
        ("Совет\nСеминар", ["Совет", "Семинар"]),
        ("• Совет\n• Семинар", ["Совет", "Семинар"]),
        ("• Совет • Семинар", ["Совет", "Семинар"]),
        ("- Совет\n- Семинар", ["Совет", "Семинар"]),
        ("1. Совет\n2. Семинар", ["Совет", "Семинар"]),
        ("1) Совет 5 РМО\n2) Семинар", ["Совет 5 РМО", "Семинар"]),
        ("Совет; Семинар", ["Совет", "Семинар"]),
        ("Совет;\nСеминар;", ["Совет", "Семинар"]),
        ("Заседание\nметодического совета\nСеминар", ["Заседание методического совета", "Семинар"]),
        ("• Заседание\nсовета\n• Семинар", ["Заседание совета", "Семинар"]),
        ("Семинар «Функциональная\nГрамотность»", ["Семинар «Функциональная Грамотность»"]),
        ("Анализ ВПР-2026 – итоги", ["Анализ ВПР-2026 – итоги"]),
        ("–", []),
        ("-", []),
        ("", []),
    ],
)
def test_events_of_a_cell(cell: str, expected: list[str]) -> None:
    assert split_events(cell) == expected


@pytest.mark.parametrize(
    "heads",
    [
        ["сент.", "окт.", "нояб.", "дек.", "янв.", "февр.", "март", "апр.", "май"],
        ["СЕНТЯБРЬ", "ОКТЯБРЬ", "НОЯБРЬ", "ДЕКАБРЬ", "ЯНВАРЬ", "ФЕВРАЛЬ", "МАРТ", "АПРЕЛЬ", "МАЙ"],
        ["Сен-\nтябрь", "Ок-тябрь", "Но-ябрь", "Дека-брь", "Ян-варь", "Фев-раль", "Март", "Ап-рель", "Май"],
        ["Қыркүйек", "Қазан", "Қараша", "Желтоқсан", "Қаңтар", "Ақпан", "Наурыз", "Сәуір", "Мамыр"],
    ],
)
def test_months_as_written(heads: list[str]) -> None:
    table = read_one(
        [
            TITLE,
            [],
            ["Направление", *heads],
            ["Аттестация", "Приём заявлений", *[None] * 7, "Итоги"],
            ["РМО", None, "Совет"],
        ]
    )
    assert events(table) == [
        ("Аттестация", "2026-09", "Приём заявлений"),
        ("Аттестация", "2027-05", "Итоги"),
        ("РМО", "2026-10", "Совет"),
    ]


def test_months_as_rows() -> None:
    rows: list[Row] = [TITLE, ["Месяц", "Аттестация", "Работа РМО"]]
    rows += [
        [month, f"Приём {number}", "• Совет\n• Семинар" if number == 4 else None] for number, month in enumerate(MONTHS)
    ]
    found = events(read_one(rows))
    assert len(found) == 11
    assert found[0] == ("Аттестация", "2026-09", "Приём 0")
    assert found[5:7] == [("Работа РМО", "2027-01", "Совет"), ("Работа РМО", "2027-01", "Семинар")]


def test_direction_column_at_the_right_and_a_column_of_numbers() -> None:
    table = read_one(
        [
            TITLE,
            ["№", *MONTHS[:5], "Направление деятельности"],
            [1, "Совет", None, "Отчёт", None, None, "1. Аттестация педагогов"],
        ]
    )
    assert events(table) == [("Аттестация педагогов", "2026-09", "Совет"), ("Аттестация педагогов", "2026-11", "Отчёт")]


@pytest.mark.parametrize(
    ("heads", "august"),
    [(["Август", "Сентябрь", "Октябрь", "Май"], "2026-08"), (["Сентябрь", "Май", "Июнь", "Июль", "Август"], "2027-08")],
)
def test_august_opens_the_year_unless_it_closes_the_row(heads: list[str], august: str) -> None:
    table = read_one([TITLE, ["Направление", *heads], ["РМО", *(f"Дело {month}" for month in heads)]])
    assert ("РМО", august, "Дело Август") in events(table)


def test_year_from_the_plan_of_the_workbook_from_the_months_and_none() -> None:
    plan = sheet(
        [
            ["План работы на 2025/2026 учебный год"],
            ["№", "Мероприятие", "Сроки", "Ответственные"],
            [1, "Совет", "май", "Директор"],
        ],
        "План",
    )
    grid: list[Row] = [["Циклограмма"], ["Направление", *MONTHS], ["РМО", "Совет"]]
    tables = read(plan, sheet(grid, "Циклограмма")).tables
    assert events(tables[1]) == [("РМО", "2025-09", "Совет")]
    written: list[Row] = [
        ["Циклограмма"],
        ["Направление", "сентябрь 2024 г.", "октябрь 2024 г.", "декабрь 2024", "январь 2025"],
        ["РМО", "Совет", None, None, "Отчёт"],
    ]
    assert events(read_one(written)) == [("РМО", "2024-09", "Совет"), ("РМО", "2025-01", "Отчёт")]
    unsaid = read_one(grid)
    assert not unsaid.records
    assert "учебный год" in unsaid.rejected[0].reason


def test_signature_below_is_no_direction() -> None:
    table = read_one(
        [
            TITLE,
            ["Направление", *MONTHS],
            ["РМО", "Совет"],
            [],
            ["Директор ИМЦ", None, None, "М.П. Озёрская"],
            ["Исп. Петрова А.А."],
        ]
    )
    assert events(table) == [("РМО", "2026-09", "Совет")]


def test_a_list_of_events_by_months_is_a_plan() -> None:
    rows: list[Row] = [["План работы на 2026-2027 учебный год"], ["Месяц", "Мероприятие", "Ответственный"]]
    rows += [[month, f"Совещание {month}", "Методист"] for month in MONTHS]
    assert read_one(rows).kind is not TableKind.CYCLOGRAM


def test_two_halves_of_the_year_one_under_the_other() -> None:
    rows: list[Row] = [
        TITLE,
        ["Направление", *MONTHS[:4]],
        ["РМО", "Совет"],
        [],
        ["Направление", *MONTHS[4:]],
        ["РМО", "Отчёт", None, None, None, "Итоги"],
    ]
    assert events(read_one(rows)) == [
        ("РМО", "2026-09", "Совет"),
        ("РМО", "2027-01", "Отчёт"),
        ("РМО", "2027-05", "Итоги"),
    ]


def test_responsible_people_are_no_direction() -> None:
    rows: list[Row] = [
        TITLE,
        ["Ответственный", "Направление", *MONTHS],
        ["Вебер Е.С.", "РМО", "Совет"],
        ["Озёрская М.П.", None, None, "Отчёт"],
    ]
    assert events(read_one(rows)) == [("РМО", "2026-09", "Совет"), ("РМО", "2026-10", "Отчёт")]


def test_marks_under_the_months() -> None:
    rows: list[Row] = [
        TITLE,
        ["Мероприятия", *MONTHS],
        ["Работа РМО"],
        ["Заседание совета", "+", None, "+"],
        ["Отчёт", None, None, None, "х"],
    ]
    assert events(read_one(rows)) == [
        ("Работа РМО", "2026-09", "Заседание совета"),
        ("Работа РМО", "2026-11", "Заседание совета"),
        ("Работа РМО", "2026-12", "Отчёт"),
    ]
