"""The sample papers of people say what truth.json expects; papers made out of them say the same."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import (
    CategoryIn,
    CoursePlanRecord,
    ExperienceIn,
    PaperRead,
    PersonRecord,
    PostIn,
    TableRead,
    TrainingIn,
)
from imc_desktop.domain.words import fold
from imc_desktop.exchange.grid import Cell, Sheet, Workbook
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import read_paper
from tests.exchange import variants

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
TRUTH = json.loads((ROOT / "tests" / "data" / "truth.json").read_text(encoding="utf-8"))
FILES: dict[str, Any] = {name[:2]: (name, truth) for name, truth in TRUTH["files"].items()}
PEOPLE = ("01", "02", "03", "04", "05", "06", "07")
KINDS = {
    "experience_total": "total",
    "experience_ped": "pedagogical",
    "experience_org": "organisation",
    "experience_spec": "pedagogical",
}


@cache
def opened(number: str) -> Workbook:
    return open_paper(DEMO / FILES[number][0])


@cache
def paper(number: str) -> PaperRead:
    return read_paper(opened(number))


def tables(number: str) -> dict[str, TableRead]:
    return {table.sheet: table for table in paper(number).tables}


@cache
def records(number: str) -> dict[tuple[str, int], Any]:
    """By sheet and row; the one sheet of a csv or a page has no name in the truth."""
    return {
        (table.sheet if number in ("01", "02", "03", "04", "07") else "", record.row): record
        for table in paper(number).tables
        for record in table.records
        if isinstance(record, PersonRecord | CoursePlanRecord)
    }


COURSE_PARTS = {"topic": "title", "hours": "hours", "provider": "provider", "start": "start", "end": "end", "doc_no": "document_number", "reg_no": "registration_number", "doc_date": "document_date"}  # fmt: skip


def course(training: TrainingIn, asked: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in asked:
        if name == "year":
            said[name] = int(training.end[:4] or 0)
        elif name == "kind":
            said[name] = "КПК" if training.kind.value == "ПК" else training.kind.value
        else:
            said[name] = getattr(training, COURSE_PARTS[name])
        if name == "doc_date" and not said[name]:
            said[name] = training.end
    return said


def experience(record: PersonRecord, kind: str) -> dict[str, Any] | None:
    found = [one for one in record.experience if one.kind.value == kind]
    return {"years": found[0].years, "months": found[0].months} if found else None


def said(record: PersonRecord, field: str, asked: Any) -> Any:
    """What a record says about a field of the truth, in the words of the truth."""
    post = record.posts[0] if record.posts else PostIn("")
    extra = record.posts[1] if len(record.posts) > 1 else PostIn("")
    category = record.categories[0] if record.categories else None
    education = record.education
    if field in ("surname", "name", "patronymic"):
        return fold(getattr(record.name, field))
    if field.endswith("_initial"):
        return getattr(record.name, field.removesuffix("_initial"))
    if field in KINDS:
        return experience(record, KINDS[field])
    if field.startswith("category"):
        return said_of_category(category, field)
    if field == "courses":
        return [course(one, wanted) for one, wanted in zip(record.trainings, [*asked, *[{}] * 9], strict=False)]
    if field == "last_course":
        return course(record.trainings[0], asked) if record.trainings and asked else (record.trainings or None)
    if field in COURSE_PARTS or field == "kind":
        return course(record.trainings[0], {field: 0})[field]
    return {
        "birth": record.birth,
        "sex": record.sex,
        "tab_no": post.personnel_number,
        "post": post.post,
        "subject": ", ".join(post.subjects) or None,
        "education": education.level.value if education and education.level else None,
        "institution": education.institution if education else None,
        "graduated": int(education.year) if education and education.year else None,
        "speciality": (education.speciality or education.qualification) if education else None,
        "employment": {"внешний совместитель": "совместитель"}.get(str(post.kind), post.kind and post.kind.value),
        "hired": post.since,
        "rate": float(post.rate) if post.rate else None,
        "extra_post": extra.post or None,
        "extra_rate": float(extra.rate) if extra.rate else None,
        "phone": record.phone.lstrip("+"),
        "phone_digits": record.phone.lstrip("+"),
        "award": record.awards[0] if record.awards else None,
    }[field]


def said_of_category(category: CategoryIn | None, field: str) -> str | None:
    if field == "category":
        return category.category.value.lower() if category else "нет"
    if category is None:
        return None
    return {
        "category_date": category.decision_date or category.act_date or None,
        "category_order": category.act_number or None,
        "category_until": category.valid_until or None,
    }[field]


def expected(field: str, value: Any) -> Any:
    if field in ("surname", "name", "patronymic"):
        return fold(value)
    if field in ("phone", "phone_digits"):
        return "".join(char for char in value if char.isdigit())
    return value


ROWS = [(number, row) for number in PEOPLE for row in FILES[number][1]["rows"]]


@pytest.mark.parametrize(
    ("number", "row"), ROWS, ids=[f"{n}-{r.get('sheet', '')}-{r.get('row') or r.get('record')}" for n, r in ROWS]
)
def test_rows_of_the_truth(number: str, row: dict[str, Any]) -> None:
    record = records(number)[row.get("sheet", ""), row.get("row") or row["record"]]
    for field, value in row["expected"].items():
        if field not in ("org", "age"):
            assert said(record, field, value) == expected(field, value), field


@pytest.mark.parametrize("row", FILES["07"][1]["plan_rows"], ids=lambda row: str(row["row"]))
def test_rows_of_the_plan(row: dict[str, Any]) -> None:
    record = records("07")[row["sheet"], row["row"]]
    asked = row["expected"]
    assert fold(record.name.surname) == fold(asked["surname"])
    assert (record.last_year or None) == (asked["last_course_year"] and str(asked["last_course_year"]))
    assert record.planned_year == str(asked["planned_year"])


S, J, P = TableKind.STAFF_REGISTER, TableKind.COURSE_JOURNAL, TableKind.COURSE_PLAN
L, M, U = TableKind.LISTS, TableKind.SUMMARY, TableKind.UNKNOWN
COUNTS = [
    ("01", [("Реестр", S, 1214), ("Свод", M, 0), ("Списки", L, 0)]),
    ("02", [("СОШ №4", S, 66), ("Верхнеключевская", S, 52), ("Озёрная СОШ ", S, 46), ("Каменская", S, 40), ("Лист5", S, 34), ("Проверки", L, 0)]),
    ("03", [("ДОУ", S, 120)]),
    ("04", [("педагоги", S, 78), ("техперсонал", U, 0)]),
    ("05", [("05_vygruzka_kadry_cp1251", S, 342)]),
    ("07", [("2023", J, 93), ("2024", J, 105), ("2025", J, 86), ("2026 (план)", P, 40), ("Проверки", L, 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("number", "counts"), COUNTS)
def test_sheets_kinds_and_numbers_of_rows(number: str, counts: list[tuple[str, TableKind, int]]) -> None:
    assert [(table.sheet, table.kind, len(table.records)) for table in paper(number).tables] == counts
    assert not [refused for table in paper(number).tables for refused in table.rejected]


def test_page_of_a_school() -> None:
    table = next(one for one in paper("06").tables if one.kind is S)
    assert (len(table.records), table.ignored, len(table.contacts)) == (122, 4, 2)
    assert table.organisation == "СОШ № 1"
    assert "Скрипт" not in {record.name.surname for record in table.records if isinstance(record, PersonRecord)}


@pytest.mark.parametrize(("number", "courses"), [("03", 193), ("04", 154), ("05", 681)])
def test_all_courses_are_read(number: str, courses: int) -> None:
    assert sum(len(record.trainings) for record in records(number).values()) == courses


def test_courses_of_the_sheets_that_list_them_all() -> None:
    listed = [one for sheet, one in tables("02").items() if sheet != "Каменская"]
    assert (
        sum(len(record.trainings) for table in listed for record in table.records if isinstance(record, PersonRecord))
        == 381
    )


def test_organisations_of_the_district_register() -> None:
    separators = FILES["01"][1]["separator_rows"]
    rows = list(FILES["01"][1]["rows_by_organisation"].values())
    counted = Counter(record.organisation for record in records("01").values())
    assert list(counted.values()) == rows
    assert len(counted) == len(separators) == 24


def test_categories_sexes_and_education_of_the_district_register() -> None:
    seconds = 14
    people = list(records("01").values())
    counts = FILES["01"][1]["counts"]
    categories = Counter(one.categories[0].category.value.lower() for one in people)
    assert sum(abs(categories[name] - count) for name, count in counts["by_category_people"].items()) <= seconds
    assert sum(not one.trainings for one in people) - counts["people_without_courses"] in range(seconds + 1)
    assert Counter(one.sex for one in people)["м"] - counts["by_sex_people"]["м"] in range(seconds + 1)


def test_hours_of_the_journal() -> None:
    documents = {
        one.trainings[0].document_number: one.trainings[0].hours
        for one in records("07").values()
        if isinstance(one, PersonRecord)
    }
    counts = FILES["07"][1]["counts"]
    assert len(documents) == counts["documents"]
    assert sum(hours or 0 for hours in documents.values()) == counts["hours_total_without_duplicates"]


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("01", "2026-10-01"),
        ("02", "2026-09-15"),
        ("03", ""),
        ("04", "2026-09-01"),
        ("05", "2026-10-01"),
        ("06", ""),
        ("07", ""),
    ],
)
def test_day_the_paper_is_true_for(number: str, day: str) -> None:
    assert paper(number).as_of == day


# ---------------------------------------------------------------- other papers out of the same ones

SHEETS = {
    "register": ("01", "Реестр", range(9, 11)),
    "school": ("02", "СОШ №4", range(2, 3)),
    "initials": ("02", "Верхнеключевская", range(4, 5)),
    "groups": ("02", "Озёрная СОШ ", range(1, 3)),
    "apart": ("02", "Каменская", range(1, 2)),
    "kindergartens": ("03", "ДОУ", range(1, 3)),
    "old": ("04", "педагоги", range(4, 5)),
    "export": ("05", "05_vygruzka_kadry_cp1251", range(2, 3)),
    "journal": ("07", "2024", range(3, 4)),
}
REWORDED = {
    "Ф.И.О. (полностью)": "Фамилия, имя и отчество работника", "ФИО": "Ф.И.О. педагога", "Ф.И.О": "Фамилия, инициалы", "Ф.И.О.": "ФИО сотрудника",
    "Фамилия, имя, отчество": "ФИО (полностью)", "Ф.И.О. слушателя": "ФИО получателя документа", "Дата рождения": "Число, месяц, год рождения", "День рождения": "Д.р.",
    "дата рожд.": "ГОД РОЖДЕНИЯ", "Должность": "Занимаемая долж-\nность", "Должность, предмет": "Предмет, должность", "Пол": "Пол (м/ж)", "Таб. №": "Табельный номер",
    "Преподаваемый предмет (дисциплина)": "Какой предмет преподаёт", "Преподаваемая дисциплина": "Предмет", "Общий стаж работы": "Общ. труд. стаж",
    "Педагогический стаж": "Педстаж", "Пед. стаж": "Стаж педагогической работы", "пед. стаж": "Стаж пед. работы", "Стаж общ./пед.": "Общий/педагогический стаж",
    "Общ.стаж/пед.стаж": "Стаж (общ./пед.)", "Категория": "Квалиф. категория", "Кв. кат.": "Имеющаяся категория", "Дата кат.": "Дата присвоения категории",
    "категория": "наименование", "дата присвоения": "когда присвоена", "№ приказа": "реквизиты приказа", "Срок действия категории": "Категория действует до",
    "тема": "название", "часы": "объём", "кол-во часов": "часов", "Кол-во часов": "Объём программы, час", "Осн. / совм.": "Основной/совместитель", "Вид работы": "Осн./совм.",
    "Учреждение": "Наименование ОО", "Место работы": "Образовательная организация", "Повышение квалификации": "КПК", "КПК (год, тема, часы)": "Курсы повышения квалификации",
    "Курсовая подготовка": "Сведения о курсах ПК", "Курсы": "Прохождение курсов", "внешние курсы": "Тема курсов", "Контактный телефон": "Сот. телефон", "Тел.": "Телефон",
    "Рег. №": "Регистрационный номер", "№ бланка": "Серия и № удостоверения", "Дата выдачи": "Дата выдачи документа", "Наименование программы": "Тема программы ПК",
    "Стаж общий": "Общ. стаж", "Стаж пед.": "Пед. стаж", "Уровень образования": "Образование (уровень)", "Табельный номер": "Таб. №", "Дата категории": "Дата аттестации",
    "Занимаемая должность": "Должность по штату", "Дата приёма": "Принят на работу", "Базовое образование (что и когда окон-\nчил, специальность)": "Образование, что и когда окончил",
    "Категория, дата, № приказа": "Категория, № и дата приказа", "Награды": "Почётные звания, награды", "Достижения": "Награды", "Предмет": "Преподаваемый предмет",
}  # fmt: skip


def source(name: str) -> tuple[Sheet, range, TableRead]:
    number, tab, header = SHEETS[name]
    sheet = next(one for one in opened(number).sheets if one.name == tab)
    return sheet, header, tables(number)[tab]


def same(sheet: Sheet, table: TableRead) -> None:
    """The sheet says what the table says."""
    read = max(read_paper(variants.book(sheet)).tables, key=lambda one: len(one.records))
    assert read.kind is table.kind
    assert not read.rejected
    ours = replace(table, organisation="")
    assert variants.facts(read.records) == variants.facts(ours.records)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(
    "change", ["capitals", "hyphens", "reworded", "blank column", "blank rows", "no merged ranges", "lines above"]
)
def test_headings_changed_and_blanks_put_in(name: str, change: str) -> None:
    sheet, header, table = source(name)
    changed = {
        "capitals": lambda: variants.changed_headings(sheet, header, str.upper),
        "hyphens": lambda: variants.changed_headings(sheet, header, broken),
        "reworded": lambda: variants.changed_headings(sheet, header, lambda text: REWORDED.get(text, text)),
        "blank column": lambda: variants.blank_column(sheet, 2),
        "blank rows": lambda: variants.blank_rows(sheet, header.stop + 1, 9),
        "no merged ranges": lambda: replace(sheet, merged=()),
        "lines above": lambda: variants.lines_above(
            sheet, ["СОГЛАСОВАНО", "", "Приложение № 1 к приказу от 01.09.2026 № 5"]
        ),
    }[change]()
    same(changed, table)


def broken(text: str) -> str:
    """Long words broken at the end of a line."""
    words = (
        f"{word[: len(word) // 2]}-\n{word[len(word) // 2 :]}" if len(word) > 8 and word.isalpha() else word
        for word in text.split(" ")
    )
    return " ".join(words)


def one_row_header(name: str) -> tuple[Sheet, int, TableRead]:
    """The sheet with all headings in one row, groups written before their captions."""
    sheet, header, table = source(name)
    if len(header) == 1:
        return sheet, header.start, table
    headings = [""] * (1 + max(column.index for column in table.columns))
    for column in table.columns:
        headings[column.index] = column.heading
    return variants.flat_header(sheet, header.start, headings, header.stop), header.start, table


@pytest.mark.parametrize("name", ["groups", "apart", "kindergartens", "old", "export", "initials"])
@pytest.mark.parametrize("seed", range(3))
def test_columns_moved_anywhere(name: str, seed: int) -> None:
    sheet, first, table = one_row_header(name)
    same(variants.moved_columns(sheet, first, random.Random(seed)), table)


@pytest.mark.parametrize("name", ["register", "kindergartens", "groups"])
def test_header_in_one_row(name: str) -> None:
    sheet, _, table = one_row_header(name)
    same(sheet, table)


@pytest.mark.parametrize("name", ["school", "initials", "apart", "old", "export", "kindergartens"])
def test_rows_shuffled(name: str) -> None:
    sheet, header, table = source(name)
    rows = list(sheet.rows)
    own = (
        [record.row - 1 for record in table.records if isinstance(record, PersonRecord)]
        if not sheet.records
        else list(range(header.stop, header.stop + len(table.records)))
    )
    order = own[:]
    random.Random(5).shuffle(order)
    for at, taken in zip(own, order, strict=True):
        rows[at] = sheet.rows[taken]
    same(replace(sheet, rows=tuple(rows)), table)


def test_organisation_as_a_column_instead_of_separators() -> None:
    sheet, header, table = source("register")
    by_row = {record.row: record for record in table.records if isinstance(record, PersonRecord)}
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(variants.square(sheet), start=1):
        if number - 1 == header.start:
            rows.append((*row, "ОО"))
        elif number <= header.stop:
            rows.append((*row, None))
        elif number in by_row:
            rows.append((*row, by_row[number].organisation))
    same(replace(sheet, rows=tuple(rows), merged=tuple(one for one in sheet.merged if one.top in header)), table)


def test_sheets_reordered_and_renamed() -> None:
    book = opened("02")
    sheets = tuple(replace(sheet, name=f"Лист{n}") for n, sheet in enumerate(reversed(book.sheets)))
    read = read_paper(replace(book, sheets=sheets))
    before = [
        fact
        for table in paper("02").tables
        for fact in variants.facts(
            replace(one, organisation="") for one in table.records if isinstance(one, PersonRecord)
        )
    ]
    after = [
        fact
        for table in read.tables
        for fact in variants.facts(
            replace(one, organisation="") for one in table.records if isinstance(one, PersonRecord)
        )
    ]
    assert sorted(before) == sorted(after)


def test_a_correction_of_columns_is_obeyed() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Кто", "Ранг", "Пояснение"),
        *((name, 1, "пояснение") for name in ("Иванова Мария Петровна", "Орлова Анна Львовна", "Зимина Яна Львовна")),
    )
    book = variants.book(Sheet("Лист1", rows))
    (table,) = read_paper(book).tables
    assert table.kind is U
    (told,) = read_paper(book, overrides={table.signature: {1: "category", 2: "post"}}).tables
    assert told.kind is S
    record = told.records[0]
    assert isinstance(record, PersonRecord)
    assert (record.categories[0].category.value, record.posts[0].post) == ("первая", "пояснение")
    (other,) = read_paper(book, overrides={"another layout": {1: "category"}}).tables
    assert other.kind is U


def test_reading_twice_gives_the_same() -> None:
    assert read_paper(opened("04")) == paper("04")


def test_months_of_experience_are_exact_only_among_months() -> None:
    register = records("01")
    assert register["Реестр", 218].experience[0] == ExperienceIn(register["Реестр", 218].experience[0].kind, 16, None)


STRANGE: tuple[Cell, ...] = (
    True, None, "", "\n", 0, -1, 1.5, 1e18, float("inf"), float("nan"), 10**20, date(1, 1, 1), date(9999, 12, 31), time(5, 5), timedelta(days=3),
    "31.02.2020", "№", "«", "((", "а" * 5000, "Иванова", "\x00", "😀", "1" * 40, "с по", "от до", "//", ";;;", "1/2/3/4", "99 лет 99 мес.", "²", "½",
)  # fmt: skip


@pytest.mark.parametrize("number", PEOPLE)
def test_strange_cells_never_stop_the_reading(number: str) -> None:
    rng = random.Random(7)
    book = opened(number)
    for _ in range(3):
        sheets = tuple(
            replace(
                sheet,
                rows=tuple(
                    tuple(rng.choice(STRANGE) if rng.random() < 0.06 else cell for cell in row)
                    for row in sheet.rows[:120]
                ),
            )
            for sheet in book.sheets
        )
        assert read_paper(replace(book, sheets=sheets)).tables
