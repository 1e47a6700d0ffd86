"""The plan: reading, changing, marks, what stands on the way to printing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from db.schema.work import PlanOccurrence
from db.store import Store
from imc_desktop.domain.errors import Severity, UserError
from imc_desktop.domain.plan import ItemState, Mark, next_number, occurrence_state, paper_mark, stale_year
from imc_desktop.usecases import plan
from imc_desktop.usecases.plan_views import responsible_people
from tests.usecases.plan_maker import put_office, put_plan


def shown(store: Store, on: date) -> plan.PlanView:
    view = plan.plan_rows(store, 2026, on)
    assert view is not None
    return view


def titles(store: Store, on: date) -> list[str]:
    return [f"{item.number} {item.title}" for item in shown(store, on).items]


def test_items_come_with_terms_and_states(store: Store, today: date) -> None:
    put_plan(store)
    view = shown(store, today)
    assert [(item.state, item.mark, item.term_short) for item in view.items] == [
        (ItemState.OVERDUE, "не отмечено", "август 2026"),
        (ItemState.OVERDUE, "не отмечено: 1 из 4", "10 сен · 10 дек · 10 мар · 10 июн"),
        (ItemState.NO_DATE, "по мере надобности", "по запросу"),
        (ItemState.OVERDUE, "не отмечено", "12–16 окт"),
        (ItemState.RUNNING, "идёт", "весь год"),
    ]
    assert (view.done, view.overdue, view.approved) == (0, 3, False)


def test_json_of_the_annual_plan(store: Store) -> None:
    ids = put_plan(store)
    plan.mark_occurrence(store, ids["Заседание методического совета"], "2026-09-10", Mark.DONE)
    items = plan.plan_as_json(store, 2026)
    assert len(items) == 5
    council = items[1]
    assert council["id"] == ids["Заседание методического совета"]
    assert council["section"] == "1. Организационная работа"
    assert council["recurrence"] == "quarterly"
    assert council["spans"][0] == ["2026-09-10", "2026-09-10"]
    assert council["occurrences"][:2] == [
        {"date": "2026-09-10", "time": None, "mark": "done"},
        {"date": "2026-12-10", "time": None, "mark": None},
    ]
    assert items[3]["occurrences"] == [{"span": ["2026-10-12", "2026-10-16"], "time": None, "mark": None}]
    assert items[2]["spans"] == []
    assert items[2]["understood"] is not None


def test_json_of_cyclogram_and_month(store: Store) -> None:
    put_plan(store, (("Аттестация", "", "Приём заявлений", "2026-10", ""),), kind="cyclogram")
    put_plan(store, (("", "", "Семинар", "2026-10-06", "Вебер Е.С."),), kind="month", period="2026-10")
    event = plan.plan_as_json(store, 2026, "cyclogram")[0]
    assert (event["section"], event["spans"]) == ("Аттестация", [["2026-10-01", "2026-10-31"]])
    assert plan.plan_as_json(store, 2026, "2026-10")[0]["occurrences"][0]["date"] == "2026-10-06"
    assert plan.plan_as_json(store, 2026, "2026-11") == plan.plan_as_json(store, 2026) == []
    with pytest.raises(UserError, match="Период «октябрь» не понят"):
        plan.plan_as_json(store, 2026, "октябрь")


def test_every_deed_is_one_step_back(store: Store, today: date) -> None:
    ids = put_plan(store)
    before = titles(store, today)
    section = ids["1. Организационная работа"]
    deeds = [
        lambda: plan.add_item(store, ids["plan"], plan.ItemInput("Новое", "май", section_id=section)),
        lambda: plan.edit_item(
            store, ids["Консультации"], plan.ItemInput("Встречи", "май", section_id=section, number="1.3.")
        ),
        lambda: plan.copy_item(store, ids["Консультации"]),
        lambda: plan.delete_items(store, [ids["Консультации"], ids["Утверждение плана работы"]]),
        lambda: plan.move_item(store, ids["Консультации"], section_id=section, place=0),
    ]
    for deed in deeds:
        deed()
        assert titles(store, today) != before
        assert (store.undo_label or "").startswith("Изменение плана: ")
        store.undo()
        assert titles(store, today) == before


def test_a_new_item_continues_the_numbers_and_stands_where_asked(store: Store, today: date) -> None:
    ids = put_plan(store)
    section = ids["1. Организационная работа"]
    given = plan.ItemInput("Совещание руководителей", "до 15.09", section_id=section)
    plan.add_item(store, ids["plan"], given, after=ids["Утверждение плана работы"])
    assert titles(store, today)[1] == "1.4. Совещание руководителей"
    with pytest.raises(UserError, match="Напишите, что делается"):
        plan.add_item(store, ids["plan"], plan.ItemInput("  "))


def test_sections(store: Store, today: date) -> None:
    ids = put_plan(store)
    new = plan.add_section(store, ids["plan"], " 3.  Конкурсы ")
    plan.rename_section(store, new, "3. Конкурсы и олимпиады")
    assert [section.title for section in shown(store, today).sections][-1] == "3. Конкурсы и олимпиады"
    plan.delete_section(store, new)
    assert len(shown(store, today).sections) == 2
    with pytest.raises(UserError, match="есть мероприятия"):
        plan.delete_section(store, ids["2. Повышение квалификации"])


def test_marks_done_not_done_moved(store: Store, today: date) -> None:
    ids = put_plan(store)
    council, practice = ids["Заседание методического совета"], ids["Практикум по цифровым инструментам"]
    plan.mark_occurrence(store, council, "2026-09-10", Mark.DONE)
    plan.mark_occurrence(store, practice, "2026-10-12", Mark.MOVED, moved_to="27.11.2026")
    plan.mark_occurrence(store, ids["Утверждение плана работы"], "2026-08-01", Mark.NOT_DONE, note="нет кворума")
    words = {item.title: (item.mark, item.paper_mark) for item in shown(store, today).items}
    assert words["Заседание методического совета"] == ("1 из 4, ждёт 10.12.2026", "исполнено 1 из 4")
    assert words["Практикум по цифровым инструментам"] == ("перенесено на 27.11.2026", "перенесено на 27.11.2026")
    assert words["Утверждение плана работы"][0] == "не исполнено: нет кворума"
    late = shown(store, date(2026, 11, 28))
    assert late.item(practice).state is ItemState.OVERDUE  # type: ignore[union-attr]
    plan.mark_occurrence(store, council, "2026-09-10", Mark.NONE)
    assert shown(store, today).item(council).mark == "не отмечено: 1 из 4"  # type: ignore[union-attr]
    with pytest.raises(UserError, match="На какой день"):
        plan.mark_occurrence(store, practice, "2026-10-12", Mark.MOVED)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 10, 11), ItemState.AHEAD),
        (date(2026, 10, 12), ItemState.RUNNING),
        (date(2026, 10, 16), ItemState.RUNNING),
        (date(2026, 10, 17), ItemState.OVERDUE),
    ],
)
def test_the_last_day_is_not_late(store: Store, on: date, state: ItemState) -> None:
    ids = put_plan(store)
    item = shown(store, on).item(ids["Практикум по цифровым инструментам"])
    assert item is not None
    assert item.state is state
    assert occurrence_state(item.occurrences[0], on) is state


def test_marks_go_with_their_item_and_come_back_with_it(store: Store, today: date) -> None:
    ids = put_plan(store)
    practice = ids["Практикум по цифровым инструментам"]
    plan.mark_occurrence(store, practice, "2026-10-12", Mark.DONE)
    plan.delete_items(store, [practice])
    with store.read() as session:
        assert session.scalar(select(func.count()).where(PlanOccurrence.deleted_at.is_(None))) == 0
    store.undo()
    assert shown(store, today).item(practice).state is ItemState.DONE  # type: ignore[union-attr]


def test_a_mark_survives_another_wording_of_the_term(store: Store, today: date) -> None:
    ids = put_plan(store)
    practice = ids["Практикум по цифровым инструментам"]
    plan.mark_occurrence(store, practice, "2026-10-12", Mark.DONE)
    given = plan.ItemInput("Практикум", "октябрь", section_id=ids["2. Повышение квалификации"])
    plan.edit_item(store, practice, given)
    assert shown(store, today).item(practice).state is ItemState.DONE  # type: ignore[union-attr]


def test_a_new_plan_has_the_directions_of_the_regulation(store: Store, today: date) -> None:
    put_office(store)
    plan.new_plan(store, 2026)
    sections = shown(store, today).sections
    assert sections[0].title == "1. Определение направлений и содержания работы"
    assert len(sections) == 8
    with pytest.raises(UserError, match="уже есть"):
        plan.new_plan(store, 2026)


def test_last_years_plan_is_taken_over_without_marks(store: Store, today: date) -> None:
    ids = put_plan(store, year=2025)
    plan.mark_occurrence(store, ids["Практикум по цифровым инструментам"], "2025-10-13", Mark.DONE)
    plan.plan_from_last_year(store, 2026)
    view = shown(store, today)
    assert [section.title for section in view.sections] == ["1. Организационная работа", "2. Повышение квалификации"]
    assert len(view.items) == 5
    assert view.done == 0
    assert [(year.year, year.annual) for year in plan.plan_years(store)] == [(2026, True), (2025, True)]
    with pytest.raises(UserError, match="переносить нечего"):
        plan.plan_from_last_year(store, 2030)


def test_findings_before_printing(store: Store, today: date) -> None:
    ids = put_plan(
        store,
        (
            ("1", "1.1.", "Конкурс «Учитель года 2025»", "январь", "Вебер Е.С."),
            ("1", "1.2.", "Анализ работы за 2025/2026 учебный год", "август", "Вебер Е.С."),
            ("1", "1.3.", "Без срока", "", "Вебер Е.С."),
            ("1", "1.4.", "Без хозяина", "май", ""),
            ("1", "1.5.", "Непонятное", "когда рак свистнет", "Вебер Е.С."),
            ("1", "1.6.", "Давнее", "15.03.2024", "Вебер Е.С."),
            ("1", "1.7.", "Знак 𒀀", "май", "Вебер Е.С."),
        ),
    )
    found = {
        (problem.where, problem.text.split(": ", 1)[1])
        for problem in plan.readiness(store, ids["plan"], today)
        if ": " in problem.text
    }
    assert found == {
        (ids["Конкурс «Учитель года 2025»"], "в названии остался 2025 год."),
        (ids["Без срока"], "нет срока."),
        (ids["Без хозяина"], "нет ответственного."),
        (ids["Непонятное"], "срок «когда рак свистнет» не понят."),
        (ids["Давнее"], "срок «15.03.2024» вне 2026/2027 учебного года."),
        (ids["Знак 𒀀"], "не печатается знак 𒀀. Замените его."),
        ("approval", "печатается без грифа."),
    }


def test_an_empty_plan_is_not_ready(store: Store, today: date) -> None:
    put_office(store)
    plan_id = plan.new_plan(store, 2026)
    problems = plan.readiness(store, plan_id, today)
    assert [(problem.where, problem.severity) for problem in problems] == [("plan", Severity.ERROR)]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", Mark.NONE),
        ("-", Mark.NONE),
        ("выполнено", Mark.DONE),
        ("+", Mark.DONE),
        ("не выполнено", Mark.NOT_DONE),
        ("Перенесено на май", Mark.MOVED),
    ],
)
def test_marks_written_on_paper(text: str, mark: Mark) -> None:
    assert paper_mark(text) is mark


@pytest.mark.parametrize(
    ("numbers", "expected"), [(["1.8.", "1.9."], "1.10."), (["3"], "4"), ([], ""), (["а"], ""), (["2.1", ""], "2.2")]
)
def test_next_numbers(numbers: list[str], expected: str) -> None:
    assert next_number(numbers) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Олимпиада 2025-2026 учебного года", "2025/2026"),
        ("Конкурс 2025 года", "2025"),
        ("Итоги 2025/2026 учебного года", ""),
        ("Программа на 2024–2030 годы", ""),
        ("Конкурс 2027 года", ""),
    ],
)
def test_years_left_in_titles(title: str, expected: str) -> None:
    assert stale_year(title, 2026) == expected


def test_people_who_answer() -> None:
    assert responsible_people("Ясинская Л.Г., Вебер Е.С.") == ("Ясинская Л. Г.", "Вебер Е. С.")
    assert responsible_people("Ясинская Л.Г.\nруководители РМО") == ("Ясинская Л. Г.", "Руководители РМО")
    assert responsible_people("") == ("Не назначен",)
