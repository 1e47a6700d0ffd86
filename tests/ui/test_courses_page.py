"""The tab «Курсы» on a real database: counters, rules, reasons; edit in one view → the others change → Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.usecases.course_edit import CoursePlanInput, add_course_plan
from imc_desktop.usecases.courses import course_plans, due_courses_list, most_urgent
from imc_desktop.usecases.office_making import create_office
from tests.usecases.people_maker import put_course, put_person, put_school
from ui.context import Context
from ui.courses.dialogs import CoursePlanDialog, TrainingDialog
from ui.courses.page import CoursesPage
from ui.courses.state import busiest, done_words, tiles
from ui.main_window import MainWindow
from ui.preview.window import PreviewWindow
from ui.registry import PAGES

ONLY = tuple(spec for spec in PAGES if spec.key in ("courses", "attestation"))
LAW, OWN = "ru.courses", "bohan.courses"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "курсы.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / template.name
    path.write_bytes(template.read_bytes())
    opened = Store(path, author="проверка")
    yield opened
    opened.close()


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    """Overdue, this year, calm, and one without courses."""
    school = put_school(store)
    names = ("Белкина Вера Павловна", "Грачёва Анна Ильинична", "Дроздова Нина Олеговна", "Ежова Рита Львовна")
    ids = [put_person(store, school, name) for name in names]
    for person, finished in zip(ids, ("2023-03-14", "2024-03-14", "2026-03-14"), strict=False):
        put_course(store, person, finished)
    return {name.split()[0]: key for name, key in zip(names, ids, strict=True)}


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store) -> MainWindow:
    made = MainWindow(ctx, (), ONLY)
    qtbot.addWidget(made)
    ctx.attach(store)
    made.resize(QSize(1366, 768))
    made.show_pages("courses")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.keyClick(made, Qt.Key.Key_Escape)  # lets go of a Ctrl that a former test has pressed last
    return made


def page_of(window: MainWindow) -> CoursesPage:
    page = window.page("courses")
    assert isinstance(page, CoursesPage)
    return page


def shown(page: CoursesPage) -> list[tuple[str, str]]:
    return [(row.short, row.due) for row in page.due.table.rows.shown_rows()]


def counts(page: CoursesPage) -> list[str]:
    return [button.count.text() for button in page.due.tiles.buttons]


def card_text(page: CoursesPage) -> str:
    return " ".join(label.text() for label in page.due.card.findChildren(QLabel))


def filled(box: type[Any], values: dict[str, Any]) -> Callable[..., str]:
    """A stand-in for ``ask``: the real box, filled and accepted without being opened."""

    def ask(parent: Any, ctx: Context, *given: Any) -> str:
        made = box(ctx, *given, parent=parent)
        made.form.set_values(values)
        made.accept()
        assert made.result(), made.message.text()
        return str(made.result_value)

    return ask


def test_without_people_the_page_says_what_it_is_for(window: MainWindow) -> None:
    page = page_of(window)
    assert page.stack.currentWidget() is page.empty
    page.views.button("plan").click()
    assert page.stack.currentWidget() is page.plan


def test_who_is_called_comes_first_with_reasons(window: MainWindow, people: dict[str, str]) -> None:
    page = page_of(window)
    assert page.due.rule == LAW
    assert counts(page) == ["1", "1", "0", "1", "1"]
    assert shown(page) == [("Белкина В. П.", "2026-03-14"), ("Грачёва А. И.", "2027-03-14")]
    assert page.due.table.current().person_id == people["Белкина"]
    text = card_text(page)
    assert "окончен 14.03.2023" in text
    assert "ст. 47 ч. 5 п. 2" in text


def test_a_tile_narrows_and_lets_go(window: MainWindow, people: dict[str, str]) -> None:
    page = page_of(window)
    overdue, _, _, blank, calm = page.due.tiles.buttons
    blank.click()
    assert shown(page) == [("Ежова Р. Л.", "")]
    calm.click()
    assert shown(page) == [("Дроздова Н. О.", "2029-03-14")]
    assert not blank.isChecked()
    calm.click()
    assert len(shown(page)) == 2
    overdue.click()
    assert shown(page) == [("Белкина В. П.", "2026-03-14")]


def test_another_rule_is_another_clock(window: MainWindow, people: dict[str, str]) -> None:
    page = page_of(window)
    chips = {button.property("rule"): button for button in page.due._rules.buttons()}
    assert list(chips) == [OWN, LAW, ""]
    chips[OWN].click()
    assert counts(page) == ["0", "0", "0", "4", "0"]
    chips[""].click()
    assert counts(page) == ["1", "1", "0", "2", "0"]
    chips[LAW].click()
    assert counts(page) == ["1", "1", "0", "1", "1"]


def test_why_unfolds_and_folds(window: MainWindow, people: dict[str, str]) -> None:
    page = page_of(window)
    assert "п. 3.2.2 (без даты)" not in card_text(page)
    page.due._explain(OWN)
    assert "п. 3.2.2 (без даты)" in card_text(page)
    page.due._explain(OWN)
    assert "п. 3.2.2 (без даты)" not in card_text(page)


def test_a_course_entered_here_changes_every_view_until_ctrl_z(
    window: MainWindow, people: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    before = shown(page), counts(page)
    monkeypatch.setattr(
        TrainingDialog, "ask", filled(TrainingDialog, {"title": "Урок", "hours": 36, "ends": "2026-10-01"})
    )
    page.due.table.choose((people["Белкина"], LAW))
    qtbot.keyClick(page.due.table, Qt.Key.Key_Insert)
    assert shown(page) == [("Грачёва А. И.", "2027-03-14")]
    assert counts(page) == ["0", "1", "0", "1", "2"]
    page.views.button("done").click()
    assert page.done.table.rows.total == 4
    assert page.done.table.rows.shown_rows()[0].title == "Урок"
    qtbot.keyClick(page.done.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.done.table.rows.total == 3
    page.views.button("due").click()
    assert (shown(page), counts(page)) == before


def test_a_change_elsewhere_is_seen_when_the_tab_is_shown_again(
    window: MainWindow, people: dict[str, str], store: Store
) -> None:
    page = page_of(window)
    window.open_page("attestation")
    put_course(store, people["Ежова"], "2026-05-01")
    window.open_page("courses")
    assert counts(page) == ["1", "1", "0", "0", "2"]


def test_a_course_is_edited_and_deleted_from_the_list(
    window: MainWindow, people: dict[str, str], store: Store, today: date, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    page.views.button("done").click()
    row = page.done.table.rows.shown_rows()[-1]
    assert row.short == "Белкина В. П."
    monkeypatch.setattr(TrainingDialog, "ask", filled(TrainingDialog, {"ends": "2025-03-14"}))
    page.done.table.choose(row.id)
    qtbot.keyClick(page.done.table, Qt.Key.Key_F2)
    assert {one.person_id: one.due for one in due_courses_list(store, today, LAW)}[people["Белкина"]] == "2028-03-14"
    qtbot.keyClick(page.done.table, Qt.Key.Key_Delete)
    assert page.done.table.rows.total == 2
    message = window.strip.message
    assert message is not None
    assert message.text == "Удалено: 1 курс."
    message.actions[0].run()
    assert page.done.table.rows.total == 3
    assert page.open_record("training", row.id)
    assert not page.open_record("person", "x")


def test_the_perspective_plan(
    window: MainWindow, people: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    monkeypatch.setattr(CoursePlanDialog, "ask", filled(CoursePlanDialog, {"theme": "Смешанное обучение"}))
    page.due.table.choose((people["Грачёва"], LAW))
    page.due._plan_button.click()
    page.views.button("plan").click()
    (row,) = page.plan.table.rows.shown_rows()
    assert (row.short, row.planned_year, row.theme) == ("Грачёва А. И.", "2027", "Смешанное обучение")
    monkeypatch.setattr(CoursePlanDialog, "ask", filled(CoursePlanDialog, {"planned_year": "2028"}))
    page.plan.table.choose(row.id)
    qtbot.keyClick(page.plan.table, Qt.Key.Key_F2)
    assert page.plan.table.rows.shown_rows()[0].planned_year == "2028"
    qtbot.keyClick(page.plan.table, Qt.Key.Key_Delete)
    assert page.plan.table.rows.total == 0
    qtbot.keyClick(page.plan.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.plan.table.rows.total == 1


def test_the_box_asks_for_somebody_and_warns_once(window: MainWindow, people: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    box = TrainingDialog(page.ctx)
    qtbot.addWidget(box)
    box.form.set_values({"person": "Кто-то", "title": "Урок", "hours": 8, "ends": "2026-10-01"})
    box.accept()
    assert box.form.editors["person"].property("problem")
    who = box.form.editors["person"]
    assert isinstance(who, QLineEdit)
    who.setText("Ежова Рита Львовна · Озёрная СОШ")
    box.accept()
    assert box.verb.text() == "Всё равно добавить"
    assert not box.result()
    box.accept()
    assert box.result()
    assert counts(page) == ["1", "1", "0", "0", "2"]


def test_the_rule_chosen_is_remembered(window: MainWindow, people: dict[str, str]) -> None:
    page = page_of(window)
    chips = {button.property("rule"): button for button in page.due._rules.buttons()}
    chips[OWN].click()
    other = CoursesPage(page.ctx)
    other.due.refresh()
    assert other.due.rule == OWN
    other.deleteLater()


def test_words_without_a_window(store: Store, people: dict[str, str], today: date) -> None:
    rows = due_courses_list(store, today)
    assert len(rows) == 8
    assert {row.person_id: row.rule_id for row in most_urgent(rows)}[people["Белкина"]] == LAW
    assert busiest({LAW: dict.fromkeys(DueStatus, 1), OWN: dict.fromkeys(DueStatus, 0)}) == LAW
    assert busiest({}) == ""
    assert [tile.note for tile in tiles(rows, today)][3] == "в 1 организации"
    assert add_course_plan(store, CoursePlanInput(people["Ежова"], "2025"))
    assert done_words(course_plans(store, today)[0], today) == "■ не пройдены"


def test_every_view_prints_itself(window: MainWindow, people: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    page.refresh()
    for key, kind in (("due", "due-list"), ("done", "training-list")):
        page.views.choose(key)
        page.show_view(key)
        page.preview()
        preview = page.window().findChildren(PreviewWindow)[-1]
        qtbot.waitUntil(lambda preview=preview: preview.paper is not None)
        shown = len(page.of_key[key].table.rows.layout_of_rows.passing_rows())
        assert (preview.paper.kind, preview.paper.records) == (kind, shown)  # type: ignore[union-attr]
        preview.close()
