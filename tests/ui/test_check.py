"""«Проверка программы»: the child beside the window, what comes of it, the protocol, and being stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from imc_desktop import paths
from imc_desktop.cli.self_test.command import STEPS
from tests.documents.pdf_reading import ReadBack
from ui.check.dialog import BAD, GOOD, HALF, CheckDialog
from ui.check.run import WORDS
from ui.context import Context
from ui.main_window import MainWindow
from ui.preview.paper_out import write_pdf
from ui.preview.window import PreviewWindow

PATIENCE_MS = 60_000
GOOD_STEP = '{"done": 0, "of": 2, "begins": "правила"}\n{"step": "правила", "ok": true, "told": "верно", "seconds": 1}'
BAD_STEP = '{"done": 1, "of": 2, "begins": "шрифты"}\n{"step": "шрифты", "ok": false, "told": "нет", "seconds": 0.5}'
END = '{"facts": [["Версия программы", "9.9.9"], ["Масштаб экрана", "?"]], "whole": false, "steps": []}'
Show = Callable[..., CheckDialog]


@pytest.fixture
def show(qtbot: QtBot, ctx: Context) -> Iterator[Show]:
    """The window on a child that says these lines, then waits if it must."""
    shown: list[CheckDialog] = []

    def run(*lines: str, wait: int = 0, program: list[str] | None = None) -> CheckDialog:
        said = "\n".join(lines)
        code = f"import sys, time; sys.stdout.buffer.write({said!r}.encode() + b'\\n'); sys.stdout.flush(); time.sleep({wait})"
        box = CheckDialog(ctx, program or [sys.executable, "-c", code])
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(box)
        box.show()
        shown.append(box)
        return box

    yield run
    for box in shown:
        box.run.stop()


def ended(qtbot: QtBot, box: CheckDialog) -> None:
    qtbot.waitUntil(lambda: box.outcome is not None, timeout=PATIENCE_MS)


def told(box: CheckDialog) -> list[str]:
    return [box.steps.item(line).text() for line in range(box.steps.count())]


def test_the_real_check_is_run_beside_the_window(qtbot: QtBot, ctx: Context, tmp_path: Path) -> None:
    box = CheckDialog(ctx)
    qtbot.addWidget(box)
    box.show()
    turns = 0
    while box.outcome is None and turns < PATIENCE_MS // 20:
        QTest.qWait(20)  # the window lives
        turns += 1
    assert told(box)[0].startswith("✓ ")
    assert [line.removeprefix("✓ ").partition(":")[0] for line in told(box)] == [name for name, _ in STEPS]
    assert box.verdict.text() == GOOD
    box.save_to(tmp_path / "протокол.pdf")
    page = ReadBack((tmp_path / "протокол.pdf").read_bytes())
    assert page.sizes == [(210, 297)]
    assert "размер букв 100 %" in page.texts[0]
    assert "без окна" not in page.texts[0]


def test_a_failed_step_is_shown_and_the_protocol_is_asked_for(qtbot: QtBot, show: Show) -> None:
    box = show(GOOD_STEP, "строка не наша", BAD_STEP, END)
    ended(qtbot, box)
    assert told(box) == ["✓ правила: верно", "■ НЕТ, шрифты: нет"]
    assert box.verdict.text() == BAD
    assert box.save.hasFocus()
    assert dict(box.outcome.facts)["Версия программы"] == "9.9.9" if box.outcome else False
    colours = box.ctx.theme.colours
    assert box.steps.item(1).foreground().color().name().upper() == colours.bad
    box.ctx.theme.set_scheme("dark")
    assert box.steps.item(1).foreground().color().name().upper() == box.ctx.theme.colours.bad != colours.bad


@pytest.mark.parametrize("program", [["нет такой программы"], [sys.executable, "-c", "raise SystemExit(3)"]])
def test_a_check_that_does_not_come_to_its_end_has_a_protocol_too(
    qtbot: QtBot, show: Show, program: list[str], tmp_path: Path
) -> None:
    box = show(program=program)
    ended(qtbot, box)
    assert box.verdict.text() == HALF
    box.save_to(tmp_path / "протокол.txt")
    written = (tmp_path / "протокол.txt").read_text(encoding="utf-8-sig")
    assert "Проверка не закончилась" in written
    assert "Версия программы: " in written


def test_stopping_ends_the_child_and_takes_its_folder_away(qtbot: QtBot, show: Show) -> None:
    box = show(GOOD_STEP, wait=600)
    qtbot.waitUntil(lambda: box.steps.count() == 1, timeout=PATIENCE_MS)
    assert box.close_button.text() == "Остановить"
    assert not box.save.isVisible()
    process, folder = box.run._process, box.run._folder
    assert process is not None
    assert folder is not None
    place = Path(folder.path())
    assert place.is_dir()
    assert process.processEnvironment().value("TEMP") == str(place)
    box.close_button.click()
    assert process.state() == process.ProcessState.NotRunning
    assert not place.exists()
    assert box.outcome is None


def test_it_can_be_done_again(qtbot: QtBot, show: Show) -> None:
    box = show(GOOD_STEP, END)
    ended(qtbot, box)
    box.again.click()
    assert box.outcome is None
    assert told(box) == []
    ended(qtbot, box)
    assert told(box) == ["✓ правила: верно"]


def test_the_protocol_is_previewed_without_a_database(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    box = show(GOOD_STEP, END)
    ended(qtbot, box)
    box.print.click()
    (preview,) = box.findChildren(PreviewWindow)
    assert preview.document.pageCount() == 1
    assert preview.windowTitle() == "Протокол проверки программы IMC Desktop"
    write_pdf(tmp_path / "п.pdf", preview.paper.pdf)
    assert (tmp_path / "п.pdf").read_bytes().startswith(b"%PDF")
    preview.close()


def test_the_file_gets_its_ending(qtbot: QtBot, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = show(GOOD_STEP, END)
    ended(qtbot, box)
    for kind, name in (("PDF (*.pdf)", "а.pdf"), ("Текст (*.txt)", "а.txt")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, kind=kind: (str(tmp_path / "а"), kind))
        box.save.click()
        assert (tmp_path / name).is_file()
        assert name in box.verdict.text()


def test_the_menu_opens_one_window(qtbot: QtBot, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "command_line", lambda: [sys.executable, "-c", "import time; time.sleep(600)"])
    window = MainWindow(ctx)
    qtbot.addWidget(window)
    window.show()
    action = window.actions_by_key["self-test"]
    assert action.isEnabled()
    assert action in window.actions_of_window.menu.actions()
    for _ in range(2):
        action.trigger()
    (box,) = window.findChildren(CheckDialog)
    assert box.isVisible()
    assert not box.isModal()
    box.close()
    QApplication.processEvents()


def test_the_frozen_folder_has_a_program_for_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.command_line()[-2:] == ["-m", "imc_desktop"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/imc/imc-desktop.exe")
    assert paths.command_line() == [str(Path("/opt/imc/imc-desktop-cli.exe"))]
    assert WORDS[0] == "self-test"
