"""A web page → sheets: one for every table, marked records kept apart."""

from __future__ import annotations

from collections import Counter, defaultdict

from imc_desktop.exchange.cell_values import cut, trimmed
from imc_desktop.exchange.grid import Sheet, Span
from imc_desktop.exchange.html_cards import cards_as_rows
from imc_desktop.exchange.html_page import HtmlPage, HtmlRecord, HtmlRow, HtmlTable, shown
from imc_desktop.exchange.html_tokens import tokens
from imc_desktop.exchange.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Progress, UnreadableError

_STEP = 5_000  # tokens between two calls of progress
_SIGNS_A_TOKEN = 12
_MOST_SPANNED = 2_000_000
_LONGEST_NAME = 60
_FEWEST_ROWS = 4  # a page whose tables are smaller may hold its people in cards
# Machine names of the official markup and what a heading of such a column says.
_HEADINGS = {
    "fio": "Ф.И.О.",
    "post": "Занимаемая должность",
    "teachingDiscipline": "Преподаваемые учебные предметы",
    "teachingLevel": "Уровень образования",
    "teachingQual": "Квалификация",
    "degree": "Учёная степень",
    "academStat": "Учёное звание",
    "employeeQualification": "Наименование направления подготовки и (или) специальности",
    "profDevelopment": "Сведения о повышении квалификации",
    "genExperience": "Общий стаж работы",
    "specExperience": "Стаж работы по специальности",
    "teachingOp": "Наименование образовательной программы",
    "telephone": "Телефон",
    "email": "Адрес электронной почты",
}


def read_html(text: str, progress: Progress) -> tuple[list[Sheet], str]:
    """The sheets of the page and its title."""
    page = HtmlPage()
    for number, token in enumerate(tokens(text)):
        page.take(token)
        if not number % _STEP:
            progress(min(0.9, number * _SIGNS_A_TOKEN / len(text)))
    page.finish()
    contacts = [_contact(record) for record in page.records if _leads(record.kind)]
    sheets: list[Sheet] = []
    for number, table in enumerate(page.tables[:MAX_SHEETS], start=1):
        contacts += [_row_contact(row) for row in table.rows if _leads(row.tag)]
        if not _only_management(table):
            sheets.append(_sheet(table, number))
    sheets = [sheet for sheet in sheets if sheet.rows] + _marked(page)
    if not any(len(sheet.rows) >= _FEWEST_ROWS for sheet in sheets):
        sheets += _cards(page)
    if not sheets and contacts:
        sheets = [_sheet(table, number) for number, table in enumerate(page.tables, start=1) if table.rows]
    return _with_contacts(sheets, contacts), page.title


def _leads(kind: str) -> bool:
    return kind.lower().startswith("rucovod")


def _only_management(table: HtmlTable) -> bool:
    rows = [row for row in table.rows[1:] if any(cell.text for cell in row.cells)]
    return bool(rows) and all(_leads(row.tag) for row in rows)


def _contact(record: HtmlRecord) -> dict[str, str]:
    return {"kind": record.kind} | {name: shown(text) for name, text in record.fields.items() if shown(text)}


def _row_contact(row: HtmlRow) -> dict[str, str]:
    return {"kind": row.tag} | {cell.tag: cell.text for cell in row.cells if cell.tag and cell.text}


def _sheet(table: HtmlTable, number: int) -> Sheet:
    values, spans, tags = _laid_out(table.rows)
    if not any(any(row) for row in values):
        return Sheet("", ())
    above: list[tuple[str | None, ...]] = [(text,) for text in table.headings]
    shift = len(above)
    spans = [Span(span.top + shift, span.left, span.bottom + shift, span.right) for span in spans]
    name = table.captioned or (table.headings[-1] if table.headings else "") or f"Таблица {number}"
    rows = trimmed([*above, *values])
    return Sheet(name[:_LONGEST_NAME], rows, tuple(spans), visible=not table.hidden, records=True, tags=tags)


