"""Schedules of attestation: the sample case by case, and the layouts offices really use."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, TableKind
from imc_desktop.domain.papers import AttestationCaseRecord, TableRead
from imc_desktop.exchange.grid import Cell, Span
from tests.exchange.work_papers import SCHEDULE, Row, read_one, table_of, truth, yo

TITLE: list[Row] = [["ПЛАН-ГРАФИК"], ["аттестации педагогических работников на 2026/2027 учебный год"], []]
HEAD: Row = ["№", "ФИО", "ОО", "Должность", "Имеющаяся категория", "Заявленная категория", "Дата заседания АК"]


def cases(table: TableRead) -> list[AttestationCaseRecord]:
    assert table.kind is TableKind.ATTESTATION_SCHEDULE
    return [one for one in table.records if isinstance(one, AttestationCaseRecord)]


def test_sample_counts() -> None:
    table = table_of(SCHEDULE, TableKind.ATTESTATION_SCHEDULE)
    known = truth(SCHEDULE)
    assert (table.rows, len(cases(table)), table.rejected) == (167, known["counts"]["rows"], ())
    assert Counter(one.month for one in cases(table)) == known["rows_by_month"]


def test_sample_rows_field_by_field() -> None:
    found = {one.row: one for one in cases(table_of(SCHEDULE, TableKind.ATTESTATION_SCHEDULE))}
    for row in truth(SCHEDULE)["rows"]:
        case, expected = found[row["row"]], row["expected"]
        assert case.current is not None
        got = {
            "surname": yo(case.name.surname),
            "name": yo(case.name.name),
            "patronymic": yo(case.name.patronymic),
            "post": case.post,
            "subject": case.subjects[0] if case.subjects else None,
            "requested": case.requested.lower() if case.requested else None,
            "month": case.month,
            "category": case.current.category.lower(),
            "category_until": case.current.valid_until or None,
            "category_order": case.current.act_number or None,
            "category_date": case.current.decision_date or case.current.act_date or None,
        }
        assert got == {key: yo(expected.get(key)) for key in got}, row["row"]
        assert case.organisation


@pytest.mark.parametrize("month", ["ОКТЯБРЬ 2026 г.", "октябрь", "Октябрь 2026", "За октябрь 2026 года", "Қазан"])
@pytest.mark.parametrize("merged", [True, False])
def test_month_rows(month: str, merged: bool) -> None:
    rows: list[Row] = [
        *TITLE,
        HEAD,
        [month],
        [1, "Иванова Анна Петровна", "СОШ № 1", "учитель физики", "первая", "высшая", None],
    ]
    rows += [["январь"], [1, "Петров Пётр Ильич", "СОШ № 2", "учитель химии", "б/к", "1", None]]
    spans = (Span(4, 0, 4, 6), Span(6, 0, 6, 6)) if merged else ()
    assert [(one.month, one.requested) for one in cases(read_one(rows, merged=spans))] == [
        ("2026-10", CategoryName.HIGHEST),
        ("2027-01", CategoryName.FIRST),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2026, 10, 26), "2026-10"),
        ("26.10.2026", "2026-10"),
        ("октябрь 2026", "2026-10"),
        ("октябрь", "2026-10"),
        ("март", "2027-03"),
        ("26.03", "2027-03"),
        (46302, "2026-10"),
        (None, ""),
    ],
)
def test_month_of_the_session_column(cell: Cell, expected: str) -> None:
    (one,) = cases(
        read_one([*TITLE, HEAD, [1, "Иванова Анна Петровна", "СОШ № 1", "учитель", "первая", "высшая", cell]])
    )
    assert one.month == expected


def test_blocks_by_organisation() -> None:
    head: Row = [
        "Ф.И.О. педагога",
        "Должность",
        "На какую категорию аттестуется",
        "Месяц аттестации",
        "Срок подачи заявления",
    ]
    rows: list[Row] = [
        *TITLE,
        head,
        ["МБОУ «СОШ № 1»"],
        ["Иванова Анна Петровна", "учитель физики", "высшая", "ноябрь", "до 05.11"],
    ]
    rows += [
        ["МБДОУ «Детский сад № 2»"],
        ["Петрова Ольга Ильинична", "воспитатель", "соответствие", "май", "с 1 по 10 мая"],
        ["Итого: 2"],
    ]
    found = cases(read_one(rows))
    assert [(one.organisation, one.month, one.application_date, one.requested) for one in found] == [
        ("МБОУ «СОШ № 1»", "2026-11", "2026-11-05", CategoryName.HIGHEST),
        ("МБДОУ «Детский сад № 2»", "2027-05", "2027-05-10", CategoryName.SZD),
    ]


def test_category_in_columns_of_its_own() -> None:
    head: Row = [
        "Заявленная категория",
        "ФИО",
        "Категория",
        "Дата присвоения",
        "№ приказа",
        "Срок действия категории",
        "Должность, место работы",
    ]
    rows: list[Row] = [
        *TITLE,
        head,
        [
            "высшая",
            "Иванова Анна Петровна",
            "первая",
            "22.11.2021",
            "552/01-07",
            "бессрочно",
            "учитель физики, МБОУ «СОШ № 1»",
        ],
    ]
    (one,) = cases(read_one(rows))
    assert one.current is not None
    assert (one.current.category, one.current.decision_date, one.current.act_number, one.current.valid_until) == (
        CategoryName.FIRST,
        "2021-11-22",
        "552/01-07",
        OPEN_ENDED,
    )
    assert (one.post, one.subjects, one.organisation) == ("учитель", ("физика",), "МБОУ «СОШ № 1»")


def test_a_calendar_year_and_a_schedule_without_categories_asked_for() -> None:
    rows: list[Row] = [
        ["График прохождения аттестации на 2027 год"],
        [],
        ["№ п/п", "ФИО", "Должность", "Дата заседания аттестационной комиссии"],
    ]
    rows += [
        ["ФЕВРАЛЬ"],
        [1, "Иванова Анна Петровна", "учитель", None],
        ["НОЯБРЬ"],
        [1, "Петрова Ольга Ильинична", "учитель", None],
    ]
    assert [one.month for one in cases(read_one(rows))] == ["2027-02", "2027-11"]


def test_kazakh_headings() -> None:
    head: Row = [
        "№",
        "Аты-жөні",
        "Жұмыс орны",
        "Лауазымы",
        "Біліктілік санаты",
        "Мәлімделген санат",
        "Өтініш беру мерзімі",
    ]
    rows: list[Row] = [
        ["Аттестаттау кестесі 2026-2027 оқу жылы"],
        head,
        [
            1,
            "Ахметова Айгуль Сериковна",
            "КГУ «Школа № 5»",
            "мұғалім",
            "педагог-модератор",
            "педагог-эксперт",
            "10.10.2026",
        ],
    ]
    (one,) = cases(read_one(rows))
    assert (one.requested, one.application_date, one.organisation) == (
        CategoryName.KZ_EXPERT,
        "2026-10-10",
        "КГУ «Школа № 5»",
    )
    assert one.current is not None
    assert one.current.category is CategoryName.KZ_MODERATOR


def test_what_cannot_be_is_rejected_and_vacancies_are_ignored() -> None:
    rows: list[Row] = [*TITLE, HEAD, [1, "Вакансия", "СОШ № 1", "учитель", None, None, None]]
    rows += [
        [2, "Иванова Анна Петровна", "СОШ № 1", "учитель", "непонятно что", "высшая", "31.02.2027"],
        [3, "см. выше", "СОШ № 1", "учитель", "первая", "высшая", None],
    ]
    rows += [["ИТОГО", 3], [None, "С графиком ознакомлены: ____________"]]
    table = read_one(rows)
    (one,) = cases(table)
    assert (one.current, one.month, one.requested) == (None, "", CategoryName.HIGHEST)
    assert [each.cell for each in table.rejected] == ["E6", "G6", "B7"]
    assert all(each.reason for each in table.rejected)


def test_a_staff_register_is_no_schedule() -> None:
    rows: list[Row] = [
        ["Сведения о педагогических работниках"],
        ["№", "ФИО", "Дата рождения", "Должность", "Категория", "Срок действия категории"],
    ]
    rows += [
        [n, f"Иванова Анна {name}", "05.10.1980", "учитель физики", "первая", "до 22.11.2026"]
        for n, name in enumerate(("Петровна", "Ильинична", "Олеговна"), 1)
    ]
    assert read_one(rows).kind is TableKind.STAFF_REGISTER


def test_blocks_by_the_category_asked_for() -> None:
    rows: list[Row] = [*TITLE, ["№", "ФИО", "Должность", "Дата заседания АК"], ["На высшую квалификационную категорию"]]
    rows += [
        [1, "Иванова Анна Петровна", "учитель", "26.10.2026"],
        ["На первую квалификационную категорию"],
        [1, "Петрова Ольга Ильинична", "учитель", "26.11.2026"],
    ]
    assert [one.requested for one in cases(read_one(rows))] == [CategoryName.HIGHEST, CategoryName.FIRST]
