"""Properties of merging as a state machine: any work on several computers, carried in any order, loses nothing.

P1 and P4 (whatever the order, everybody ends with the same), P3 (again changes nothing), P5 (the log gives the tables), P6
(no silent loss), P7 (references hold), P9 (an old copy put back) are checked after every step or at the end; P2 and P10
have tests of their own; P8 (kills) is with the faults. More examples: IMC_MERGE_RUNS=300.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import db.sessions
from db.store import Store
from tests.merging.world import FIELDS, World, canonical, walk

RUNS = int(os.environ.get("IMC_MERGE_RUNS", "15"))
PCS = st.integers(0, 1)
ROWS = st.integers(0, 3)
VALUES = st.sampled_from(["", "1", "2"])


class Office(RuleBasedStateMachine):
    """Two computers; the shortest history that breaks a property is what a failure shows."""

    folder: Path
    seeds = count()

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(dir=self.folder))
        self.world = World(self.folder / "empty.imc", self.home, 2, seed=next(self.seeds))
        self.copies: list[Path] = []
        self.touched = 0

    def teardown(self) -> None:
        self.world.exchange()
        for pc in range(2):
            self.world.check(pc)
            self.world.check_chain(pc)
        self.world.check_converged()
        self.world.close()
        shutil.rmtree(self.home)

    @rule(pc=PCS, row=ROWS, field=st.sampled_from(FIELDS), value=VALUES)
    def edit(self, pc: int, row: int, field: str, value: str) -> None:
        self.world.edit(pc, row, field, value)

    @rule(pc=PCS, field=st.sampled_from(FIELDS), value=VALUES)
    def edit_many(self, pc: int, field: str, value: str) -> None:
        self.world.edit_many(pc, field, value)

    @rule(pc=PCS)
    def add(self, pc: int) -> None:
        self.world.add(pc, "Новая")

    @rule(pc=PCS, row=ROWS)
    def add_course(self, pc: int, row: int) -> None:
        self.world.add_course(pc, row)

    @rule(pc=PCS, row=ROWS)
    def delete(self, pc: int, row: int) -> None:
        self.world.delete(pc, row)

    @rule(pc=PCS)
    def undo(self, pc: int) -> None:
        self.world.undo(pc)

    @rule(pc=PCS)
    def redo(self, pc: int) -> None:
        self.world.redo(pc)

    @rule(pc=PCS, which=ROWS, choice=ROWS)
    def settle(self, pc: int, which: int, choice: int) -> None:
        self.world.settle(pc, which, choice)

    @rule(into=PCS)
    def merge(self, into: int) -> None:
        self.world.merge(into, 1 - into)
        assert not self.world.merge(into, 1 - into), "P3"

    @rule(pc=PCS)
    def make_copy(self, pc: int) -> None:
        self.copies.append(self.world.carry(pc))

    @precondition(lambda self: self.copies)
    @rule(pc=PCS, which=ROWS)
    def restore(self, pc: int, which: int) -> None:
        self.world.restore(pc, self.copies[which % len(self.copies)])

    @invariant()
    def holds(self) -> None:
        for pc in range(2):
            self.world.check(pc)


def test_any_history_of_two_computers(empty: Path, tmp_path: Path) -> None:
    shutil.copyfile(empty, tmp_path / "empty.imc")
    machine = type("Office", (Office,), {"folder": tmp_path})
    case = machine.TestCase
    case.settings = settings(
        max_examples=RUNS, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    case().runTest()


@pytest.mark.parametrize("seed", range(max(2, RUNS // 6)))
def test_any_history_of_three_computers(new_world: Callable[..., World], seed: int) -> None:
    walk(new_world(3, seed), seed, 25)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_taking_in_does_not_matter(new_world: Callable[..., World], seed: int) -> None:
    """P2: (a + b) + c = a + (b + c)."""
    world = new_world(3)
    for pc in range(3):
        world.edit(pc, seed, "phone", f"{pc}")
        world.edit(pc, pc, "note", f"{pc}")
        world.add(pc, f"Новая {pc}")
    copies = [world.carry(pc) for pc in range(3)]
    left = [Store(_own(world, copies[0], "left"))]
    left[0].merge("Сверка", copies[1])
    left[0].merge("Сверка", copies[2])
    inner = Store(_own(world, copies[1], "inner"))
    inner.merge("Сверка", copies[2])
    inner.close()
    right = Store(_own(world, copies[0], "right"))
    right.merge("Сверка", inner.path)
    assert canonical(left[0]) == canonical(right)
    left[0].close()
    right.close()


def _own(world: World, copy: Path, name: str) -> Path:
    path = world.folder / f"{name}.imc"
    shutil.copyfile(copy, path)
    return path


CLOCKS = (
    ("2026-11-20T10:00:00+00:00", "2026-11-20T10:00:00+00:00"),
    ("2000-01-01T00:00:00+00:00", "2026-11-20T10:00:00+00:00"),
    ("2099-12-31T23:59:59+00:00", "2000-01-01T00:00:00+00:00"),
)


def test_clocks_decide_nothing(new_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch) -> None:
    """P10: the same work under other clocks gives the same."""
    results = set()
    for clocks in CLOCKS:
        world = new_world()
        for step in range(12):
            pc = step % 2
            now = clocks[pc]
            monkeypatch.setattr(db.sessions, "utc_now", lambda now=now: now)
            world.edit(pc, step % 3, "phone", f"{step}")
            world.edit(pc, 0, "note", f"{pc}")
            if step % 5 == 4:
                world.merge(pc, 1 - pc)
        world.exchange()
        world.check_converged()
        results.add(canonical(world.stores[0]))
    assert len(results) == 1
