"""A fault of the program itself, anywhere: the window says that the data are safe, work goes on, the log names nobody."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from imc_desktop.faceless import FacelessFormatter, hide, trace_of
from imc_desktop.log_file import rotating

ROOT = Path(__file__).parents[1]
PATIENCE = 60
SECRETS = ("Иванова", "Мария", "112-233-445 95", "11223344595", "+7 914 123-45-67", "900101450011", "ivanova@school.ru")
SAID = "Иванова Мария Петровна, СНИЛС 112-233-445 95 (11223344595), тел. +7 914 123-45-67, ИИН 900101450011, ivanova@school.ru"

# The real program; faults on the window's thread, on a thread of its own and in work beside the window.
PROGRAM = f"""
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton
from imc_desktop import app
from ui.crash import CrashDialog
from ui.main_window import MainWindow
program = app._application()
said = {SAID!r}
def fail(kind):
    raise kind(said)
def window():
    return next((one for one in program.topLevelWidgets() if isinstance(one, MainWindow)), None)
def boxes():
    return [one for one in program.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]
steps = [
    lambda: fail(ZeroDivisionError),
    lambda: threading.Thread(target=fail, args=(KeyError,)).start(),
    lambda: window().ctx.jobs.run(lambda report: fail(LookupError)),
    lambda: window().ctx.attempt(lambda: fail(ValueError)),
]
state = {{"begun": False}}
def look():
    open_boxes = boxes()
    if open_boxes:
        box = open_boxes[0]
        print("|".join(label.text().split(chr(10))[0] for label in box.findChildren(QLabel)), flush=True)
        print(box.report.replace(chr(10), " / "), flush=True)
        next(one for one in box.findChildren(QPushButton) if one.text() == "Продолжить").click()
        state["begun"] = False
    elif steps and not state["begun"] and window() is not None and window().isVisible() and window().host.currentWidget():
        state["begun"] = True
        QTimer.singleShot(0, steps.pop(0))
    elif not steps and not state["begun"]:
        print("goes on", window().isVisible(), flush=True)
        window().close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
sys.exit(app.run_window(None))
"""


def test_faults_on_every_thread_open_the_crash_window_and_work_goes_on(tmp_path: Path) -> None:
    surroundings = {
        **os.environ,
        "PYTHONUTF8": "1",
        "USERNAME": uuid.uuid4().hex,
        "XDG_DATA_HOME": str(tmp_path / "данные"),
        "XDG_STATE_HOME": str(tmp_path / "журнал"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT, env=surroundings, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("Данные сохранены, действие отменено")] == lines[:-1:2]
    assert len(lines) == 9, done.stdout
    for line, kind in zip(lines[1:-1:2], ("ZeroDivisionError", "KeyError", "LookupError", "ValueError"), strict=True):
        assert kind in line
        assert "fail" in line, "the place in the code"
    assert lines[-1] == "goes on True"
    log = next((tmp_path / "журнал").rglob("*.log")).read_text(encoding="utf-8")
    assert log.count("ERROR ui.crash") == 4
    assert [secret for secret in SECRETS if secret in log + done.stdout] == []


def broken(error: BaseException) -> BaseException:
    """An error as it is caught: with its trace and a cause."""
    try:
        try:
            {}[SAID]
        except KeyError as cause:
            raise error from cause
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("secret", SECRETS)
def test_what_belongs_to_a_person_is_left_out(secret: str) -> None:
    assert secret not in hide(f"Row of {secret} could not be read")
    assert hide(f"Row of {secret} could not be read").startswith("Row of ")


@pytest.mark.parametrize(
    "told", ["staff_edit.py:1234 save", "IMC Desktop 0.1.0", "linux, Python 3.11.7", "schema 2, 1200 rows"]
)
def test_what_helps_to_mend_stays(told: str) -> None:
    assert hide(told) == told


def test_kazakh_letters_and_names_of_files_are_left_out() -> None:
    assert hide("C:/Users/Әлия Қасымова/список.xlsx is locked") == "C:/Users/…/….xlsx is locked"


def test_a_trace_names_kinds_and_places_and_ends_in_a_ring() -> None:
    error = broken(ValueError(SAID))
    assert error.__cause__ is not None
    error.__cause__.__cause__ = error
    lines = trace_of(error)
    assert [line for line in lines if not line.startswith("  ")] == ["builtins.ValueError", "builtins.KeyError"]
    assert any("test_crash.py" in line for line in lines)
    assert not any(secret in line for secret in SECRETS for line in lines)


def test_the_log_turns_over_and_names_nobody(tmp_path: Path) -> None:
    handler = rotating(tmp_path / "imc-desktop.log")
    logger = logging.getLogger("imc_desktop.test_of_the_log")
    logger.propagate = False
    logger.addHandler(handler)
    error = broken(ValueError(SAID))
    for number in range(4000):
        logger.error("Row %s of %s could not be read %s", number, SAID, "x" * 600, exc_info=error)
    handler.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["imc-desktop.log", *(f"imc-desktop.log.{number}" for number in (1, 2, 3))]
    assert all(file.stat().st_size <= 600_000 for file in files)
    texts = "".join(file.read_text(encoding="utf-8") for file in files)
    assert "builtins.ValueError" in texts
    assert [secret for secret in SECRETS if secret in texts] == []


def test_a_text_another_handler_has_made_is_not_taken_over() -> None:
    error = broken(ValueError(SAID))
    record = logging.LogRecord(
        "ui", logging.ERROR, "x.py", 1, "Read failed", (), (type(error), error, error.__traceback__)
    )
    logging.Formatter().format(record)
    assert "Иванова" in str(record.exc_text), "as the usual formatter leaves it"
    assert "Иванова" not in FacelessFormatter().format(record)
