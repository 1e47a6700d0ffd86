"""Journals: consultations and lesson visits, dates carried down."""

from __future__ import annotations

from datetime import date

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import ConsultationRecord, TableRead, VisitRecord
from imc_desktop.exchange.grid import Cell
from tests.exchange.work_papers import JOURNALS, Row, read_one, table_of, truth

TITLE: Row = ["ЖУРНАЛ учёта консультаций"]
HEAD: Row = ["№", "Дата", "Ф.И.О. обратившегося", "Должность, ОО", "Тема консультации", "Форма", "Методист"]
VISIT_HEAD: Row = [
    "Дата посещения",
    "ФИО посещенного педагога",
    "ОО",
    "Дисциплина",
    "Класс",
    "Тема",
    "Цель посещения",
    "Выводы",
]


def consultations(table: TableRead) -> list[ConsultationRecord]:
    assert table.kind is TableKind.CONSULTATIONS
    return [one for one in table.records if isinstance(one, ConsultationRecord)]


def visits(table: TableRead) -> list[VisitRecord]:
    assert table.kind is TableKind.LESSON_VISITS
    return [one for one in table.records if isinstance(one, VisitRecord)]


def test_sample_consultations() -> None:
    found = {one.row: one for one in consultations(table_of(JOURNALS, TableKind.CONSULTATIONS))}
    assert len(found) == truth(JOURNALS)["counts"]["consultations"]
    for row in truth(JOURNALS)["consultations"]:
        one, expected = found[row["row"]], row["expected"]
        got = (one.date, one.name.surname, one.post, one.topic, one.form, one.methodist)
        assert got == tuple(expected[key] for key in ("date", "surname", "post", "topic", "form_text", "methodist"))
        assert one.organisation


def test_sample_visits() -> None:
    found = {one.row: one for one in visits(table_of(JOURNALS, TableKind.LESSON_VISITS))}
    assert len(found) == truth(JOURNALS)["counts"]["visits"]
    for row in truth(JOURNALS)["visits"]:
        one, expected = found[row["row"]], row["expected"]
        assert (one.date, one.name.surname, one.name.name, one.name.patronymic, one.subject) == tuple(
            expected[key] for key in ("date", "surname", "name", "patronymic", "subject")
        )
        assert all((one.organisation, one.klass, one.topic, one.purpose, one.analysis))


@pytest.mark.parametrize("blank", [None, "", "-//-", "—//—", "//", '"', "„", "то же"])
def test_date_carried_down(blank: Cell) -> None:
    rows: list[Row] = [
        TITLE,
        HEAD,
        [1, date(2026, 9, 4), "Иванова А.П.", "учитель, СОШ № 1", "Портфолио", "инд.", "Вебер Е.С."],
    ]
    rows += [[2, blank, "Петрова О.И.", "воспитатель, Д/с № 2", "Курсы", "тел.", "Вебер Е.С."]]
    assert [one.date for one in consultations(read_one(rows))] == ["2026-09-04", "2026-09-04"]


@pytest.mark.parametrize(
    ("cell", "post", "organisation"),
    [
        ("учитель, МБОУ СОШ № 1", "учитель", "МБОУ СОШ № 1"),
        ("МБОУ СОШ № 1, учитель", "учитель", "МБОУ СОШ № 1"),
        ("учитель МБОУ «Озёрная СОШ»", "учитель", "МБОУ «Озёрная СОШ»"),
        ("учитель, Озёрная СОШ", "учитель", "Озёрная СОШ"),
        ("заместитель директора по УВР (СОШ № 3)", "заместитель директора по УВР", "СОШ № 3"),
        ("воспитатель\nд/с №5 «Сказка»", "воспитатель", "д/с №5 «Сказка»"),
        ("учитель", "учитель", ""),
        ("педагог-психолог, Детский сад № 2", "педагог-психолог", "Детский сад № 2"),
        ("директор школы", "директор школы", ""),
        ("СОШ № 3", "", "СОШ № 3"),
    ],
)
def test_post_and_organisation_in_one_cell(cell: str, post: str, organisation: str) -> None:
    (one,) = consultations(
        read_one([TITLE, HEAD, [1, "04.09.2026", "Иванова А.П.", cell, "Портфолио", "инд.", "Вебер Е.С."]])
    )
    assert (one.post, one.organisation) == (post, organisation)


