"""The box of the update: what it says of a stick, and that only a whole, newer installer is ever started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from imc_desktop import __version__
from imc_desktop.domain.errors import EnvironmentProblem
from tests.usecases.test_update import BODY, NEWER, stick
from ui.context import Context
from ui.update.dialog import CHECK, UPDATE, UpdateDialog

Open = Callable[[], UpdateDialog]


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of former updates are removed there: never those of a test beside this one."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "флешка"
    folder.mkdir()
    monkeypatch.setenv("IMC_STICKS", str(folder))
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Installers that were started: what they were checked to be is looked at now, they may go afterwards."""
    found: list[Path] = []

    def start(installer: Path) -> None:
        assert installer.read_bytes() == BODY
        found.append(installer)

    monkeypatch.setattr("ui.update.dialog.start", start)
    return found


@pytest.fixture
def open_box(qtbot: QtBot, ctx: Context) -> Open:
    def opened() -> UpdateDialog:
        dialog = UpdateDialog(ctx)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.look()
        return dialog

    return opened


def test_the_update_on_the_stick_is_found_checked_and_started(open_box: Open, media: Path, started: list[Path]) -> None:
    folder = media / "обновление"
    folder.mkdir()
    stick(folder)
    dialog = open_box()
    assert dialog.folder.text() == str(folder)
    assert dialog.found.text() == f"Установлена версия {__version__}, на носителе {NEWER}. Файл цел."
    assert dialog.verb.text() == UPDATE
    dialog.verb.click()
    assert dialog.started
    assert not dialog.isVisible()
    assert [one.parent != folder for one in started] == [True], "a copy on this disk, not the file on the stick"


def test_no_stick_says_what_to_do(open_box: Open, media: Path) -> None:
    dialog = open_box()
    assert "Вставьте флешку" in dialog.jobs.text.text()
    assert not dialog.verb.isEnabled()
    dialog.folder.setText(str(media))
    assert dialog.verb.text() == CHECK
    dialog.verb.click()
    assert "нет обновления" in dialog.jobs.text.text()


def test_a_folder_that_was_chosen_is_checked_at_once(
    open_box: Open, tmp_path: Path, media: Path, monkeypatch: pytest.MonkeyPatch, started: list[Path]
) -> None:
    dialog = open_box()
    folder = tmp_path / "загрузки"
    (folder / "новая").mkdir(parents=True)
    stick(folder / "новая")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    dialog.choose.click()
    assert NEWER in dialog.found.text()
    assert dialog.folder.text() == str(folder / "новая")
    dialog.reject()
    assert started == []


@pytest.mark.parametrize(
    ("version", "words"), [(__version__, "обновлять нечего"), ("0.0.9", "Возврат к старой версии не делается")]
)
def test_the_same_and_an_older_version_are_refused(
    open_box: Open, media: Path, started: list[Path], version: str, words: str
) -> None:
    stick(media, version=version)
    dialog = open_box()
    assert words in dialog.jobs.text.text()
    assert dialog.folder.text() == str(media)
    assert dialog.verb.text() == CHECK
    assert started == []


def test_a_damaged_file_is_refused(open_box: Open, media: Path, started: list[Path]) -> None:
    stick(media, sha256="0" * 64)
    dialog = open_box()
    assert "контрольная сумма не совпала" in dialog.jobs.text.text()
    dialog.folder.setText(str(media))
    dialog.verb.click()
    assert "контрольная сумма не совпала" in dialog.jobs.text.text()
    assert started == []


def test_another_folder_is_another_question(open_box: Open, media: Path, tmp_path: Path, started: list[Path]) -> None:
    stick(media)
    dialog = open_box()
    brought = dialog._brought
    assert brought is not None
    dialog.folder.setText(str(tmp_path / "пусто"))
    assert dialog.verb.text() == CHECK
    assert not brought.parent.exists(), "what was brought for nothing goes"
    dialog.verb.click()
    assert started == []


def test_closing_the_box_leaves_nothing(open_box: Open, media: Path, started: list[Path]) -> None:
    stick(media)
    dialog = open_box()
    brought = dialog._brought
    dialog.cancel.click()
    assert brought is not None
    assert not brought.parent.exists()
    assert not dialog.started


def test_elsewhere_than_in_windows_the_box_says_so_and_stays(open_box: Open, media: Path) -> None:
    stick(media)
    dialog = open_box()
    dialog.verb.click()
    assert dialog.isVisible()
    assert "только в Windows" in dialog.jobs.text.text()
    assert not dialog.started


def test_an_installer_that_windows_does_not_start_leaves_the_box_open(
    open_box: Open, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_installer: Path) -> None:
        raise EnvironmentProblem("Windows не запустила установщик.")

    monkeypatch.setattr("ui.update.dialog.start", refuse)
    stick(media)
    dialog = open_box()
    dialog.verb.click()
    assert dialog.isVisible()
    assert "не запустила" in dialog.jobs.text.text()
