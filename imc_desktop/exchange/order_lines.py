"""The text of an order as lines and clauses, whether it stands in one column, in two or in a list of people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from imc_desktop.domain.words import fold
from imc_desktop.exchange.cells.common import one_line, text_of
from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.work_rows import FORMER, NAME, WORD

MANY_CELLS = 3
_ROWS = 2000
_HEADING = re.compile(r"^(?:фио|ф и о|фамилия.*|аты-жони)$")
OPENING_NAME = re.compile(rf"{WORD}{FORMER}\s+{WORD}(?:\s+{WORD})?(?=\s*(?:[,–—(]|-\s))")
NUMBER = re.compile(r"^\s*(?:№\s*)?((?:\d{1,3}\.)*\d{1,3}[.)]?|[IVX]{1,5}[.)]|[а-я]\)|[-–—•*])(?:\s+|(?<=[.)•])(?=\S))")
POSTED = re.compile(
    r"^\s*(?:начальник|директор|руководител|заведующ|секретарь|председател|исп(?:олнитель)?\b|юрисконсульт|методист)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the order's text; ``row`` and ``column`` (zero-based) say where it begins."""

    row: int
    column: int
    text: str


def order_lines(sheet: Sheet) -> list[Line]:
    """The text of a sheet line by line: cells of a row joined, wrapped clauses put together."""
    lines: list[Line] = []
    acts: frozenset[int] = frozenset()
    for number, row in enumerate(sheet.rows[:_ROWS]):
        filled = [(column, text) for column, cell in enumerate(row) if (text := text_of(cell).strip())]
        if len(filled) > MANY_CELLS and any(_HEADING.search(fold(text)) for _, text in filled):
            acts = frozenset(column for column, text in filled if "приказ" in fold(text))
        elif len(filled) > MANY_CELLS:
            lines.append(Line(number, filled[0][0], _clause_of_cells(filled, acts)))
        elif filled:
            joined = " ".join(text for _, text in filled)
            lines += [Line(number, filled[0][0], piece.rstrip()) for piece in joined.split("\n") if piece.strip()]
    return _unwrapped(lines)


def _clause_of_cells(filled: list[tuple[int, str]], acts: frozenset[int]) -> str:
    """A row of a list of people inside an order as the clause it stands for."""
    pieces = [f"приказ № {text}" if column in acts and "№" not in text else one_line(text) for column, text in filled]
    opens_with_number = bool(re.fullmatch(r"[\d.)]+", pieces[0]))
    return f"{pieces[0].rstrip('.)')}. {', '.join(pieces[1:])}" if opens_with_number else ", ".join(pieces)


def _unwrapped(lines: list[Line]) -> list[Line]:
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is not None and _continues(last.text, line.text):
            whole[-1] = replace(last, text=f"{last.text} {line.text.strip()}")
        else:
            whole.append(line)
    return whole


def _continues(before: str, text: str) -> bool:
    """True when the line goes on with a person's clause that the line before left open."""
    if before.rstrip().endswith((";", ".", ":")) or NUMBER.match(text) or POSTED.search(text):
        return False
    body = text.strip()
    return (
        bool(NAME.search(before))
        and not NAME.match(body)
        and not OPENING_NAME.match(body)
        and bool(NUMBER.match(before))
    )
