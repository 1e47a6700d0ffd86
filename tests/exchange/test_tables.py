"""Where tables of a sheet are: headers of one to three rows, numbering rows, separators, several tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator, find_tables

HEADER = ("№", "ФИО", "Должность", "Категория")
ONE = (1, "Иванова Мария Петровна", "учитель", "первая")
TWO = (2, "Орлова Анна Ивановна", "воспитатель", "б/к")


def sheet(*rows: tuple[Cell, ...], merged: tuple[Span, ...] = ()) -> Sheet:
    return Sheet("Лист1", rows, merged)


def found(*rows: tuple[Cell, ...], merged: tuple[Span, ...] = ()) -> list[FoundTable]:
    tables = find_tables(sheet(*rows, merged=merged), load_vocabulary())
    return [table.as_kind(TableKind.STAFF_REGISTER) for table in tables]


def fields(table: FoundTable) -> list[str]:
    return [column.field for column in table.columns]


@pytest.mark.parametrize(
    "above",
    [
        (),
        (("Список педагогов",), ()),
        (
            (None, None, None, "УТВЕРЖДАЮ"),
            (None, None, None, "Директор"),
            (),
            ("РЕЕСТР",),
            ("по состоянию на 01.10.2026",),
        ),
        (("Приложение 2", None, "к письму"), ("Список",)),
    ],
)
def test_header_is_found_below_anything(above: tuple[tuple[Cell, ...], ...]) -> None:
    (table,) = found(*above, HEADER, ONE, TWO)
    assert table.header_rows == range(len(above), len(above) + 1)
    assert fields(table) == ["number", "name", "post", "category"]
    assert [row.cells["name"] for row in table.rows()] == [ONE[1], TWO[1]]


@pytest.mark.parametrize(
    "numbering",
    [
        (1, 2, 3, 4),
        ("1", "2", "3", "4"),
        ("1.", "2.", "3.", "4."),
        ("А", "Б", 1, 2),
        (2, 1, 4, 3),
        (1.0, 2.0, 3.0, 4.0),
    ],
)
def test_numbering_row_is_no_data(numbering: tuple[Cell, ...]) -> None:
    (table,) = found(HEADER, numbering, ONE, TWO)
    assert table.numbering_row == 1
    assert table.data == (2, 3)


GROUPS = ("№", "ФИО", None, None, "Стаж", None, "Курсы", None, None)
CAPTIONS = (None, "Фамилия", "Имя", "Отчество", "общий", "пед.", "тема", "объём", "год")
PERSON = (1, "Иванова", "Мария", "Петровна", 20, 18, "Медиация", "72 ч.", 2024)
SPANS = (Span(0, 0, 1, 0), Span(0, 1, 0, 3), Span(0, 4, 0, 5), Span(0, 6, 0, 8))


@pytest.mark.parametrize("merged", [(), SPANS])
def test_groups_and_captions(merged: tuple[Span, ...]) -> None:
    (table,) = found(GROUPS, CAPTIONS, PERSON, merged=merged)
    assert table.header_rows == range(2)
    assert fields(table) == [
        "number", "surname", "first_name", "patronymic", "experience_total", "experience_ped", "courses", "course_hours", "course_year",
    ]  # fmt: skip
    assert table.columns[4].heading == "Стаж общий"


def test_three_rows_of_header() -> None:
    rows = (
        ("ФИО", "Сведения о курсах", None, None),
        (None, "последние", None, "предыдущие"),
        (None, "тема", "часы", "тема"),
        ("Иванова Мария Петровна", "Медиация", 36, "Наставничество"),
    )
    merged = (Span(0, 0, 2, 0), Span(0, 1, 0, 3), Span(1, 1, 1, 2))
    (table,) = found(*rows, merged=merged)
    assert table.header_rows == range(3)
    assert table.data == (3,)


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("Сведения об образовании (образовательное учреждение, квалификация, год окончания)", ("КГПУ", "учитель", 2001), ["institution", "qualification", "graduated"]),
        ("Образование", ("КГПУ", "учитель", 2001), ["institution", "speciality", "graduated"]),
        ("ФИО", ("Иванова", "Мария", "Петровна"), ["surname", "first_name", "patronymic"]),
    ],
)  # fmt: skip
def test_one_heading_over_several_columns(heading: str, values: tuple[Cell, ...], expected: list[str]) -> None:
    for merged in ((Span(0, 1, 0, 3),), ()):
        (table,) = found(
            ("№", heading, None, None, "Должность", "Категория"),
            *((n, *values, "учитель", "первая") for n in range(1, 6)),
            merged=merged,
        )
        assert fields(table)[1:4] == expected


def test_separators_and_lonely_texts() -> None:
    (table,) = found(
        HEADER, ("МБОУ СОШ № 1",), ONE, (None, "Итого: 1 чел."), (), ("МБОУ СОШ № 2",), TWO, (None, "Директор ____")
    )
    walked = [item.text if isinstance(item, Separator) else item.index for item in table.walk()]
    assert walked == ["МБОУ СОШ № 1", 2, "Итого: 1 чел.", "МБОУ СОШ № 2", 6, "Директор ____"]
    assert all(isinstance(item, DataRow) for item in table.rows())


def test_a_repeated_header_continues_the_table() -> None:
    (table,) = found(("СОШ № 1",), HEADER, ONE, (), ("СОШ № 2",), HEADER, TWO)
    assert table.data == (2, 6)
    assert [one.text for one in table.separators] == ["СОШ № 2"]
    assert table.context_above == ("СОШ № 1",)


def test_another_header_begins_another_table() -> None:
    journal = ("№", "Рег. №", "ФИО", "Тема", "Часы", "Дата выдачи")
    first, second = found(
        ("Педагоги",), HEADER, ONE, (), ("Журнал выдачи",), journal, (1, "1/25", ONE[1], "Курс", 36, "12.03.2025")
    )
    assert (first.data, second.data) == ((2,), (6,))
    assert second.context_above == ("Журнал выдачи",)


def test_two_tables_side_by_side() -> None:
    left, right = found((*HEADER, None, *HEADER), (*ONE, None, *TWO))
    assert [row.cells["name"] for row in left.rows()] == [ONE[1]]
    assert [row.cells["name"] for row in right.rows()] == [TWO[1]]


def test_a_data_row_after_a_separator_is_no_header() -> None:
    texts = ("1", "Абрамова Варвара Витальевна", "учитель", "высшая квалификационная категория")
    (table,) = found(HEADER, ("Школа № 1",), ONE, ("Школа № 2",), texts)
    assert table.data == (2, 4)


def test_names_under_unknown_headings_are_told() -> None:
    rows = [
        (n, name, "учитель физики")
        for n, name in enumerate(("Иванова Мария Петровна", "Орлова Анна Львовна", "Зимина Яна Львовна"))
    ]
    (table,) = found(("А", "Кто", "Что"), *rows)
    assert fields(table)[1] == "name"
    assert len(table.data) == 3


@pytest.mark.parametrize("rows", [(), ((),), (("Просто текст",), ("ещё текст",)), ((1, 2, 3), (4, 5, 6))])
def test_no_table(rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert found(*rows) == []


def test_second_rate_belongs_to_the_second_job() -> None:
    header = ("ФИО", "Ставка", "Внутр. совмещение", "Ставка")
    people = [(ONE[1], 1, "методист", 0.5), (TWO[1], 1, None, None), ("Зимина Яна Львовна", 0.5, None, None)]
    (table,) = found(header, *people)
    assert fields(table) == ["name", "rate", "extra_post", "extra_rate"]
    (table,) = found(
        (header[3], header[0], header[2], header[1]), *((row[3], row[0], row[2], row[1]) for row in people)
    )
    assert fields(table) == ["extra_rate", "name", "extra_post", "rate"]


def test_values_speak_against_a_heading() -> None:
    people = [(name, "первая", "12.03.2024") for name in (ONE[1], TWO[1], "Зимина Яна Львовна", "Юдина Яна Львовна")]
    (table,) = found(("ФИО", "Квалификация", "Категория: дата присвоения"), *people)
    assert fields(table) == ["name", "category", "category_date"]


def test_a_correction_names_columns_and_the_signature_stays() -> None:
    (table,) = found(("ФИО", "Что-то", "Должность"), (ONE[1], "первая", "учитель"), (TWO[1], "б/к", "учитель"))
    told = table.corrected({1: "category"})
    assert told.index_of("category") == 1
    assert told.signature == table.signature
    (moved,) = found(("ФИО", "Должность", "Что-то"), (ONE[1], "учитель", "первая"), (TWO[1], "учитель", "б/к"))
    assert moved.signature != table.signature


def test_hidden_sheets_are_searched_too() -> None:
    hidden = replace(sheet(HEADER, ONE, TWO), visible=False)
    assert len(find_tables(hidden, load_vocabulary())) == 1
