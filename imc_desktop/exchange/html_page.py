"""An HTML page → its tables, headings and marked records, whatever the markup is like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from imc_desktop.exchange.html_tokens import Token

_SILENT = frozenset({"script", "style", "template", "noscript", "select", "textarea", "svg", "object"})
_TELLING = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "caption",
        "title",
        "section",
        "article",
        "header",
        "legend",
        "dt",
        "main",
        "body",
    }
)
_BLOCKS = _TELLING | frozenset(
    {
        "li",
        "ul",
        "ol",
        "dl",
        "dd",
        "footer",
        "nav",
        "form",
        "blockquote",
        "hr",
        "aside",
        "head",
        "html",
        "pre",
        "address",
        "fieldset",
        "figure",
    }
)
_PAGE_WIDE = frozenset({"title", "h1"})
_RECORD = re.compile("teachingstaff|rucovod", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(" {2,}")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_LONGEST_HEADING = 400
_HEADINGS_KEPT = 15


@dataclass(slots=True)
class HtmlCell:
    """One td or th; ``tag`` is its itemprop or that of an element inside."""

    colspan: int
    rowspan: int
    tag: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a browser shows: blanks joined, line breaks only where the markup has them."""
        return shown("".join(self.parts))


@dataclass(slots=True)
class HtmlRow:
    """One tr with its itemprop."""

    tag: str
    cells: list[HtmlCell] = field(default_factory=list)


@dataclass(slots=True)
class HtmlTable:
    """One table with the headings read before it."""

    headings: list[str]
    hidden: bool
    rows: list[HtmlRow] = field(default_factory=list)
    cell: HtmlCell | None = None
    captioned: str = ""


@dataclass(slots=True)
class HtmlRecord:
    """A record marked by itemprop outside of tables: its kind and its fields."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)


def shown(raw: str) -> str:
    """Text as a browser shows it; a non-breaking space stays what it is."""
    return _AROUND_BREAK.sub("\n", _SPACES.sub(" ", raw)).strip(" \n")


class HtmlPage:
    """Give it the tokens of a page one by one and ``finish``; then read ``title``, ``tables`` and ``records``."""

    def __init__(self) -> None:
        self.title = ""
        self.tables: list[HtmlTable] = []
        self.records: list[HtmlRecord] = []
        self.blocks: list[tuple[str, str]] = []
        self._open: list[HtmlTable] = []
        self._silent = ""
        self._silent_depth = 0
        self._block = "body"
        self._text: list[str] = []
        self._page_wide: list[str] = []
        self._headings: list[str] = []
        self._field: tuple[str, str] | None = None
        self._field_depth = 0

    def take(self, token: Token) -> None:
        """Cells and rows end where the next one begins, closed or not."""
        name = token.name
        if not name:
            if not self._silent:
                self._say(_BLANKS.sub(" ", token.text))
        elif name.startswith("/"):
            self._end(name[1:])
        elif self._silent:
            self._silent_depth += name == self._silent
        elif name in _SILENT:
            self._silent, self._silent_depth = name, 1
        else:
            self._start(name, token.attrs)

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        itemprop = attrs.get("itemprop", "").strip()
        if tag == "table":
            self._start_table(attrs)
        elif tag == "tr":
            self._start_row(itemprop)
        elif tag in {"td", "th"}:
            self._start_cell(attrs, itemprop)
        elif tag == "br":
            self._say("\n")
        else:
            if tag in _BLOCKS:
                self._break(tag)
            if tag == "meta" and attrs.get("property") == "og:site_name":
                self._keep_page_wide(shown(attrs.get("content", "")))
            if itemprop:
                self._start_marked(tag, itemprop)
        if self._field and tag == self._field[0]:
            self._field_depth += 1

    def _start_table(self, attrs: dict[str, str]) -> None:
        self._flush()
        hidden = "display:none" in attrs.get("style", "").replace(" ", "").lower() or "hidden" in attrs
        table = HtmlTable([*self._page_wide, *self._headings[-_HEADINGS_KEPT:]], hidden)
        self._headings = []
        self._field = None
        self.tables.append(table)
        self._open.append(table)

    def _start_row(self, itemprop: str) -> None:
        if not self._open:
            self._start_table({})
        table = self._open[-1]
        table.cell = None
        table.rows.append(HtmlRow(itemprop))

    def _start_cell(self, attrs: dict[str, str], itemprop: str) -> None:
        if not self._open or not self._open[-1].rows:
            self._start_row("")
        table = self._open[-1]
        table.cell = HtmlCell(_number(attrs.get("colspan", "")), _number(attrs.get("rowspan", "")), itemprop)
        table.rows[-1].cells.append(table.cell)

    def _start_marked(self, tag: str, itemprop: str) -> None:
        cell = self._open[-1].cell if self._open else None
        if cell is not None:
            cell.tag = cell.tag or itemprop
        elif _RECORD.match(itemprop):
            self.records.append(HtmlRecord(itemprop))
            self._field = None
        elif self.records:
            self._field, self._field_depth = (tag, itemprop), 0

    def _end(self, tag: str) -> None:
        """Only ends that mean something: of a table, of a row, of a cell, of a block."""
        if self._silent:
            self._silent_depth -= tag == self._silent
            if not self._silent_depth:
                self._silent = ""
            return
        if self._field and tag == self._field[0]:
            self._field_depth -= 1
            if self._field_depth <= 0:
                self._field = None
        if tag == "table" and self._open:
            self._open.pop()
        elif tag in {"tr", "td", "th"} and self._open:
            self._open[-1].cell = None
        elif tag in _BLOCKS:
            self._break("body")

    def finish(self) -> None:
        """Call after the last token."""
        self._flush()

    def _say(self, text: str) -> None:
        if self._field and self.records:
            fields = self.records[-1].fields
            fields[self._field[1]] = fields.get(self._field[1], "") + text
        cell = self._open[-1].cell if self._open else None
        if cell is not None:
            cell.parts.append(text)
            if self._block[0] == "h":
                self._text.append(text)
        elif not self._open or self._block in {"caption", "h1", "h2", "h3"}:
            self._text.append(text)

    def _break(self, tag: str) -> None:
        self._flush()
        self._block = tag
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.parts.append("\n")

    def _flush(self) -> None:
        text, tag = shown("".join(self._text)), self._block
        self._text = []
        self._block = "body"
        if not text:
            return
        self.blocks.append((tag, text))
        if tag == "title":
            self.title = self.title or text
        if tag == "caption" and self._open:
            self._open[-1].captioned = text
            self._open[-1].headings.append(text)
        elif tag in _PAGE_WIDE:
            self._keep_page_wide(text)
        elif tag in _TELLING and len(text) <= _LONGEST_HEADING:
            self._headings.append(text)

    def _keep_page_wide(self, text: str) -> None:
        if text and text not in self._page_wide:
            self._page_wide.append(text)


def _number(text: str) -> int:
    """The figure of a colspan or rowspan: nonsense means 1, nought means «to the end»."""
    digits = re.match(r"\s*(\d{1,6})", text)
    return int(digits[1]) or 65_535 if digits else 1
