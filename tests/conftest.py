"""Fixtures of all tests: no screen, Russian-safe encoding, a clock that stands, no modal boxes."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

# The screen of an office, 1366×768: Qt's own one without a screen is 800×800. (A colon parts words of this setting.)
_SCREEN = Path(__file__).parent / "data" / "office_screen.json"
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = "offscreen" if ":" in str(_SCREEN) else f"offscreen:configfile={_SCREEN}"
os.environ.setdefault("LANG", "C.UTF-8")

# Offices made by tests are not those of the person who runs them.
_HOME = tempfile.TemporaryDirectory(prefix="imc-tests-")
os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = _HOME.name

TODAY = date(2026, 11, 20)


def pytest_configure(config: pytest.Config) -> None:
    """Without a screen Qt says so for every window: no fault of ours."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


_MUCH = 200_000  # objects made since the last collection


def pytest_sessionstart() -> None:
    """As in the program (``ui.collector``): cycles with widgets in them are collected on the main thread only."""
    gc.disable()


def pytest_runtest_logfinish() -> None:
    """Between tests nothing else runs."""
    if gc.get_count()[0] > _MUCH:
        gc.collect()


@pytest.fixture
def today() -> date:
    """The day on which all tests live."""
    return TODAY


@pytest.fixture(autouse=True)
def no_modal_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test never waits for a person: opening a box with ``exec`` fails instead of hanging."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return

    def refuse(*_args: object, **_more: object) -> None:
        pytest.fail("A modal box was opened in a test")

    for name in ("QDialog", "QMessageBox", "QFileDialog"):
        monkeypatch.setattr(getattr(widgets, name), "exec", refuse)
    for name in ("information", "warning", "critical", "question"):
        monkeypatch.setattr(widgets.QMessageBox, name, refuse)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(widgets.QFileDialog, name, refuse)
