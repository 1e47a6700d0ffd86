"""P1 and P2: from the start of the process to a painted window, whole processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.districts import make_district
from tests.bench.measure import Goal, compare

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 3_000
ROUNDS = 11
TIMEOUT = 60


def goals(folder: Path) -> Iterator[Goal]:
    """The main window, then the list of people, each against an empty PySide6 window."""
    database = folder / "district.imc"
    make_district(database, PEOPLE, 1).close()
    data = folder / "data" / "IMC Desktop"
    data.mkdir(parents=True)
    (data / "window.json").write_text(json.dumps({"window.tab": "staff"}), encoding="utf-8")
    start = partial(_start, folder)
    empty = partial(start, "empty")
    start("list", str(database))  # compiles all that the measured starts import
    empty()
    yield compare(
        ("P1", 1.5, "process start to the painted main window against an empty painted PySide6 QMainWindow"),
        partial(start, "main", str(database)), empty, ROUNDS,
    )  # fmt: skip
    yield compare(
        ("P2", 3.0, f"process start to the painted list of {PEOPLE} people against an empty painted QMainWindow"),
        partial(start, "list", str(database)), empty, ROUNDS,
    )  # fmt: skip


def _start(folder: Path, *words: str) -> float:
    environment = {
        **os.environ,
        "HOME": str(folder),
        "USER": f"bench-{os.getpid()}",
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),  # an installed program is compiled once, by its first start
        "PYTHONDONTWRITEBYTECODE": "",
    }
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.windows", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=TIMEOUT,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(done.stderr or "the process ended without painting")
    return seconds
