"""What stands above the table of a plan: its title, the school year, the blocks «Согласовано», «Утверждаю»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imc_desktop.domain.papers import ApprovalRecord
from imc_desktop.domain.words import fold, month_number
from imc_desktop.exchange.cells.common import one_line, text_of
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.school_year import SCHOOL_YEAR, school_year_in

_YEAR = re.compile(r"(?<![\d.№])(20\d\d)(?![\d.])")
_MARK = re.compile(
    r"^[«\"\s]*(?:рассмотре\w*|рассмотрел\w*|согласова\w*|утвержда\w*|утвержд[её]н\w*|принят\w*|"
    r"одобрен\w*|рекомендован\w*|"
    r"бекіт\w*|бекит\w*|келісіл\w*|келисил\w*|қабылдан\w*|қаралды|каралды)(?![\w])",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:(?:проект|годовой|перспективн\w+|комплексн\w+|сводн\w+|единый|общий|муниципальн\w+|квартальн\w+|ежемесячн\w+|"
    r"календарн\w+|сетевой|примерн\w+|учебн\w+|рабоч\w+|методическ\w+) )*(?:план|циклограмм|календар|"
    r"график|(?:жылды|жумыс|айлы)\w* )"
    r"|жоспар\w*$|^циклограмм"
)
_NOT_TITLE = re.compile(
    r"^(?:методическая тема|единая методическая|тема|цел[ьи]|задач[аи]|основные|приоритет|ожидаемы|"
    r"направлени|миссия)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A cell of the block above the table: its row, column and lines."""

    row: int
    column: int
    text: str


def month_in(text: str) -> int | None:
    """The only month a title or a sheet's name speaks of («План на октябрь 2026 года» → 10)."""
    months = {month for word in re.findall(r"[^\W\d_]{3,}", text) if (month := month_number(word)) is not None}
    return months.pop() if len(months) == 1 else None


def calendar_year_in(text: str) -> int | None:
    """A year written as one number in a title; None when there is none or when it is a school year."""
    found = _YEAR.findall(SCHOOL_YEAR.sub(" ", text))
    return int(found[0]) if found else None


def year_of_month(month: int, school_year: int) -> int:
    """The calendar year of a month of a school year's plan; August opens the plan."""
    return school_year if month >= 8 else school_year + 1


@dataclass(frozen=True, slots=True)
class Years:
    """Which calendar year a month of a paper belongs to: by its school year, or its calendar year when it names one."""

    school: int | None = None
    calendar: int | None = None

    def of(self, month: int) -> int | None:
        """The year of a month, None when the paper does not say."""
        if self.school is not None:
            return year_of_month(month, self.school)
        return self.calendar

    def iso(self, month: int, written: int | None = None) -> str:
        """«2026-10»; ``written`` is a year beside the month itself; "" when the year is not known."""
        year = written or self.of(month)
        return f"{year}-{month:02d}" if year else ""


_TITLED = re.compile(r"график|план|циклограмм|журнал|список|перечень|состав|жоспар|кесте")


def years_of(context: Context) -> Years:
    """The year of a paper: of the lines above the table, of the sheet's name, of the paper's other sheets."""
    for text in (context.title, context.sheet_name):
        if (school := school_year_in(text)) is not None:
            return Years(school)
    for text in (*reversed(context.lines), context.sheet_name):
        if (calendar := calendar_year_in(text)) is not None and (
            _TITLED.search(fold(text)) or text == context.sheet_name
        ):
            return Years(None, calendar)
    return Years(context.paper_year if context.paper_year is not None else context.year)


def cells_above(sheet: Sheet, header_row: int) -> list[Block]:
    """Filled cells above a row."""
    return [
        Block(number, column, text)
        for number, row in enumerate(sheet.rows[:header_row])
        for column, cell in enumerate(row)
        if (text := text_of(cell).strip())
    ]


def _is_title(text: str) -> bool:
    return bool(_TITLE.search(fold(text)))


def split_head(sheet: Sheet, header_row: int) -> tuple[list[Block], list[str]]:
    """Cells of the approval blocks and lines of the title above a table."""
    above = cells_above(sheet, header_row)
    titled = next((cell.row for cell in above if _is_title(cell.text) and not _MARK.search(cell.text)), None)
    marks = [cell.row for cell in above if _MARK.search(cell.text)]
    if titled is not None and marks and marks[0] >= titled:
        return _side_by_side(above)
    if titled is None:
        return (above, []) if marks else ([], [one_line(cell.text) for cell in above])
    return [cell for cell in above if cell.row < titled and marks and cell.row >= marks[0]], [
        one_line(cell.text) for cell in above if cell.row >= titled
    ]


