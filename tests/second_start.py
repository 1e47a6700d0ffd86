"""A second start of the program: a process of its own, which ends when the first one has heard it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

CALL = """
import sys, pathlib
from PySide6.QtCore import QCoreApplication
from ui.single_instance import SingleInstance
app = QCoreApplication([])
sys.exit(40 + SingleInstance(sys.argv[1]).claim([pathlib.Path(sys.argv[2])]))
"""


def call_from_another_process(name: str, file: Path, qtbot: QtBot) -> None:
    """Call the first start of ``name``, which listens in this process, with a file."""
    root = Path(__file__).parents[1]
    with subprocess.Popen([sys.executable, "-c", CALL, name, str(file)], cwd=root) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        assert second.returncode == 40, "it is not the first"
