"""Pages: what stands where, decided first; drawn on the canvas afterwards, when the number of pages is known.

Layout coordinates are points from the upper left corner of the sheet, as a preview shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from imc_desktop.documents.fonts import Face, face
from imc_desktop.documents.style import Style
from imc_desktop.documents.text import Line, Setter, clean, shorten

_BASELINE = 0.86  # of the size, from the top of the first line


@dataclass(frozen=True, slots=True)
class RowBox:
    """Where a row was printed: page (from 0), box in points from the upper left corner, and the row's key."""

    page: int
    left: float
    top: float
    width: float
    height: float
    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one font, set under each other; ``lefts`` gives the left end of every line."""

    lefts: tuple[float, ...]
    top: float
    lines: tuple[Line, ...]
    font: str
    size: float
    leading: float


@dataclass(slots=True)
class Page:
    """One sheet being filled."""

    size: tuple[float, float]
    blocks: list[Block] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)  # black: left, top, width, height
    outline: list[tuple[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page: the control line, the draft word, the data of the file itself."""

    title: str
    version: str
    draft: bool = False
    author: str = ""
    journal: str = ""


class Flow:
    """Fills pages from top to bottom. ``y`` is the first free point of the current page."""

    def __init__(self, style: Style, size: tuple[float, float]) -> None:
        self.style = style
        self.setter = Setter()
        self.pages: list[Page] = []
        self.boxes: list[RowBox] = []
        self.y = 0.0
        self.new_page(size)

    def new_page(self, size: tuple[float, float] | None = None) -> None:
        """Begin a sheet; without a size, like the one before."""
        self.pages.append(Page(size or self.page.size))
        self.y = self.style.margins.top

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def left(self) -> float:
        return self.style.margins.left

    @property
    def right(self) -> float:
        return self.page.size[0] - self.style.margins.right

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def bottom(self) -> float:
        return self.page.size[1] - self.style.margins.bottom

    @property
    def top(self) -> float:
        return self.style.margins.top

    @property
    def room(self) -> float:
        """Height that is left on this page."""
        return self.bottom - self.y

    def put(self, lines: tuple[Line, ...], at: tuple[float, float, float], look: Look) -> float:
        """Draw lines in a box (left, top, width); returns the height they take. Does not move ``y``."""
        left, top, width = at
        if look.align == "center":
            lefts = tuple([left + (width - line.width) / 2 for line in lines])
        elif look.align == "right":
            lefts = tuple([left + width - line.width for line in lines])
        else:
            lefts = (left,) * len(lines)
        self.page.blocks.append(Block(lefts, top, lines, look.face.name, look.size, look.leading))
        return look.height(lines)


@dataclass(frozen=True, slots=True)
class Look:
    """Font, size, distance of lines and alignment of a text."""

    family: str
    size: float
    leading: float
    weight: str = "regular"
    align: str = "left"

    @property
    def face(self) -> Face:
        return face(self.family, self.weight)

    def height(self, lines: tuple[Line, ...]) -> float:
        """Height of so many lines."""
        return len(lines) * self.leading


def draw(flow: Flow, furniture: Furniture) -> bytes:
    """The PDF of the pages. The same pages give the same bytes: no clock and no chance goes in."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=flow.pages[0].size, pageCompression=1, invariant=1, lang="ru-RU")
    canvas.setTitle(clean(furniture.title))
    canvas.setAuthor(clean(furniture.author))
    canvas.setCreator("IMC Desktop")
    canvas.setProducer("IMC Desktop")
    total = len(flow.pages)
    for number, page in enumerate(flow.pages, 1):
        canvas.setPageSize(page.size)
        _furnish(page, flow, furniture, (number, total))
        _draw_page(canvas, page, flow.style.table.hairline, number)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _furnish(page: Page, flow: Flow, furniture: Furniture, count: tuple[int, int]) -> None:
    """Page number at the top centre from page 2, the draft word, the control line."""
    number, total = count
    style, look = flow.style.furniture, flow.style.text
    width, height = page.size
    regular = face(look.family)

    def line(text: str, size: float, baseline: float, align: str) -> None:
        setted = flow.setter.wrap(text, regular, size, width)[:1]
        span = width - flow.style.margins.left - flow.style.margins.right
        spare = {"center": (span - setted[0].width) / 2, "right": span - setted[0].width, "left": 0.0}[align]
        lefts = (flow.style.margins.left + spare,)
        page.blocks.append(Block(lefts, baseline - size * _BASELINE, setted, regular.name, size, size))

    if number > 1:
        line(str(number), look.size, style.number_from_edge, "center")
    if furniture.draft:
        line(style.draft_word, style.draft_size, style.number_from_edge, "right")
    control = f"{shorten(clean(furniture.title))} · стр. {number} из {total} · версия {furniture.version}"
    if furniture.journal:
        journal = f"Журнал: {clean(furniture.journal)}"
        both = f"{control} · {journal}"
        if len(flow.setter.wrap(both, regular, style.control_size, width - 2 * flow.left)) == 1:
            control = both
        else:  # a narrow page: a line of its own above
            line(journal, style.control_size, height - style.control_from_edge - 1.3 * style.control_size, "left")
    line(control, style.control_size, height - style.control_from_edge, "left")


def _draw_page(canvas: Canvas, page: Page, hairline: float, number: int) -> None:
    height = page.size[1]
    text = canvas.beginText()
    for block in page.blocks:
        _draw_block(text, block, height)
    canvas.drawText(text)
    if page.rules:
        canvas.setLineWidth(hairline)
        canvas.lines([(x1, height - y1, x2, height - y2) for x1, y1, x2, y2 in page.rules])
    for left, top, width, tall in page.fills:
        canvas.rect(left, height - top - tall, width, tall, stroke=0, fill=1)
    for index, (title, top) in enumerate(page.outline):
        key = f"p{number}-{index}"
        canvas.bookmarkHorizontal(key, 0, height - top)
        canvas.addOutlineEntry(title, key, level=0)


def _draw_block(text: Any, block: Block, height: float) -> None:
    y = height - block.top - block.size * _BASELINE
    text.setFont(block.font, block.size)
    for left, line in zip(block.lefts, block.lines, strict=True):
        text.setTextOrigin(left, y)
        if line.runs:
            for font, piece in line.runs:
                text.setFont(font, block.size)
                text.textOut(piece)
            text.setFont(block.font, block.size)
        else:
            text.textLine(line.text)
        y -= block.leading
