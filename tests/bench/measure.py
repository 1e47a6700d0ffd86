"""Candidate and yardstick in turn: only the ratio of two neighbours in one run carries to another machine."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Timed = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the report. ``limit`` None: printed beside, no promise."""

    name: str
    ratio: float
    limit: float | None
    what: str
    candidate_ms: float
    yardstick_ms: float

    @property
    def met(self) -> bool:
        """Whether the promise holds."""
        return self.limit is None or self.ratio <= self.limit

    def as_json(self) -> dict[str, object]:
        """The shape of ``--json``."""
        return {
            "ratio": round(self.ratio, 3),
            "limit": self.limit,
            "what": self.what,
            "met": self.met,
            "candidate_ms": round(self.candidate_ms, 2),
            "yardstick_ms": round(self.yardstick_ms, 2),
        }


def wall(work: Callable[[], object]) -> float:
    """Seconds of one call, as it is lived through."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cpu(work: Callable[[], object]) -> float:
    """Processor seconds of one call: for work that waits for nothing."""
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def compare(goal: tuple[str, float | None, str], candidate: Timed, yardstick: Timed, rounds: int) -> Goal:
    """Median of the ratios of neighbours; who goes first alternates. One round before is not counted."""
    name, limit, what = goal
    candidate(), yardstick()
    pairs = []
    for number in range(rounds):
        if number % 2:
            theirs = yardstick()
            ours = candidate()
        else:
            ours = candidate()
            theirs = yardstick()
        pairs.append((ours, theirs))
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    return Goal(
        name, ratio, limit, what,
        statistics.median(ours for ours, _ in pairs) * 1000,
        statistics.median(theirs for _, theirs in pairs) * 1000,
    )  # fmt: skip
