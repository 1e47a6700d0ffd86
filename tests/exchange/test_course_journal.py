"""Journals of documents about courses and perspective plans of courses."""

from __future__ import annotations

from datetime import date

import pytest

from imc_desktop.domain.kinds import TableKind, TrainingKind
from imc_desktop.domain.papers import CoursePlanRecord, PersonRecord, TableRead, TrainingIn
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.read_paper import read_paper
from tests.exchange.variants import book

HEADER = ("№ п/п", "Рег. №", "№ бланка", "Ф.И.О. слушателя", "Место работы", "Должность", "Вид", "Наименование программы", "Период обучения",
          "Кол-во часов", "Дата выдачи", "Подпись", "Примечание")  # fmt: skip
ROW = (1, "969/2024", "1824 № 208471", "Аксёнова Н.И.", "Лицей № 5", "учитель", "удостоверение", "«Медиация в школе»", "с 17.01.24 по 19.01.24", "16 час.", "19.01.2024г.")  # fmt: skip


def read(*rows: tuple[Cell, ...], name: str = "2024", merged: tuple[Span, ...] = ()) -> TableRead:
    (table,) = read_paper(book(Sheet(name, rows, merged))).tables
    return table


def person(table: TableRead) -> PersonRecord:
    record = table.records[0]
    assert isinstance(record, PersonRecord)
    return record


def test_a_row_is_a_document() -> None:
    table = read(("ЖУРНАЛ регистрации выдачи документов о квалификации за 2024 год",), HEADER, ROW)
    assert table.kind is TableKind.COURSE_JOURNAL
    record = person(table)
    assert (record.row, str(record.name), record.organisation, record.posts[0].post) == (
        3,
        "Аксёнова Н И",
        "Лицей № 5",
        "учитель",
    )
    assert record.trainings == (
        TrainingIn(
            "Медиация в школе",
            TrainingKind.PK,
            "",
            16,
            "2024-01-17",
            "2024-01-19",
            "1824 208471",
            "969/2024",
            "2024-01-19",
        ),
    )
    assert (record.cells["name"], record.cells["training"]) == ("D3", "H3")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (9, "36 (дист.)", {"hours": 36, "distance": True}),
        (9, 36.0, {"hours": 36}),
        (8, "28.01-30.01.2024", {"start": "2024-01-28", "end": "2024-01-30"}),
        (8, "30.12.2023-23.01.2024", {"start": "2023-12-30", "end": "2024-01-23"}),
        (10, 45310, {"document_date": "2024-01-19"}),
        (10, date(2024, 1, 19), {"document_date": "2024-01-19"}),
        (2, "ПК 492723", {"document_number": "ПК 492723"}),
        (6, "диплом", {"kind": TrainingKind.PP}),
        (7, "ПП Менеджмент в образовании", {"title": "Менеджмент в образовании", "kind": TrainingKind.PP}),
    ],
)
def test_manners_of_cells(column: int, value: Cell, expected: dict[str, object]) -> None:
    row = (*ROW[:column], value, *ROW[column + 1 :])
    (training,) = person(read(("Журнал",), HEADER, row)).trainings
    assert {name: getattr(training, name) for name in expected} == expected


def test_provider_of_all_is_named_above() -> None:
    table = read(("Журнал учёта выдачи удостоверений МКУ ДПО «ИМЦ» за 2024 год",), HEADER, ROW)
    assert person(table).trainings[0].provider == "МКУ ДПО «ИМЦ»"


def test_months_totals_blank_rows_and_copies() -> None:
    table = read(
        ("ЖУРНАЛ регистрации",),
        HEADER,
        tuple(range(1, 14)),
        ("ЯНВАРЬ",),
        ROW,
        ROW,
        ("ФЕВРАЛЬ",),
        (2, *ROW[1:]),
        (
            None,
            None,
            None,
            "ИТОГО:\nслушателей-89\nдокументов-93 ",
            None,
            None,
            "ИТОГО:\nКПК-90\nкурсов переподготовки-1",
        ),
        (),
        (None, None, None, None, None, None, None, None, None, None, None, None, "дубликат"),
    )
    assert (table.rows, len(table.records), table.rejected) == (3, 3, ())
    assert table.ignored == 4


