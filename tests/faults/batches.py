"""Many points in few children: a point that kills or hangs its child is found and counted, the others go on."""

from __future__ import annotations

import resource
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from tests.faults.children import Acknowledge, Child, started
from tests.faults.parts import Outcome

# Tries the points of a batch, one after another, and says of each what is wrong with it ("" = nothing).
Check = Callable[[Sequence[int]], Iterator[tuple[int, str]]]

_HUNG = 120.0  # nothing told for so long: far above what any point needs on a slow machine
JOBS = 1


def in_batches(numbers: Sequence[int], size: int, check: Check, outcome: Outcome, *, memory: int | None = None) -> None:
    """Try all points in children of ``size`` points; ``memory`` bounds what one child may take, in bytes."""
    running: deque[tuple[Child, Sequence[int]]] = deque()
    for first in range(0, len(numbers), size):
        batch = numbers[first : first + size]
        running.append((_child(check, batch, memory), batch))
        if len(running) >= JOBS:
            _finish(*running.popleft(), check, outcome, memory)
    while running:
        _finish(*running.popleft(), check, outcome, memory)


def _child(check: Check, batch: Sequence[int], memory: int | None) -> Child:
    def deed(acknowledge: Acknowledge) -> None:
        for number, problem in check(batch):
            acknowledge(f"{number} {problem}".replace("\n", " "))

    def limit() -> None:
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    return started(deed, first=limit)


def _finish(child: Child, batch: Sequence[int], check: Check, outcome: Outcome, memory: int | None) -> None:
    told = 0
    while child.listen(_HUNG, until_told=told + 1) and len(child.told) > told:
        told = len(child.told)
    status = child.wait(1.0)
    done = set()
    for words in child.told:
        number, _, problem = words.partition(" ")
        if words.startswith("!"):
            continue
        done.add(int(number))
        outcome.tried += 1
        if problem:
            outcome.failed(int(number), problem)
    left = [number for number in batch if number not in done]
    if len(left) == 1 and len(batch) == 1:
        outcome.tried += 1
        outcome.failed(left[0], f"the process ended with {status}: {' '.join(child.told)}")
    else:  # one of them did it: alone each tells for itself
        for number in left:
            _finish(_child(check, [number], memory), [number], check, outcome, memory)
