"""The tab «Кадры» on a real database: filter, choose, edit → list and card follow → Ctrl+Z; boxes; the empty place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.usecases.history import history
from imc_desktop.usecases.office import office_rules_of
from imc_desktop.usecases.office_making import create_office
from imc_desktop.usecases.staff_edit import add_fact, add_person
from imc_desktop.usecases.staff_input import CategoryInput, JobInput, PersonInput, TrainingInput
from imc_desktop.usecases.staff_values import Standing
from tests.ui.conftest import type_text
from ui.context import Context, Message
from ui.main_window import MainWindow
from ui.preview.window import PreviewWindow
from ui.registry import PAGES, ActionSpec
from ui.staff.dialogs import FactDialog, PersonDialog
from ui.staff.page import StaffPage

STAFF = tuple(spec for spec in PAGES if spec.key in ("staff", "work"))
PEOPLE = (
    ("Абрамова Вера Ильинична", "МБОУ «СОШ № 5»", "учитель", "первая", "2024-02-01"),
    ("Иванова Мария Петровна", "МБОУ «СОШ № 5»", "педагог-психолог", "высшая", "2022-01-10"),
    ("Яшин Олег Львович", "МБДОУ «Детский сад № 1 «Теремок»»", "воспитатель", "", ""),
)
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = create_office(tmp_path / "кадры.imc", "bohan", {})
    yield opened
    opened.close()


@pytest.fixture
def people(store: Store, today: date) -> dict[str, str]:
    ids = {}
    for name, organisation, post, category, decided in PEOPLE:
        surname, first, patronymic = name.split()
        given = PersonInput(surname, first, patronymic, birth="1980-03-14")
        ids[surname] = add_person(store, given, today, JobInput(post=post, organisation=organisation))
        if category:
            add_fact(store, ids[surname], CategoryInput(category, post, decided), today)
    return ids


@pytest.fixture
def taken_in() -> list[str]:
    """Which of the window's actions the page has asked for."""
    return []


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store, taken_in: list[str]) -> MainWindow:
    actions = [
        ActionSpec(key, "Файл", key, "file-import", lambda key=key: taken_in.append(key))
        for key in ("import", "questions")
    ]
    made = MainWindow(ctx, actions, STAFF)
    qtbot.addWidget(made)
    ctx.attach(store)
    ctx.rules = office_rules_of(store)
    made.resize(QSize(1366, 768))
    made.show_pages("staff")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def page_of(window: MainWindow) -> StaffPage:
    page = window.page("staff")
    assert isinstance(page, StaffPage)
    return page


def shown(page: StaffPage) -> list[str]:
    return [row.surname for row in page.table.rows.shown_rows()]


def box(page: StaffPage, kind: type[D]) -> D:
    return next(dialog for dialog in page.findChildren(kind) if dialog.isVisible())


def card_text(page: StaffPage) -> str:
    return " ".join(label.text() for label in page.card.findChildren(QLabel))


def test_an_empty_office_offers_the_next_steps(window: MainWindow, taken_in: list[str]) -> None:
    page = page_of(window)
    assert page.views.currentWidget() is page.nobody
    page.nobody.buttons[0].click()
    assert taken_in == ["import"]
    page.nobody.buttons[1].click()
    assert box(page, PersonDialog).windowTitle() == "Новая карточка"


def test_the_first_row_is_in_the_card(people: dict[str, str], window: MainWindow) -> None:
    page = page_of(window)
    assert shown(page) == ["Абрамова", "Иванова", "Яшин"]
    assert page.card.person is not None
    assert page.card.person.id == people["Абрамова"]
    assert "СОШ № 5" in page.card.subtitle.text()
    assert page.filter.counter.text() == "показано 3 из 3 · выделено 1"


