"""A program killed, or refused by the system once or for ever, at every system call that changes a file."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.batches import in_batches
from tests.faults.children import CRASHED
from tests.faults.parts import Outcome, Task
from tests.faults.scenarios import Scenario, scenarios
from tests.faults.strace import counted, missing, traced

_BATCH = 40
_KILLED_AT = frozenset(
    {"write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "unlinkat", "mkdir", "rmdir"}
)
_FULL_AT = frozenset({"write", "pwrite64", "ftruncate", "mkdir", "rename"})
_BROKEN_AT = _KILLED_AT


@dataclass(frozen=True, slots=True)
class Point:
    """One fault: what strace does at the ``number``-th call of a name (from 1)."""

    scenario: Scenario
    call: str
    number: int
    fault: str

    @property
    def options(self) -> list[str]:
        """What strace is told."""
        when = f"{self.number}+" if self.fault == "error=EIO" else str(self.number)
        return ["-e", f"trace={self.call}", "-e", f"inject={self.call}:{self.fault}:when={when}"]


def every_call(task: Task) -> Outcome:
    """All points of all scenarios, or as many of them as are asked for, chosen by the seed."""
    outcome = Outcome(skipped=missing())
    if outcome.skipped:
        return outcome
    points = []
    for scenario in scenarios(task.folder):
        template = task.folder / scenario.name
        template.mkdir()
        scenario.prepare(template)
        points += list(_points(scenario, template, task.folder))
    chosen = range(len(points))
    if task.only is not None:
        chosen = [task.only]
    elif task.points < len(points):
        chosen = sorted(random.Random(task.seed).sample(chosen, task.points))
    told = Counter(f"{points[number].scenario.name}" for number in chosen)
    outcome.notes.append(", ".join(f"{name} {count}" for name, count in told.items()))
    outcome.notes.append(f"{len(points)} in all")
    in_batches(chosen, _BATCH, lambda batch: _tried(task.folder, points, batch), outcome)
    return outcome


def _points(scenario: Scenario, template: Path, home: Path) -> Iterator[Point]:
    """Every point of a scenario, found by doing it once."""
    folder = home / "counting"
    shutil.copytree(template, folder)
    calls = counted(scenario.deed(folder), sorted(_KILLED_AT), home / "counting.log")
    problems = scenario.wrong(folder, ["done"])
    shutil.rmtree(folder)
    if problems:
        raise AssertionError(f"{scenario.name} does not work even without faults: {problems}")
    for fault, where in (("signal=KILL", _KILLED_AT), ("error=ENOSPC", _FULL_AT), ("error=EIO", _BROKEN_AT)):
        for name in sorted(where & set(calls)):
            for number in range(1, calls[name] + 1):
                yield Point(scenario, name, number, fault)


def _tried(home: Path, points: Sequence[Point], batch: Sequence[int]) -> Iterator[tuple[int, str]]:
    for number in batch:
        point = points[number]
        folder = home / f"point-{number}"
        shutil.copytree(home / point.scenario.name, folder)
        child = traced(point.scenario.deed(folder), point.options)
        status = child.wait()
        problems = []
        if status == CRASHED:
            problems.append(f"no sentence for a person: {child.told[-1]}")
        problems += point.scenario.wrong(folder, child.told)
        what = f"{point.scenario.name}: {point.fault} at {point.call} {point.number}: "
        yield number, what + "; ".join(problems) if problems else ""
        shutil.rmtree(folder)
