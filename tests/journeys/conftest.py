"""The real window on real databases: the desk, the worker thread, real boxes answered by a script instead of a person."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imc_desktop import paths
from imc_desktop.app import _Host
from imc_desktop.desk import Desk
from imc_desktop.usecases.demo import make_demo_database
from imc_desktop.usecases.office_making import create_office
from tests.conftest import TODAY
from ui.clock import FixedClock
from ui.context import Context
from ui.crash import CrashDialog
from ui.jobs import JobRunner
from ui.main_window import MainWindow
from ui.prefs import Prefs
from ui.theme import Theme

REAL_EXEC = QDialog.exec
PATIENCE_MS = 20_000
Script = Callable[[Any], None]


@dataclass
class Person:
    """Answers boxes that wait: each box takes the next script meant for its kind; a box nobody expects fails the test."""

    qtbot: QtBot
    scripts: list[tuple[type[QDialog], Script]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def will(self, kind: type[QDialog], script: Script) -> None:
        """The next box of this kind is answered so."""
        self.scripts.append((kind, script))

    def answer(self, box: QDialog) -> int:
        """Open the box as the program does and let the script work in it; it never stays."""
        script = next((one for one in self.scripts if isinstance(box, one[0])), None)
        if script is None:
            pytest.fail(f"Nobody expected the box «{box.windowTitle()}»")
        self.scripts.remove(script)
        QTimer.singleShot(0, box, lambda: self._work(box, script[1]))
        late = QTimer(box, singleShot=True, interval=PATIENCE_MS)
        late.timeout.connect(lambda: self._late(box))
        late.start()
        result = REAL_EXEC(box)
        late.stop()
        if self.troubles:
            pytest.fail(self.troubles.pop())
        return result

    def _work(self, box: QDialog, script: Script) -> None:
        try:
            script(box)
        except BaseException as error:  # noqa: BLE001 - told outside the event loop, where pytest sees it
            self.troubles.append(f"{type(error).__name__}: {error}")
            QDialog.reject(box)

    def _late(self, box: QDialog) -> None:
        self.troubles.append(f"The box «{box.windowTitle()}» stayed open")
        QDialog.reject(box)


@dataclass
class Program:
    """A started window with its desk."""

    ctx: Context
    window: MainWindow
    desk: Desk
    qtbot: QtBot

    def page(self, key: str) -> Any:
        """A tab, shown and read, with what waits for its first paint."""
        page: Any = self.window.open_page(key)
        assert page is not None, self.said
        QApplication.processEvents()
        if key == "staff" and page.table.rows.shown:
            self.qtbot.waitUntil(lambda: page.card.person is not None)
        return page

    def trigger(self, key: str) -> None:
        """An action of the menu or a key."""
        self.window.actions_by_key[key].trigger()

    @property
    def said(self) -> str:
        """What the strip says, "" when it is closed."""
        message = self.window.strip.message
        return message.text if message else ""

    def follow(self, title: str) -> None:
        """Press a link of the strip."""
        press(self.window.strip, title)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        """A key as typed into the window: where the cursor stands."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def wait(self) -> None:
        """Until what was put off is begun and the worker has nothing to do."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.ctx.jobs.running, timeout=PATIENCE_MS)

    def close(self) -> None:
        """As the cross of the window does."""
        self.window.close()


def press(inside: QWidget, title: str) -> None:
    """Click the visible button that begins with these words."""
    QApplication.processEvents()  # what was just put there is shown in the next turn
    known: list[QPushButton] = [*inside.findChildren(QPushButton)]
    buttons = [one for one in known if one.isVisible() and one.text().startswith(title)]
    assert buttons, f"no button «{title}»"
    assert buttons[0].isEnabled(), f"«{title}» is grey"
    buttons[0].click()


@pytest.fixture
def person(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Who sits at the window."""
    made = Person(qtbot)
    monkeypatch.setattr(QDialog, "exec", lambda box: made.answer(box))  # noqa: PLW0108 - a function binds the box
    yield made
    assert not made.scripts, "a box that was expected never came"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder of this test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "данные"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "журнал"))
    assert tmp_path in paths.data_folder().parents
    return paths.data_folder()


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts the program on a database, or on what it remembers; every start is a new window."""
    started: list[Program] = []

    def begin(database: Path | None = None, scale: int = 100) -> Program:
        prefs = Prefs(tmp_path / "window.json")
        prefs.set("view.scale", scale)
        prefs.set("view.scheme", "light")
        prefs.set("window.tab", prefs.get("window.tab", "staff"))
        ctx = Context(prefs, Theme(qapp, paths.resources(), prefs), FixedClock(TODAY), JobRunner())
        host = _Host()
        window = MainWindow(ctx, host.actions())
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        host.desk = desk = Desk(ctx, window)
        desk.begin(database)
        program = Program(ctx, window, desk, qtbot)
        program.wait()
        started.append(program)
        return program

    yield begin
    crashes = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]
    for program in started:
        program.close()
    assert not crashes, "the crash window stands open"


@pytest.fixture(scope="session")
def _district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("district") / "example.imc"
    make_demo_database(path, today=TODAY)[0].close()
    return path


@pytest.fixture
def example(_district: Path, tmp_path: Path) -> Path:
    """The invented district, ours to spoil; framed as an example."""
    return Path(shutil.copy(_district, tmp_path / "район.imc"))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office of its own with nobody in it yet."""
    path = tmp_path / "кабинет.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def day() -> date:
    """The day on which all tests live."""
    return TODAY
