"""Any list as a paper: heading, groups of rows under the columns the caller names, signatures, a note."""

from __future__ import annotations

from dataclasses import dataclass

from imc_desktop.documents import content as codec
from imc_desktop.documents.frame import Flow, Furniture, RowBox, draw
from imc_desktop.documents.parts import (
    ApprovalBlock,
    SignatureLine,
    body_look,
    put_approvals,
    put_centred,
    put_signatures,
    signatures_height,
)
from imc_desktop.documents.style import default_style
from imc_desktop.documents.table import RowKind, Table, TableColumn, TableRow


@dataclass(frozen=True, slots=True)
class ListColumn:
    """``weight`` is a share of the width; ``align`` is left, center or right."""

    title: str
    weight: float = 10
    align: str = "left"


@dataclass(frozen=True, slots=True)
class ListRow:
    """``key`` leads from the page back to the record; ``person`` says whose it is, where one may have several."""

    key: str
    cells: tuple[str, ...]
    person: str = ""


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Rows under a common line over the full width; no line when the title is empty."""

    title: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class TableListContent:
    """All that the paper says. ``numbered`` puts a running «№ п/п» before the columns (it runs on over groups)."""

    title: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    groups: tuple[ListGroup, ...]
    header: tuple[str, ...] = ()
    approvals: tuple[ApprovalBlock, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    note: str = ""
    draft: bool = False
    numbered: bool = True
    landscape: bool = True
    dense: bool = False

    def to_json(self) -> str:
        """Canonical JSON of the content."""
        return codec.to_json(self)

    @staticmethod
    def from_json(text: str) -> TableListContent:
        """The content back from its JSON; ValueError when it is something else."""
        return codec.from_json(TableListContent, text)


def people_on(content: TableListContent) -> int:
    """How many people stand on a list: each once, however many rows are of her."""
    rows = [row for group in content.groups for row in group.rows]
    return len({row.person or row.key for row in rows if row.key})


def render(content: TableListContent) -> bytes:
    """The list as PDF; the same content gives the same bytes."""
    return render_with_map(content)[0]


def render_with_map(content: TableListContent) -> tuple[bytes, list[RowBox]]:
    """The PDF and where every row stands in it."""
    flow = lay_out(content)
    name = content.title[0] if content.title else "Список"
    furniture = Furniture(name, codec.version(content), content.draft, " ".join(content.header[-1:]))
    return draw(flow, furniture), flow.boxes


def lay_out(content: TableListContent) -> Flow:
    """Decide what stands where."""
    style = default_style()
    flow = Flow(style, style.landscape if content.landscape else style.portrait)
    body, bold = body_look(flow, align="center"), body_look(flow, weight="bold", align="center")
    put_centred(flow, content.header, body, after=body.leading)
    if content.approvals:
        put_approvals(flow, content.approvals)
        flow.y += body.leading * 0.4
    large = body_look(flow, weight="bold", align="center", size=style.text.title_size)
    put_centred(flow, content.title[:1], large, after=body.leading * 0.15)
    put_centred(flow, content.title[1:], bold)
    flow.y += body.leading * 0.7
    columns = [TableColumn(column.title, column.weight, column.align) for column in content.columns]
    if content.numbered:
        share = sum(column.weight for column in columns) * 0.04
        columns.insert(0, TableColumn("№ п/п", share, "center"))
    closing = signatures_height(flow, content.signatures, content.note)
    Table(flow, columns, dense=content.dense).flow_rows(_rows(content), keep_after=closing)
    put_signatures(flow, content.signatures, content.note)
    return flow


def _rows(content: TableListContent) -> list[TableRow]:
    rows: list[TableRow] = []
    number = 0
    for group in content.groups:
        if group.title:
            rows.append(TableRow((group.title,), kind=RowKind.SECTION))
        for row in group.rows:
            number += 1
            cells = (str(number), *row.cells) if content.numbered else row.cells
            rows.append(TableRow(cells, row.key))
    return rows
