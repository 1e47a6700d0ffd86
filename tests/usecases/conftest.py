"""A fresh database for each test: made once, copied per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop import paths
from imc_desktop.usecases.imports.run import ReadPaper, import_papers, read_papers
from imc_desktop.usecases.office_making import create_office
from tests.conftest import TODAY


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


@pytest.fixture(scope="session")
def office_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database of the invented office, empty of people."""
    path = tmp_path_factory.mktemp("office") / "office.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def office(office_database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of an office without people."""
    yield from _copy(office_database, tmp_path / "учреждение.imc")


@pytest.fixture(scope="session")
def demo_papers(office_database: Path) -> list[ReadPaper]:
    """The ten papers of the invented district, read once, in the order of their numbers."""
    store = Store(office_database, writable=False)
    papers = sorted(one for one in (paths.resources() / "demo").iterdir() if one.name[:2].isdigit())
    read = read_papers(store, papers)
    store.close()
    return read


@pytest.fixture(scope="session")
def district_database(
    office_database: Path, demo_papers: list[ReadPaper], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The invented district: all ten papers taken in once, in the order of their numbers."""
    path = tmp_path_factory.mktemp("district") / "district.imc"
    path.write_bytes(office_database.read_bytes())
    store = Store(path, author="проверка")
    import_papers(store, demo_papers, today=TODAY)
    store.close()
    return path


@pytest.fixture
def district(district_database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of the invented district, this test's own copy."""
    yield from _copy(district_database, tmp_path / "район.imc")


def _copy(source: Path, path: Path) -> Iterator[Store]:
    path.write_bytes(source.read_bytes())
    opened = Store(path, author="проверка")
    yield opened
    opened.close()
