"""A power cut in the middle of an import: nothing half written, the step before can still be taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop import paths
from imc_desktop.usecases.copies import verify_file
from imc_desktop.usecases.staff import people
from imc_desktop.usecases.staff_edit import add_person
from imc_desktop.usecases.staff_input import PersonInput
from tests.conftest import TODAY
from tests.journeys.conftest import Program

# The deed itself, stopped at a share of its way: the process is then killed while its transaction is open.
DEED = """
import sys, time, datetime, pathlib
from db.store import Store
from imc_desktop.usecases.imports.run import import_papers, read_papers
database, paper, share = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), float(sys.argv[3])
store = Store(database)
papers = read_papers(store, [paper])
def progress(done, _words):
    if done >= share:
        print("now", flush=True)
        time.sleep(60)
import_papers(store, papers, today=datetime.date(2026, 11, 20), progress=progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("share", [0.0, 0.95])
def test_an_interrupted_import_leaves_no_half_state(
    office: Path, start: Callable[..., Program], qtbot: QtBot, share: float
) -> None:
    store = Store(office)
    add_person(store, PersonInput("Цветкова", "Анна", "Ивановна"), TODAY)
    label, number = store.undo_label, store.change_counter()
    store.close()
    root = paths.resources().parent
    with subprocess.Popen(
        [sys.executable, "-c", DEED, str(office), str(root / "resources/demo/03_pedagogi_DOU.xlsx"), str(share)],
        stdout=subprocess.PIPE, text=True, cwd=root,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "now\n"
        os.kill(child.pid, signal.SIGKILL)
    program = start(office)
    assert program.window.current_key, "opens as if nothing had happened"
    verify_file(office)
    assert program.ctx.store.change_counter() == number
    assert [row.full_name for row in people(program.ctx.store, TODAY)] == ["Цветкова Анна Ивановна"]
    assert program.ctx.store.undo_label == label
    program.key(Qt.Key.Key_Z)
    assert people(program.ctx.store, TODAY) == []
