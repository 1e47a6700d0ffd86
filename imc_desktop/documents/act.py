"""Acts and letters: an addressee, a title, parts of running text each with a table of its own, signatures."""

from __future__ import annotations

from dataclasses import dataclass

from imc_desktop.documents import content as codec
from imc_desktop.documents.frame import Flow, Furniture, RowBox, draw
from imc_desktop.documents.parts import (
    ApprovalBlock,
    SignatureLine,
    TextPart,
    body_look,
    put_approvals,
    put_centred,
    put_signatures,
    put_text,
    signatures_height,
)
from imc_desktop.documents.style import default_style
from imc_desktop.documents.table import Table, TableColumn, TableRow
from imc_desktop.documents.table_list import ListColumn, ListRow


@dataclass(frozen=True, slots=True)
class ActPart:
    """A titled part: running text, then a table (none without columns); rows may stand without a title over them."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    columns: tuple[ListColumn, ...] = ()
    rows: tuple[ListRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ActContent:
    """All that the paper says; ``corners`` hold the number with its date on the left, the addressee on the right."""

    title: tuple[str, ...]
    parts: tuple[ActPart, ...]
    header: tuple[str, ...] = ()
    corners: tuple[ApprovalBlock, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    note: str = ""

    def to_json(self) -> str:
        """Canonical JSON of the content."""
        return codec.to_json(self)

    @staticmethod
    def from_json(text: str) -> ActContent:
        """The content back from its JSON; ValueError when it is something else."""
        return codec.from_json(ActContent, text)

    @property
    def name(self) -> str:
        """What the file and the control line call the paper."""
        return " ".join((self.title[0].capitalize(), *self.title[1:])) if self.title else "Документ"


def render(content: ActContent) -> bytes:
    """The paper as PDF; the same content gives the same bytes."""
    return render_with_map(content)[0]


def render_with_map(content: ActContent) -> tuple[bytes, list[RowBox]]:
    """The PDF and where every row stands in it."""
    flow = lay_out(content)
    furniture = Furniture(content.name, codec.version(content), author=" ".join(content.header[-1:]))
    return draw(flow, furniture), flow.boxes


def lay_out(content: ActContent) -> Flow:
    """Decide what stands where; upright sheets."""
    style = default_style()
    flow = Flow(style, style.portrait)
    body = body_look(flow, align="center")
    bold = body_look(flow, weight="bold", align="center")
    put_centred(flow, content.header, body, after=body.leading)
    if content.corners:
        put_approvals(flow, content.corners)
    put_centred(flow, content.title[:1], body_look(flow, weight="bold", align="center", size=style.text.title_size))
    put_centred(flow, content.title[1:], bold)
    flow.y += body.leading
    closing = signatures_height(flow, content.signatures, content.note)
    for number, part in enumerate(content.parts, 1):
        _put_part(flow, part, closing if number == len(content.parts) else 0.0)
    put_signatures(flow, content.signatures, content.note)
    return flow


_TOGETHER = 8  # rows of a table that is not torn while it fits a page


def _put_part(flow: Flow, part: ActPart, closing: float) -> None:
    line = body_look(flow).leading
    if 0 < len(part.rows) <= _TOGETHER and flow.room < (len(part.rows) + 4) * line and flow.y > flow.top:
        flow.new_page()
    if part.title or part.paragraphs:
        put_text(flow, TextPart(part.title, part.paragraphs))
        flow.y -= body_look(flow).leading * 0.3 if part.columns else 0.0
    if part.columns:
        columns = [TableColumn(column.title, column.weight, column.align) for column in part.columns]
        rows = [TableRow(row.cells, row.key) for row in part.rows]
        Table(flow, columns).flow_rows(rows, keep_after=closing)
        flow.y += body_look(flow).leading
