"""The frozen program against a frozen empty window of the same Qt, side by side: start to a usable window, idle memory.

Seen from outside: a start lasts until the window with the office's name in its title is on the screen.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

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
EMPTY_TITLE, SHOWN_TITLE, OPENED_TITLE = "пустое окно", "ИМЦ", "— IMC Desktop"
ROUNDS, IDLE_SECONDS, PATIENCE = 7, 6, 60
MAX_START, MAX_MEMORY = 1.5, 2.5


class Seen(NamedTuple):
    """One start: seconds to each title, the processor's seconds by then, bytes of memory after a rest."""

    seconds: list[float]
    work: float
    memory: int


def compare() -> str:
    """The ratios; they are told, not asserted: a loaded machine says nothing. FailedError when nothing came."""
    driven = Driven(fresh(cache() / "work" / "measure"))
    if driven.kind != "frozen":
        raise SkippedError("no Linux folder yet: python -m release linux-folder")
    empty = _empty_program()
    run(
        [*driven.commands, "demo", "--output", driven.folder / "demo"],
        env={**os.environ, **driven.environment, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}, cwd=ROOT, words="demo",
    )  # fmt: skip
    ours = [*driven.window_command, "--database", next(driven.folder.rglob("*.imc"))]
    bare: list[Seen] = []
    full: list[Seen] = []
    with Screen() as screen:
        for number in range(ROUNDS):
            rest = IDLE_SECONDS if number == ROUNDS - 1 else 0
            bare.append(_start(screen, [empty], (EMPTY_TITLE,), driven.environment, rest))
            full.append(_start(screen, ours, (SHOWN_TITLE, OPENED_TITLE), driven.environment, rest))
    base, base_work = _median(one.seconds[0] for one in bare), _median(one.work for one in bare)
    for words, seconds in (
        ("start to the window", _median(one.seconds[0] for one in full)),
        ("start to the opened database", _median(one.seconds[1] for one in full)),
    ):
        say(f"{words}: {seconds:.2f} s, empty window {base:.2f} s, ratio {seconds / base:.2f} (goal: {MAX_START})")
    work = _median(one.work for one in full)
    say(f"the processor's part of it: {work:.2f} s, empty window {base_work:.2f} s, ratio {work / base_work:.2f}")
    used, held = full[-1].memory, bare[-1].memory
    say(f"idle: {megabytes(used)}, empty window {megabytes(held)}, ratio {used / held:.2f} (goal: {MAX_MEMORY})")
    return f"measured against an empty frozen window; {_folders(driven)}"


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


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


def _start(
    screen: Screen, command: Sequence[str | Path], titles: Sequence[str], env: Mapping[str, str], rest: float
) -> Seen:
    """Start a program, wait for its titles one after another, let it rest, end it."""
    started = time.perf_counter()
    program = screen.start(command, env)
    seconds = []
    for title in titles:
        while not screen.hand("xdotool", "search", "--onlyvisible", "--name", title, check=False):
            if time.perf_counter() - started > PATIENCE or program.poll() is not None:
                raise FailedError(f"no window «{title}»")
        seconds.append(time.perf_counter() - started)
    work = _work(program.pid)
    time.sleep(rest)
    seen = Seen(seconds, work, _proportional(program.pid))
    program.terminate()
    program.wait(20)
    return seen


def _work(process: int) -> float:
    """Seconds that the processor spent on a process, for itself and in the kernel."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _proportional(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
