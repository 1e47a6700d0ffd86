"""Registers of people: rows, organisations, what is ignored, what is refused, contacts."""

from __future__ import annotations

from datetime import date

import pytest

from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, EmploymentKind, ExperienceKind, TableKind
from imc_desktop.domain.papers import CategoryIn, ExperienceIn, PersonName, PersonRecord, TableRead
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.read_paper import read_paper
from tests.exchange.variants import book

HEADER = ("№", "ФИО", "Дата рождения", "Должность", "Категория")
MARIA = ("Иванова Мария Петровна", "05.11.1980", "учитель", "первая")
ANNA = ("Орлова Анна Ивановна", "06.12.1985", "воспитатель", "б/к")


def read(*rows: tuple[Cell, ...], name: str = "Лист1", file: str = "список.xlsx", merged: tuple[Span, ...] = (), records: bool = False) -> TableRead:  # fmt: skip
    (table,) = read_paper(book(Sheet(name, rows, merged, records=records), file=file)).tables
    assert table.kind is TableKind.STAFF_REGISTER
    return table


def people(table: TableRead) -> list[PersonRecord]:
    return [record for record in table.records if isinstance(record, PersonRecord)]


@pytest.mark.parametrize(
    ("above", "tab", "file", "organisation"),
    [
        (("Сведения о педагогических работниках МБОУ «СОШ № 4» на 2026-2027 уч. год",), "Лист1", "a.xlsx", "МБОУ «СОШ № 4»"),
        (("Список педагогов Озёрной СОШ (по состоянию на 15.09.2026)",), "Озёрная СОШ ", "a.xlsx", "Озёрная СОШ"),
        (("Список педагогов Озёрной СОШ",), "Лист1", "a.xlsx", "Озёрной СОШ"),
        (("КАМЕНСКАЯ СОШ",), "Каменская", "a.xlsx", "КАМЕНСКАЯ СОШ"),
        (('Список учителей МБОУ "Липовская ООШ" (приём отчётов до 20.09)',), "Лист5", "a.xlsx", 'МБОУ "Липовская ООШ"'),
        (("Приложение 2", "к письму ИМЦ от 14.09.2026 № 118", 'МБОУ "Лесная СОШ"'), "Лист1", "a.xlsx", 'МБОУ "Лесная СОШ"'),
        (("УТВЕРЖДАЮ", "Директор МКУ «ИМЦ»", "РЕЕСТР"), "Лист1", "a.xlsx", ""),
        (("Муниципальное бюджетное общеобразовательное учреждение", "«Средняя школа № 3»"), "Лист1", "a.xlsx", "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 3»"),
        ((), "СОШ №4", "a.xlsx", "СОШ №4"),
        ((), "Лист1", "06_sveden_SOSH12.html", "СОШ № 12"),
        ((), "Лист1", "кадры.xlsx", ""),
        (("КГУ «Общеобразовательная школа № 5» отдела образования",), "Парақ1", "a.xlsx", "КГУ «Общеобразовательная школа № 5»"),
    ],
)  # fmt: skip
def test_organisation_of_all_rows(above: tuple[str, ...], tab: str, file: str, organisation: str) -> None:
    table = read(*((line,) for line in above), HEADER, (1, *MARIA), name=tab, file=file)
    assert table.organisation == organisation
    assert people(table)[0].organisation == organisation


def test_organisations_by_separators_totals_and_signatures_ignored() -> None:
    table = read(
        ("РЕЕСТР",),
        HEADER,
        (1, 2, 3, 4, 5),
        ("1. МБОУ «Cредняя школа № 1»",),
        (1, *MARIA),
        (None, "Итого по учреждению: 1 чел."),
        ("Дошкольные образовательные организации",),
        ("2) МБДОУ «Детский сад «Ромашка»»",),
        (1, *ANNA),
        (None, "Итого", 1),
        (None, "ВСЕГО по району: 2"),
        (),
        (None, "Методист ИМЦ ______ /В.И. Снежинская/"),
        (None, "Исп. Снежинская В.И., 0-00-00"),
    )
    assert [one.organisation for one in people(table)] == ["МБОУ «Средняя школа № 1»", "МБДОУ «Детский сад «Ромашка»»"]
    assert (table.rows, table.ignored, table.rejected) == (2, 8, ())


@pytest.mark.parametrize(
    "rows", [[("1.", "МБОУ СОШ № 1"), ("2.", "МБОУ СОШ № 2")], [(None, "МБОУ СОШ № 1"), (None, "МБОУ СОШ № 2")]]
)
def test_organisation_rows_of_one_or_two_cells(rows: list[tuple[Cell, ...]]) -> None:
    table = read(HEADER, rows[0], (1, *MARIA), rows[1], (1, *ANNA))
    assert [one.organisation for one in people(table)] == ["МБОУ СОШ № 1", "МБОУ СОШ № 2"]


