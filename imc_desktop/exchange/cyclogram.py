"""A cyclogram: directions of work × months of a school year, several events in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import Column, CyclogramEvent, Rejected, TableRead
from imc_desktop.domain.words import fold, month_number, unwrap
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Sheet, cell_name
from imc_desktop.exchange.plan_titles import calendar_year_in, is_closing, year_of_month
from imc_desktop.exchange.school_year import school_year_in

FEWEST_MONTHS = 4
_TOP = 60
_PEOPLE = re.compile(r"ответств|исполнит|жауапты|отметк|примечан")
_MARK = re.compile(r"[+*xхv✓✔●•]", re.IGNORECASE)
_DIRECTION = re.compile(r"направлен|раздел|бағыт|багыт|вид\w* (?:работ|деятельн)|содержан")
_BULLET = re.compile(
    r"(?:^|(?<=[\s;]))[•●▪■◦‣∙·*►➢✓✔](?=\s?\S)|^\s*[-–—]\s+(?=\S)|^\s*\d{1,2}[.)]\s*(?=[^\d\s])", re.MULTILINE
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,4})[.)]\s*(?=\D)")


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the months stand: a header row (``by_rows`` False) or a column, and the place of each month."""

    header: int
    direction: int
    by_rows: bool
    months: tuple[tuple[int, int, int | None], ...]  # place, month, year written beside it


def _month_of(text: str) -> tuple[int, int | None] | None:
    """A cell that holds a month and nothing else but a year («сентябрь», «сент.», «Қыркүйек 2026 г.»)."""
    if len(text) > 40 or not text:
        return None
    plain = fold(unwrap(text))
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if word not in {"г", "год", "года", "мес", "месяц"}]
    if not words or len(plain) > 30:
        return None
    month = month_number("".join(words)) if len(words) <= 2 else None
    if month is None or len("".join(words)) < 3:
        return None
    return month, calendar_year_in(plain)


def find_axis(sheet: Sheet) -> Axis | None:
    """The months of a cyclogram as a header row or as a first column; None when the sheet has neither."""
    for number, row in enumerate(sheet.rows[:_TOP]):
        found = [(column, pair) for column, cell in enumerate(row) if (pair := _month_of(text_of(cell)))]
        if len({pair[0] for _, pair in found}) >= FEWEST_MONTHS and len(found) == len({pair for _, pair in found}):
            taken = {column for column, _ in found}
            direction = _direction_column(sheet, number, taken)
            if direction is not None:
                return Axis(number, direction, by_rows=False, months=tuple((c, *pair) for c, pair in found))
    return _axis_in_column(sheet)


def _direction_column(sheet: Sheet, header: int, taken: set[int]) -> int | None:
    """The column of directions: outside the months, left of them or called so, most filled with words."""
    counts: dict[int, int] = {}
    for row in sheet.rows[header + 1 : header + _TOP]:
        for column, cell in enumerate(row):
            if column not in taken and re.search(r"[^\W\d_]{3,}", text_of(cell)):
                counts[column] = counts.get(column, 0) + 1
    heads = {column: fold(text_of(cell)) for column, cell in enumerate(sheet.rows[header])}
    fitting = [column for column in counts if not _PEOPLE.search(heads.get(column, ""))]

    def likely(column: int) -> tuple[bool, bool, int, int]:
        called = bool(_DIRECTION.search(heads.get(column, "")))
        return called, column < min(taken), counts[column], -column

    return max(fitting, key=likely, default=None)


