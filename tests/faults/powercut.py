"""The power fails at any moment: thousands of disks as they may be found afterwards, each opened and checked.

One recorded stretch of work gives many images. What is checked of each: the file is whole, its log chains, every
acknowledged step is there, every row of every step is there, and no row without its step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.batches import in_batches
from tests.faults.disk import Recorder, Replay, write_image
from tests.faults.parts import Outcome, Task
from tests.faults.strace import missing, recorded
from tests.faults.workload import audit, make_office, work

IMAGES_OF_ONE = 2_500
_BATCH = 125
_STEPS = 24
_OFFICE = "office.imc"


def database_images(task: Task) -> Outcome:
    """The main database while an office works."""
    outcome = Outcome(skipped=missing())
    if outcome.skipped:
        return outcome
    numbers = list(task.numbers())
    while numbers:
        record = numbers[0] // IMAGES_OF_ONE
        mine = [number for number in numbers if number // IMAGES_OF_ONE == record]
        numbers = numbers[len(mine) :]
        folder = task.folder / f"record-{record}"
        folder.mkdir()
        make_office(folder / _OFFICE)
        recorder = record_of(folder)
        in_batches(mine, _BATCH, lambda batch, of=recorder, at=folder: _images(task, of, at, batch), outcome)
    return outcome


def record_of(folder: Path) -> Recorder:
    """The record of an office that works a while; AssertionError when it did not work."""
    recorder = Recorder(folder)
    database = folder / _OFFICE
    child, calls = recorded(lambda acknowledge: work(database, 1, _STEPS, acknowledge), folder.with_suffix(".log"))
    assert child.status == 0, child.told
    recorder.take(calls)
    told = [op.path for op in recorder.ops if op.what == "told"]
    assert told == [str(number) for number in range(1, _STEPS + 1)], told
    return recorder


def _images(task: Task, recorder: Recorder, former: Path, batch: Sequence[int]) -> Iterator[tuple[int, str]]:
    folder = former.with_name(f"found-{batch[0]}")
    folder.mkdir()
    replay = Replay(recorder)
    chances = {number: task.chance(number) for number in batch}
    moments = {number: chance.randint(0, len(recorder.ops)) for number, chance in chances.items()}
    for number in sorted(batch, key=moments.__getitem__):
        replay.advance(moments[number])
        write_image(replay.image(chances[number]), former, folder)
        problems = audit(folder / _OFFICE, [int(words) for words in replay.told])
        yield number, "; ".join(problems)
