"""The tab «Аттестация» on a real database: year, month, cases with steps, terms; edit → all views follow → Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.usecases.attestation_calendar import DayChip
from imc_desktop.usecases.office_making import create_office
from tests.usecases.people_maker import put_case, put_category, put_person, put_school
from ui.attestation.dialogs import CaseDialog, ResultDialog
from ui.attestation.month_grid import fitted
from ui.attestation.page import AttestationPage
from ui.attestation.state import chip_hint, chip_mark, month_words, school_year_of_month, shift_month
from ui.context import Context
from ui.main_window import MainWindow
from ui.preview.window import PreviewWindow
from ui.registry import PAGES

ONLY = tuple(spec for spec in PAGES if spec.key in ("courses", "attestation"))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "аттестация.imc"
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
def data(store: Store) -> dict[str, str]:
    """A case with an application, a case without a day, and a category that ends without a case."""
    school = put_school(store)
    vera = put_person(store, school, "Белкина Вера Павловна")
    nina = put_person(store, school, "Дроздова Нина Олеговна")
    rita = put_person(store, school, "Ежова Рита Львовна")
    put_category(store, rita, "первая", "2021-11-26", "2026-11-26")
    return {
        "vera": vera,
        "nina": nina,
        "rita": rita,
        "applied": put_case(store, vera, "высшая", month="2026-11", application_date="2026-11-05"),
        "conformity": put_case(store, nina, "СЗД", month="2026-11"),
    }


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store) -> MainWindow:
    made = MainWindow(ctx, (), ONLY)
    qtbot.addWidget(made)
    ctx.attach(store)
    made.resize(QSize(1366, 768))
    made.show_pages("attestation")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.keyClick(made, Qt.Key.Key_Escape)  # lets go of a Ctrl that a former test has pressed last
    return made


def page_of(window: MainWindow) -> AttestationPage:
    page = window.page("attestation")
    assert isinstance(page, AttestationPage)
    return page


def month(page: AttestationPage) -> list[tuple[str, str, str]]:
    return [(row.short, row.what, row.step) for row in page.calendar.table.rows.shown_rows()]


def filled(box: type[Any], values: dict[str, Any]) -> Callable[..., str]:
    """A stand-in for ``ask``: the real box, filled and accepted without being opened."""

    def ask(parent: Any, ctx: Context, *given: Any) -> str:
        made = box(ctx, *given, parent=parent)
        made.form.set_values(values)
        made.accept()
        if not made.result():  # warnings are passed by pressing the verb again
            made.accept()
        assert made.result(), made.message.text()
        return str(made.result_value)

    return ask


def test_without_anything_the_page_says_what_it_is_for(window: MainWindow) -> None:
    page = page_of(window)
    assert page.stack.currentWidget() is page.empty
    page.views.button("cases").click()
    assert page.stack.currentWidget() is page.empty


def test_a_month_beside_its_list(window: MainWindow, data: dict[str, str]) -> None:
    page = page_of(window)
    assert month(page) == [
        ("Белкина В. П.", "высшая, заявление 05.11", "до 05.12: заявление рассмотрено"),
        ("Дроздова Н. О.", "СЗД", "день заседания не назначен"),
        ("Ежова Р. Л.", "первая, срок 26.11", "дела нет"),
    ]
    assert page.calendar.title.text() == "Ноябрь 2026"
    assert [(load.title, load.categories, load.szd) for load in page.calendar.loads][2] == ("Ноя", 2, 1)
    assert page.calendar.strip.accessibleDescription() == "ноябрь 2026: категории — 2, соответствие — 1"


def test_a_day_narrows_the_list(window: MainWindow, data: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    grid = page.calendar.grid
    zone = next(zone for zone, cell, _ in grid.zones() if cell.day == "2026-11-05")
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=zone.center().toPoint())
    assert [row[0] for row in month(page)] == ["Белкина В. П."]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(grid, key)
    assert grid.day == "2026-11-26"
    assert grid.accessibleDescription() == "26 ноября: конец срока: Ежова Р. Л."
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert [row[0] for row in month(page)] == ["Ежова Р. Л."]
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert len(month(page)) == 3


def test_months_turn_by_keys_and_by_the_year(window: MainWindow, data: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    qtbot.keyClick(page.calendar.grid, Qt.Key.Key_PageDown)
    assert page.calendar.month == "2026-12"
    qtbot.keyClick(page.calendar.strip, Qt.Key.Key_Right)
    assert page.calendar.month == "2027-01"
    strip = page.calendar.strip
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.slot_rect(11).center().toPoint())
    assert page.calendar.month == "2027-08"
    page.calendar.after.click()
    assert page.calendar.month == "2027-09"
    assert page.calendar.loads[0].month == "2027-09"
    page.calendar.today.click()
    assert (page.calendar.month, page.calendar.grid.day) == ("2026-11", "2026-11-20")


def test_a_case_opened_from_a_term_changes_all_views_until_ctrl_z(
    window: MainWindow, data: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    before = month(page)
    given = filled(CaseDialog, {"requested": "высшая", "application_date": "2026-11-19"})
    monkeypatch.setattr(CaseDialog, "ask", given)
    page.calendar.table.choose(f"{data['rita']}:0")
    qtbot.keyClick(page.calendar.table, Qt.Key.Key_Return)
    assert month(page)[2] == ("Ежова Р. Л.", "высшая, заявление 19.11", "до 19.12: заявление рассмотрено")
    page.views.button("cases").click()
    assert page.cases.table.rows.total == 3
    qtbot.keyClick(page.cases.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.cases.table.rows.total == 2
    page.views.button("calendar").click()
    assert month(page) == before


def test_a_meeting_gives_steps_and_a_result_gives_a_term(
    window: MainWindow, data: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    page.views.button("cases").click()
    page.cases.table.choose(data["conformity"])
    monkeypatch.setattr(CaseDialog, "ask", filled(CaseDialog, {"meeting_date": "2026-11-18"}))
    qtbot.keyClick(page.cases.table, Qt.Key.Key_F2)
    text = " ".join(label.text() for label in page.cases.card.findChildren(QLabel))
    assert "Заседание аттестационной комиссии организации" in text
    assert "20.11.2026" in text  # the extract: two working days after
    monkeypatch.setattr(ResultDialog, "ask", filled(ResultDialog, {}))
    page.cases._result.click()
    assert page.cases.table.current().step == "итог: соответствует, 18.11.2026"
    page.views.button("dues").click()
    rows = {row.person_id: row for row in page.dues.table.rows.shown_rows()}
    assert (rows[data["nina"]].status, rows[data["nina"]].due) == (DueStatus.LATER, "2031-11-18")
    qtbot.keyClick(page.dues.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rows = {row.person_id: row for row in page.dues.table.rows.shown_rows()}
    assert rows[data["nina"]].status is DueStatus.NO_DATA


def test_deleting_a_case_offers_the_way_back(window: MainWindow, data: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    page.views.button("cases").click()
    page.cases.table.choose(data["applied"])
    qtbot.keyClick(page.cases.table, Qt.Key.Key_Delete)
    assert page.cases.table.rows.total == 1
    message = window.strip.message
    assert message is not None
    assert message.text == "Удалено: 1 дело."
    message.actions[0].run()
    assert page.cases.table.rows.total == 2
    assert page.open_record("attestation_case", data["applied"])
    assert page.cases.table.current().id == data["applied"]
    assert not page.open_record("training", "x")


def test_terms_say_why(window: MainWindow, data: dict[str, str], store: Store) -> None:
    page = page_of(window)
    page.views.button("dues").click()
    page.dues.table.choose(f"{data['rita']}:0")
    text = " ".join(label.text() for label in page.dues.card.findChildren(QLabel))
    assert "действует до 26.11.2026 (по документу)" in text
    assert "приказ Минобрнауки от 07.04.2014 № 276" in text
    put_category(store, data["rita"], "первая", "2026-11-01")
    rows = {row.person_id: row.status for row in page.dues.table.rows.shown_rows()}
    assert rows[data["rita"]] is DueStatus.EXEMPT


def test_steps_are_counted_as_one_types(window: MainWindow, data: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    box = CaseDialog(page.ctx)
    qtbot.addWidget(box)
    assert "Впишите день заявления" in box.steps.text()
    box.form.set_values({"requested": "СЗД"})
    assert "Назначьте день заседания" in box.steps.text()
    box.form.set_values({"meeting_date": "2026-12-30"})
    assert box.steps.text().startswith("30.11.2026 — Приказ")
    box.accept()
    assert box.form.editors["person"].property("problem")
    assert not box.result()


@pytest.mark.parametrize(
    ("room", "keys", "words"),
    [(400, 1, "▲ Белкина В. П."), (70, 1, "▲ Белкина"), (400, 3, "▲ Сроки: 3"), (40, 3, "▲ 3")],
)
def test_a_chip_short_of_room_loses_the_least(ctx: Context, room: float, keys: int, words: str) -> None:
    title = "Белкина В. П." if keys == 1 else f"Сроки: {keys}"
    chip = DayChip("ends", title, False, tuple(str(n) for n in range(keys)))
    assert fitted(chip, ctx.theme.font(9), room) == words


def test_words_without_a_window() -> None:
    assert shift_month("2026-12", 1) == "2027-01"
    assert shift_month("2027-01", -1) == "2026-12"
    assert (school_year_of_month("2026-09"), school_year_of_month("2027-08")) == (2026, 2026)
    assert (month_words("2026-10"), month_words("2026-10-05")) == ("октябрь 2026", "05.10.2026")
    passed = DayChip("ends", "Ежова Р. Л.", True, ("k",))
    assert chip_mark(passed) == "■"
    assert chip_hint(passed, {"k": "Ежова Р. Л."}) == "срок вышел: Ежова Р. Л."


def test_every_view_prints_itself(window: MainWindow, data: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    for key, kind in (
        ("calendar", "attestation-calendar"),
        ("cases", "attestation-cases"),
        ("dues", "attestation-terms"),
    ):
        page.views.button(key).click()
        page.preview()
        preview = page.window().findChildren(PreviewWindow)[-1]
        qtbot.waitUntil(lambda preview=preview: preview.paper is not None)
        assert preview.paper.kind == kind  # type: ignore[union-attr]
        if key != "calendar":
            shown = page.of_key[key].table.rows.layout_of_rows.passing_rows()
            assert preview.paper.records == len(shown)  # type: ignore[union-attr]
        preview.close()
