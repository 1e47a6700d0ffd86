"""The start of the program as the system starts it: what is imported before the first paint, two starts, pictures."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from imc_desktop.app import save_pictures
from imc_desktop.usecases.demo import demo_papers
from imc_desktop.usecases.imports.run import import_papers, read_papers
from imc_desktop.usecases.office_making import create_office
from ui.registry import PAGES
from ui.single_instance import SingleInstance

ROOT = Path(__file__).parents[1]
PATIENCE = 30

HEAVY = """
import sys
import imc_desktop.app
print([name for name in ("sqlalchemy", "alembic", "reportlab", "openpyxl", "PySide6.QtPdf") if name in sys.modules])
"""

# The window with a database, its first page shown and the check in the background done: what it has loaded by then.
HEAVY_IDLE = """
import sys, pathlib
from PySide6.QtCore import QTimer
from imc_desktop import app
from ui.main_window import MainWindow
program = app._application()
HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "cryptography", "rapidfuzz", "PySide6.QtPdf")
def look():
    windows = [one for one in program.topLevelWidgets() if isinstance(one, MainWindow)]
    if windows and windows[0].current_key and "db.verify" in sys.modules and not windows[0].ctx.jobs.running:
        print(windows[0].current_key, [name for name in HEAVY if name in sys.modules], flush=True)
        windows[0].close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
sys.exit(app.run_window(pathlib.Path(sys.argv[1])))
"""

FIRST = """
import sys
from PySide6.QtCore import QTimer
from imc_desktop import app
from ui.main_window import MainWindow
program = app._application()
told = []
def look():
    windows = [one for one in program.topLevelWidgets() if isinstance(one, MainWindow)]
    if not windows or not windows[0].isVisible() or windows[0].host.currentWidget() is None:
        return
    if not told:
        told.append("ready")
        windows[0].showMinimized()
        print("ready", flush=True)
    elif not windows[0].isMinimized():
        print("raised", flush=True)
        windows[0].close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(100)
sys.exit(app.run_window(None))
"""

# Prints "first" when it has a window, "called" at each call, and ends with exit code 7 when told to by its input.
EITHER = """
import sys, threading
from PySide6.QtCore import QTimer
from imc_desktop import app
from imc_desktop.desk import Desk
from ui.main_window import MainWindow
program = app._application()
heard = Desk.called_again
def called(desk, files):
    print("called", *[file.name for file in files], flush=True)
    heard(desk, files)
Desk.called_again = called
told = []
def look():
    windows = [one for one in program.topLevelWidgets() if isinstance(one, MainWindow)]
    if windows and windows[0].isVisible() and windows[0].host.currentWidget() is not None and not told:
        told.append("first")
        print("first", flush=True)
    if told == ["first", "end"]:
        told.append("closed")
        windows[0].close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
threading.Thread(target=lambda: sys.stdin.readline() and told.append("end"), daemon=True).start()
sys.exit(app.run_window(None))
"""

SECOND = "import sys; from imc_desktop.app import run_window; sys.exit(run_window(None))"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A user nobody else is, with folders of its own and no screen."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "USERNAME": uuid.uuid4().hex,
        "XDG_DATA_HOME": str(tmp_path / "данные"),
        "XDG_STATE_HOME": str(tmp_path / "журнал"),
    }


def test_nothing_heavy_is_imported_before_the_window_is_painted(surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY], capture_output=True, text=True, cwd=ROOT, env=surroundings, check=True
    )
    assert done.stdout.strip() == "[]"


def test_nothing_heavy_is_imported_while_a_person_only_looks(surroundings: dict[str, str], tmp_path: Path) -> None:
    database = tmp_path / "кабинет.imc"
    store = create_office(database, "bohan", {})
    import_papers(store, read_papers(store, demo_papers()[:1]), today=date(2026, 11, 20))
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", HEAVY_IDLE, str(database)],
        capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.stdout.strip() == "start []", done.stderr


def test_a_second_start_raises_the_first_window_and_ends(surroundings: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FIRST], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=surroundings
    ) as first:
        assert first.stdout is not None
        try:
            assert first.stdout.readline() == "ready\n"
            second = subprocess.run(
                [sys.executable, "-c", SECOND], cwd=ROOT, env=surroundings, timeout=PATIENCE, check=False
            )
            assert second.returncode == 0
            assert first.stdout.readline() == "raised\n"
            assert first.wait(PATIENCE) == 0
        finally:
            first.kill()


def test_a_double_click_on_a_database_hands_it_to_the_first_window(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "Учёт №1.IMC"
    with subprocess.Popen(
        [sys.executable, "-c", EITHER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=surroundings,
    ) as first:  # fmt: skip
        assert first.stdin is not None
        assert first.stdout is not None
        try:
            assert first.stdout.readline() == "first\n"
            second = [sys.executable, "-m", "imc_desktop", str(file)]
            subprocess.run(second, cwd=ROOT, env=surroundings, timeout=PATIENCE, check=True)
            assert first.stdout.readline() == f"called {file.name}\n"
        finally:
            first.kill()


@pytest.mark.parametrize("apart", [0.0, 0.15, 0.3])
def test_two_starts_at_once_give_one_window(surroundings: dict[str, str], apart: float) -> None:
    """The listener comes after the window: whoever loses the lock waits for it."""
    with ExitStack() as stack:
        starts = []
        for _ in range(2):
            started = subprocess.Popen(
                [sys.executable, "-c", EITHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=surroundings,
            )  # fmt: skip
            starts.append(stack.enter_context(started))
            stack.callback(started.kill)
            time.sleep(apart)
        deadline = time.monotonic() + PATIENCE
        while not (ended := [one for one in starts if one.poll() is not None]) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(ended) == 1, "one of the two goes when the other has heard it"
        other = next(one for one in starts if one not in ended)
        assert ended[0].returncode == 0
        assert ended[0].communicate()[0] == ""
        out, _ = other.communicate("end\n", timeout=PATIENCE)
        assert out.split() == ["first", "called"]
        assert other.returncode == 0


# A first start that is closing: it has the lock and takes the call, but nobody hears it any more.
CLOSING = """
import sys
from PySide6.QtCore import QCoreApplication, QDir, QLockFile, QTimer
from PySide6.QtNetwork import QLocalServer
app = QCoreApplication([])
lock = QLockFile(QDir.tempPath() + "/" + sys.argv[1] + ".lock")
lock.setStaleLockTime(0)
server = QLocalServer()
assert lock.tryLock(0) and server.listen(sys.argv[1])
QTimer.singleShot(1000, app.quit)
print("closing", flush=True)
app.exec()
"""


def test_who_calls_a_closing_window_becomes_the_first(qapp: QApplication) -> None:
    name = f"imc-{uuid.uuid4().hex}"
    with subprocess.Popen([sys.executable, "-c", CLOSING, name], stdout=subprocess.PIPE, text=True, cwd=ROOT) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "closing\n"
        single = SingleInstance(name)
        assert single.claim([], listen=False), "the call was not heard, so this start opens the window"
        assert first.wait(PATIENCE) == 0
        single.release()


def test_pictures_of_every_tab_without_a_screen(qapp: QApplication, tmp_path: Path) -> None:
    database = tmp_path / "кабинет.imc"
    create_office(database, "bohan", {}).close()
    pictures = save_pictures(database, tmp_path)
    assert [picture.stem for picture in pictures] == [spec.key for spec in PAGES]
    for picture in pictures:
        assert QImage(str(picture)).width() == 1366
