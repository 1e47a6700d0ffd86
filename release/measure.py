"""The frozen program against a frozen empty window of the same Qt, side by side: start to a usable window, idle memory.

Seen from outside: a start lasts until the window with the office's name in its title is on the screen.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from release.screen import Screen
from release.tools import (
    ROOT,
    FailedError,
    SkippedError,
    cache,
    digest_of,
    folder_size,
    fresh,
    megabytes,
    put_stamp,
    run,
    say,
    stamped,
)
from release.window import Driven

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("пустое окно")
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
"""
EMPTY_TITLE, OPENED_TITLE = "пустое окно", "— IMC Desktop"
ROUNDS, IDLE_SECONDS = 7, 6
MAX_START, MAX_MEMORY = 1.5, 2.5


def compare() -> str:
    """Both ratios; they are told, not asserted: a loaded machine says nothing. FailedError when nothing came."""
    driven = Driven(fresh(cache() / "work" / "measure"))
    if driven.kind != "frozen":
        raise SkippedError("no Linux folder yet: python -m release linux-folder")
    empty = _empty_program()
    run(
        [*driven.commands, "demo", "--output", driven.folder / "demo"],
        env={**os.environ, **driven.environment, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}, cwd=ROOT, words="demo",
    )  # fmt: skip
    database = next(driven.folder.rglob("*.imc"))
    ours = [*driven.window_command, "--database", database]
    starts: dict[str, list[float]] = {EMPTY_TITLE: [], OPENED_TITLE: []}
    memory: dict[str, int] = {}
    with Screen() as screen:
        for number in range(ROUNDS):
            for title, command in ((EMPTY_TITLE, [empty]), (OPENED_TITLE, ours)):
                idle = IDLE_SECONDS if number == ROUNDS - 1 else 0
                seconds, memory[title] = _one(screen, command, title, driven.environment, idle)
                starts[title].append(seconds)
    base, own = (statistics.median(starts[title]) for title in (EMPTY_TITLE, OPENED_TITLE))
    held, used = memory[EMPTY_TITLE], memory[OPENED_TITLE]
    say(f"start: {own:.2f} s, empty window {base:.2f} s, ratio {own / base:.2f} (goal: at most {MAX_START})")
    say(
        f"idle: {megabytes(used)}, empty window {megabytes(held)}, ratio {used / held:.2f} (goal: at most {MAX_MEMORY})"
    )
    return f"start {own / base:.2f}, memory {used / held:.2f} times an empty frozen window; {_folders(driven)}"


def _folders(driven: Driven) -> str:
    return f"folder {megabytes(folder_size(Path(driven.window_command[0]).parent))}"


def _empty_program() -> Path:
    """The yardstick: an empty window, frozen as we are."""
    place = cache() / "empty"
    stamp = digest_of(EMPTY, sys.version)
    if not stamped(place, stamp):
        say("Freezing an empty window ...")
        (fresh(place) / "empty_window.py").write_text(EMPTY, encoding="utf-8")
        run(
            [
                sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", place / "dist", "--workpath",
                place / "work", "--specpath", place, place / "empty_window.py",
            ],
            words="PyInstaller",
        )  # fmt: skip
        put_stamp(place, stamp)
    return place / "dist" / "empty_window" / "empty_window"


def _one(
    screen: Screen, command: Sequence[str | Path], title: str, env: Mapping[str, str], idle: float
) -> tuple[float, int]:
    """Seconds to the window, and the bytes that are the program's share of memory after ``idle`` seconds."""
    started = time.perf_counter()
    program = screen.start(command, env)
    while not screen.hand("xdotool", "search", "--onlyvisible", "--name", title, check=False):
        if time.perf_counter() - started > 60 or program.poll() is not None:
            raise FailedError(f"no window «{title}»")
    seconds = time.perf_counter() - started
    time.sleep(idle)
    share = _proportional(program.pid)
    program.terminate()
    program.wait(20)
    return seconds, share


def _proportional(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
