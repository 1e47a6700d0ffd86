"""Orders on categories: clauses of text, names in any case."""

from __future__ import annotations

from collections import Counter

import pytest

from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, TableKind
from imc_desktop.domain.names import decline
from imc_desktop.domain.papers import PersonRecord, TableRead
from imc_desktop.exchange.inflected import nominative, post_nominative
from tests.exchange.work_papers import SCHEDULE, Row, read_one, table_of, truth

HEAD: list[Row] = [
    ["УПРАВЛЕНИЕ ОБРАЗОВАНИЯ"],
    ["П Р И К А З"],
    ["от 15.09.2026          № 412"],
    ["Об итогах аттестации"],
    ["ПРИКАЗЫВАЮ:"],
]
HIGHEST: Row = ["1. Считать установленной высшую квалификационную категорию:"]


def people(table: TableRead) -> list[PersonRecord]:
    assert table.kind is TableKind.CATEGORY_ORDER
    return [one for one in table.records if isinstance(one, PersonRecord)]


def granted(rows: list[Row]) -> list[tuple[str, str, str, CategoryName, str, str]]:
    found = people(read_one([*HEAD, *rows]))
    return [
        (
            str(one.name),
            one.posts[0].post if one.posts else "",
            one.organisation,
            one.categories[0].category,
            one.categories[0].decision_date,
            one.categories[0].act_number,
        )
        for one in found
    ]


def test_sample() -> None:
    found = {one.row: one for one in people(table_of(SCHEDULE, TableKind.CATEGORY_ORDER))}
    known = truth(SCHEDULE)
    assert len(found) == known["counts"]["order_clauses"]
    assert Counter(one.categories[0].category for one in found.values()) == known["counts"]["order_by_category"]
    for row in known["order_rows"]:
        one, expected = found[row["row"]], row["expected"]
        (category,), (post,) = one.categories, one.posts
        assert {
            "surname": one.name.surname,
            "name": one.name.name,
            "patronymic": one.name.patronymic,
            "post": post.post,
            "subject": post.subjects[0] if post.subjects else None,
            "org": one.organisation,
            "category": category.category,
            "category_date": category.decision_date,
            "category_order": category.act_number,
        } == {"subject": None, **expected}


@pytest.mark.parametrize(
    "clause",
    [
        "1.1. Мельниковой Ксении Егоровне, учителю начальных классов МБОУ «СОШ № 1» – с 22.11.2025, приказ № 552/01-07;",
        "1.1 Мельникова Ксения Егоровна, учитель (начальные классы) МБОУ «СОШ № 1», с 22.11.2025 (приказ № 552/01-07)",
        "1) Мельникову Ксению Егоровну – учителя начальных классов МБОУ «СОШ № 1» с 22 ноября 2025 года (приказ № 552/01-07 от 25.11.2025);",
        "- Мельниковой Ксении Егоровне, учителю начальных классов, МБОУ «СОШ № 1», 22.11.2025, приказ № 552/01-07.",
        "• Мельникова К.Е., учитель начальных классов МБОУ «СОШ № 1», с 22.11.2025 г., пр. № 552/01-07",
        "1.1. Учителю начальных классов МБОУ «СОШ № 1» Мельниковой Ксении Егоровне с 22.11.2025 (приказ № 552/01-07);",
        "1.1. МЕЛЬНИКОВОЙ Ксении Егоровне, учителю начальных классов МБОУ «СОШ № 1», с 22.11.2025 (приказ № 552/01-07);",
        "1.1. МЕЛЬНИКОВОЙ КСЕНИИ ЕГОРОВНЕ, учителю начальных классов МБОУ «СОШ № 1», с 22.11.2025 (приказ № 552/01-07);",
        "Мельниковой К. Е., учителю начальных классов МБОУ «СОШ № 1», с 22.11.2025 г. (приказ министерства от 25.11.2025 № 552/01-07)",
    ],
)
def test_manners_of_a_clause(clause: str) -> None:
    ((name, post, organisation, category, day, number),) = granted([HIGHEST, [clause]])
    assert name in {"Мельникова Ксения Егоровна", "Мельникова К Е"}
    assert (post, organisation, category, day, number) == (
        "учитель",
        "МБОУ «СОШ № 1»",
        CategoryName.HIGHEST,
        "2025-11-22",
        "552/01-07",
    )


