"""Lists and plans as xlsx: one style per column, written row by row, the same rows giving the same bytes.

Text stays text: nothing a person typed («=…», «+7 …», «-», «@…») is ever a formula for Excel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from imc_desktop.domain.errors import EnvironmentProblem
from imc_desktop.domain.masking import mask_identifiers

CellOut = str | int | float | date | datetime | None

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can hold: no clock goes into the file
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl wants a naive time
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_767  # Excel's own limit
_FONT = "Times New Roman"
_HAIR = Side(style="thin")
_BOX = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_DATE_FORMAT = "DD.MM.YYYY"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """``width`` is in characters; ``align`` is left, center or right."""

    title: str
    width: float = 16
    align: str = "left"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line over the full width between rows: the name of a group or a section."""

    text: str


class ItemOut(Protocol):
    """A line of a plan, by the fields its columns name."""


class ColumnOut(Protocol):
    """A column of a plan."""

    @property
    def field(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def weight(self) -> float: ...
    @property
    def align(self) -> str: ...


class SubsectionOut(Protocol):
    """Items under a smaller heading."""

    @property
    def title(self) -> str: ...
    @property
    def items(self) -> Sequence[ItemOut]: ...


class SectionOut(Protocol):
    """A direction of work with its items and subsections."""

    @property
    def title(self) -> str: ...
    @property
    def items(self) -> Sequence[ItemOut]: ...
    @property
    def subsections(self) -> Sequence[SubsectionOut]: ...


class PlanOut(Protocol):
    """What of a plan's content goes into a sheet (the content of the printed plan has this shape)."""

    @property
    def title(self) -> Sequence[str]: ...
    @property
    def columns(self) -> Sequence[ColumnOut]: ...
    @property
    def sections(self) -> Sequence[SectionOut]: ...


def write_table(
    path: Path,
    title_lines: Sequence[str],
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[CellOut] | SheetLine],
    *,
    sheet: str = "Список",
    masked: bool = False,
) -> None:
    """Write a list: title lines, a header row that stays in sight and repeats on paper, rows with one style per column.

    ``masked``: identifiers and telephones are hidden in every text (``domain.masking``).
    Raises EnvironmentProblem when the file cannot be written (open in Excel, no room, stick gone).
    """
    book = Workbook(write_only=True)
    page = _Sheet(book, _sheet_name(sheet))
    book._add_sheet(page)  # noqa: SLF001 - what create_sheet does, with our sheet
    writer = _SheetWriter(page, columns, mask_identifiers if masked else _as_it_is)
    try:
        writer.prepare(len(title_lines))
        for number, line in enumerate(title_lines):
            writer.line(line, size=14 if number == 0 else 12, border=False)
        writer.header()
        for row in rows:
            if isinstance(row, SheetLine):
                writer.line(row.text, size=11, border=True)
            else:
                writer.row(row)
        _save(book, path)
    finally:
        page.discard()


def write_plan(path: Path, content: PlanOut, *, masked: bool = False) -> None:
    """Write a plan: its title, its columns (an all-empty optional one left out as on paper), sections as full lines."""
    columns = [
        column
        for column in content.columns
        if getattr(column, "always", False) or _used(content.sections, column.field)
    ]
    total = sum(column.weight for column in columns) or 1
    sheet_columns = [
        SheetColumn(column.heading, max(6.0, 150 * column.weight / total), column.align) for column in columns
    ]
    fields = [column.field for column in columns]
    write_table(
        path, content.title, sheet_columns, _plan_rows(content.sections, fields), sheet="План работы", masked=masked
    )


def _used(sections: Sequence[SectionOut], field: str) -> bool:
    groups: list[Sequence[ItemOut]] = [section.items for section in sections]
    groups += [part.items for section in sections for part in section.subsections]
    return any(getattr(item, field) for items in groups for item in items)


def _plan_rows(sections: Sequence[SectionOut], fields: Sequence[str]) -> Iterator[Sequence[CellOut] | SheetLine]:
    for section in sections:
        if section.title:
            yield SheetLine(section.title)
        for item in section.items:
            yield [getattr(item, field) for field in fields]
        for part in section.subsections:
            yield SheetLine(part.title)
            for item in part.items:
                yield [getattr(item, field) for field in fields]


class _StyledCell(Cell):  # type: ignore[misc]
    """A cell used for many rows: its style is looked up once."""

    __slots__ = ("known_style",)

    @property
    def style_id(self) -> int:
        if not hasattr(self, "known_style"):
            self.known_style: int = super().style_id
        return self.known_style

    @property
    def has_style(self) -> bool:
        return True