def test_typing_narrows_and_esc_shows_all(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    window.actions_by_key["filter"].trigger()
    type_text(page.filter.search, "теремок")
    assert shown(page) == ["Яшин"]
    type_text(page.filter.search, "э")
    assert page.views.currentWidget() is page.no_hits
    qtbot.keyClick(page.filter.search, Qt.Key.Key_Escape)
    assert len(shown(page)) == 3


def test_chips_offer_what_the_list_holds(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    chips = page.chips
    qtbot.waitUntil(lambda: len(chips.post.menu_of_values().actions()) == 4)
    assert [action.text() for action in chips.organisation.menu_of_values().actions()] == [
        "все",
        "д/с № 1 «Теремок» · 1",
        "СОШ № 5 · 2",
    ]
    chips.standing.choose(Standing.EXPIRING)
    assert shown(page) == ["Иванова"]
    chips.standing.choose(None)
    chips.category.choose("")
    assert shown(page) == ["Яшин"]
    page.filter.clear()
    assert len(shown(page)) == 3


def test_edit_changes_list_and_card_and_ctrl_z_takes_it_back(
    people: dict[str, str], window: MainWindow, qtbot: QtBot, store: Store
) -> None:
    page = page_of(window)
    page.table.choose(people["Иванова"])
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = box(page, PersonDialog)
    assert not dialog.form.editors["keep_former"].isVisible()
    dialog.form.set_values({"surname": "Юрьева", "phone": "8 924 111-22-33"})
    assert dialog.form.editors["keep_former"].isVisible()
    dialog.verb.click()
    assert shown(page) == ["Абрамова", "Юрьева", "Яшин"]
    assert page.card.title.text() == "Юрьева Мария Петровна"
    assert "+7 924 111-22-33" in card_text(page)
    assert store.undo_label == "Изменение: Иванова М. П., фамилия, телефон"
    window.actions_by_key["undo"].trigger()
    assert shown(page) == ["Абрамова", "Иванова", "Яшин"]
    assert page.card.title.text() == "Иванова Мария Петровна"


def test_problems_stand_at_their_fields(people: dict[str, str], window: MainWindow, store: Store) -> None:
    page = page_of(window)
    before = store.change_counter()
    page.deeds.fact(people["Иванова"], "category", "")
    dialog = box(page, FactDialog)
    dialog.form.set_values({"decision_date": "1950-01-02"})
    dialog.verb.click()
    assert dialog.isVisible()
    told = [label.text() for label in dialog.findChildren(QLabel) if label.objectName() == "problem" and label.text()]
    assert told == ["Дата решения раньше даты рождения. Проверьте год."]
    assert store.change_counter() == before


def test_a_new_card_is_shown_at_once(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.filter.search.setText("Яшин")
    qtbot.keyClick(page.table, Qt.Key.Key_Insert)
    dialog = box(page, PersonDialog)
    dialog.verb.click()
    assert dialog.isVisible()
    dialog.form.set_values(
        {"surname": "Белова", "name": "Анна", "organisation": "СОШ №5", "post": "учитель", "subjects": "химия"}
    )
    dialog.verb.click()
    assert page.table.current().surname == "Белова"
    assert page.card.subtitle.text() == "учитель, химия · СОШ № 5"


def test_facts_are_edited_and_deleted_from_the_card(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.choose(people["Иванова"])
    page.card.tabs.setCurrentIndex(2)
    category = next(
        label for label in page.card.findChildren(QLabel) if "10.01.2027" in label.text() and label.toolTip()
    )
    category.linkActivated.emit("why")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(FactDialog)))
    dialog = box(page, FactDialog)
    assert dialog.form.values()["category"] == "высшая"
    dialog.form.set_values({"decision_date": "2024-01-10"})
    dialog.verb.click()
    assert page.table.current().category.words == "высшая, бессрочно"
    assert "бессрочно" in card_text(page)
    page.deeds.fact(people["Иванова"], "category", page.card.person.categories[0].id)  # type: ignore[union-attr]
    box(page, FactDialog)._remove()
    assert page.table.current().category.standing is Standing.NONE
    window.ctx.undo()
    assert page.table.current().category.name == "высшая"


def test_why_unfolds_in_place(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    assert "Основание:" not in card_text(page)
    why = next(label for label in page.card.findChildren(QLabel) if "почему?" in label.text())
    why.linkActivated.emit("why")
    qtbot.waitUntil(lambda: "Основание:" in card_text(page))


def test_delete_offers_the_way_back(
    people: dict[str, str], window: MainWindow, qtbot: QtBot, ctx: Context, store: Store
) -> None:
    page = page_of(window)
    told: list[Message] = []
    ctx.bus.message.connect(told.append)
    page.table.choose(people["Яшин"])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert shown(page) == ["Абрамова", "Иванова"]
    assert told[-1].text == "Удалено: Яшин О. Л."
    told[-1].actions[0].run()
    assert shown(page) == ["Абрамова", "Иванова", "Яшин"]


def test_history_gives_a_value_back(
    people: dict[str, str], window: MainWindow, qtbot: QtBot, ctx: Context, store: Store, today: date
) -> None:
    page = page_of(window)
    told: list[Message] = []
    ctx.bus.message.connect(told.append)
    course = add_fact(store, people["Абрамова"], TrainingInput("Химия", ends="2025-01-10"), today)
    page.deeds.fact(people["Абрамова"], "training", course)
    dialog = box(page, FactDialog)
    dialog.form.set_values({"title": "Физика"})
    dialog.verb.click()
    page.card.tabs.setCurrentIndex(4)
    line = next(label for label in page.card.findChildren(QLabel) if "Химия → Физика" in label.text())
    line.linkActivated.emit("why")
    qtbot.waitUntil(lambda: bool(told) and told[-1].actions != ())
    told[-1].actions[0].run()
    assert page.card.person is not None
    assert page.card.person.trainings[0].title == "Химия"
    assert history(store, people["Абрамова"])[0].label.startswith("Возвращено прежнее")


def test_another_day_shows_other_terms(people: dict[str, str], window: MainWindow) -> None:
    page = page_of(window)
    page.show_day("2028-01-15")
    assert page.tools.day.property("active")
    words = {row.surname: row.category.standing for row in page.table.rows.shown_rows()}
    assert words["Иванова"] is Standing.EXPIRED
    page.show_day("")
    assert not page.tools.day.property("active")


def test_a_narrow_window_opens_the_card_as_a_page(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    window.resize(QSize(1024, 700))
    qtbot.waitUntil(lambda: page.split.narrow)
    assert not page.card.isVisible()
    page.table.choose(people["Иванова"])
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.card.isVisible()
    assert page.card.back.isVisible()
    assert not page.table.isVisible()
    page.card.back.click()
    assert page.table.isVisible()
    assert page.table.current().surname == "Иванова"


def test_others_can_jump_to_a_person(people: dict[str, str], window: MainWindow) -> None:
    page = page_of(window)
    page.filter.search.setText("Абрамова")
    assert page.open_record("person", people["Яшин"])
    assert page.table.current().surname == "Яшин"
    assert not page.open_record("person", "нет такого")
    assert not page.open_record("plan_item", people["Яшин"])


def test_list_goes_to_excel(people: dict[str, str], window: MainWindow, tmp_path: Path, today: date) -> None:
    page = page_of(window)
    page.deeds.export_to("staff-list", tmp_path / "список.xlsx", today)
    assert (tmp_path / "список.xlsx").stat().st_size > 1000


def test_facts_open_by_keyboard(people: dict[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    job = next(label for label in page.card.findChildren(QLabel) if label.toolTip() and "учитель" in label.text())
    assert job.focusPolicy() & Qt.FocusPolicy.TabFocus
    job.setFocus()
    qtbot.keyClick(job, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(FactDialog)))


def test_what_is_shown_is_what_prints(window: MainWindow, people: dict[str, str], qtbot: QtBot) -> None:
    page = window.page("staff")
    assert isinstance(page, StaffPage)
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    page.filter.search.setText("соШ")
    page.preview()
    (preview,) = window.findChildren(PreviewWindow)
    qtbot.waitUntil(lambda: preview.paper is not None)

    def printed() -> list[str]:
        assert preview.paper is not None
        return [place.key for place in preview.paper.places if place.key]

    assert printed() == [people["Иванова"], people["Абрамова"]]
    assert "Отбор: «соШ»" in preview.paper.title  # type: ignore[union-attr]
    whole = next(one for one in preview.findChildren(QRadioButton) if one.text() == "Весь список")
    assert whole.isVisible()
    whole.click()
    qtbot.waitUntil(lambda: len(printed()) == len(PEOPLE))
    preview.close()
