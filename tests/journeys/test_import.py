"""Taking papers in: dropped on the window, seen before it happens, one step, taken back by one key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imc_desktop import paths
from imc_desktop.usecases.copy_facts import copies_in, local_folder
from imc_desktop.usecases.imports.layouts import remembered_layouts
from imc_desktop.usecases.staff import people
from tests.journeys.conftest import Person, Program, press
from ui.imports.dialog import COLUMNS, PREVIEW, RESULT, ImportDialog

PAPER = "03_pedagogi_DOU.xlsx"
Start = Callable[..., Program]


def paper(name: str = PAPER) -> Path:
    return paths.resources() / "demo" / name


def drop(program: Program, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(program.window, QDragEnterEvent(QPoint(10, 10), *how))
    QApplication.sendEvent(program.window, QDropEvent(QPointF(10, 10), *how))


def take_in(qtbot: QtBot, seen: dict[str, str]) -> Callable[[ImportDialog], None]:
    """Look at the preview, import, look at the result, close."""

    def work(box: ImportDialog) -> None:
        qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
        while box.step != PREVIEW:
            box.go_on()
            qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
            assert box.step in (COLUMNS, PREVIEW), box.jobs.text.text()
        seen.update({key: chip.text() for key, chip in box.preview_page.chips.items()})
        seen["verb"] = box.verb.text()
        box.go_on()
        qtbot.waitUntil(lambda: box.step == RESULT, timeout=15_000)
        box.go_on()

    return work


def count(program: Program) -> int:
    return len(people(program.ctx.store, program.ctx.clock.today()))


def test_a_spreadsheet_from_drop_to_ctrl_z(office: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(office)
    staff = program.page("staff")
    assert staff.views.currentWidget() is staff.nobody
    seen: dict[str, str] = {}
    person.will(ImportDialog, take_in(qtbot, seen))
    drop(program, paper())
    assert seen["verb"] == "Импортировать"
    told = int(seen["new"].removeprefix("Новых ").replace("\u00a0", "").replace("\u202f", ""))
    assert told > 0
    # The pages follow, the strip says what happened and leads back.
    people_now = count(program)
    assert people_now > 50
    assert staff.table.rows.total == people_now
    assert program.said.startswith(f"Импорт: {PAPER}")
    assert program.window.status.saved.text().endswith(f"Импорт: {PAPER}")
    program.page("courses")
    # Ctrl+Z takes all of it back, in every tab.
    program.key(Qt.Key.Key_Z)
    assert program.said == f"Отменено: Импорт: {PAPER}"
    assert count(program) == 0
    assert program.page("staff").views.currentWidget() is staff.nobody
    program.follow("Повторить")
    assert count(program) == people_now


def test_the_link_of_the_strip_takes_the_import_back(office: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(office)
    person.will(ImportDialog, take_in(qtbot, {}))
    program.desk.take_files([paper()])
    assert count(program) > 50
    program.follow("Отменить")
    assert count(program) == 0


def test_a_copy_is_made_before_and_nothing_changes_the_second_time(
    office: Path, start: Start, person: Person, qtbot: QtBot
) -> None:
    program = start(office)
    person.will(ImportDialog, take_in(qtbot, {}))
    program.desk.take_files([paper()])
    number = program.ctx.store.change_counter()

    def look_only(box: ImportDialog) -> None:
        qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
        while box.step != PREVIEW:
            box.go_on()
            qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
        assert box.preview_page.chips["new"].text() == "Новых 0"
        assert box.preview_page.chips["changed"].text() == "Изменится 0"
        box.reject()

    person.will(ImportDialog, look_only)
    program.desk.take_files([paper()])
    assert program.ctx.store.change_counter() == number
    person.will(ImportDialog, take_in(qtbot, {}))
    program.desk.take_files([paper("07_zhurnal_kursov_2023-2026.xlsx")])
    assert len(copies_in(local_folder(office))) == 1
    assert "рядом с базой: сегодня" in program.window.status.copy.text()


def test_a_wrong_file_is_a_sentence_and_the_window_lives(
    office: Path, start: Start, person: Person, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "отчёт.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a book")
    program = start(office)
    told: list[bool] = []

    def see(box: ImportDialog) -> None:
        qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
        told.append(box.verb.isEnabled())
        box.reject()

    person.will(ImportDialog, see)
    drop(program, bad)
    assert told == [False]
    assert count(program) == 0


def test_files_without_a_database_are_answered(start: Start) -> None:
    program = start()
    drop(program, paper())
    assert "откройте или создайте базу" in program.said


def test_stopping_the_import_leaves_nothing(office: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(office)
    number = program.ctx.store.change_counter()

    def stop_at_once(box: ImportDialog) -> None:
        press(box, "Остановить")
        qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
        box.reject()

    person.will(ImportDialog, stop_at_once)
    program.desk.take_files([paper("01_reestr_rayon_1200.xlsx")])
    assert program.ctx.store.change_counter() == number


def test_a_corrected_column_does_not_stand_between_ctrl_z_and_the_import(
    office: Path, start: Start, person: Person, qtbot: QtBot
) -> None:
    program = start(office)

    def correct_and_import(box: ImportDialog) -> None:
        qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
        box.go_on()
        assert box.step == COLUMNS
        rate = box.columns.choice(17)
        rate.setCurrentIndex(rate.findData(""))
        take_in(qtbot, {})(box)

    person.will(ImportDialog, correct_and_import)
    program.desk.take_files([paper()])
    assert count(program) > 50
    assert remembered_layouts(program.ctx.store)
    program.key(Qt.Key.Key_Z)
    assert count(program) == 0