def _axis_in_column(sheet: Sheet) -> Axis | None:
    for column in range(3):
        found = [
            (number, pair)
            for number, row in enumerate(sheet.rows[:_TOP])
            if column < len(row) and (pair := _month_of(text_of(row[column])))
        ]
        if len({pair[0] for _, pair in found}) < FEWEST_MONTHS or len(found) != len({pair[0] for _, pair in found}):
            continue
        header = next((n for n in range(found[0][0] - 1, -1, -1) if _captions(sheet, n, column) >= 2), None)
        below = [text_of(row[column]).strip() for row in sheet.rows[found[0][0] : _TOP] if column < len(row)]
        foreign = sum(1 for text in below if text and not _month_of(text) and not is_closing(text))
        if header is not None and foreign <= len(found) // 4 and not _plan_headings(sheet, header):
            return Axis(header, column, by_rows=True, months=tuple((n, *pair) for n, pair in found))
    return None


def _captions(sheet: Sheet, row: int, beside: int) -> int:
    return sum(1 for column, cell in enumerate(sheet.rows[row]) if column != beside and text_of(cell).strip())


def _plan_headings(sheet: Sheet, header: int) -> bool:
    """True for a list of events by months («Месяц | Мероприятие | Ответственный»), which is a plan."""
    captions = [fold(text_of(cell)) for cell in sheet.rows[header]]
    return any(
        re.search(r"^ответственн|^мероприяти|^содержание|^срок|^исполнител|^жауапты|^ис-?шара", one) for one in captions
    )


def split_events(text: str) -> list[str]:
    """Events of one cell: divided by bullets, numbers, «;» or line breaks; wrapped lines are put together."""
    if is_no_value(text):
        return []
    if _BULLET.search(text):
        pieces = _BULLET.split(text)
    else:
        pieces = re.split(r";\s*\n?|\n\s*\n", text)
        pieces = [event for piece in pieces for event in _by_lines(piece)]
    cleaned = (one_line(piece).strip(" ;").removesuffix(",") for piece in pieces)
    return [event for event in cleaned if event and not is_no_value(event)]


def _by_lines(text: str) -> list[str]:
    """Lines as events; a line that goes on in small letters or inside quotes or brackets belongs to the one above."""
    events: list[str] = []
    for line in (piece.strip() for piece in text.split("\n")):
        if not line:
            continue
        last = events[-1] if events else ""
        open_ = last.count("«") > last.count("»") or last.count("(") > last.count(")") or last.endswith((",", "-", "–"))
        if last and (open_ or line[0].islower()):
            events[-1] = f"{last} {line}"
        else:
            events.append(line)
    return events


def detect(sheet: Sheet, _context: Context) -> float:
    """How surely the sheet is a cyclogram (0…1)."""
    axis = find_axis(sheet)
    if axis is None:
        return 0.0
    titled = any("циклограмм" in fold(text_of(cell)) for row in sheet.rows[: axis.header + 1] for cell in row)
    texts = [spot.text for spot in _spots(sheet, axis)]
    wordy = sum(1 for text in texts if re.search(r"[^\W\d_]{4,}", text))
    if not titled and (not texts or wordy < 0.6 * len(texts)):
        return 0.0
    return 0.97 if titled or "циклограмм" in fold(sheet.name) else 0.75


@dataclass(frozen=True, slots=True)
class _Spot:
    """A filled cell of a cyclogram: its row, direction, month and the year written beside the month."""

    row: int
    direction: str
    month: int
    year: int | None
    text: str


def _spots(sheet: Sheet, axis: Axis) -> list[_Spot]:
    """Filled cells of the table from top to bottom."""
    return _spots_by_rows(sheet, axis) if axis.by_rows else _spots_by_columns(sheet, axis)


def _spots_by_rows(sheet: Sheet, axis: Axis) -> list[_Spot]:
    captions = {c: text_of(cell).strip() for c, cell in enumerate(sheet.rows[axis.header]) if c != axis.direction}
    heads = {column: text for column, text in captions.items() if not _PEOPLE.search(fold(text))}
    return [
        _Spot(number, heads[column], month, year, text)
        for number, month, year in axis.months
        for column, cell in enumerate(sheet.rows[number])
        if heads.get(column) and (text := text_of(cell).strip())
    ]