class _Sheet(WriteOnlyWorksheet):  # type: ignore[misc]
    """A sheet that writes the cells it is given as they are (openpyxl would first try each as a raw value)."""

    def _values_to_row(self, values: Iterable[Cell], row_idx: int) -> Iterator[Cell]:
        for column, cell in enumerate(values, 1):
            cell.row, cell.column = row_idx, column
            yield cell

    def discard(self) -> None:
        """Leave no temporary file behind when the book was not saved."""
        if not self.closed:
            self.close()
        if Path(self._writer.out).exists():
            self._writer.cleanup()


class _SheetWriter:
    """Appends rows; the cells of a column are one object each, so a style is made once, never per cell."""

    def __init__(self, page: _Sheet, columns: Sequence[SheetColumn], say: Callable[[str], str]) -> None:
        self._page = page
        self._say = say
        self._columns = columns
        self._row = 0
        self._last = get_column_letter(max(1, len(columns)))
        aligned = [Alignment(horizontal=column.align, vertical="top", wrap_text=True) for column in columns]
        self._cells = [self._cell(alignment) for alignment in aligned]
        self._quoted = [self._cell(alignment) for alignment in aligned]
        self._dates = [self._cell(alignment) for alignment in aligned]
        for quoted, dated in zip(self._quoted, self._dates, strict=True):
            quoted.quotePrefix = True
            dated.number_format = _DATE_FORMAT

    def prepare(self, title_lines: int) -> None:
        """Widths, frozen header, landscape A4 as wide as the sheet, header on every printed page."""
        page, header = self._page, title_lines + 1
        for index, column in enumerate(self._columns, 1):
            page.column_dimensions[get_column_letter(index)].width = column.width
        page.freeze_panes = f"A{header + 1}"
        page.print_title_rows = f"{header}:{header}"
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = 9
        page.page_setup.fitToWidth = 1
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_margins.left, page.page_margins.right = 0.79, 0.39
        page.page_margins.top = page.page_margins.bottom = 0.79

    def line(self, text: str, *, size: int, border: bool) -> None:
        """A line over all columns."""
        cell = self._cell(Alignment(horizontal="center", vertical="center", wrap_text=True), bold=True, size=size)
        if not border:
            cell.border = Border()
        self._page.append([_fill(cell, _text(self._say(text)))])
        self._row += 1
        if len(self._columns) > 1:
            self._page.merged_cells.add(f"A{self._row}:{self._last}{self._row}")

    def header(self) -> None:
        """The row of headings."""
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._page.append([_fill(self._cell(centred, bold=True), _text(column.title)) for column in self._columns])
        self._row += 1

    def row(self, values: Sequence[CellOut]) -> None:
        """One row of values."""
        out = []
        for index, value in enumerate(values):
            if isinstance(value, str):
                text = _text(self._say(value))
                risky = text.startswith(_RISKY)
                out.append(_fill(self._quoted[index] if risky else self._cells[index], text))
            else:
                cell = self._dates[index] if isinstance(value, date) else self._cells[index]
                cell.value = value
                out.append(cell)
        self._page.append(out)
        self._row += 1

    def _cell(self, alignment: Alignment, *, bold: bool = False, size: int = 11) -> Any:
        cell = _StyledCell(self._page, row=1, column=1)
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = alignment
        cell.border = _BOX
        return cell


def _fill(cell: Any, text: str) -> Any:
    """Put a text into a cell as text, whatever it begins with."""
    cell._value = text or None  # noqa: SLF001 - the public setter would turn «=…» into a formula
    cell.data_type = "s" if text else "n"
    return cell


def _as_it_is(text: str) -> str:
    return text


def _text(value: str) -> str:
    return _UNWANTED.sub("", value)[:_MAX_CELL]


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Лист1"


class _StillZip(ZipFile):
    """A zip whose entries carry one fixed time."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *args: Any, **kwargs: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(_entry(name), data, *args, **kwargs)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        with Path(filename).open("rb") as source, self.open(_entry(str(arcname or filename)), "w") as target:
            while block := source.read(1 << 16):
                target.write(block)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _save(book: Workbook, path: Path) -> None:
    book.properties.creator = "IMC Desktop"
    book.properties.created = book.properties.modified = _CREATED
    part = path.with_name(path.name + ".part")
    try:
        with _StillZip(part, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            ExcelWriter(book, archive).write_data()
        part.replace(path)
    except OSError as error:
        raise EnvironmentProblem(
            f"Файл «{path.name}» не записан. Закройте его в Excel, проверьте место и доступ к папке и повторите."
        ) from error
    finally:
        part.unlink(missing_ok=True)
