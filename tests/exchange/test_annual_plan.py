"""Annual plans: the sample item by item, and the layouts offices really use."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import PlanRecord, TableRead
from imc_desktop.exchange.grid import Span
from tests.exchange.work_papers import PLAN, Row, read_one, table_of, truth

HEAD: Row = ["№ п/п", "Мероприятие", "Сроки", "Ответственные"]
TITLE: list[Row] = [["ПЛАН РАБОТЫ"], ["методического кабинета"], ["на 2026-2027 учебный год"], []]


def plan_of(table: TableRead) -> PlanRecord:
    assert table.kind is TableKind.ANNUAL_PLAN
    (plan,) = table.records
    assert isinstance(plan, PlanRecord)
    return plan


def read_plan(rows: list[Row], merged: tuple[Span, ...] = ()) -> PlanRecord:
    return plan_of(read_one(rows, merged=merged))


def outline(plan: PlanRecord) -> list[tuple[str, str, str, str]]:
    return [(one.section, one.subsection, one.number, one.title) for one in plan.items]


def test_sample_counts_title_and_approvals() -> None:
    plan, known = plan_of(table_of(PLAN, TableKind.ANNUAL_PLAN)), truth(PLAN)
    assert len(plan.items) == known["counts"]["items"]
    assert [len(list(items)) for _, items in groupby(plan.items, key=lambda one: one.section)] == known[
        "items_by_section"
    ]
    assert (
        len({(one.section, one.subsection) for one in plan.items if one.subsection}) == known["counts"]["subsections"]
    )
    assert plan.year == 2026
    assert (
        plan.title
        == "ПЛАН РАБОТЫ муниципального казённого учреждения «Информационно-методический центр» на 2026 – 2027 учебный год"
    )
    assert {one.side: list(one.lines) for one in plan.approvals} == known["approval"]


def test_sample_rows_field_by_field() -> None:
    items = {one.row: one for one in plan_of(table_of(PLAN, TableKind.ANNUAL_PLAN)).items}
    sections = list(dict.fromkeys(one.section for one in items.values()))
    for row in truth(PLAN)["rows"]:
        item, expected = items[row["row"]], row["expected"]
        assert (item.title, item.term, item.responsible, item.place or None, sections.index(item.section) + 1) == (
            expected["title"],
            expected["term_text"],
            expected["responsible_text"],
            expected["place"],
            row["section"],
        )


def test_the_executor_below_the_table_is_no_item() -> None:
    assert not any(
        "Исполнитель" in one.title or "Исполнитель" in one.section
        for one in plan_of(table_of(PLAN, TableKind.ANNUAL_PLAN)).items
    )


@pytest.mark.parametrize(
    "year",
    [
        "на 2026-2027 учебный год",
        "на 2026/2027 уч. г.",
        "2026 – 2027",
        "на 2026/27 учебный год",
        "2026 - 2027 оқу жылына арналған",
    ],
)
def test_school_year_of_the_title(year: str) -> None:
    assert read_plan([["ПЛАН РАБОТЫ " + year], [], HEAD, ["1", "Совещание", "май", "Методисты"]]).year == 2026


@pytest.mark.parametrize(
    ("sections", "depths"),
    [
        (["1. Организационная работа", "1.1. Совещания", "2. Аттестация"], "121"),
        (["I. Организационная работа", "1. Совещания", "II. Аттестация"], "121"),
        (["Раздел 1. Организационная работа", "1.1 Совещания", "Раздел 2. Аттестация"], "121"),
        (["Раздел I. Организационная работа", "Подраздел 1. Совещания", "Раздел II. Аттестация"], "121"),
        (["ОРГАНИЗАЦИОННАЯ РАБОТА", "Повышение квалификации", "АТТЕСТАЦИЯ"], "111"),
        (["Организационная работа", "Повышение квалификации", "Аттестация"], "111"),
        (["1. Организационная работа", "Совещания", "2. Аттестация"], "121"),
        (["1) Организационная работа", "2) Повышение квалификации", "3) Аттестация"], "111"),
        (["Направление 1. Организационная работа", "Направление 2. Курсы", "Направление 3. Аттестация"], "111"),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_sections_and_subsections(sections: list[str], depths: str, merged: bool) -> None:
    rows: list[Row] = [*TITLE, HEAD]
    spans: list[Span] = []
    for number, section in enumerate(sections, 1):
        spans.append(Span(len(rows), 0, len(rows), 3))
        rows.append([section])
        rows += [[f"{number}", f"Мероприятие {number}-{part}", "сентябрь", "Методисты"] for part in (1, 2)]
    plan = read_plan(rows, tuple(spans) if merged else ())
    assert len(plan.items) == 6
    found = [(one.section, one.subsection) for one in plan.items[::2]]
    expected, top = [], ""
    for section, depth in zip(sections, depths, strict=True):
        top = section if depth == "1" else top
        expected.append((top, section if depth == "2" else ""))
    assert found == expected


def test_two_titles_in_a_row_are_a_section_and_its_subsection() -> None:
    plan = read_plan([*TITLE, HEAD, ["Работа с кадрами"], ["Молодые педагоги"], ["1", "Круглый стол", "май", "РМО"]])
    assert [one[:2] for one in outline(plan)] == [("Работа с кадрами", "Молодые педагоги")]


def test_capitals_right_above_small_letters_are_two_levels() -> None:
    rows: list[Row] = [*TITLE, HEAD, ["РАБОТА С КАДРАМИ"], ["Молодые педагоги"], ["1", "Круглый стол", "май", "РМО"]]
    rows += [["Наставники"], ["2", "Семинар", "май", "РМО"], ["АТТЕСТАЦИЯ"], ["3", "Приём заявлений", "май", "РМО"]]
    assert [one[:2] for one in outline(read_plan(rows))] == [
        ("РАБОТА С КАДРАМИ", "Молодые педагоги"),
        ("РАБОТА С КАДРАМИ", "Наставники"),
        ("АТТЕСТАЦИЯ", ""),
    ]


def test_a_title_written_into_every_cell() -> None:
    rows: list[Row] = [*TITLE, HEAD, ["Аттестация"] * 4, ["1", "Приём заявлений", "май", "РМО"]]
    assert outline(read_plan(rows)) == [("Аттестация", "", "1", "Приём заявлений")]


def test_section_number_in_the_column_of_numbers() -> None:
    rows: list[Row] = [*TITLE, HEAD, ["1.", "Организационная работа"], ["1.1.", "Совещание", "август", "Директор"]]
    rows += [
        ["1.2.", "Отчёт", "май", "Директор"],
        ["2.", "Аттестация"],
        ["2.1.", "Приём заявлений", "ежемесячно", "Методист"],
    ]
    assert outline(read_plan(rows)) == [
        ("1. Организационная работа", "", "1.1.", "Совещание"),
        ("1. Организационная работа", "", "1.2.", "Отчёт"),
        ("2. Аттестация", "", "2.1.", "Приём заявлений"),
    ]


def test_an_item_with_nothing_but_a_title_goes_on_the_list() -> None:
    rows: list[Row] = [
        *TITLE,
        HEAD,
        ["1. Организационная работа"],
        ["1.1.", "Совещание", "август", "Директор"],
        ["1.2.", "Отчёт"],
    ]
    plan = read_plan([*rows, ["1.3.", "Анализ", "май", "Директор"]])
    assert [one.number for one in plan.items] == ["1.1.", "1.2.", "1.3."]
    assert {one.section for one in plan.items} == {"1. Организационная работа"}


def test_numbers_inside_titles_and_without_a_column() -> None:
    rows: list[Row] = [
        *TITLE,
        ["Содержание работы", "Срок исполнения", "Исполнители"],
        ["1.1. Совещание", "август", "Директор"],
    ]
    assert outline(read_plan([*rows, ["1.1.2 Отчёт", "май", "Директор"]])) == [
        ("", "", "1.1.", "Совещание"),
        ("", "", "1.1.2", "Отчёт"),
    ]


def test_columns_moved_and_headings_reworded() -> None:
    head: Row = [
        "Исполнители",
        "Срок выполнения",
        "Наименование мероприятия",
        "Отметка об исполнении",
        "Целевая аудитория",
        "№",
    ]
    plan = read_plan([*TITLE, head, ["Иванова А.А., методист", "до 15.09", "Сбор заявок", "выполнено", "завучи", 1]])
    (item,) = plan.items
    assert (item.responsible, item.term, item.title, item.mark, item.participants, item.number) == (
        "Иванова А.А., методист",
        "до 15.09",
        "Сбор заявок",
        "выполнено",
        "завучи",
        "1",
    )


def test_kazakh_headings() -> None:
    rows: list[Row] = [
        ["БЕКІТЕМІН"],
        ["Директор"],
        ["2026-2027 оқу жылына арналған жұмыс жоспары"],
        ["№", "Іс-шара", "Мерзімі", "Жауапты"],
    ]
    plan = read_plan([*rows, ["1", "Семинар", "қазан", "Әдіскер"]])
    assert (plan.items[0].title, plan.items[0].term, plan.items[0].responsible, plan.year) == (
        "Семинар",
        "қазан",
        "Әдіскер",
        2026,
    )
    assert plan.approvals[0].lines == ("БЕКІТЕМІН", "Директор")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            [["УТВЕРЖДАЮ", None, None, None], ["Директор ИМЦ"], ["____ М.П. Озёрская"]],
            [("left", ("УТВЕРЖДАЮ", "Директор ИМЦ", "____ М.П. Озёрская"))],
        ),
        (
            [[None, None, None, "УТВЕРЖДАЮ"], [None, None, None, "Директор ИМЦ"]],
            [("right", ("УТВЕРЖДАЮ", "Директор ИМЦ"))],
        ),
        (
            [[None, None, None, "Утверждаю:"], [None, None, "Директор ИМЦ", "М.П. Озёрская"], []],
            [("right", ("Утверждаю:", "Директор ИМЦ М.П. Озёрская"))],
        ),
        (
            [
                ["СОГЛАСОВАНО", None, "УТВЕРЖДАЮ"],
                ["Начальник отдела", None, "Директор"],
                ["«___»______2026 г.", None, "Приказ № 5 от 01.09.2026"],
            ],
            [
                ("left", ("СОГЛАСОВАНО", "Начальник отдела", "«___»______2026 г.")),
                ("right", ("УТВЕРЖДАЮ", "Директор", "Приказ № 5 от 01.09.2026")),
            ],
        ),
        (
            [["Рассмотрено", "Согласовано", None, "«Утверждаю»"], ["протокол № 1", "профсоюз", None, "директор"]],
            [
                ("left", ("Рассмотрено", "протокол № 1")),
                ("left", ("Согласовано", "профсоюз")),
                ("right", ("«Утверждаю»", "директор")),
            ],
        ),
        (
            [["Принято\nна совете\nпротокол № 3", None, None, "Утверждаю:\nДиректор"]],
            [("left", ("Принято", "на совете", "протокол № 3")), ("right", ("Утверждаю:", "Директор"))],
        ),
    ],
)
def test_approval_blocks(block: list[Row], expected: list[tuple[str, tuple[str, ...]]]) -> None:
    plan = read_plan(
        [*block, [], ["План работы на 2026-2027 учебный год"], [], HEAD, ["1", "Совещание", "май", "Методисты"]]
    )
    assert [(one.side, one.lines) for one in plan.approvals] == expected
    assert plan.title == "План работы на 2026-2027 учебный год"


def test_no_approval_block() -> None:
    assert (
        read_plan([["План работы на 2026-2027 учебный год"], HEAD, ["1", "Совещание", "май", "Методисты"]]).approvals
        == ()
    )


def test_repeated_header_numbering_row_and_signatures() -> None:
    body: list[Row] = [["1", "Совещание", "май", "Методисты"]]
    rows: list[Row] = [*TITLE, HEAD, [1, 2, 3, 4], *body, HEAD, [1, 2, 3, 4], ["2", "Отчёт", "июнь", "Методисты"], []]
    rows += [["Директор ИМЦ", None, None, "М.П. Озёрская"], ["Исп. Петрова А.А., 2-14-56"], ["ИТОГО", "2"]]
    assert [one.title for one in read_plan(rows).items] == ["Совещание", "Отчёт"]


def test_merged_term_and_continued_row() -> None:
    rows: list[Row] = [
        *TITLE,
        HEAD,
        ["1", "Совещание", "сентябрь", "Иванова А.А."],
        ["2", "Отчёт", None, "Петрова Б.Б."],
        [None, None, None, "Сидорова В.В."],
    ]
    plan = read_plan(rows, (Span(5, 2, 6, 2),))
    assert [(one.title, one.term, one.responsible) for one in plan.items] == [
        ("Совещание", "сентябрь", "Иванова А.А."),
        ("Отчёт", "сентябрь", "Петрова Б.Б.\nСидорова В.В."),
    ]


def test_number_that_a_spreadsheet_took_for_a_day() -> None:
    plan = read_plan([*TITLE, HEAD, [date(2026, 10, 1), "Совещание", "май", "Методисты"]])
    assert plan.items[0].number == "1.10"


def test_terms_in_columns_of_quarters() -> None:
    head: list[Row] = [
        ["№", "Мероприятие", "Сроки выполнения", None, None, None, "Ответственные"],
        [None, None, "I квартал", "II квартал", "III квартал", "IV квартал"],
    ]
    spans = (Span(4, 2, 4, 5), Span(4, 0, 5, 0), Span(4, 1, 5, 1), Span(4, 6, 5, 6))
    plan = read_plan(
        [*TITLE, *head, [1, "Совет", "+", None, "+", None, "А"], [2, "Отчёт", None, None, None, "до 20 декабря", "Б"]],
        spans,
    )
    assert [(one.term, one.responsible) for one in plan.items] == [
        ("I квартал, III квартал", "А"),
        ("до 20 декабря", "Б"),
    ]


def test_approval_beside_the_title_and_below_the_table() -> None:
    rows: list[Row] = [
        ["План работы", None, None, "УТВЕРЖДАЮ"],
        ["на 2026-2027 учебный год", None, None, "Директор"],
        [],
        HEAD,
    ]
    rows += [
        ["1", "Совет", "май", "А"],
        [],
        ["СОГЛАСОВАНО", None, None, "УТВЕРЖДАЮ"],
        ["Начальник", None, None, "Директор"],
    ]
    plan = read_plan(rows)
    assert [(one.side, one.lines) for one in plan.approvals] == [("right", ("УТВЕРЖДАЮ", "Директор"))]
    assert plan.title == "План работы на 2026-2027 учебный год"
    assert [(one.title, one.responsible) for one in plan.items] == [("Совет", "А")]