def test_columns_moved_and_headings_reworded() -> None:
    rows: list[Row] = [
        ["Регистрация консультаций, 2026-2027 учебный год"],
        [
            "Консультант",
            "Содержание консультации",
            "Дата обращения",
            "ФИО педагога",
            "Должность",
            "Место работы",
            "Вид консультации",
        ],
    ]
    rows += [
        ["Вебер Е.С.", "Портфолио", "4 сентября", "Иванова Анна Петровна", "учитель", "СОШ № 1", "инд."],
        ["-//-", "-//-", "15.01", "Петрова О.И.", "учитель", "СОШ № 2", "тел."],
    ]
    assert [
        (one.date, one.topic, one.post, one.organisation, one.methodist, one.form)
        for one in consultations(read_one(rows))
    ] == [
        ("2026-09-04", "Портфолио", "учитель", "СОШ № 1", "Вебер Е.С.", "инд."),
        ("2027-01-15", "Портфолио", "учитель", "СОШ № 2", "Вебер Е.С.", "тел."),
    ]


def test_name_post_and_organisation_in_one_cell_and_several_people() -> None:
    rows: list[Row] = [TITLE, ["Дата", "ФИО, должность, ОО", "Тема консультации", "Методист"]]
    rows += [
        ["04.09.2026", "Иванова А.П., учитель, СОШ № 1", "Портфолио", "Вебер Е.С."],
        ["05.09.2026", "Петрова О.И., Ильин П.О.", "Курсы", "Вебер Е.С."],
    ]
    assert [(str(one.name), one.post, one.organisation, one.date) for one in consultations(read_one(rows))] == [
        ("Иванова А П", "учитель", "СОШ № 1", "2026-09-04"),
        ("Петрова О И", "", "", "2026-09-05"),
        ("Ильин П О", "", "", "2026-09-05"),
    ]


def test_impossible_date_and_unreadable_name_are_rejected() -> None:
    rows: list[Row] = [TITLE, HEAD, [1, "31.09.2026", "Иванова А.П.", "учитель", "Портфолио", "инд.", "Вебер Е.С."]]
    rows += [
        [2, "04.09.2026", "педагоги школы № 5", "учителя", "Курсы", "груп.", "Вебер Е.С."],
        ["Итого", None, 2],
        [None, "Методист", None, None, None, None, "Е.С. Вебер"],
    ]
    table = read_one(rows)
    assert not table.records
    assert [one.cell for one in table.rejected] == ["B3", "C4"]
    assert table.ignored == 2


def test_month_rows_between_consultations() -> None:
    rows: list[Row] = [
        TITLE,
        HEAD,
        ["СЕНТЯБРЬ 2026"],
        [1, "4.09", "Иванова А.П.", "учитель", "Портфолио", "инд.", "Вебер Е.С."],
    ]
    rows += [["ЯНВАРЬ 2027"], [2, "12.01", "Петрова О.И.", "учитель", "Курсы", "инд.", "Вебер Е.С."]]
    assert [one.date for one in consultations(read_one(rows))] == ["2026-09-04", "2027-01-12"]


def test_visits_in_another_order_with_a_visitor() -> None:
    rows: list[Row] = [
        ["Журнал взаимопосещения уроков"],
        ["Кто посетил", "Дата", "Учитель", "Школа", "Предмет, класс", "Тема урока", "Анализ урока"],
    ]
    rows += [
        ["Вебер Е.С.", "09.10.2026", "Иванова Анна Петровна", "СОШ № 1", "математика, 5 «Б»", "Дроби", "Даны советы"],
        ["-//-", None, "Петрова О.И.", "СОШ № 2", "физика 7А", "Сила", None],
    ]
    assert [(one.visitor, one.date, one.subject, one.klass, one.analysis) for one in visits(read_one(rows))] == [
        ("Вебер Е.С.", "2026-10-09", "математика", "5 «Б»", "Даны советы"),
        ("Вебер Е.С.", "2026-10-09", "физика", "7А", ""),
    ]


def test_visits_with_kazakh_headings() -> None:
    rows: list[Row] = [
        ["Сабаққа қатысу журналы"],
        ["Күні", "Мұғалімнің аты-жөні", "Мектеп", "Пәні", "Сыныбы", "Сабақтың тақырыбы", "Мақсаты"],
    ]
    (one,) = visits(
        read_one(
            [*rows, ["09.10.2026", "Ахметова Айгуль Сериковна", "КГУ «Школа № 5»", "химия", "8 А", "Су", "аттестация"]]
        )
    )
    assert (one.date, one.klass, one.purpose, one.organisation) == (
        "2026-10-09",
        "8 А",
        "аттестация",
        "КГУ «Школа № 5»",
    )