def _side_by_side(above: list[Block]) -> tuple[list[Block], list[str]]:
    """A title and an approval block in the same rows: the block has its own columns."""
    column = min(cell.column for cell in above if _MARK.search(cell.text))
    first = min(cell.row for cell in above if _MARK.search(cell.text))
    block = [cell for cell in above if cell.column >= column and cell.row >= first] if column else []
    return block, [one_line(cell.text) for cell in above if cell not in block]


def title_and_year(lines: Iterable[str]) -> tuple[str, int | None]:
    """The title up to its school year, and the year in which it begins."""
    kept: list[str] = []
    for line in lines:
        if kept and _NOT_TITLE.search(fold(line)):
            break
        kept.append(line)
        if (year := school_year_in(line)) is not None:
            return " ".join(kept), year
    whole = " ".join(kept)
    return whole, calendar_year_in(whole)


def approvals(sheet: Sheet, header_row: int) -> tuple[ApprovalRecord, ...]:
    """Approval blocks above a table in the order of their columns, lines as written."""
    cells, _ = split_head(sheet, header_row)
    marks = [cell for cell in cells if _MARK.search(cell.text)]
    if not marks:
        return ()
    starts = sorted({mark.column for mark in marks})
    zones = {start: _Zone(start) for start in starts}
    for cell in cells:
        zone = zones[min(starts, key=lambda start: (abs(start - cell.column), start > cell.column))]
        zone.put(cell)
    width = max((len(row) for row in sheet.rows[: header_row + 1]), default=1)
    return tuple(
        ApprovalRecord(_side(index, len(starts), start, width), tuple(zones[start].lines()))
        for index, start in enumerate(starts)
    )


def _side(index: int, count: int, start: int, width: int) -> str:
    if count == 1:
        return "right" if start * 2 >= width - 1 and start else "left"
    return "left" if index * 2 < count - 1 or (index * 2 == count - 1 and start * 2 < width - 1) else "right"


class _Zone:
    """Cells nearest to one mark, row by row."""

    def __init__(self, start: int) -> None:
        self.start = start
        self._rows: dict[int, list[str]] = {}

    def put(self, cell: Block) -> None:
        """Take a cell into the block."""
        self._rows.setdefault(cell.row, []).append(cell.text)

    def lines(self) -> list[str]:
        """Lines of the block; what stands in several cells of one row is one line."""
        joined = (" ".join(texts) if len(texts) > 1 else texts[0] for _, texts in sorted(self._rows.items()))
        return [line for text in joined for piece in text.split("\n") if (line := one_line(piece))]


_CLOSING = re.compile(
    r"_{3,}|^(?:исп\.|исполнитель|исполнил|составил\w*|составитель|подготовил\w*|ознакомлен\w*|"
    r"с (?:планом|графиком|приказом) ознакомл\w*|"
    r"примечани[ея]:|тел\.\s*:?\s*[\d(+]|м\.\s?п\.$|орындаушы)(?!\w)",
    re.IGNORECASE,
)
_POST_OF_SIGNER = re.compile(
    r"^(?:и\.\s?о\.\s*)?(?:директор|методист|ст\w* методист|заведующ\w+|зав\.|начальник|"
    r"руководител\w+|председател\w+|секретар\w+|специалист|"
    r"главный специалист|ведущий специалист|заместител\w+|зам\.)(?!\w)",
    re.IGNORECASE,
)
_SIGNER = re.compile(
    r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]\.\s?){1,2}\s?[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+\s*$|"
    r"[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+\s+(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]\.\s?){1,2}\s*$"
)
_APPROVED = re.compile(
    r"(?:[«\"]?(?:согласовано|утверждаю|утверждено|рассмотрено|принято|бекітемін|келісілді)[»\"]?[:\s]*)+",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^(?:итого|всего|барлыгы|барлығы|жиыны)(?!\w)", re.IGNORECASE)


def is_approval(text: str) -> bool:
    """True for a row that is nothing but «СОГЛАСОВАНО … УТВЕРЖДАЮ»: an approval block below the table."""
    return bool(_APPROVED.fullmatch(one_line(text)))


def is_total(text: str) -> bool:
    """True for «Итого», «Всего по району»."""
    return bool(_TOTAL.search(text.strip()))


def is_closing(text: str) -> bool:
    """True for what stands under a table: signatures, the executor's line, acquaintance, totals."""
    line = one_line(text).strip()
    return bool(
        _CLOSING.search(line)
        or _TOTAL.search(line)
        or (_POST_OF_SIGNER.search(line) and _SIGNER.search(line) and len(line) < 140)
    )