def test_number_and_text_in_two_cells_and_a_wrapped_clause() -> None:
    rows: list[Row] = [HIGHEST, ["1.1.", "Ким Алексей Иванович, учитель МБОУ «СОШ № 1», с 22.11.2025 (приказ № 5);"]]
    rows += [
        ["1.2. Белых Анна Ивановна, учитель (начальные"],
        ["классы) МБОУ «СОШ № 2», с 23.11.2025"],
        ["(приказ № 6);"],
    ]
    assert [(one[0], one[2], one[5]) for one in granted(rows)] == [
        ("Ким Алексей Иванович", "МБОУ «СОШ № 1»", "5"),
        ("Белых Анна Ивановна", "МБОУ «СОШ № 2»", "6"),
    ]


def test_columns_inside_an_order() -> None:
    rows: list[Row] = [HIGHEST, ["1", "Мельникова Ксения Егоровна", "учитель физики", "МБОУ «СОШ № 1»", "с 22.11.2025"]]
    assert granted(rows) == [
        ("Мельникова Ксения Егоровна", "учитель", "МБОУ «СОШ № 1»", CategoryName.HIGHEST, "2025-11-22", "412")
    ]


def test_a_list_with_headings_inside_an_order() -> None:
    head: Row = ["№", "ФИО", "Должность", "ОО", "Дата решения", "№ приказа"]
    rows: list[Row] = [
        HIGHEST,
        head,
        [1, "Мельникова Ксения Егоровна", "учитель физики", "МБОУ «СОШ № 1»", "22.11.2025", "552/01-07"],
    ]
    rows += [
        [2, "Ким Алексей Иванович", "воспитатель", "Д/с № 2 «Солнышко»", "23.11.2025", "28"],
        ["2. Установить первую квалификационную категорию:"],
    ]
    rows += [
        head,
        [1, "Белых Анна Ивановна", "методист", "МКУ ИМЦ", "24.11.2025", "29"],
        ["3. Контроль за исполнением приказа оставляю за собой."],
    ]
    assert granted(rows) == [
        ("Мельникова Ксения Егоровна", "учитель", "МБОУ «СОШ № 1»", CategoryName.HIGHEST, "2025-11-22", "552/01-07"),
        ("Ким Алексей Иванович", "воспитатель", "Д/с № 2 «Солнышко»", CategoryName.HIGHEST, "2025-11-23", "28"),
        ("Белых Анна Ивановна", "методист", "МКУ ИМЦ", CategoryName.FIRST, "2025-11-24", "29"),
    ]


def test_a_plan_approved_by_an_order_is_no_order() -> None:
    rows: list[Row] = [
        ["УТВЕРЖДЕНО"],
        ["Приказ № 5 от 01.09.2026"],
        ["План работы на 2026-2027 учебный год"],
        ["№", "Мероприятие", "Сроки", "Ответственные"],
    ]
    rows += [
        [n, "Установление первой квалификационной категории", "май", "Иванова Анна Петровна, методист"]
        for n in range(1, 6)
    ]
    assert read_one(rows).kind is TableKind.ANNUAL_PLAN


def test_facts_of_the_parent_clause() -> None:
    rows: list[Row] = [
        [
            "1. Установить первую квалификационную категорию с 20.11.2025 сроком на пять лет (протокол № 3 от 19.11.2025):"
        ]
    ]
    table = read_one(
        [
            *HEAD,
            *rows,
            ["Иванов Пётр Ильич, учитель физики МБОУ «СОШ № 1»;"],
            ["Ильина Анна Олеговна, воспитатель Д/с № 2."],
        ]
    )
    assert people(table)[0].categories[0].valid_until == "2030-11-20"
    assert {
        (one.categories[0].decision_date, one.categories[0].act_number, one.categories[0].act_date)
        for one in people(table)
    } == {("2025-11-20", "412", "2026-09-15")}


