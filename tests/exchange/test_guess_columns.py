"""Columns whose headings nobody knows, told by their values; rows that look like a foot and are not."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import AttestationCaseRecord, ConsultationRecord, MonthItem, PlanRecord, VisitRecord
from tests.exchange.work_papers import Row, read_one

PLAN_TITLE: Row = ["План работы на 2026-2027 учебный год"]


@pytest.mark.parametrize("heading", ["Месяц", "Тогда-то", None])
def test_terms_of_a_plan(heading: str | None) -> None:
    rows: list[Row] = [
        PLAN_TITLE,
        ["№", "Мероприятие", heading, "Ответственные"],
        [1, "Совет", "сентябрь", "А"],
        [2, "Отчёт", "в течение года", "Б"],
    ]
    (plan,) = read_one(rows).records
    assert isinstance(plan, PlanRecord)
    assert [one.term for one in plan.items] == ["сентябрь", "в течение года"]


def test_events_people_and_results_of_a_plan() -> None:
    rows: list[Row] = [PLAN_TITLE, ["№", "Что делаем", "Сроки", "Кто отвечает за дело", "Продукт"]]
    rows[1][3] = "Ответственные"
    rows += [
        [n, f"Подготовка семинара номер {n}", "май", "Вебер Е.С.", word]
        for n, word in enumerate(("справка", "приказ", "список"), 1)
    ]
    (plan,) = read_one(rows).records
    assert isinstance(plan, PlanRecord)
    first = plan.items[0]
    assert (first.title, first.expected, first.responsible) == (
        "Подготовка семинара номер 1",
        "справка",
        "Вебер Е.С.",
    )


def test_days_and_times_of_a_month() -> None:
    rows: list[Row] = [["План на октябрь 2026 года"], ["Дата, день недели", "Часы", "Мероприятие", "Ответственный"]]
    rows += [["1.10, чт", "10.00", "Совет", "А"], ["2.10, пт", "14:30", "Отчёт", "Б"]]
    found = [one for one in read_one(rows).records if isinstance(one, MonthItem)]
    assert [(one.date, one.time) for one in found] == [("2026-10-01", "10.00"), ("2026-10-02", "14:30")]


def test_columns_of_journals() -> None:
    rows: list[Row] = [["Журнал консультаций"], ["Дата", "ФИО", "Содержание", "Инд./гр.", "Кто помогал"]]
    rows += [
        ["04.09.2026", "Иванова А.П.", "Рабочая программа", "инд.", "Вебер Е.С."],
        ["05.09.2026", "Петрова О.И.", "Заявка на курсы", "тел.", "Вебер Е.С."],
    ]
    found = [one for one in read_one(rows).records if isinstance(one, ConsultationRecord)]
    assert [(one.topic, one.form, one.methodist) for one in found][1] == ("Заявка на курсы", "тел.", "Вебер Е.С.")
    rows = [["Журнал посещения уроков"], ["Дата посещения", "ФИО педагога", "Где", "Тема", "Что сказано"]]
    rows += [
        ["04.09.2026", "Иванова Анна Петровна", "5 «А»", "Дроби", "Даны рекомендации"],
        ["05.09.2026", "Петрова О.И.", "11Б", "Сила", "Вывод: урок хороший"],
    ]
    visits = [one for one in read_one(rows).records if isinstance(one, VisitRecord)]
    assert [(one.klass, one.analysis) for one in visits] == [
        ("5 «А»", "Даны рекомендации"),
        ("11Б", "Вывод: урок хороший"),
    ]


@pytest.mark.parametrize("caption", ["до какого числа", "до", "действительна", None])
def test_the_term_right_of_the_category(caption: str | None) -> None:
    rows: list[Row] = [
        ["График аттестации на 2026-2027 учебный год"],
        ["№", "ФИО", "Действующая категория", caption, "Заявленная категория"],
    ]
    rows += [
        [1, "Иванова Анна Петровна", "первая", "до 05.10.2026", "высшая"],
        [2, "Петрова Ольга Ильинична", "высшая", "06.11.2026", "высшая"],
    ]
    found = [one for one in read_one(rows).records if isinstance(one, AttestationCaseRecord)]
    assert [one.current.valid_until for one in found if one.current] == ["2026-10-05", "2026-11-06"]


def test_a_methodist_among_the_consulted_is_no_signature() -> None:
    rows: list[Row] = [
        ["Журнал консультаций"],
        ["Должность, ОО", "Дата", "ФИО", "Форма", "Тема консультации", "Методист"],
    ]
    rows += [
        ["методист, ИМЦ", "04.09.2026", "Иванова А.П.", "тел.", "Курсы", "Вебер Е.С."],
        ["Методист", None, None, None, None, "Е.С. Вебер"],
    ]
    table = read_one(rows)
    assert (len(table.records), table.ignored, table.rejected) == (1, 1, ())


def test_a_form_by_telephone_is_no_foot() -> None:
    rows: list[Row] = [
        ["Журнал консультаций"],
        ["Форма", "Тема консультации", "ФИО", "Дата"],
        ["тел.", "Курсы", "Иванова А.П.", "04.09.2026"],
    ]
    table = read_one(rows)
    assert table.kind is TableKind.CONSULTATIONS
    assert len(table.records) == 1
