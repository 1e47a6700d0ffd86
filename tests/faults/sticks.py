"""Sticks of every size, full at each stage, and sticks pulled out at each step: older copies stay, the database as well.

Where the machine allows it the sticks are real small file systems; else the files port ends where the room would.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from db.files import FileOps, swapped
from tests.faults.batches import in_batches
from tests.faults.own_files import ANSWERS, Faulty
from tests.faults.parts import Outcome, Task
from tests.faults.scenarios import STICK, Scenario, copies_in, scenarios

_BATCH = 50
_STEPS = 24  # more than a copy has


class SmallStick(FileOps):
    """A stick with room for so many bytes that tells nobody how little that is."""

    def __init__(self, room: int | None) -> None:
        self._room = room

    def free(self, folder: Path) -> int:
        """As cheap sticks tell it."""
        return 1 << 40

    def write_new(self, path: Path, parts: Iterable[bytes | memoryview]) -> None:
        """Write as much as there is room for."""
        if self._room is None or STICK not in path.parts:
            super().write_new(path, parts)
            return
        data = b"".join(parts)
        path.write_bytes(data[: self._room])
        if len(data) > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


class Pulled(Faulty):
    """A stick that is gone from a step on; other places work."""

    def step(self, name: str, path: Path) -> None:
        """Count the steps on the stick only."""
        if STICK in path.parts:
            super().step(name, path)


def every_stick(task: Task) -> Outcome:
    """Even points: sizes; odd ones: removals."""
    outcome = Outcome()
    scenario = scenarios(task.folder, ["copy"])[0]
    template = task.folder / "template"
    template.mkdir()
    scenario.prepare(template)
    real = _can_mount(task.folder / "mounted")
    outcome.notes.append("real file systems" if real else "small file systems cannot be made here: simulated")
    largest = 2 * max(path.stat().st_size for path in copies_in(template))

    def check(batch: Sequence[int]) -> Iterator[tuple[int, str]]:
        for number in batch:
            folder = task.folder / f"point-{number}"
            shutil.copytree(template, folder)
            chance = task.chance(number)
            if number % 2:
                ops: FileOps = Pulled(1 + number // 2 % _STEPS, chance.choice(sorted(ANSWERS)), lasting=True)
                yield number, _copied(scenario, folder, ops)
            else:
                room = chance.choice((0, 1, chance.randrange(largest), largest))
                yield number, (_on_a_small_one if real else _simulated)(scenario, folder, room)
            shutil.rmtree(folder)

    in_batches(list(task.numbers()), _BATCH, check, outcome)
    return outcome


def _simulated(scenario: Scenario, folder: Path, room: int) -> str:
    return _copied(scenario, folder, SmallStick(room))


def _on_a_small_one(scenario: Scenario, folder: Path, room: int) -> str:
    """The stick as a file system that has room for so many bytes beside the older copy."""
    older = copies_in(folder)[0].read_bytes()
    size = (len(older) + 8191 + room) // 4096 * 4096
    name = copies_in(folder)[0].name
    stick = folder / STICK
    if not _mount(stick, size):
        return "the file system could not be made"
    try:
        (stick / name).write_bytes(older)
        return _copied(scenario, folder, SmallStick(None))
    finally:
        subprocess.run(["umount", str(stick)], check=True)


def _copied(scenario: Scenario, folder: Path, ops: FileOps) -> str:
    before = {path.name: path.read_bytes() for path in copies_in(folder)}
    told = []
    with swapped(ops):
        scenario.deed(folder)(told.append)
    problems = scenario.wrong(folder, told)
    if any((folder / STICK / name).read_bytes() != data for name, data in before.items()):
        problems.append("an older copy was touched")
    return "; ".join(problems)


def _mount(place: Path, size: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={max(size, 4096)}", "tmpfs", str(place)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _can_mount(place: Path) -> bool:
    place.mkdir()
    if not _mount(place, 8192):
        return False
    subprocess.run(["umount", str(place)], check=True)
    return True
