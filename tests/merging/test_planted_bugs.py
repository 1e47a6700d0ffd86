"""The properties are worth something only if they notice a broken merge: fifteen bugs, each must be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

import db.heads
import db.merge
import db.merge_apply
import db.sessions
import db.settle
import tests.merging.test_merge as cases
import tests.merging.world as worlds
from imc_desktop.domain.errors import UserError
from tests.merging.world import World, walk

BUGS: dict[str, tuple[ModuleType, str, str]] = {
    "the clock decides": (db.merge_apply, "ORDER BY t.lamport DESC", "ORDER BY t.wall_utc DESC, t.label DESC"),
    "the other side always wins": (db.merge_apply, "ORDER BY t.lamport DESC, t.rid DESC, t.n DESC, c.seq DESC", "ORDER BY c.seq DESC"),
    "this side always wins": (db.merge_apply, "and winner.seq > after and", "and winner.seq > after + 2 and"),
    "the oldest change wins": (db.merge_apply, "ORDER BY t.lamport DESC, t.rid DESC, t.n DESC, c.seq DESC", "ORDER BY t.lamport, t.rid DESC"),
    "parents are forgotten": (db.merge, "{_parent('c.parent')}", "NULL"),
    "parents keep their foreign numbers": (db.merge, "{_parent('c.parent')}", "c.parent"),
    "further parents are forgotten": (db.merge, "JOIN theirs.change_parent e ON", "JOIN theirs.change_parent e ON 0 AND"),
    "no conflict is found": (db.merge_apply, "if is_open(heads_of(changes_of(raw, row_id, name))):", "if False:"),
    "deletions go through an edit": (db.merge_apply, "and one.row_id in edited_here:", "and False:"),
    "an edit does not keep our deletion away": (db.merge_apply, "if row_id in edited_there and", "if False and"),
    "lamport numbers stand still": (db.merge, "lamport = max(lamport, (SELECT coalesce(max(lamport), 0) FROM txn))", "lamport = lamport"),
    "new rows are left out": (db.merge_apply, "for table in sorted(tables):", "for table in sorted(tables)[1:]:"),
    "the marks are not moved": (db.merge_apply, "SELECT coalesce(max(rowid), 0) FROM {name}", "SELECT coalesce(max(rowid), 1) - 1 FROM {name}"),
    "the last transaction is left out": (db.merge, "WHERE o.id IS NULL ORDER BY t.id", "WHERE o.id IS NULL AND t.id < (SELECT max(id) FROM theirs.txn) ORDER BY t.id"),
    "what is shown is not remembered": (db.merge_apply, "if one.seq != one.latest or one.heads > 1]", "if False]"),
    "a decision names one side only": (db.settle, "for other in others:", "for other in others[:0]:"),
    "a decision taken back stays": (db.heads, "if not taken_back:", "if True:"),
    "equal sides are dropped": (db.heads, "if head.after == former[shown].after and head.seq != shown]", "if False]"),
}  # fmt: skip
SEEDS = 12


@pytest.fixture
def plant() -> Iterator[Callable[[str], None]]:
    """Break one place of the engine; everything is as before afterwards."""

    def run(broken: ModuleType | None, old: str, new: str) -> None:
        for module in (db.heads, db.merge_apply, db.merge, db.settle):
            path = Path(module.__file__ or "")
            source = path.read_text(encoding="utf-8")
            if module is broken:
                assert old in source, f"the bug no longer fits {path.name}"
                source = source.replace(old, new)
            exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102
        for name in ("fetch", "take_in", "Outcome"):
            setattr(db.sessions, name, getattr(db.merge, name))
        db.sessions.name_parents = db.heads.name_parents  # type: ignore[attr-defined]
        for module in (worlds, cases):
            module.open_conflicts = db.heads.open_conflicts  # type: ignore[attr-defined]
            module.settle = db.settle.settle  # type: ignore[attr-defined]
            module.MassDeletionError = db.merge.MassDeletionError  # type: ignore[attr-defined]

    touched = (db.heads, db.merge_apply, db.merge, db.settle, db.sessions, worlds, cases)
    former = [dict(vars(module)) for module in touched]
    yield lambda name: run(*BUGS[name])
    for module, names in zip(touched, former, strict=True):  # the very same classes: others caught them by name
        vars(module).update(names)


CASES = [
    case
    for name, case in vars(cases).items()
    if name.startswith("test_") and set(signature(case).parameters) == {"world"}
]


def _found(new_world: Callable[..., World], work: Callable[[World], None], seed: int = 0) -> bool:
    try:
        work(new_world(seed=seed))
    except (AssertionError, UserError, KeyError, pytest.fail.Exception):
        return True
    return False


def _walks(seed: int) -> Callable[[World], None]:
    return lambda world: walk(world, seed, 20)


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str, plant: Callable[[str], None], new_world: Callable[..., World]) -> None:
    plant(bug)
    attempts = [*(_walks(seed) for seed in range(2)), *CASES, *(_walks(seed) for seed in range(2, SEEDS))]
    assert any(_found(new_world, work) for work in attempts), f"nobody noticed: {bug}"


def test_without_a_bug_nothing_is_found(plant: Callable[[str], None], new_world: Callable[..., World]) -> None:
    assert not any(_found(new_world, case) for case in CASES)
