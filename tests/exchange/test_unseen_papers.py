"""Papers nobody has seen: headings reworded, columns nobody named, layouts of other districts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import PersonRecord
from imc_desktop.exchange.context import context_of
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import NEEDED_SCORE, PARSERS
from imc_desktop.exchange.tables import FoundTable, find_tables
from tests.exchange.work_papers import ROOT, Row, read_one

DEMO = ROOT / "resources" / "demo"
REWORDED: dict[str, list[str]] = tomllib.loads(
    (ROOT / "tests" / "data" / "rewordings.toml").read_text(encoding="utf-8")
)


@lru_cache(maxsize=1)
def sample_tables() -> tuple[tuple[str, TableKind, FoundTable], ...]:
    """Every table of the samples with its kind."""
    return tuple(_tables())


def _tables() -> Iterator[tuple[str, TableKind, FoundTable]]:
    for path in sorted(one for one in DEMO.iterdir() if one.name[:2].isdigit()):
        book = open_paper(path)
        for sheet in (one for one in book.sheets if one.visible):
            for found in find_tables(sheet, load_vocabulary()):
                context = context_of(book, sheet, found.context_above)
                score, kind = max((one.detect(sheet, found.as_kind(one.kind), context), one.kind) for one in PARSERS)
                if score >= NEEDED_SCORE:
                    yield f"{path.name[:2]} {sheet.name}", kind, found


@pytest.mark.parametrize("field", REWORDED)
def test_a_column_under_another_heading_is_the_same_column(field: str) -> None:
    wrong = []
    for name, kind, found in sample_tables():
        before = completed(found.as_kind(kind), kind).columns
        for place, column in enumerate(before):
            if column.field != field or not found.captions[place].own:
                continue
            for heading in REWORDED[field]:
                captions = list(found.captions)
                captions[place] = replace(captions[place], own=heading, group="", part=0, parts=1)
                after = completed(replace(found, captions=tuple(captions)).as_kind(kind), kind).columns
                changed = [
                    (one.heading, one.field) for one, was in zip(after, before, strict=True) if one.field != was.field
                ]
                if changed:
                    wrong.append((name, heading, changed))
    assert not wrong


def test_a_list_whose_headings_nobody_knows_is_told_by_its_values() -> None:
    rows: list[Row] = [
        ["Позывной", "А", "Б", "В", "Г", "Д"],
        ["Зимина Яна Львовна", "12.05.1980", "МБОУ «Луговая СОШ»", "учитель", "химия", "высшая"],
        ["Орлова Анна Львовна", "01.02.1975", "МБОУ «Луговая СОШ»", "учитель", "физика", "б/к"],
        ["Иванова Мария Петровна", "11.12.1990", "МБДОУ «Ёлочка»", "воспитатель", "", "первая"],
    ]
    table = read_one(rows)
    assert table.kind is TableKind.STAFF_REGISTER
    first = table.records[0]
    assert isinstance(first, PersonRecord)
    assert (first.birth, first.organisation, first.posts[0].post) == ("1980-05-12", "МБОУ «Луговая СОШ»", "учитель")
    assert (first.posts[0].subjects, first.categories[0].category.value) == (("химия",), "высшая")


def test_a_number_is_no_organisation() -> None:
    rows: list[Row] = [["ФИО", "Должность", "Учреждение (лет)"]]
    rows += [
        [name, "учитель", years] for name, years in (("Зимина Я. Л.", 5), ("Орлова А. Л.", 12), ("Юдина И. П.", 3))
    ]
    assert {one.organisation for one in read_one(rows).records if isinstance(one, PersonRecord)} == {""}
