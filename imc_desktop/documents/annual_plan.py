"""The annual plan of work: title with approval blocks, text, the table by sections, appendices."""

from __future__ import annotations

from collections.abc import Sequence
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
from imc_desktop.documents.table import RowKind, Table, TableColumn, TableRow


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A line of the plan as it is printed; ``key`` leads from the page back to the record."""

    key: str
    number: str
    title: str
    term: str = ""
    place: str = ""
    participants: str = ""
    responsible: str = ""
    expected: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PlanSubsection:
    title: str
    items: tuple[PlanItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A direction of work: its own items first, then those of its subsections."""

    title: str
    items: tuple[PlanItem, ...] = ()
    subsections: tuple[PlanSubsection, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """``field`` is a field of ``PlanItem``; a column whose cells are all empty is printed only when ``always``."""

    field: str
    heading: str
    weight: float
    align: str = "left"
    always: bool = False


@dataclass(frozen=True, slots=True)
class CyclogramRow:
    direction: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cyclogram:
    """Directions of work by months; every row has as many cells as there are months."""

    title: str
    months: tuple[str, ...]
    rows: tuple[CyclogramRow, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    date: str
    time: str = ""
    title: str = ""
    place: str = ""
    responsible: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    title: str
    rows: tuple[MonthRow, ...]


COLUMNS = (
    PlanColumn("number", "№ п/п", 9, "center", always=True),
    PlanColumn("title", "Мероприятие", 62, always=True),
    PlanColumn("term", "Срок", 27, always=True),
    PlanColumn("place", "Место проведения", 27),
    PlanColumn("participants", "Участники", 32),
    PlanColumn("responsible", "Ответственный", 34, always=True),
    PlanColumn("expected", "Ожидаемый результат", 27),
    PlanColumn("mark", "Отметка о выполнении", 25, always=True),
)


@dataclass(frozen=True, slots=True)
class AnnualPlanContent:
    """All that the paper says. Blanks («№ _____») are written out in the lines by whoever gathers the content."""

    title: tuple[str, ...]  # «ПЛАН РАБОТЫ», whose, «на 2026/2027 учебный год»
    sections: tuple[PlanSection, ...]
    header: tuple[str, ...] = ()  # parent body, office
    approvals: tuple[ApprovalBlock, ...] = ()
    place_year: str = ""
    theme: str = ""
    texts: tuple[TextPart, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    executor: str = ""
    draft: bool = False
    columns: tuple[PlanColumn, ...] = COLUMNS
    cyclogram: Cyclogram | None = None
    months: tuple[MonthPlan, ...] = ()
    journal: str = ""  # where the change log stood when it was approved: «ПК-1 № 214, 3f2a 91c0»

    def to_json(self) -> str:
        """Canonical JSON of the content."""
        return codec.to_json(self)

    @staticmethod
    def from_json(text: str) -> AnnualPlanContent:
        """The content back from its JSON; ValueError when it is something else."""
        return codec.from_json(AnnualPlanContent, text)

    @property
    def name(self) -> str:
        """What the file and the control line call the paper."""
        first = self.title[0].capitalize() if self.title else "План работы"
        return f"{first} {self.title[-1]}" if len(self.title) > 1 else first


def render(content: AnnualPlanContent) -> bytes:
    """The plan as PDF; the same content gives the same bytes."""
    return render_with_map(content)[0]


def render_with_map(content: AnnualPlanContent) -> tuple[bytes, list[RowBox]]:
    """The PDF and where every row stands in it."""
    flow = lay_out(content)
    furniture = Furniture(
        content.name, codec.version(content), content.draft, " ".join(content.header[-1:]), content.journal
    )
    return draw(flow, furniture), flow.boxes


def lay_out(content: AnnualPlanContent) -> Flow:
    """Decide what stands where. With a text part the title and the text stand upright, the table lies."""
    style = default_style()
    if content.texts:
        flow = Flow(style, style.portrait)
        _put_title(flow, content, own_page=True)
        flow.new_page()
        for part in content.texts:
            put_text(flow, part)
        flow.new_page(style.landscape)
    else:
        flow = Flow(style, style.landscape)
        _put_title(flow, content, own_page=False)
    columns = _columns(content)
    table = Table(flow, [TableColumn(column.heading, column.weight, column.align) for column in columns])
    closing = signatures_height(flow, content.signatures, content.executor)
    table.flow_rows(_rows(content.sections, [column.field for column in columns]), keep_after=closing)
    put_signatures(flow, content.signatures, content.executor)
    if content.cyclogram is not None:
        _put_cyclogram(flow, content.cyclogram)
    for month in content.months:
        _put_month(flow, month)
    return flow


def _put_title(flow: Flow, content: AnnualPlanContent, *, own_page: bool) -> None:
    """Parent body and office, approval blocks, title, theme, place and year."""
    body = body_look(flow, align="center")
    gap = body.leading
    put_centred(flow, content.header, body, after=gap)
    put_approvals(flow, content.approvals)
    flow.y = max(flow.y + gap * 0.4, flow.top + (flow.bottom - flow.top) * 0.4 if own_page else 0.0)
    size = flow.style.text.title_size
    put_centred(flow, content.title[:1], body_look(flow, weight="bold", align="center", size=size), after=gap * 0.15)
    put_centred(flow, content.title[1:], body_look(flow, weight="bold", align="center"))
    if content.theme:
        flow.y += gap * 0.4
        put_centred(flow, (content.theme,), body_look(flow, weight="italic", align="center"))
    if content.place_year and own_page:
        flow.y = flow.bottom - body.leading
        put_centred(flow, (content.place_year,), body)
    elif content.place_year:
        flow.y += gap * 0.3
        put_centred(flow, (content.place_year,), body)
    flow.y += gap * 0.7


def _columns(content: AnnualPlanContent) -> list[PlanColumn]:
    items = [item for section in content.sections for item in _items(section)]
    return [column for column in content.columns if column.always or any(getattr(item, column.field) for item in items)]


def _items(section: PlanSection) -> tuple[PlanItem, ...]:
    return section.items + tuple(item for part in section.subsections for item in part.items)


def _rows(sections: Sequence[PlanSection], fields: Sequence[str]) -> list[TableRow]:
    rows: list[TableRow] = []

    def add(items: Sequence[PlanItem]) -> None:
        rows.extend(TableRow(tuple([getattr(item, field) for field in fields]), item.key) for item in items)

    for section in sections:
        if section.title:
            rows.append(TableRow((section.title,), section.key, RowKind.SECTION))
        add(section.items)
        for part in section.subsections:
            rows.append(TableRow((part.title,), kind=RowKind.SUBSECTION))
            add(part.items)
    return rows


def _put_cyclogram(flow: Flow, cyclogram: Cyclogram) -> None:
    flow.new_page(flow.style.landscape)
    put_centred(flow, (cyclogram.title,), body_look(flow, weight="bold", align="center"), after=6)
    columns = [TableColumn("Направление", 1.5), *(TableColumn(month) for month in cyclogram.months)]
    rows = [TableRow((row.direction, *row.cells)) for row in cyclogram.rows]
    Table(flow, columns, dense=True).flow_rows(rows)


def _put_month(flow: Flow, month: MonthPlan) -> None:
    flow.new_page(flow.style.landscape)
    put_centred(flow, (month.title,), body_look(flow, weight="bold", align="center"), after=6)
    columns = [
        TableColumn("Дата", 10, "center"),
        TableColumn("Время", 11, "center"),
        TableColumn("Мероприятие", 44),
        TableColumn("Место проведения", 18),
        TableColumn("Ответственный", 20),
    ]
    rows = [TableRow((row.date, row.time, row.title, row.place, row.responsible), row.key) for row in month.rows]
    Table(flow, columns).flow_rows(rows)
