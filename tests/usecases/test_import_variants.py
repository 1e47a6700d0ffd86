"""The ten papers of the invented district in other orders and in other dress give the same district."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from db.store import Store
from imc_desktop import paths
from imc_desktop.exchange.grid import Cell, Sheet, Workbook
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import read_paper
from imc_desktop.usecases.imports.run import ReadPaper, import_papers
from imc_desktop.usecases.organisations_list import organisations_as_json
from imc_desktop.usecases.staff_json import cases_as_json, people_as_json, training_as_json
from imc_desktop.usecases.work import journals_as_json
from tests.conftest import TODAY
from tests.usecases.paper_variants import days_in_words, moved_and_reworded, shuffled_rows

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


@pytest.mark.parametrize("seed", range(3))
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


@pytest.fixture(scope="module")
def books() -> list[Workbook]:
    demo = paths.resources() / "demo"
    return [open_paper(path) for path in sorted(demo.iterdir()) if path.name[:2].isdigit()]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda book: moved_and_reworded(book, 1), id="other headings in another order"),
        pytest.param(lambda book: moved_and_reworded(book, 4), id="yet other headings in another order"),
        pytest.param(lambda book: shuffled_rows(book, 1), id="rows shuffled"),
        pytest.param(days_in_words, id="days in words and numbers"),
    ],
)
def test_papers_in_other_dress_give_the_same(
    change: Callable[[Workbook], Workbook], office: Store, books: list[Workbook], expected: Told
) -> None:
    papers = [ReadPaper(book.file, read_paper(change(book))) for book in books]
    import_papers(office, papers, today=TODAY)
    told = told_by(office)
    for name, rows in expected.items():
        assert told[name] == rows, name


def test_odd_names_of_organisations_and_subjects_of_several_rows(office: Store) -> None:
    headings = ("№", "ФИО", "Дата рождения", "Должность", "Предмет", "Организация")
    rows: tuple[tuple[Cell, ...], ...] = (
        headings,
        (1, "Белова Анна Ивановна", "01.05.1970", "учитель", "химия", "МБОУ «Луговая СОШ»"),
        (None, None, None, "учитель", "физика", None),
        (2, "Белова Анна Ивановна", "11.07.1995", "учитель", "биология", "МБОУ «Луговая СОШ»"),
        (3, "Оспанова Айгүл", "1990", "тәрбиеші", None, "«Балапан» балабақшасы"),
        (4, "КИМ Вера Ильинична", "1980", "воспитатель", None, "Теремок"),
    )
    book = Workbook("кадры.xlsx", "0" * 64, (Sheet("Лист1", rows),))
    for _ in range(2):
        import_papers(office, [ReadPaper(book.file, read_paper(book))], today=TODAY)
    jobs = {
        (one["person"], one["birth"]): [(job["organisation"], job["subjects"]) for job in one["employments"]]
        for one in people_as_json(office, TODAY)
    }
    assert jobs == {
        ("Белова Анна Ивановна", "1970-05-01"): [("МБОУ «Луговая СОШ»", ["химия", "физика"])],
        ("Белова Анна Ивановна", "1995-07-11"): [("МБОУ «Луговая СОШ»", ["биология"])],
        ("Оспанова Айгүл", "1990"): [("«Балапан» балабақшасы", [])],
        ("Ким Вера Ильинична", "1980"): [("Теремок", [])],
    }
