"""The ten papers of the invented district in other orders and in other dress give the same district."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from db.store import Store
from imc_desktop.usecases.imports.run import ReadPaper, import_papers
from imc_desktop.usecases.organisations_list import organisations_as_json
from imc_desktop.usecases.staff_json import cases_as_json, people_as_json, training_as_json
from imc_desktop.usecases.work import journals_as_json
from tests.conftest import TODAY

# The papers contradict each other on purpose about these people: the paper that came first is believed.
CONTRADICTED = ("Бондаренко", "Воронова", "Мельников", "Лысенко", "Шилова")
Told = dict[str, list[str]]


def told_by(store: Store) -> Told:
    """Everything the command line lists, without identities and order."""
    lists: dict[str, list[dict[str, Any]]] = {
        "people": people_as_json(store, TODAY),
        "organisations": organisations_as_json(store, TODAY),
        "training": training_as_json(store),
        "cases": cases_as_json(store),
        "journals": journals_as_json(store, TODAY),
    }
    return {name: sorted(map(_plain, filter(_is_agreed, rows))) for name, rows in lists.items()}


def _is_agreed(row: dict[str, Any]) -> bool:
    return not str(row.get("person", "")).startswith(CONTRADICTED)


def _plain(row: dict[str, Any]) -> str:
    return json.dumps(_without_identities(row), ensure_ascii=False, sort_keys=True)


def _without_identities(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_identities(one) for key, one in value.items() if key != "id" and not key.endswith("_id")}
    if isinstance(value, list):
        return sorted((_without_identities(one) for one in value), key=str)
    return value


@pytest.fixture(scope="module")
def expected(district_database: Any) -> Told:
    store = Store(district_database, writable=False)
    told = told_by(store)
    store.close()
    return told


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_the_papers_gives_the_same(
    seed: int, office: Store, demo_papers: list[ReadPaper], expected: Told
) -> None:
    shuffled = list(demo_papers)
    random.Random(seed).shuffle(shuffled)
    import_papers(office, shuffled, today=TODAY)
    told = told_by(office)
    for name, rows in expected.items():
        assert told[name] == rows, name
    for paper in shuffled:
        assert not import_papers(office, [paper], today=TODAY).changes_anything()
