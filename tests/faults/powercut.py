"""The power fails at any moment: thousands of disks as they may be found afterwards, each opened and checked.

One recorded stretch of work gives many images. What is checked of each: the file is whole, its log chains, every
acknowledged step is there, every row of every step is there, and no row without its step.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.faults.batches import in_batches
from tests.faults.disk import Recorder, Replay, write_image
from tests.faults.parts import Outcome, Task
from tests.faults.scenarios import DONE, FILES, OFFICE, Scenario, scenarios
from tests.faults.strace import missing, recorded
from tests.faults.workload import audit, make_office, work

IMAGES_OF_ONE = 2_500
SWAPS_OF_ONE = 250
_BATCH = 125
_STEPS = 24


def database_images(task: Task) -> Outcome:
    """The main database while an office works."""
    working = Scenario(
        "work", lambda folder: make_office(folder / OFFICE), lambda folder, tell: work(folder / OFFICE, 1, _STEPS, tell),
        lambda folder, told: audit(folder / OFFICE, [int(words) for words in told if words.isdigit()]),
    )  # fmt: skip
    return _tried(task, [working], IMAGES_OF_ONE)


def swap_images(task: Task) -> Outcome:
    """Copies, restores and upgrades: files that take each other's place."""
    outcome = Outcome(skipped=missing())
    if outcome.skipped:
        return outcome
    return _tried(task, scenarios(task.folder, FILES), SWAPS_OF_ONE)


def _tried(task: Task, turns: Sequence[Scenario], images_of_one: int) -> Outcome:
    """The scenarios by turns, each recorded anew for every ``images_of_one`` images."""
    outcome = Outcome(skipped=missing())
    numbers = [] if outcome.skipped else list(task.numbers())
    size = min(images_of_one, max(1, -(-task.points // len(turns))))
    while numbers:
        record = numbers[0] // size
        mine = [number for number in numbers if number // size == record]
        numbers = numbers[len(mine) :]
        scenario, folder = turns[record % len(turns)], task.folder / f"record-{record}"
        folder.mkdir()
        scenario.prepare(folder)
        recorder = record_of(scenario, folder)
        check = partial(_images, task, scenario, (recorder, folder))
        in_batches(mine, _BATCH, check, outcome)
    return outcome


def record_of(scenario: Scenario, folder: Path) -> Recorder:
    """The record of a deed; AssertionError when it did not work."""
    recorder = Recorder(folder)
    child, calls = recorded(scenario.deed(folder), folder.with_suffix(".log"))
    assert child.status == 0, child.told
    recorder.take(calls)
    told = [op.path for op in recorder.ops if op.what == "told"]
    assert told == child.told, (told, child.told)
    assert told[-1] == DONE, told
    return recorder


def _moment(recorder: Recorder, chance: random.Random) -> int:
    """When the power fails; often just after something was told done, which must then be on the medium."""
    told = [number for number, op in enumerate(recorder.ops, 1) if op.what == "told"]
    return chance.choice(told) if chance.random() < 0.25 else chance.randint(0, len(recorder.ops))


def _images(
    task: Task, scenario: Scenario, record: tuple[Recorder, Path], batch: Sequence[int]
) -> Iterator[tuple[int, str]]:
    recorder, former = record
    folder = former.with_name(f"found-{batch[0]}")
    folder.mkdir(exist_ok=True)
    replay = Replay(recorder)
    chances = {number: task.chance(number) for number in batch}
    moments = {number: _moment(recorder, chance) for number, chance in chances.items()}
    for number in sorted(batch, key=moments.__getitem__):
        replay.advance(moments[number])
        write_image(replay.image(chances[number]), former, folder)
        problems = scenario.wrong(folder, replay.told)
        yield number, f"{scenario.name}, after call {moments[number]}: {'; '.join(problems)}" if problems else ""
