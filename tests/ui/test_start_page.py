"""The tab «Сегодня» on a real database: counts that lead to their tabs, the next days, what is left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.usecases.copy_facts import LastCopy
from imc_desktop.usecases.office_making import create_office
from imc_desktop.usecases.today import RuleTerms, Terms
from tests.usecases.people_maker import put_case, put_category, put_course, put_person, put_school
from ui.context import Context
from ui.main_window import MainWindow
from ui.registry import PAGES
from ui.start.page import StartPage
from ui.start.state import attestation_lines, course_sections, day_title, open_lines, plan_lines

ONLY = tuple(spec for spec in PAGES if spec.key in ("start", "courses", "attestation"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = create_office(tmp_path / "сегодня.imc", "bohan", {})
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store) -> MainWindow:
    made = MainWindow(ctx, (), ONLY)
    qtbot.addWidget(made)
    ctx.attach(store)
    made.resize(QSize(1366, 768))
    made.show_pages("start")
    made.show()
    return made


def page_of(window: MainWindow) -> StartPage:
    page = window.page("start")
    assert isinstance(page, StartPage)
    return page


def put_people(store: Store) -> str:
    """One overdue by the law, one category that ends in six days, one case with a meeting tomorrow; the case's id."""
    school = put_school(store)
    vera = put_person(store, school, "Белкина Вера Павловна")
    put_course(store, vera, "2023-03-14")
    rita = put_person(store, school, "Ежова Рита Львовна")
    put_category(store, rita, "первая", "2021-11-26", "2026-11-26")
    return put_case(store, vera, "СЗД", month="2026-11", meeting_date="2026-11-21")


def test_an_empty_base_says_how_to_begin(window: MainWindow) -> None:
    page = page_of(window)
    assert page.stack.currentWidget() is page.empty


def test_counts_and_days_follow_the_data(window: MainWindow, store: Store, qtbot: QtBot) -> None:
    page = page_of(window)
    case = put_people(store)
    assert page.stack.currentIndex() == 0
    assert page.links["courses.ru.courses.overdue"].text() == "■ 1 — просрочено"
    events = [(event.day, event.what, event.who) for event in page.table.rows.shown_rows()]
    assert events[0] == ("2026-11-21", "Заседание аттестационной комиссии", "Белкина В. П.")
    assert events[-1] == ("2026-11-26", "Кончается срок категории или соответствия", "Ежова Р. Л.")
    page.table.choose(("2026-11-21", "attestation", case, events[0][1], events[0][2]))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.current_key == "attestation"
    window.open_page("start")
    page.links["courses.ru.courses.overdue"].click()
    assert window.current_key == "courses"


def test_words_without_a_window(today: date) -> None:
    assert day_title(today, today) == "Сегодня, пятница"
    assert day_title(date(2026, 11, 21), today) == "Завтра, суббота"
    assert day_title(date(2026, 11, 26), today) == "26 ноября, четверг"
    calm, busy = course_sections([RuleTerms("a", "Закон", Terms(0, 0, 0)), RuleTerms("b", "Устав", Terms(2, 3, 0))])
    assert (calm[0], calm[1][0].tone) == ("Курсы · Закон", "ok")
    assert [line.text for line in busy[1]] == ["■ 2 — просрочено", "▲ 3 — в этом учебном году"]
    assert course_sections([])[0][1][0].tab == "courses"
    assert [line.text for line in attestation_lines(Terms(0, 2, 0), 1)] == [
        "■ 1 дело не движется", "▲ 2 — в этом учебном году",
    ]  # fmt: skip
    assert attestation_lines(Terms(0, 0, 0), 0)[0].tone == "ok"
    assert [plan_lines(count)[0].tone for count in (None, 0, 3)] == ["secondary", "ok", "bad"]
    assert [line.key for line in open_lines(2, None, today)] == ["questions", "copy"]
    assert open_lines(0, LastCopy(date(2026, 11, 19), "E:"), today)[0].text == "✓ Проверенная копия: вчера"
    assert open_lines(0, LastCopy(date(2026, 11, 1), "E:"), today)[0].text == "▲ Проверенная копия: 19 дней назад"
