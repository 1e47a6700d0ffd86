"""Every step of the program's own file operations refused, once and for ever, and cut, also while it recovers."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.files import FileOps, swapped
from imc_desktop.domain.errors import UserError
from imc_desktop.held import HeldDatabase
from tests.faults.batches import in_batches
from tests.faults.children import CRASHED, Acknowledge, Child, Deed, started
from tests.faults.parts import Outcome, Task
from tests.faults.scenarios import FILES, OFFICE, Scenario, scenarios

_BATCH = 60
_FEW = 100
_CUT = "cut"
# What machines answer: no room, a broken medium, no right, a file in other hands (Windows 5, 32), a medium that is gone.
ANSWERS: dict[str, tuple[int, int]] = {
    "ENOSPC": (errno.ENOSPC, 0),
    "EIO": (errno.EIO, 0),
    "EACCES": (errno.EACCES, 5),
    "EBUSY": (errno.EACCES, 32),
    "ENODEV": (errno.ENODEV, 0),
    "EROFS": (errno.EROFS, 0),
}


class Faulty(FileOps):
    """File operations whose step number ``at`` (from 1) is refused or is the last thing the process does."""

    def __init__(self, at: int = 0, answer: str = "EIO", *, lasting: bool = False) -> None:
        self.steps = 0
        self._at, self._answer, self._lasting = at, answer, lasting

    def step(self, name: str, path: Path) -> None:
        """Count, and refuse when it is time."""
        self.steps += 1
        if self.steps == self._at or (self._lasting and self.steps > self._at > 0):
            if self._answer == _CUT:
                os.kill(os.getpid(), signal.SIGKILL)
            raise refusal(self._answer, path)

    def pause(self, seconds: float) -> None:
        """Nobody waits here."""


def refusal(answer: str, path: Path) -> OSError:
    """The error of a machine that refuses, with the number Windows gives it."""
    number, windows = ANSWERS[answer]
    error = OSError(number, os.strerror(number), str(path))
    error.winerror = windows  # type: ignore[attr-defined]
    return error


@dataclass(frozen=True, slots=True)
class Point:
    """A fault in the deed and, when the deed was cut, another one in the recovery after it (0 = none)."""

    scenario: Scenario
    at: int
    answer: str
    lasting: bool = False
    again: int = 0
    second: str = _CUT

    def __str__(self) -> str:
        after = f", recovery {self.second} at {self.again}" if self.again else ""
        return f"{self.scenario.name}: {self.answer}{' for ever' if self.lasting else ''} at step {self.at}{after}"


def every_step(task: Task) -> Outcome:
    """All points of copying, restoring and upgrading, or as many as are asked for, chosen by the seed."""
    outcome = Outcome()
    points: list[Point] = []
    for scenario in scenarios(task.folder, FILES):
        (template := task.folder / scenario.name).mkdir()
        scenario.prepare(template)
        points += _points(scenario, template, every=1 if task.points > _FEW else 5)
    chosen: Sequence[int] = range(len(points))
    if task.only is not None:
        chosen = [task.only]
    elif task.points < len(points):
        chosen = sorted(random.Random(task.seed).sample(chosen, task.points))
    outcome.notes.append(f"{len(points)} in all")
    in_batches(chosen, _BATCH, lambda batch: _tried(task.folder, points, batch), outcome)
    return outcome


def _points(scenario: Scenario, template: Path, every: int) -> Iterator[Point]:
    """``every``: after which cuts the recovery is disturbed as well, 1 = after each."""
    steps = _steps(template, scenario.deed)
    for at in range(1, steps + 1):
        for answer in ANSWERS:
            yield Point(scenario, at, answer)
            yield Point(scenario, at, answer, lasting=True)
        yield Point(scenario, at, _CUT)
        if at % every:
            continue
        cut = template.with_name("cut")
        shutil.copytree(template, cut)
        _done(scenario.deed(cut), Faulty(at, _CUT)).wait()
        recovery = _steps(cut, _recovery)
        shutil.rmtree(cut)
        for again in range(1, recovery + 1):
            for second in (_CUT, "EIO", "ENOSPC"):
                yield Point(scenario, at, _CUT, again=again, second=second)


def _steps(template: Path, deed_of: Callable[[Path], Deed]) -> int:
    """How many steps a deed has; it is done once in a copy of the folder."""
    folder = template.with_name("counting")
    shutil.copytree(template, folder)
    ops = Faulty()

    def counted(acknowledge: Acknowledge) -> None:
        with swapped(ops):
            deed_of(folder)(lambda _words: None)
        acknowledge(str(ops.steps))

    child = started(counted)
    if child.wait():
        raise AssertionError(f"the deed failed without a fault: {child.told}")
    shutil.rmtree(folder)
    return int(child.told[-1])


def _recovery(folder: Path) -> Deed:
    """The next start of the program."""

    def open_again(_acknowledge: Acknowledge) -> None:
        try:
            HeldDatabase.take(folder / OFFICE).release()
        except UserError as error:
            if "поврежд" in str(error):
                raise AssertionError(str(error)) from error

    return open_again


def _done(deed: Deed, ops: FileOps) -> Child:
    def with_faults(acknowledge: Acknowledge) -> None:
        with swapped(ops):
            deed(acknowledge)

    return started(with_faults)


def _tried(home: Path, points: Sequence[Point], batch: Sequence[int]) -> Iterator[tuple[int, str]]:
    for number in batch:
        point = points[number]
        folder = home / f"point-{number}"
        shutil.copytree(home / point.scenario.name, folder)
        child = _done(point.scenario.deed(folder), Faulty(point.at, point.answer, lasting=point.lasting))
        problems = [f"no sentence for a person: {child.told[-1]}"] if child.wait() == CRASHED else []
        if point.again:
            recovery = _done(_recovery(folder), Faulty(point.again, point.second))
            problems += [f"recovery broke: {recovery.told[-1]}"] if recovery.wait() == CRASHED else []
        problems += point.scenario.wrong(folder, child.told)
        yield number, f"{point}: {'; '.join(problems)}" if problems else ""
        shutil.rmtree(folder)
