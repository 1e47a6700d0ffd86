"""The start of the program as the system starts it: what is imported before the first paint, two starts, pictures."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from imc_desktop.app import save_pictures
from imc_desktop.usecases.office_making import create_office
from ui.registry import PAGES

ROOT = Path(__file__).parents[1]
PATIENCE = 30

HEAVY = """
import sys
import imc_desktop.app
print([name for name in ("sqlalchemy", "alembic", "reportlab", "openpyxl", "PySide6.QtPdf") if name in sys.modules])
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


def test_pictures_of_every_tab_without_a_screen(qapp: QApplication, tmp_path: Path) -> None:
    database = tmp_path / "кабинет.imc"
    create_office(database, "bohan", {}).close()
    pictures = save_pictures(database, tmp_path)
    assert [picture.stem for picture in pictures] == [spec.key for spec in PAGES]
    for picture in pictures:
        assert QImage(str(picture)).width() == 1366
