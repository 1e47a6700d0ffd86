"""A fresh database for each test: made once, copied per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.imc"
    Store.create(path).close()
    return path


@pytest.fixture
def store(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "база данных.imc"
    path.write_bytes(empty_database.read_bytes())
    opened = Store(path, author="проверка")
    yield opened
    opened.close()