def test_refusals_control_and_signatures_grant_nothing() -> None:
    rows: list[Row] = [HIGHEST, ["1.1. Иванов Пётр Ильич, учитель МБОУ «СОШ № 1», с 22.11.2025 (приказ № 5)."]]
    rows += [
        ["2. Отказать в установлении высшей квалификационной категории:"],
        ["2.1. Петрову Ивану Ильичу, учителю МБОУ «СОШ № 2»."],
    ]
    rows += [
        ["3. Контроль за исполнением приказа возложить на Каменского А.А., заместителя начальника."],
        [],
        ["Начальник управления          Каменский А.А."],
    ]
    assert [one[0] for one in granted(rows)] == ["Иванов Пётр Ильич"]


def test_szd_and_kazakh_categories_and_several_people_in_a_clause() -> None:
    rows: list[Row] = [
        [
            "1. Признать соответствующими занимаемой должности: Сидорову Марию Петровну, педагога-психолога МБДОУ № 4; Гиоргадзе Нино Павловну, воспитателя МБДОУ № 5."
        ]
    ]
    rows += [
        [
            "2. Присвоить квалификационную категорию «педагог-эксперт» Ахметову Болату Нурлановичу, учителю физики КГУ «Школа № 3», бессрочно."
        ]
    ]
    table = read_one([*HEAD, *rows])
    assert [(str(one.name), one.categories[0].category) for one in people(table)] == [
        ("Сидорова Мария Петровна", CategoryName.SZD),
        ("Гиоргадзе Нино Павловна", CategoryName.SZD),
        ("Ахметов Болат Нурланович", CategoryName.KZ_EXPERT),
    ]
    assert people(table)[2].categories[0].valid_until == OPEN_ENDED


def test_impossible_day_is_rejected_with_its_cell() -> None:
    table = read_one([*HEAD, HIGHEST, ["1.1. Иванов Пётр Ильич, учитель МБОУ «СОШ № 1», с 31.02.2026 (приказ № 5)."]])
    assert (table.records, [one.cell for one in table.rejected]) == ((), ["A7"])


@pytest.mark.parametrize(
    "name",
    [
        "Мельникова Ксения Егоровна", "Озерская Наталья Витальевна", "Полевая Софья Максимовна", "Белых Анна Константиновна", "Вебер Ульяна Вадимовна",
        "Гиоргадзе Ирина Ильинична", "Иваненко Тамара Григорьевна", "Савчук Мария Ивановна", "Ковалёва Любовь Фёдоровна", "Лысенко Александра Артёмовна",
        "Герман Антон Петрович", "Поляков Илья Борисович", "Баженов Игорь Евгеньевич", "Кравчук Павел Ильич", "Левицкий Юрий Андреевич", "Сорока Лев Юрьевич",
        "Ким Валерий Сергеевич", "Римская-Корсакова Зоя Львовна",
    ],
)  # fmt: skip
@pytest.mark.parametrize("case", ["dative", "accusative", "genitive"])
def test_names_back_to_the_nominative(name: str, case: str) -> None:
    assert " ".join(nominative(*decline(name, case).split(" "))) == name
    assert " ".join(nominative(*name.split(" "))) == name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("учителю начальных классов", ("учитель начальных классов", "dative")),
        ("старшего воспитателя", ("старший воспитатель", "genitive|accusative")),
        ("педагогу-психологу", ("педагог-психолог", "dative")),
        ("заместителю директора по УВР", ("заместитель директора по УВР", "dative")),
        ("социальному педагогу", ("социальный педагог", "dative")),
        ("заведующей отделом", ("заведующая отделом", "dative|genitive|instrumental")),
        ("учитель физики", ("учитель физики", "nominative")),
        ("домовой", ("домовой", "")),
    ],
)
def test_posts_back_to_the_nominative(written: str, expected: tuple[str, str]) -> None:
    assert post_nominative(written) == expected
