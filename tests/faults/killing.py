"""``kill -9`` at random times while an office works: edits and imports through the whole store, each acknowledged."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.children import started
from tests.faults.parts import Outcome, Task
from tests.faults.workload import audit, make_office, steps_in, work

_ENDLESS = 10_000
_LIVES = 20  # kills that one database goes through before a fresh one is taken
_SLOWEST = 60.0


def kills(task: Task) -> Outcome:
    """One database lives through many deaths; after each it is opened, checked, and worked on."""
    outcome = Outcome()
    database = task.folder / "office.imc"
    acknowledged: list[int] = []
    total = 0
    for number in task.numbers():
        if outcome.tried % _LIVES == 0:
            database = task.folder / f"office-{number}.imc"
            make_office(database)
            acknowledged = []
        known = len(acknowledged)
        failure = _one_life(database, acknowledged, task.chance(number))
        total += len(acknowledged) - known
        outcome.tried += 1
        if failure:
            outcome.failed(number, failure)
            outcome.tried += -outcome.tried % _LIVES  # the rest of its lives
    outcome.notes.append(f"{total} acknowledged steps")
    return outcome


def _one_life(database: Path, acknowledged: list[int], chance: random.Random) -> str:
    """Let a child work and kill it: while it opens, or some time after some steps; "" when nothing was lost."""
    first = max(steps_in(database), default=0) + 1
    child = started(lambda acknowledge: work(database, first, _ENDLESS, acknowledge))
    child.listen(_SLOWEST, until_told=chance.choice((0, 1, 5, 20)))
    child.listen(chance.uniform(0.0, 0.06))
    child.kill()
    child.wait()
    if crashed := [words for words in child.told if words.startswith("!")]:
        return f"the program broke before it was killed: {crashed}"
    acknowledged += [int(words) for words in child.told]
    return "; ".join(audit(database, acknowledged))
