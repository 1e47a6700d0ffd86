"""The tab «План» with a real database: edit → the table changes → Ctrl+Z; marks, findings, approval, preview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.domain.plan import Mark
from imc_desktop.usecases import plan
from tests.usecases.plan_maker import put_office, put_plan
from ui.context import Context
from ui.main_window import MainWindow
from ui.plan.dialogs import ApproveDialog, ItemDialog, MarkDialog
from ui.plan.page import PlanPage
from ui.plan.state import breakable, month_of, shift_month
from ui.preview.window import PreviewWindow
from ui.registry import PAGES

ONLY_PLAN = tuple(spec for spec in PAGES if spec.key == "plan")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.create(tmp_path / "план.imc", author="проверка")
    put_office(opened)
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store) -> MainWindow:
    made = MainWindow(ctx, (), ONLY_PLAN)
    qtbot.addWidget(made)
    ctx.attach(store)
    made.resize(QSize(1366, 768))
    made.show_pages("plan")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def page_of(window: MainWindow) -> PlanPage:
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    return page


def shown(page: PlanPage) -> list[str]:
    return [f"{line.item.number} {line.item.title}" for line in page.table.rows.shown_rows() if line.item]


@pytest.fixture
def filled(window: MainWindow, store: Store) -> dict[str, str]:
    return put_plan(store)


def test_an_empty_year_offers_the_next_steps(window: MainWindow) -> None:
    page = page_of(window)
    assert page.views.currentWidget() is page._empty
    assert [button.text() for button in page._empty.buttons] == ["План из Excel…", "Новый план"]
    page._empty.buttons[1].click()
    assert page.views.currentWidget() is page.table
    assert page.table.rows.total == 8
    assert page.header.check.text() == "Готово к печати? 1"


def test_edit_changes_the_table_and_ctrl_z_brings_it_back(
    window: MainWindow, filled: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    before = shown(page)
    given = plan.ItemInput("Круглый стол", "до 15.09", section_id=filled["1. Организационная работа"], number="1.3.")
    monkeypatch.setattr(ItemDialog, "ask", lambda *_args: given)
    page.table.choose(filled["Консультации"])
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert "1.3. Круглый стол" in shown(page)
    assert page.table.current().key == filled["Консультации"]
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown(page) == before
    qtbot.keyClick(page.table, Qt.Key.Key_Insert)
    assert len(shown(page)) == len(before) + 1
    assert page.table.current().item.title == "Круглый стол"


def test_delete_says_how_to_get_it_back(window: MainWindow, filled: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.choose(filled["Консультации"])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert "1.3. Консультации" not in shown(page)
    message = window.strip.message
    assert message is not None
    message.actions[0].run()
    assert "1.3. Консультации" in shown(page)


def test_space_marks_the_time_that_is_due_and_takes_it_back(
    window: MainWindow, filled: dict[str, str], qtbot: QtBot
) -> None:
    page = page_of(window)
    page.table.choose(filled["Утверждение плана работы"])
    assert page.table.current().mark == "■ не отмечено"
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.table.current().mark == "✓ исполнено"
    assert page.header.counts.text() == "5 мероприятий · исполнено 1 · просрочено 2"
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.table.current().mark == "■ не отмечено"


def test_ctrl_arrow_moves_an_item(window: MainWindow, filled: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.choose(filled["Консультации"])
    qtbot.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [line.split(" ", 1)[1] for line in shown(page)][:3] == [
        "Утверждение плана работы",
        "Консультации",
        "Заседание методического совета",
    ]


def test_a_finding_leads_to_its_item(window: MainWindow, store: Store, filled: dict[str, str]) -> None:
    page = page_of(window)
    plan.edit_item(
        store,
        filled["Консультации"],
        plan.ItemInput("Консультации", "", section_id=filled["1. Организационная работа"]),
    )
    assert page.header.check.text() == "Готово к печати? 2"
    page.header.check.click()
    page.filters["table"].search.setText("совета")
    page.panel.links[0].click()
    assert page.table.current().key == filled["Консультации"]


def test_the_other_views(window: MainWindow, store: Store, filled: dict[str, str], qtbot: QtBot) -> None:
    page = page_of(window)
    put_plan(store, (("Аттестация", "", "Приём заявлений", "2026-10", ""),), kind="cyclogram")
    page.header.views.button("people").click()
    assert page.people.rows.total == 6
    page.header.views.button("cyclogram").click()
    assert page.grid.item(0, 1).text() == "Приём заявлений"
    page.grid.chosenMonth.emit("2026-10")
    page.header.views.button("cyclogram").click()
    assert not page.grid.tall
    window.ctx.theme.set_scale(200)
    page.grid.resize(500, 400)
    assert page.grid.tall, "months that do not fit beside each other stand under each other"
    assert [page.grid.item(0, column).text() for column in range(3)] == ["Октябрь", "Аттестация", "Приём заявлений"]
    assert page.grid.horizontalScrollBar().maximum() == 0
    with qtbot.waitSignal(page.grid.chosenMonth) as chosen:
        page.grid.setCurrentCell(0, 2)
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert chosen.args == ["2026-10"]
    window.ctx.theme.set_scale(100)
    page.grid.resize(900, 400)
    assert not page.grid.tall
    assert page.views.currentWidget() is page.month
    assert page.month.name.text() == "Октябрь 2026"
    assert [line.item.title for line in page.month.table.rows.shown_rows()] == [
        "Практикум по цифровым инструментам",
        "Сопровождение молодых педагогов",
    ]
    page.show_year(2030)
    assert page.views.currentWidget() is page._empty


def test_a_month_shows_where_things_moved_to(store: Store, today: date) -> None:
    ids = put_plan(store)
    plan.mark_occurrence(
        store, ids["Практикум по цифровым инструментам"], "2026-10-12", Mark.MOVED, moved_to="2026-11-27"
    )
    groups = {line.item.title: line.group for line in plan.agenda(store, "2026-11", today)}
    assert groups["Практикум по цифровым инструментам"] == "27 ноября, пятница"
    assert "Практикум по цифровым инструментам" not in {
        line.item.title for line in plan.agenda(store, "2026-10", today)
    }


def test_months_and_words() -> None:
    assert shift_month("2026-12", 1) == "2027-01"
    assert shift_month("2027-01", -1) == "2026-12"
    assert month_of(2026, date(2026, 11, 20)) == "2026-11"
    assert month_of(2025, date(2026, 11, 20)) == "2025-09"
    assert breakable("информационного") == "информа\u00adционного"
    assert breakable("план") == "план"


def test_approval_closes_the_plan_and_only_marks_are_left(
    window: MainWindow, filled: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    monkeypatch.setattr(ApproveDialog, "ask", lambda *_args: {"approved_date": "2026-08-31", "order": "54"})
    page.header.approve.click()
    assert page.header.approved.text() == "✓ Утверждён 31.08.2026"
    assert page.header.add.isHidden()
    page.table.choose(filled["Консультации"])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert "1.3. Консультации" in shown(page)
    assert window.strip.message is not None
    assert "План утверждён" in window.strip.message.text
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.table.current().mark == "✓ исполнено"


def test_boxes_keep_what_nobody_touched(qtbot: QtBot, ctx: Context, store: Store, today: date) -> None:
    ids = put_plan(store, (("1", "1.", "Совет", "до 10 числа\nежеквартально", "Вебер Е.С.\nСнежинская В.И."),))
    view = plan.plan_rows(store, 2026, today)
    assert view is not None
    box = ItemDialog(ctx, view, view.item(ids["Совет"]), None)
    qtbot.addWidget(box)
    assert box.given().responsible == "Вебер Е.С.\nСнежинская В.И."
    box.form.set_values({"term": "когда-нибудь потом"})
    assert [problem.where for problem in box.problems()] == ["term"]
    mark = MarkDialog(ctx, view.items[0], view.items[0].occurrences[0].first.isoformat())
    qtbot.addWidget(mark)
    mark.form.set_values({"mark": Mark.MOVED})
    assert [problem.where for problem in mark.problems()] == ["moved_to"]


@pytest.fixture
def preview(window: MainWindow, store: Store, filled: dict[str, str]) -> PreviewWindow:
    put_plan(store, (("Аттестация", "", "Приём заявлений", "2026-10", ""),), kind="cyclogram")
    page_of(window).preview()
    return window.findChild(PreviewWindow)


def test_a_click_on_the_page_leads_to_the_item(
    window: MainWindow, filled: dict[str, str], preview: PreviewWindow
) -> None:
    paper = preview.paper
    assert paper is not None
    assert paper.draft
    place = next(place for place in paper.places if place.key == filled["Консультации"])
    preview.pages.clicked.emit(place.page, place.left + 3, place.top + 3)
    assert page_of(window).table.current().key == filled["Консультации"]


def test_points_of_the_view_are_points_of_the_page(
    preview: PreviewWindow, filled: dict[str, str], qtbot: QtBot
) -> None:
    view, paper = preview.pages, preview.paper
    assert paper is not None
    found = view.place_at(view.viewport().width() / 2, view.documentMargins().top() + 2)
    assert found is not None
    page, point = found
    assert page == 0
    assert abs(point.x() - preview.document.pagePointSize(0).width() / 2) < 2
    assert view.place_at(1, 1) is None
    tall = QSize(400, 2000)
    preview.resize(tall)
    qtbot.waitUntil(lambda: view.viewport().height() > 1000)
    size = preview.document.pagePointSize(0)
    width = view.viewport().width() - 2 * view.documentMargins().left()
    second = view.documentMargins().top() + size.height() * width / size.width() + view.pageSpacing() + 5
    found = view.place_at(view.viewport().width() / 2, second)
    assert found is not None
    assert found[0] == 1


def test_in_the_month_view_the_month_is_printed(window: MainWindow, filled: dict[str, str]) -> None:
    page = page_of(window)
    page.header.views.button("month").click()
    page.month.show_month("2026-10")
    page.header.print.click()
    paper = window.findChild(PreviewWindow).paper
    assert paper is not None
    assert paper.title.endswith("на октябрь 2026 года")


def test_the_preview_follows_the_data(
    window: MainWindow, store: Store, preview: PreviewWindow, filled: dict[str, str]
) -> None:
    assert preview.paper is not None
    before = preview.paper.pdf
    plan.delete_items(store, [filled["Консультации"]])
    assert preview.paper.pdf != before


def test_saving_and_printing(
    window: MainWindow, store: Store, preview: PreviewWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "choose_path", lambda _what, ending: tmp_path / f"план.{ending}")
    preview.save_pdf()
    preview.save_sheet()
    assert preview.paper is not None
    assert (tmp_path / "план.pdf").read_bytes() == preview.paper.pdf
    assert (tmp_path / "план.xlsx").stat().st_size > 0
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "принтер.pdf"))
    preview.print_to(printer)
    printed = pypdfium2.PdfDocument(tmp_path / "принтер.pdf")
    sizes = [printed[number].get_size() for number in range(len(printed))]
    printed.close()
    assert len(sizes) == preview.document.pageCount()
    assert all(width > height for width, height in sizes)