def test_organisation_column_merged_downwards() -> None:
    rows: list[tuple[Cell, ...]] = [("ОО", "ФИО", "Должность"), ("СОШ № 1", MARIA[0], "учитель"), (None, ANNA[0], "учитель"), ("СОШ № 2", "Зимина Яна Львовна", "учитель")]  # fmt: skip
    table = read(*rows, merged=(Span(1, 0, 2, 0),))
    assert [one.organisation for one in people(table)] == ["СОШ № 1", "СОШ № 1", "СОШ № 2"]


def test_sections_of_a_school_are_no_organisations() -> None:
    table = read(("МБДОУ «Сказка»",), HEADER, ("Администрация",), (1, *MARIA), ("Внешние совместители:",), (2, *ANNA))
    assert {one.organisation for one in people(table)} == {"МБДОУ «Сказка»"}


def test_all_facts_of_a_wide_row() -> None:
    header = ("№", "ФИО", "Дата рождения", "Пол", "Таб. №", "Должность", "Предмет", "Уровень образования", "Что и когда окончил", "Специальность по диплому",
              "Общий стаж", "Пед. стаж", "Категория", "Дата присвоения", "№ приказа", "Срок действия категории", "Осн. / совм.", "Ставка", "Телефон", "E-mail",
              "Награды", "Дата приёма", "Возраст")  # fmt: skip
    row = (1, "Крылова (Савина) Ирина  Алексеевна", date(1980, 11, 5), "ж", "0625", "учитель", "химия, биология", "высшее", "КГПУ, 2002", "учитель (химия)",
           "20 лет 3 мес.", 18, "высшая", "12.03.2024", "№ 215/01-07, 15.03.2024", "бессрочно", "осн.", "1,25", 89246548422, "a@example.org",
           "Почётная грамота", "01.09.2010", 45)  # fmt: skip
    (person,) = people(read(("Сведения на 01.10.2026",), header, row))
    assert person.name == PersonName("Крылова", "Ирина", "Алексеевна", ("Савина",))
    assert (person.birth, person.sex, person.phone, person.email) == (
        "1980-11-05",
        "ж",
        "+79246548422",
        "a@example.org",
    )
    (post,) = person.posts
    assert (post.post, post.subjects, post.kind) == ("учитель", ("химия", "биология"), EmploymentKind.MAIN)
    assert (post.rate, post.since, post.personnel_number) == ("1.25", "2010-09-01", "0625")
    assert person.education is not None
    assert (person.education.institution, person.education.year) == ("КГПУ", "2002")
    assert person.experience == (
        ExperienceIn(ExperienceKind.TOTAL, 20, 3),
        ExperienceIn(ExperienceKind.PEDAGOGICAL, 18),
    )
    assert person.categories == (
        CategoryIn(CategoryName.HIGHEST, "учитель", "2024-03-12", "215/01-07", "2024-03-15", "", OPEN_ENDED),
    )
    assert person.awards == ("Почётная грамота",)
    assert (person.cells["name"], person.cells["birth"], person.cells["category"]) == ("B3", "C3", "M3")


@pytest.mark.parametrize(
    ("cells", "category"),
    [
        (("учитель, высшая квалификационная категория", None), CategoryName.HIGHEST),
        (("учитель", "1 кв.кат., пр. № 875-к от 25.06.2024"), CategoryName.FIRST),
        (("учитель", "-"), CategoryName.NONE),
        (("учитель", "педагог-модератор"), CategoryName.KZ_MODERATOR),
    ],
)
def test_category_of_the_cell_or_of_the_post(cells: tuple[Cell, Cell], category: CategoryName) -> None:
    (person,) = people(read(HEADER, (1, MARIA[0], None, *cells)))
    assert [one.category for one in person.categories] == [category]


def test_second_job_with_its_rate() -> None:
    header = ("ФИО", "Должность", "Ставка", "Доп. должность", "Ставка")
    first, second = people(
        read(header, (MARIA[0], "учитель", "1", "внеурочная деятельность", "0,25"), (ANNA[0], "учитель", 1))
    )
    assert [(one.post, one.rate, one.kind) for one in first.posts] == [
        ("учитель", "1", None),
        ("внеурочная деятельность", "0.25", EmploymentKind.INTERNAL),
    ]
    assert len(second.posts) == 1


def test_groups_of_course_columns() -> None:
    rows = (
        ("ФИО", "Курсы 1", None, None, "Курсы 2", None, None),
        (None, "тема", "часы", "год", "тема", "часы", "год"),
        (MARIA[0], "Медиация", "36ч.", 2026, "ПП Менеджмент", "252 ч.", 2023),
        (ANNA[0], "Медиация", 72, 2025),
    )
    first, second = people(read(*rows))
    assert [(one.title, one.hours, one.end, one.kind.value) for one in first.trainings] == [
        ("Медиация", 36, "2026", "ПК"),
        ("Менеджмент", 252, "2023", "ПП"),
    ]
    assert len(second.trainings) == 1