@pytest.mark.parametrize(
    ("column", "value", "cell", "reason"),
    [
        (9, "сто", "J3", "Количество часов не распознано."),
        (10, "31.02.2024", "K3", "Даты «31.02.2024» не бывает."),
        (3, "123", "D3", "«123» не похоже на фамилию, имя и отчество."),
        (3, None, "D3", "В строке нет фамилии, имени и отчества."),
    ],
)
def test_what_cannot_be_is_told(column: int, value: Cell, cell: str, reason: str) -> None:
    row = (*ROW[:column], value, *ROW[column + 1 :])
    table = read(("Журнал",), HEADER, row, (2, *ROW[1:]))
    (refused,) = table.rejected
    assert (refused.cell, refused.reason, refused.row) == (cell, reason, 3)
    assert table.rows == 2
    assert len(table.records) == (1 if column == 3 else 2)


def test_surname_name_patronymic_and_series_apart() -> None:
    table = read(
        ("Книга регистрации выдачи удостоверений",),
        ("№", "ФИО получателя", None, None, "Организация", "Тема программы", "Объём, час", "Год окончания", "Сроки обучения", "Серия", "Номер", "Рег. номер", "Дата рождения"),
        (None, "Фамилия", "Имя", "Отчество"),
        (1, "Иванова", "Мария", "Петровна", "СОШ № 1", "Курс А", "72", 2024, "05.04.24 по 20.04.24", "ПК", "123456", "1/24", date(1980, 1, 2)),
        merged=(Span(1, 1, 1, 3),),
    )  # fmt: skip
    record = person(table)
    assert (str(record.name), record.birth) == ("Иванова Мария Петровна", "1980-01-02")
    (training,) = record.trainings
    assert (training.document_number, training.registration_number) == ("ПК 123456", "1/24")
    assert (training.start, training.end) == ("2024-04-05", "2024-04-20")


PLAN = ("№", "ФИО", "ОО", "Последние курсы (год)", "2026", "2027", "2028", "Тема (запрос)")


@pytest.mark.parametrize(
    ("marks", "planned"),
    [
        (("ноябрь", None, None), "2026"),
        ((None, "I полуг.", None), "2027"),
        ((None, "+", None), "2027"),
        (("нет", None, "x"), "2028"),
        ((None, None, None), ""),
    ],
)
def test_plan_of_courses_by_marks(marks: tuple[Cell, ...], planned: str) -> None:
    row = (1, "Зотова Е.В.", "СОШ № 2", 2019, *marks, "Медиация")
    table = read(("ПЕРСПЕКТИВНЫЙ ПЛАН повышения квалификации на 2026 – 2028 годы",), (), PLAN, row, name="2026 (план)")
    assert table.kind is TableKind.COURSE_PLAN
    (record,) = table.records
    assert isinstance(record, CoursePlanRecord)
    assert (record.row, record.organisation, record.last_year, record.planned_year, record.theme) == (
        4,
        "СОШ № 2",
        "2019",
        planned,
        "Медиация",
    )


def test_years_of_the_plan_as_numbers_and_other_order() -> None:
    header = ("Должность", 2025, 2026, "Год последних курсов", "ФИО")
    table = read(
        ("План-график повышения квалификации педагогов МБОУ СОШ № 4",),
        header,
        ("учитель физики", None, "март", "2023", "Петрова Анна Ивановна"),
    )
    (record,) = table.records
    assert isinstance(record, CoursePlanRecord)
    assert (record.planned_year, record.last_year, record.post, record.organisation) == (
        "2026",
        "2023",
        "учитель",
        "МБОУ СОШ № 4",
    )


def test_application_for_courses_is_a_plan() -> None:
    header = ("№", "ОО", "ФИО", "Должность", "Тема", "Срок", "Форма", "Контакт")
    table = read(
        ("Заявка на курсы повышения квалификации",),
        header,
        (1, "СОШ № 4", "Иванова Мария Петровна", "учитель", "ФГОС", "октябрь 2026", "очно", "8-900-111-22-33"),
    )
    (record,) = table.records
    assert isinstance(record, CoursePlanRecord)
    assert (record.theme, record.planned_year) == ("ФГОС", "2026")


def test_unreadable_names_of_a_plan_are_told() -> None:
    table = read(
        ("План курсов повышения квалификации",),
        PLAN,
        (1, "???", "СОШ № 2", 2019, "+"),
        (2, "Зотова Е.В.", "СОШ № 2", 2019, "+"),
        (None, "Всего", None, 2),
    )
    assert [one.cell for one in table.rejected] == ["B3"]
    assert (table.rows, table.ignored) == (2, 1)