def _laid_out(rows: list[HtmlRow]) -> tuple[list[tuple[str | None, ...]], list[Span], dict[int, str]]:
    """Cells put into their columns as a browser does; the machine name of a column is its commonest one."""
    if len(rows) > MAX_ROWS:
        raise UnreadableError(f"в таблице больше {MAX_ROWS} строк; разделите файл на части")
    taken: set[tuple[int, int]] = set()
    grid: list[dict[int, str]] = []
    spans: list[Span] = []
    names: dict[int, Counter[str]] = defaultdict(Counter)
    width = 0
    for top, row in enumerate(rows):
        grid.append({})
        left = 0
        for cell in row.cells:
            while (top, left) in taken:
                left += 1
            if left >= MAX_COLUMNS:
                raise UnreadableError(f"в таблице больше {MAX_COLUMNS} столбцов; оставьте в файле только нужные")
            grid[top][left] = cell.text
            names[left][cell.tag] += bool(cell.tag)
            width = max(width, left + 1)
            right = min(left + cell.colspan, MAX_COLUMNS) - 1
            bottom = min(top + cell.rowspan, len(rows)) - 1
            if (right, bottom) != (left, top):
                spans.append(Span(top, left, bottom, right))
                _take(taken, spans[-1])
            left += cell.colspan
    clipped = [Span(span.top, span.left, span.bottom, min(span.right, width - 1)) for span in spans]
    tags = {left: counts.most_common(1)[0][0] for left, counts in sorted(names.items()) if any(counts)}
    clipped = [span for span in clipped if (span.top, span.left) != (span.bottom, span.right)]
    return [_values(cells) for cells in grid], clipped, tags


def _take(taken: set[tuple[int, int]], span: Span) -> None:
    if len(taken) + (span.bottom - span.top + 1) * (span.right - span.left + 1) > _MOST_SPANNED:
        raise UnreadableError("таблица страницы составлена из слишком больших объединённых ячеек")
    taken.update((row, column) for row in range(span.top, span.bottom + 1)
                 for column in range(span.left, span.right + 1))  # fmt: skip


def _values(cells: dict[int, str]) -> tuple[str | None, ...]:
    return cut([cells.get(column) or None for column in range(max(cells, default=-1) + 1)])


def _marked(page: HtmlPage) -> list[Sheet]:
    """People marked by itemprop outside of tables → a sheet with a heading of its own."""
    people = [record for record in page.records if not _leads(record.kind) and record.fields]
    if not people:
        return []
    names = list(dict.fromkeys(name for record in people for name in record.fields))[:MAX_COLUMNS]
    heading = tuple(_HEADINGS.get(name, name) for name in names)
    above = [(text,) for tag, text in page.blocks if tag in {"title", "h1"}]
    rows = [cut([shown(record.fields.get(name, "")) or None for name in names]) for record in people]
    tags = dict(enumerate(names))
    return [Sheet(page.title[:_LONGEST_NAME] or "Страница", trimmed([*above, heading, *rows]), records=True, tags=tags)]


def _cards(page: HtmlPage) -> list[Sheet]:
    rows = cards_as_rows(page.blocks)
    if not rows:
        return []
    above = [(text,) for tag, text in page.blocks if tag in {"title", "h1"}]
    return [Sheet(page.title[:_LONGEST_NAME] or "Страница", trimmed([*above, *rows]), records=True)]


def _with_contacts(sheets: list[Sheet], contacts: list[dict[str, str]]) -> list[Sheet]:
    """Management records go to the sheet of the teaching staff, or to the biggest one."""
    if not sheets or not contacts:
        return sheets
    home = max(sheets, key=lambda sheet: ("fio" in sheet.tags.values(), len(sheet.rows)))
    return [
        Sheet(sheet.name, sheet.rows, sheet.merged, sheet.visible, sheet.records, sheet.tags, tuple(contacts))
        if sheet is home
        else sheet
        for sheet in sheets
    ]
