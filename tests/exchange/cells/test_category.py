"""Categories: words, codes, acts, terms, posts."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import OPEN_ENDED
from imc_desktop.domain.kinds import CategoryName as C
from imc_desktop.domain.papers import CategoryIn
from imc_desktop.exchange.cells.category import parse_categories, parse_category, strip_category


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(
            (text, C.HIGHEST)
            for text in (
                "высшая",
                "ВКК",
                "ВК",
                "в",
                "В/к",
                "высш.",
                "высшая кв. категория",
                "ВЫСШАЯ",
                "выcшая",
                "высщая",
                "кв. категория высшая",
                "специалист высшей категории",
                "жоғары санатты",
            )
        ),
        *(
            (text, C.FIRST)
            for text in (
                "первая",
                "1",
                1.0,
                "I",
                "ПКК",
                "ПК",
                "1 кв. категория",
                "1 квалификационная категория",
                "1-я кв.кат.",
                "1кк",
                "IКК",
                "I категория",
                "первая квалификационая категория",
                "перв. кв. кат",
            )
        ),
        *(
            (text, C.SZD)
            for text in (
                "СЗД",
                "СК",
                "соотв.",
                "Соответствие",
                "соответствие занимаемойдолжности",
                "Соотв. зан. долж.",
                "соответсвие занимаемой должности",
                "соответствует",
            )
        ),
        *(
            (text, C.NONE)
            for text in (
                "б/к",
                "Б/К.",
                "б\\к",
                "б\\к12 лет",
                "без категории",
                "не имеет",
                "нет",
                "-",
                "не аттестован",
                "молодой специалист",
            )
        ),
        ("ПМ", C.METHODIST),
        ("пед.-методист", C.METHODIST),
        ("ПН", C.MENTOR),
        ("Педагог-наставник", C.MENTOR),
        ("2 категория", C.SECOND),
        ("II", C.SECOND),
        ("Категория: Модератор", C.KZ_MODERATOR),
        ("Педагог – исследователь", C.KZ_RESEARCHER),
        ("педагог-сарапшы", C.KZ_EXPERT),
        ("педагог-стажёр", C.KZ_TRAINEE),
        ("педагог", C.KZ_TEACHER),
        ("педагог-мастер", C.KZ_MASTER),
        ("заместитель руководителя второй категории", C.KZ_DEPUTY_2),
        ("руководитель третьей категории", C.KZ_HEAD_3),
    ],
)
def test_names(cell: str, expected: C) -> None:
    found = parse_category(cell)
    assert found is not None
    assert found.category is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Первая, приказ № 1748 от 24.04.2024", CategoryIn(C.FIRST, act_number="1748", act_date="2024-04-24")),
        ("1 кв.кат., пр. № 875-к от 25.06.2024", CategoryIn(C.FIRST, act_number="875-к", act_date="2024-06-25")),
        ("высшая, приказ от 29.08.2022 г. №252-д", CategoryIn(C.HIGHEST, act_number="252-д", act_date="2022-08-29")),
        (
            "высш. кв.кат., пр. № 969/01-07 от 18.11.2021",
            CategoryIn(C.HIGHEST, act_number="969/01-07", act_date="2021-11-18"),
        ),
        ("СЗД, пр. № 1902 от 14.04.2022", CategoryIn(C.SZD, act_number="1902", act_date="2022-04-14")),
        ("высшая, № 252-д от 29.08.2022", CategoryIn(C.HIGHEST, act_number="252-д", act_date="2022-08-29")),
        ("приказ № 12 от 01.02.2023 первая", CategoryIn(C.FIRST, act_number="12", act_date="2023-02-01")),
        (
            "соответствует занимаемой должности, протокол № 3 от 12.09.2022",
            CategoryIn(C.SZD, act_number="3", act_date="2022-09-12"),
        ),
        (
            "присвоена первая кв. категория распоряжение Министерства образования от 12.05.2022 г. № 123-р",
            CategoryIn(C.FIRST, act_number="123-р", act_date="2022-05-12", issuer="Министерства образования"),
        ),
        (
            "Первая, приказ Департамента образования №123 от 5 мая 2021 г.",
            CategoryIn(C.FIRST, act_number="123", act_date="2021-05-05", issuer="Департамента образования"),
        ),
        ("высшая до 10.05.2027", CategoryIn(C.HIGHEST, valid_until="2027-05-10")),
        ("СЗД до 2027", CategoryIn(C.SZD, valid_until="2027")),
        ("Первая категория (учитель)    до 07.12.2026", CategoryIn(C.FIRST, "учитель", valid_until="2026-12-07")),
        ("Высшая категория (учитель)    бессрочно", CategoryIn(C.HIGHEST, "учитель", valid_until=OPEN_ENDED)),
        ("Первая (24.04.2024)", CategoryIn(C.FIRST, decision_date="2024-04-24")),
        ("С 2019 г. высшая", CategoryIn(C.HIGHEST, decision_date="2019")),
        ("ВКК, 12.2023", CategoryIn(C.HIGHEST, decision_date="2023-12")),
        ("Первая квалификационная категория (год аттестации - 2021)", CategoryIn(C.FIRST, decision_date="2021")),
        ("Высшая 28.04.2022г., пр.№ 455", CategoryIn(C.HIGHEST, decision_date="2022-04-28", act_number="455")),
        (
            "первая с 24.04.2024 по 24.04.2029",
            CategoryIn(C.FIRST, decision_date="2024-04-24", valid_until="2029-04-24"),
        ),
        ("высшая 23.12.2021 - 23.12.2026", CategoryIn(C.HIGHEST, decision_date="2021-12-23", valid_until="2026-12-23")),
        (
            "высшая кв.кат. по должности «учитель», 25.12.2020 г.",
            CategoryIn(C.HIGHEST, "учитель", decision_date="2020-12-25"),
        ),
    ],
)
def test_facts(cell: str, expected: CategoryIn) -> None:
    assert parse_category(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("высшая (учитель), первая (педагог-психолог)", [(C.HIGHEST, "учитель"), (C.FIRST, "педагог-психолог")]),
        ("Учитель - высшая; педагог-психолог - первая", [(C.HIGHEST, "Учитель"), (C.FIRST, "педагог-психолог")]),
        ("1 категория учитель, высшая - методист", [(C.FIRST, "учитель"), (C.HIGHEST, "методист")]),
        ("Категория Высшая, Педагог-исследователь", [(C.HIGHEST, ""), (C.KZ_RESEARCHER, "")]),
        ("высшая, педагог-наставник", [(C.HIGHEST, ""), (C.MENTOR, "")]),
        ("I (первая)", [(C.FIRST, "")]),
    ],
)
def test_several(cell: str, expected: list[tuple[C, str]]) -> None:
    assert [(item.category, item.post) for item in parse_categories(cell)] == expected


def test_each_of_several_has_its_own_act() -> None:
    first, second = parse_categories("первая, приказ №12 от 01.02.2023 г.; высшая, приказ №13 от 05.02.2024 г.")
    assert (first.act_number, first.act_date) == ("12", "2023-02-01")
    assert (second.act_number, second.act_date) == ("13", "2024-02-05")


def test_post_of_the_row_is_used_when_the_cell_names_none() -> None:
    assert parse_category("первая", post="воспитатель") == CategoryIn(C.FIRST, "воспитатель")
    assert parse_category("") is None


def test_a_lost_sign_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="высшая или первая"):
        parse_category("вкв. категория")


@pytest.mark.parametrize("cell", ["2025", "12.05.2022", "Иванова", "высшая до 31.02.2027"])
def test_not_understood(cell: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)катег|дат"):
        parse_category(cell)


@pytest.mark.parametrize(
    ("text", "post", "category"),
    [
        ("Преподаватель, высшая квалификационная категория", "Преподаватель", C.HIGHEST),
        ("Преподаватель высшая квалификационная категория", "Преподаватель", C.HIGHEST),
        ("Учитель, первая квалификационая категория", "Учитель", C.FIRST),
        ("Учитель, соответствие занимаемой должности", "Учитель", C.SZD),
        ("учитель физики первой категории", "учитель физики", C.FIRST),
        ("Учитель (высшая)", "Учитель", C.HIGHEST),
        ("Преподаватель, 1 кв. кат.", "Преподаватель", C.FIRST),
        ("Учитель, педагог-методист", "Учитель", C.METHODIST),
        ("Воспитатель б/к", "Воспитатель", C.NONE),
        ("зам. директора по УВР, соответствие", "зам. директора по УВР", C.SZD),
        ("методист", "методист", None),
        ("мастер производственного обучения", "мастер производственного обучения", None),
        ("учитель, русский язык и литература", "учитель, русский язык и литература", None),
        ("учитель 1 класса", "учитель 1 класса", None),
    ],
)
def test_category_inside_a_post(text: str, post: str, category: C | None) -> None:
    rest, found = strip_category(text)
    assert (rest, found.category if found else None) == (post, category)
