"""Tables that are told but not read: lists of a drop-down, summaries, staff who do not teach, unknown ones."""

from __future__ import annotations

import re

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import TableRead
from imc_desktop.domain.words import fold
from imc_desktop.exchange import shapes
from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.tables import FoundTable

_SUMMARY = re.compile(r"\b(свод|сводн\w+|итоги|статистик\w+|количеств\w+|мониторинг|сравнительн\w+)\b")
_LISTS = re.compile(r"^(списки|проверки|справочник\w*|данные список|lists?|классификатор\w*|служебн\w+|настройки)$")
_COUNT = re.compile(r"всего|количеств|%|процент|число|кол-во|доля")


def is_list_sheet(sheet: Sheet, found: list[FoundTable]) -> bool:
    """A sheet with the values of drop-down lists: hidden, or called so, and without a table of people."""
    if not any(sheet.rows):
        return False
    if any({"name", "surname"} & table.fields for table in found):
        return False
    if _LISTS.match(fold(sheet.name)) and not found:
        return True
    return not sheet.visible and not found


def is_summary(found: FoundTable) -> bool:
    """A table of counts: organisations or years down, numbers across, nobody's name."""
    if {"name", "surname", "event", "direction"} & found.fields:
        return False
    columns = [one for one in found.captions if one.values]
    counted = [one for one in columns if shapes.share(one.values, _is_count) > 0.8]
    telling = _SUMMARY.search(fold(" ".join((*found.context_above, found.sheet.name)))) is not None
    named = any(_COUNT.search(one.heading.lower()) for one in columns)
    return len(counted) * 2 > len(columns) and len(counted) >= 2 and (telling or named or len(counted) >= 4)


def _is_count(value: object) -> bool:
    return shapes.is_number(value) or (isinstance(value, str) and value.strip().endswith("%"))  # type: ignore[arg-type]


def kind_of_unread(sheet: Sheet) -> TableKind:
    """What a sheet without a known table is: a summary when it is called so and full of numbers, else unknown."""
    cells = [cell for row in sheet.rows[:200] for cell in row if cell not in (None, "")]
    title = fold(" ".join([sheet.name, *(str(cell) for cell in cells[:8])]))
    counted = _SUMMARY.search(title) is not None and shapes.share(cells, _is_count) > 0.35
    return TableKind.SUMMARY if counted else TableKind.UNKNOWN


def unread_sheet(sheet: Sheet, kind: TableKind) -> TableRead:
    """A sheet nobody reads, with the number of its filled rows."""
    rows = sum(1 for row in sheet.rows if any(cell not in (None, "") for cell in row))
    return TableRead(sheet=sheet.name, kind=kind, rows=rows, ignored=rows)


def unread_table(found: FoundTable, kind: TableKind) -> TableRead:
    """A table nobody reads, with its columns, so that a person can tell what it is."""
    return TableRead(
        sheet=found.sheet.name,
        kind=kind,
        rows=len(found.data),
        header_row=found.header_rows.start + 1,
        columns=found.columns,
        ignored=len(found.data),
        signature=found.signature,
    )
