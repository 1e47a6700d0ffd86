"""Rosters of methodical associations: the sample member by member, titles and heads in many places."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import CategoryName, ExperienceKind, TableKind
from imc_desktop.domain.papers import GroupRecord, MemberRecord, TableRead
from imc_desktop.exchange.grid import Span
from tests.exchange.work_papers import JOURNALS, Row, read, read_one, sheet, table_of, truth, yo

HEAD: Row = ["№", "ФИО", "ОО", "Категория", "Стаж"]
ANNA: Row = [1, "Иванова Анна Петровна", "СОШ № 1", "первая", "12 лет"]
OLGA: Row = [2, "Петрова Ольга Ильинична", "СОШ № 2", "б/к", 3]


def groups(table: TableRead) -> list[tuple[str, str, list[str], list[str]]]:
    """Title, head, surnames of members, surnames of members marked as heads."""
    assert table.kind is TableKind.GROUP_ROSTER
    members = [one for one in table.records if isinstance(one, MemberRecord)]
    return [
        (
            group.title,
            str(group.head or ""),
            [one.person.name.surname for one in members if one.group == group.title],
            [one.person.name.surname for one in members if one.group == group.title and one.head],
        )
        for group in table.records
        if isinstance(group, GroupRecord)
    ]


def test_sample_groups() -> None:
    table, known = table_of(JOURNALS, TableKind.GROUP_ROSTER), truth(JOURNALS)
    found = {title.removeprefix("РМО учителей "): (len(members), head) for title, head, members, _ in groups(table)}
    assert found == {name: (one["members"], one["head"]) for name, one in known["rmo"].items()}
    assert table.rows == known["counts"]["roster_rows"]
    assert not table.rejected
    assert all(len(heads) == 1 and head.startswith(heads[0]) for _, head, _, heads in groups(table))


def test_sample_rows_field_by_field() -> None:
    found = {
        one.row: one for one in table_of(JOURNALS, TableKind.GROUP_ROSTER).records if isinstance(one, MemberRecord)
    }
    for row in truth(JOURNALS)["rows"]:
        member, expected = found[row["row"]], row["expected"]
        person = member.person
        assert (yo(person.name.surname), yo(person.name.name), yo(person.name.patronymic)) == tuple(
            yo(expected[key]) for key in ("surname", "name", "patronymic")
        )
        (experience,), (category,) = person.experience, person.categories
        assert (experience.kind, experience.years, experience.months) == (
            ExperienceKind.PEDAGOGICAL,
            expected["experience_ped"]["years"],
            expected["experience_ped"]["months"],
        )
        assert (category.category.lower(), member.head) == (expected["category"], expected["head"])
        assert member.group.endswith(row["rmo"])
        assert person.organisation


def test_experience_that_slipped_into_the_category() -> None:
    table = read_one(
        [
            ["РМО учителей химии"],
            HEAD,
            [1, "Иванова Анна Петровна", "СОШ № 1", "б\\к11 лет", None],
            [2, "Петрова Ольга Ильинична", "СОШ № 2", "первая 7 лет", None],
        ]
    )
    members = [one.person for one in table.records if isinstance(one, MemberRecord)]
    assert [(one.categories[0].category, one.experience[0].years) for one in members] == [
        (CategoryName.NONE, 11),
        (CategoryName.FIRST, 7),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [["РМО учителей химии\nРуководитель: Иванова Анна Петровна"]],
        [["РМО учителей химии"], ["Руководитель: Иванова Анна Петровна"]],
        [["РМО учителей химии", None, None, "Руководитель РМО – Иванова А.П."]],
        [["1. РМО учителей химии (руководитель: Иванова А.П., СОШ № 1)"]],
        [["Состав РМО учителей химии"], ["Руководитель:\nИванова\nАнна Петровна"]],
        [
            ["Районное методическое объединение учителей химии"],
            ["Руководитель: Иванова Анна Петровна, учитель МБОУ СОШ № 1"],
        ],
    ],
)
def test_title_and_head_above_the_table(lines: list[Row]) -> None:
    ((title, head, members, heads),) = groups(
        read_one([["Методические объединения на 2026-2027 учебный год"], [], *lines, HEAD, ANNA, OLGA])
    )
    assert title.endswith("учителей химии")
    assert head.startswith("Иванова А")
    assert (members, heads) == (["Иванова", "Петрова"], ["Иванова"])


@pytest.mark.parametrize("repeated", [True, False])
def test_several_groups_with_and_without_a_header_of_their_own(repeated: bool) -> None:
    second: list[Row] = [[], ["РМО учителей физики\nРуководитель: Петрова О.И."], *([HEAD] if repeated else []), OLGA]
    assert groups(read_one([["РМО учителей химии\nРуководитель: Иванова А.П."], HEAD, ANNA, *second])) == [
        ("РМО учителей химии", "Иванова А П", ["Иванова"], ["Иванова"]),
        ("РМО учителей физики", "Петрова О И", ["Петрова"], ["Петрова"]),
    ]


def test_group_in_a_column_and_the_head_in_a_note() -> None:
    rows: list[Row] = [["Список руководителей и членов РМО"], ["РМО", "Ф.И.О. учителя", "Школа", "Роль"]]
    rows += [
        ["химии", "Иванова Анна Петровна", "СОШ № 1", "руководитель"],
        [None, "Ильин Пётр Олегович", "СОШ № 3", None],
        ["физики", "Петрова Ольга Ильинична", "СОШ № 2", None],
    ]
    assert groups(read_one(rows, merged=(Span(2, 0, 3, 0),))) == [
        ("химии", "Иванова Анна Петровна", ["Иванова", "Ильин"], ["Иванова"]),
        ("физики", "", ["Петрова"], []),
    ]


def test_group_on_the_tab_and_a_sheet_for_each() -> None:
    tables = read(
        sheet([HEAD, ANNA], "РМО химии"), sheet([["Руководитель: Петрова О.И."], HEAD, OLGA], "РМО физики")
    ).tables
    assert [groups(one) for one in tables] == [
        [("РМО химии", "", ["Иванова"], [])],
        [("РМО физики", "Петрова О И", ["Петрова"], ["Петрова"])],
    ]


def test_columns_moved_split_names_kazakh() -> None:
    rows: list[Row] = [
        ["Химия пәні мұғалімдерінің әдістемелік бірлестігі"],
        ["Біліктілік санаты", "Мектеп", "Тегі", "Аты", "Әкесінің аты", "Педагогикалық өтілі"],
    ]
    table = read_one([*rows, ["педагог-эксперт", "КГУ «Школа № 5»", "Ахметова", "Айгуль", "Сериковна", 7]])
    (member,) = [one for one in table.records if isinstance(one, MemberRecord)]
    assert str(member.person.name) == "Ахметова Айгуль Сериковна"
    assert (member.person.categories[0].category, member.person.organisation) == (
        CategoryName.KZ_EXPERT,
        "КГУ «Школа № 5»",
    )
    assert member.person.experience[0].years == 7


def test_vacancy_foot_and_unreadable_name() -> None:
    rows: list[Row] = [
        ["РМО учителей химии"],
        HEAD,
        ANNA,
        [2, "Вакансия", "СОШ № 5", None, None],
        [3, "см. приложение 5", "СОШ № 5", None, 1],
        ["Итого", 3],
    ]
    table = read_one([*rows, ["Методист ИМЦ", None, None, None, "А.А. Сидорова"]])
    assert [one[2] for one in groups(table)] == [["Иванова"]]
    assert [one.cell for one in table.rejected] == ["B5"]
    assert table.ignored >= 3


def test_a_staff_register_is_no_roster() -> None:
    rows: list[Row] = [
        ["Педагоги МБОУ «СОШ № 1»"],
        ["№", "ФИО", "Дата рождения", "Должность", "Образование", "Категория", "Стаж"],
    ]
    rows += [
        [1, "Иванова Анна Петровна", "05.10.1980", "учитель химии", "высшее", "первая", "12 лет"],
        [2, "Ильин Пётр Олегович", "06.11.1985", "учитель", "высшее", "б/к", 3],
    ]
    assert read_one(rows).kind is TableKind.STAFF_REGISTER


def test_facts_of_a_register_ride_along() -> None:
    rows: list[Row] = [
        ["РМО учителей химии"],
        ["Руководитель: Петрова О.И."],
        ["№", "ФИО", "Дата рождения", "Категория", "Телефон", "Классы"],
    ]
    table = read_one(
        [
            *rows,
            [1, "Иванова Анна Петровна", "05.10.1980", "первая", "8 (000) 123-45-67", "5-9"],
            [2, "Петрова Ольга Ильинична", "31.02.1981", "б/к", None, "7"],
        ]
    )
    first, second = [one.person for one in table.records if isinstance(one, MemberRecord)]
    assert (first.birth, first.categories[0].category, first.phone) == (
        "1980-10-05",
        CategoryName.FIRST,
        "+70001234567",
    )
    assert second.birth == ""
    assert [one.cell for one in table.rejected] == ["C5"]
