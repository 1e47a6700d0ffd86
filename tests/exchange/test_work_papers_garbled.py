"""Shuffled and garbled papers of work: nothing raises, nothing is counted twice."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imc_desktop.domain.kinds import TableKind
from imc_desktop.exchange.context import context_of
from imc_desktop.exchange.grid import Sheet, Workbook
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import PARSERS, SHEET_PARSERS, read_paper
from imc_desktop.exchange.tables import find_tables
from tests.exchange.work_papers import JOURNALS, PLAN, ROOT, SCHEDULE

WORK = (
    TableKind.ATTESTATION_SCHEDULE,
    TableKind.GROUP_ROSTER,
    TableKind.CONSULTATIONS,
    TableKind.LESSON_VISITS,
    TableKind.MONTH_PLAN,
    TableKind.ANNUAL_PLAN,
)
BITS = [
    None, "", "-", "-//-", "Итого", "ФИО", "Мероприятие", "Сроки", "Дата", "ОКТЯБРЬ 2026 г.", "32.13.2026", "31.02", "5", "1.10", "Иванова А.П.", "РМО химии",
    "Руководитель:", "УТВЕРЖДАЮ", "1.", "I. Раздел", "1.1. Иванову Петру Ильичу, учителю СОШ № 1 с 31.02.2026", "высшая", "б/к", "до", "«", "(", "№", "ПРИКАЗ № 5 от 45.99.2026",
    "1. Установить первую квалификационную категорию:", "январь", "февраль", "март", "апрель", "• а\n• б", "Заявленная категория", "Дата заседания АК", "Тема консультации", 0, 1, -5, 1.1, 46302,
    10**9, 0.4, float("inf"), True, date(2026, 10, 5), time(10, 0), timedelta(hours=3), "2026-2027", "ж" * 400,
]  # fmt: skip


def sheets() -> list[Sheet]:
    return [
        sheet for file in (SCHEDULE, PLAN, JOURNALS) for sheet in open_paper(ROOT / "resources" / "demo" / file).sheets
    ]


SHEETS = sheets()


def read_all_ways(sheet: Sheet) -> None:
    """Every parser of work papers reads every table of a sheet, whatever it is."""
    book = Workbook("бумага.xlsx", "0" * 64, (sheet,))
    read_paper(book)
    for table in find_tables(sheet, load_vocabulary()):
        context = context_of(book, sheet, table.context_above)
        for parser in PARSERS:
            if parser.kind in WORK:
                named = table.as_kind(parser.kind)
                parser.detect(sheet, named, context)
                found = parser.parse(sheet, named, context)
                assert found.rows + found.ignored <= 2 * len(sheet.rows)
    for whole in SHEET_PARSERS:
        context = context_of(book, sheet, ())
        whole.detect(sheet, context)
        whole.parse(sheet, context)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_garbled_samples_never_raise(data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(SHEETS))
    start = data.draw(st.integers(0, max(0, len(sheet.rows) - 12)))
    rows = [list(row) for row in (*sheet.rows[:12], *sheet.rows[start : start + 12])]
    for _ in range(data.draw(st.integers(0, 12))):
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        place = data.draw(st.integers(0, 9))
        row.extend([None] * (place + 1 - len(row)))
        row[place] = data.draw(st.sampled_from(BITS))
    if data.draw(st.booleans()):
        rows = data.draw(st.permutations(rows))
    read_all_ways(Sheet(sheet.name, tuple(tuple(row) for row in rows), sheet.merged))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.one_of(st.sampled_from(BITS), st.text(max_size=12)), max_size=8), max_size=14))
def test_any_grid_never_raises(rows: list[list[object]]) -> None:
    read_all_ways(Sheet("Лист1", tuple(tuple(row) for row in rows)))  # type: ignore[arg-type]


@pytest.mark.parametrize("file", [SCHEDULE, PLAN, JOURNALS])
def test_columns_in_another_order_say_the_same(file: str) -> None:
    book = open_paper(ROOT / "resources" / "demo" / file)
    for sheet in book.sheets:
        if sheet.merged and any(span.right > span.left and span.top > 5 for span in sheet.merged):
            continue  # merged ranges cannot be moved with a column
        width = max(len(row) for row in sheet.rows)
        turned = Sheet(sheet.name, tuple(_turned(row, width) for row in sheet.rows))
        before, after = (read_paper(Workbook(file, book.sha256, (one,))) for one in (sheet, turned))
        assert [len(one.records) for one in after.tables] == [len(one.records) for one in before.tables], sheet.name
        assert [one.kind for one in after.tables] == [one.kind for one in before.tables]


def _turned(row: tuple[object, ...], width: int) -> tuple[object, ...]:
    """Columns from right to left; a title keeps its place."""
    if sum(1 for cell in row if cell not in (None, "")) < 2:
        return row
    return tuple(reversed((*row, *[None] * (width - len(row)))))
