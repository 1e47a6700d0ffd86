"""What a part of the suite is: a number of points to try, each of them repeatable from the seed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Task:
    """What a part is asked for: where it may write, how many points, from which seed; ``only`` repeats one point."""

    folder: Path
    points: int
    seed: int
    only: int | None = None

    def numbers(self) -> Iterator[int]:
        """The numbers of the points to try."""
        yield from range(self.points) if self.only is None else (self.only,)

    def chance(self, number: int) -> random.Random:
        """The randomness of one point: the same for the same seed and number, whatever was tried before."""
        return random.Random(f"{self.seed}/{number}")


@dataclass(slots=True)
class Outcome:
    """Points tried, what failed (each with its number), and what else is worth telling."""

    tried: int = 0
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str = ""

    def failed(self, number: int, what: str) -> None:
        """Remember that a point failed."""
        self.failures.append(f"point {number}: {what}")


@dataclass(frozen=True, slots=True)
class Part:
    """``full`` points for a release, ``quick`` ones within the tests."""

    name: str
    what: str
    full: int
    quick: int
    run: Callable[[Task], Outcome]


@dataclass(frozen=True, slots=True)
class Result:
    """A part that was run."""

    part: Part
    outcome: Outcome
    seconds: float


def carried_out(part: Part, task: Task) -> Result:
    """Run a part; a fault of the suite itself is a failure as well, never a pass."""
    begun = time.perf_counter()
    outcome = part.run(task)
    if not outcome.tried and not outcome.skipped:
        outcome.failures.append("nothing was tried")
    return Result(part, outcome, time.perf_counter() - begun)