def _spots_by_columns(sheet: Sheet, axis: Axis) -> list[_Spot]:
    """A header met again below (the second half of the year) gives the months of the rows under it."""
    found: list[_Spot] = []
    months, direction, section = axis.months, "", ""
    for number, row in enumerate(sheet.rows[axis.header + 1 :], axis.header + 1):
        again = [(column, *pair) for column, cell in enumerate(row) if (pair := _month_of(text_of(cell)))]
        if len(again) >= FEWEST_MONTHS:
            months = tuple(again)
            continue
        said = text_of(row[axis.direction]).strip() if axis.direction < len(row) else ""
        cells = [(m, y, text) for c, m, y in months if c < len(row) and (text := text_of(row[c]).strip())]
        if cells and all(re.fullmatch(r"\d{1,2}", text) for *_, text in cells):
            continue
        if is_closing(said) or is_closing(" ".join(text for cell in row if (text := text_of(cell)))):
            continue
        section, direction = (said, said) if said and not cells else (section, said or direction)
        for month, year, text in cells:
            if _MARK.fullmatch(text):  # a list of events with marks under their months
                found.append(_Spot(number, section or direction, month, year, direction))
            else:
                found.append(_Spot(number, direction, month, year, text))
    return found


def school_year(sheet: Sheet, axis: Axis) -> int | None:
    """The school year of the title, else of the sheet's name, else of the years beside the months."""
    for row in sheet.rows[: axis.header + 1]:
        for cell in row:
            if (year := school_year_in(text_of(cell))) is not None:
                return year
    if (year := school_year_in(sheet.name)) is not None:
        return year
    written = [(month, year) for _, month, year in axis.months if year]
    return min((year if month >= 8 else year - 1 for month, year in written), default=None)


def _iso(spot: _Spot, axis: Axis, year: int) -> str:
    """A month as ISO text; August that closes the months (after July) is the next one."""
    order = [one[1] for one in axis.months]
    closing = spot.month == 8 and order[-2:] == [7, 8]
    at = spot.year or (year + 1 if closing else year_of_month(spot.month, year))
    return f"{at}-{spot.month:02d}"


def parse(sheet: Sheet, context: Context) -> TableRead:
    """Read a cyclogram; the year of the context is the school year of the paper, used when the sheet names none."""
    axis = find_axis(sheet)
    if axis is None:
        return TableRead(sheet.name, TableKind.CYCLOGRAM, 0)
    year = school_year(sheet, axis) or context.paper_year or context.year
    columns = _columns(sheet, axis)
    spots = _spots(sheet, axis)
    common = {
        "sheet": sheet.name,
        "kind": TableKind.CYCLOGRAM,
        "header_row": axis.header + 1,
        "columns": columns,
        "signature": "cyclogram:" + "|".join(fold(column.heading) for column in columns),
    }
    rows = len({spot.row for spot in spots})
    if year is None:
        reason = "В заголовке циклограммы не указан учебный год"
        where = cell_name(axis.header, axis.direction)
        return TableRead(rows=rows, rejected=(Rejected(sheet.name, where, reason, axis.header + 1),), **common)  # type: ignore[arg-type]
    events = tuple(
        CyclogramEvent(spot.row + 1, _title(spot.direction), _iso(spot, axis, year), event)
        for spot in spots
        for event in split_events(spot.text)
    )
    return TableRead(rows=rows, records=events, **common)  # type: ignore[arg-type]


def _title(direction: str) -> str:
    return one_line(_NUMBERING.sub("", direction))


def _columns(sheet: Sheet, axis: Axis) -> tuple[Column, ...]:
    months = {place for place, _, _ in axis.months}
    return tuple(
        Column(index, heading, _field(index, axis, months))
        for index, cell in enumerate(sheet.rows[axis.header])
        if (heading := one_line(text_of(cell)))
    )


def _field(index: int, axis: Axis, months: set[int]) -> str:
    if axis.by_rows:
        return "month" if index == axis.direction else "direction"
    return "direction" if index == axis.direction else "month" if index in months else ""
