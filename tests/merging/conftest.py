"""An empty database made once, and worlds of computers that close themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import db.connect
from db.store import Store
from tests.merging.world import World


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.imc"
    Store.create(path).close()
    return path


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk is not the subject here: the fault suite pulls the plug."""
    monkeypatch.setitem(db.connect._SETTINGS, "synchronous", 0)


@pytest.fixture
def new_world(empty: Path, tmp_path: Path) -> Iterator[Callable[..., World]]:
    made: list[World] = []

    def make(pcs: int = 2, seed: int = 0) -> World:
        folder = tmp_path / f"world{len(made)}"
        folder.mkdir()
        made.append(World(empty, folder, pcs, seed))
        return made[-1]

    yield make
    for world in made:
        world.close()


@pytest.fixture
def world(new_world: Callable[..., World]) -> World:
    return new_world()