@pytest.mark.parametrize(
    ("values", "months"),
    [
        (("12 лет", "3 года 4 мес.", "7 лет 1 мес."), 0),
        (("12 лет", "3 года", "7 лет"), None),
        (("12", "3 года 4 мес.", "1 год 5 мес."), None),
    ],
)
def test_years_among_months_are_exact(values: tuple[str, ...], months: int | None) -> None:
    rows = [(name, value) for name, value in zip((MARIA[0], ANNA[0], "Зимина Яна Львовна"), values, strict=True)]
    person = people(read(("ФИО", "Пед. стаж"), *rows))[0]
    assert person.experience == (ExperienceIn(ExperienceKind.PEDAGOGICAL, 12, months),)


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        ((1, MARIA[0], "31.02.1980", "учитель", "первая"), "C2", "31.02.1980"),
        ((1, MARIA[0], "05.11.1880", "учитель", "первая"), "C2", "1880"),
        ((1, "12345", "05.11.1980", "учитель", "первая"), "B2", "не похоже"),
        ((1, None, "05.11.1980", "учитель", "первая"), "B2", "нет фамилии"),
        ((1, MARIA[0], "05.11.1980", "учитель", "фиолетовая"), "E2", "."),
    ],
)
def test_what_cannot_be_is_told_with_its_cell(row: tuple[Cell, ...], cell: str, reason: str) -> None:
    table = read(HEADER, row, (2, *ANNA), (3, "Зимина Яна Львовна", "01.02.1990", "учитель", "СЗД"))
    (refused,) = table.rejected
    assert (refused.cell, refused.row) == (cell, 2)
    assert reason in refused.reason
    assert refused.reason[0].isupper() or refused.reason[0] == "«"
    assert refused.reason.endswith(".")
    assert row[3] in refused.values
    assert table.rows == 3
    assert len(table.records) == (3 if row[1] == MARIA[0] else 2)


def test_vacancies_are_counted_not_read() -> None:
    table = read(HEADER, (1, *MARIA), (2, "Вакансия", None, "учитель физики", None), (3, *ANNA))
    assert (table.rows, table.ignored, len(table.rejected)) == (2, 1, 0)


def test_a_person_of_several_rows() -> None:
    header = ("№", "ФИО", "Категория", "Предмет, должность", "Ставка")
    table = read(header, (1, MARIA[0], "первая", "учитель физики", 1), (None, None, None, "учитель химии", "0,5"), (None, None, None, "учитель астрономии"), (2, ANNA[0], "СЗД", "учитель", 1))  # fmt: skip
    assert [str(one.name) for one in people(table)] == [MARIA[0], MARIA[0], MARIA[0], ANNA[0]]
    assert [one.posts[0].subjects for one in people(table)[:2]] == [("физика",), ("химия",)]


def test_surname_in_capitals_in_its_own_column() -> None:
    (person,) = people(read(("Фамилия", "Имя", "Отчество", "Должность"), ("ЗЫКОВ", "Семён", "Кириллович", "учитель")))
    assert person.name == PersonName("Зыков", "Семён", "Кириллович")


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (
            (("#", "ФИО", "День рождения", "Должность"), (98, *MARIA[:1], "31.02.1980", "учитель")),
            "record 98, День рождения",
        ),
        ((("ФИО", "День рождения", "Должность"), (*MARIA[:1], "31.02.1980", "учитель")), "record 1, День рождения"),
    ],
)
def test_places_of_records(rows: tuple[tuple[Cell, ...], ...], cell: str) -> None:
    table = read(*rows, records=True)
    assert table.rejected[0].cell == cell
    assert people(table)[0].cells["birth"] == cell


def test_heads_of_a_page_are_contacts() -> None:
    contacts = (
        {"kind": "rucovodstvo", "fio": "Троицкая Римма Игоревна", "post": "Директор", "telephone": "8 (000) 200-00-01"},
    )
    page = Sheet("МБОУ СОШ № 9", (HEADER, (1, *MARIA)), contacts=contacts)
    (table,) = read_paper(book(page)).tables
    (head,) = table.contacts
    assert (str(head.name), head.post, head.phone, head.organisation) == (
        "Троицкая Римма Игоревна",
        "Директор",
        "+70002000001",
        "МБОУ СОШ № 9",
    )


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("техперсонал", (HEADER, (1, *MARIA)), TableKind.UNKNOWN),
        ("Лист2", (HEADER, (1, MARIA[0], 1970, "сторож", None), (2, ANNA[0], 1980, "уборщик служебных помещений", None)), TableKind.UNKNOWN),
        ("Списки", (("высшая", "воспитатель"), ("первая", "методист")), TableKind.LISTS),
        ("Свод", (("Свод по категориям",), ("№", "ОО", "Всего педагогов", "высшая", "первая"), (1, "СОШ № 1", 10, 3, 2), (2, "СОШ № 2", 12, 4, 1)), TableKind.SUMMARY),
        ("Лист3", (("Просто заметка",), ("ещё одна",)), TableKind.UNKNOWN),
    ],
)  # fmt: skip
def test_sheets_that_are_not_registers(name: str, rows: tuple[tuple[Cell, ...], ...], kind: TableKind) -> None:
    (table,) = read_paper(book(Sheet(name, rows, visible=kind is not TableKind.LISTS))).tables
    assert (table.kind, table.records, table.rejected) == (kind, (), ())
    assert table.ignored == table.rows > 0
