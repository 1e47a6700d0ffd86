"""Papers nobody has seen: headings reworded, columns nobody named, layouts of other districts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import CoursePlanRecord, GroupRecord, PersonRecord
from imc_desktop.exchange.context import context_of
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import NEEDED_SCORE, PARSERS
from imc_desktop.exchange.tables import FoundTable, find_tables
from tests.exchange.work_papers import ROOT, Row, read, read_one
from tests.exchange.work_papers import sheet as work_sheet

DEMO = ROOT / "resources" / "demo"
REWORDED: dict[str, list[str]] = tomllib.loads(
    (ROOT / "tests" / "data" / "rewordings.toml").read_text(encoding="utf-8")
)


@lru_cache(maxsize=1)
def sample_tables() -> tuple[tuple[str, TableKind, FoundTable], ...]:
    """Every table of the samples with its kind."""
    return tuple(_tables())


def _tables() -> Iterator[tuple[str, TableKind, FoundTable]]:
    for path in sorted(one for one in DEMO.iterdir() if one.name[:2].isdigit()):
        book = open_paper(path)
        for sheet in (one for one in book.sheets if one.visible):
            for found in find_tables(sheet, load_vocabulary()):
                context = context_of(book, sheet, found.context_above)
                score, kind = max((one.detect(sheet, found.as_kind(one.kind), context), one.kind) for one in PARSERS)
                if score >= NEEDED_SCORE:
                    yield f"{path.name[:2]} {sheet.name}", kind, found


@pytest.mark.parametrize("field", REWORDED)
def test_a_column_under_another_heading_is_the_same_column(field: str) -> None:
    wrong = []
    for name, kind, found in sample_tables():
        before = completed(found.as_kind(kind), kind).columns
        for place, column in enumerate(before):
            if column.field != field or not found.captions[place].own:
                continue
            for heading in REWORDED[field]:
                captions = list(found.captions)
                captions[place] = replace(captions[place], own=heading, group="", part=0, parts=1)
                after = completed(replace(found, captions=tuple(captions)).as_kind(kind), kind).columns
                changed = [
                    (one.heading, one.field) for one, was in zip(after, before, strict=True) if one.field != was.field
                ]
                if changed:
                    wrong.append((name, heading, changed))
    assert not wrong


def test_a_list_whose_headings_nobody_knows_is_told_by_its_values() -> None:
    rows: list[Row] = [
        ["Позывной", "А", "Б", "В", "Г", "Д"],
        ["Зимина Яна Львовна", "12.05.1980", "МБОУ «Луговая СОШ»", "учитель", "химия", "высшая"],
        ["Орлова Анна Львовна", "01.02.1975", "МБОУ «Луговая СОШ»", "учитель", "физика", "б/к"],
        ["Иванова Мария Петровна", "11.12.1990", "МБДОУ «Ёлочка»", "воспитатель", "", "первая"],
    ]
    table = read_one(rows)
    assert table.kind is TableKind.STAFF_REGISTER
    first = table.records[0]
    assert isinstance(first, PersonRecord)
    assert (first.birth, first.organisation, first.posts[0].post) == ("1980-05-12", "МБОУ «Луговая СОШ»", "учитель")
    assert (first.posts[0].subjects, first.categories[0].category.value) == (("химия",), "высшая")


def test_a_number_is_no_organisation() -> None:
    rows: list[Row] = [["ФИО", "Должность", "Учреждение (лет)"]]
    rows += [
        [name, "учитель", years] for name, years in (("Зимина Я. Л.", 5), ("Орлова А. Л.", 12), ("Юдина И. П.", 3))
    ]
    assert {one.organisation for one in read_one(rows).records if isinstance(one, PersonRecord)} == {""}


def test_a_teacher_of_several_rows_and_a_head_who_approves() -> None:
    rows: list[Row] = [
        ["УТВЕРЖДАЮ"],
        ["Директор МБОУ «Луговая СОШ»"],
        ["ТАРИФИКАЦИОННЫЙ СПИСОК на 01.09.2026"],
        ["№ п/п", "Ф.И.О.", "Образование", "Категория", "Педстаж", "Предмет, должность", "Осн. / совм.", "Подпись"],
        [1, 2, 3, 4, 5, 6, 7, 8],
        [1, "Дронова Инга Павловна", "высшее", "ВК", "21.3", "математика", "осн.", None],
        [None, None, None, None, None, "физика", None, None],
        [2, "Вакансия", None, None, None, "химия", None, None],
        ["ИТОГО:\xa0", None, None, None, None, "36", None, None],
        ["Директор", None, "__________", None, "И.О. Сидоров", None, None, None],
    ]
    table = read_one(rows)
    people = [one for one in table.records if isinstance(one, PersonRecord)]
    assert [(str(one.name), one.posts[0].subjects) for one in people] == [
        ("Дронова Инга Павловна", ("математика",)),
        ("Дронова Инга Павловна", ("физика",)),
    ]
    assert table.organisation == "МБОУ «Луговая СОШ»"
    assert table.rejected == ()


def test_the_term_of_a_category_is_no_course() -> None:
    rows: list[Row] = [
        ["Список работников, имеющих категории (МБОУ «Луговая СОШ»)"],
        ["№", "ФИО", "должности", "Категория", "Срок"],
        [1, "Дронова Инга Павловна", "Директор школы\nучитель", "Высшая категория (учитель)", "до 24.01.2027"],
        [2, "Лунин Пётр Ильич", "учитель", "Первая категория (учитель)", "бессрочно"],
    ]
    people = [one for one in read_one(rows).records if isinstance(one, PersonRecord)]
    assert [one.trainings for one in people] == [(), ()]
    assert [one.categories[0].valid_until for one in people] == ["2027-01-24", "бессрочно"]


def test_one_document_of_a_state_register_is_one_course() -> None:
    headings: Row = ["Вид документа", "Статус документа", "Серия документа", "Номер документа", "Дата выдачи документа"]
    headings += ["Регистрационный номер", "Наименование ДПП", "Срок обучения,часов", "Фамилия получателя", "Имя"]
    headings += ["Отчество", "Место работы слушателя"]
    values: Row = ["Удостоверение", "Оригинал", "ПК", "004512", "20.03.2026", "17-26", "Оценка грамотности", 36]
    values += ["Дронова", "Инга", "Павловна", "МБОУ «Луговая СОШ»"]
    (person,) = read_one([headings, values], name="ДПО").records
    assert isinstance(person, PersonRecord)
    (training,) = person.trainings
    assert (training.title, training.document_number, training.hours) == ("Оценка грамотности", "ПК 004512", 36)


def test_tables_under_one_title_belong_to_one_school() -> None:
    rows: list[Row] = [
        ["МБОУ «Луговая СОШ»"],
        ["Администрация"],
        ["№", "Ф.И.О.", "Должность", "Стаж"],
        [1, "Сидоров Иван Олегович", "директор", "30/25"],
        [],
        ["Учителя начальных классов"],
        ["№", "Фамилия, имя, отчество", "Категория", "Образование", "Год рождения"],
        [1, "Носова Вера Петровна", "Высшая", "высшее, КГПУ, 1999", 1977],
    ]
    tables = read(work_sheet(rows)).tables
    people = [one for table in tables for one in table.records if isinstance(one, PersonRecord)]
    assert [one.organisation for one in people] == ["МБОУ «Луговая СОШ»"] * 2
    assert [one.years for one in people[0].experience] == [30, 25]


def test_years_of_a_plan_of_courses_may_be_called_years() -> None:
    rows: list[Row] = [
        ["Перспективный план-график повышения квалификации МБОУ «Луговая СОШ»"],
        ["№", "ФИО", "Должность", "Год последних курсов", "2026 г.", "2027 г."],
        [1, "Дронова Инга Павловна", "учитель", 2024, None, "+"],
        [2, "Лунин Пётр Ильич", "учитель", "2023", "октябрь", None],
    ]
    planned = [one.planned_year for one in read_one(rows).records if isinstance(one, CoursePlanRecord)]
    assert planned == ["2027", "2026"]


@pytest.mark.parametrize(
    ("values", "first"),
    [(("27/19", "10/8", "5/5"), (27, 19)), (("19/27", "8/10", "5/5"), (27, 19)), ((19, 8, 5), (19,))],
)
def test_two_numbers_under_a_bare_heading(values: tuple[str | int, ...], first: tuple[int, ...]) -> None:
    names = ("Зимина Яна Львовна", "Орлова Анна Львовна", "Юдина Инна Павловна")
    rows: list[Row] = [["№", "ФИО", "Должность", "Стаж, лет"]]
    rows += [[n, name, "учитель", value] for n, (name, value) in enumerate(zip(names, values, strict=True), 1)]
    one = read_one(rows).records[0]
    assert isinstance(one, PersonRecord)
    told = {item.kind.value: item.years for item in one.experience}
    assert tuple(told[kind] for kind in ("total", "pedagogical") if kind in told) == first


def test_the_roster_of_a_year_is_the_roster_of_the_group() -> None:
    rows: list[Row] = [
        ["Состав РМО учителей математики на 2026-2027 уч. год"],
        ["№", "ФИО", "категория", "стаж", "классы", "УМК"],
        [1, "Дронова Инга Павловна", "высшая", "26 лет", "5-9", "Макарычев"],
        [2, "Лунин Пётр Ильич", "первая", "6 лет", "7-8", "Мерзляк"],
    ]
    groups = [one.title for one in read_one(rows).records if isinstance(one, GroupRecord)]
    assert groups == ["РМО учителей математики"]


def test_a_pair_among_single_numbers_of_experience() -> None:
    rows: list[Row] = [["ФИО", "Должность", "Стаж"]]
    rows += [["Зимина Яна Львовна", "учитель", "22 года"], ["Орлов Ян Ильич", "учитель", "30/28"]]
    rows += [["Юдина Инна Павловна", "учитель", "5"]]
    table = read_one(rows)
    people = [one for one in table.records if isinstance(one, PersonRecord)]
    assert [[item.years for item in one.experience] for one in people] == [[22], [30, 28], [5]]
    assert table.rejected == ()


def test_dittos_in_a_journal_of_documents() -> None:
    rows: list[Row] = [
        ["КНИГА регистрации выданных удостоверений"],
        ["№ п/п", "ФИО", "Наименование программы", "Кол-во часов", "Сроки обучения", "№ удостоверения", "Дата выдачи"],
        [1, "Зимина Яна Львовна", "Чтение", 18, "с 10 по 12 марта 2025 г.", "УПК 000111", "12.03.2025"],
        [2, "Орлов Ян Ильич", "-//-", '-"-', "-//-", "УПК 000112", "-//-"],
    ]
    courses = [one.trainings[0] for one in read_one(rows).records if isinstance(one, PersonRecord)]
    assert [(one.title, one.hours, one.end, one.document_number) for one in courses] == [
        ("Чтение", 18, "2025-03-12", "УПК 000111"),
        ("Чтение", 18, "2025-03-12", "УПК 000112"),
    ]
