"""P9 and P10: the annual plan as PDF against the same layout drawn straight on the canvas, and its linearity."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from imc_desktop.documents import annual_plan
from imc_desktop.documents.annual_plan import COLUMNS, AnnualPlanContent, PlanItem, PlanSection
from imc_desktop.documents.fonts import face
from imc_desktop.documents.style import default_style
from tests.bench.measure import Goal, compare, cpu

ROWS, LONG, LONGER = 500, 3_000, 12_000
MARGIN, PAD, FOOT = 36.0, 3.0, 24.0
TITLES = (
    "Заседание методического совета «Итоги работы за прошлый учебный год и задачи на новый»",
    "Семинар-практикум для учителей начальных классов по оценке читательской грамотности",
    "Консультации для аттестующихся педагогических работников",
    "Мониторинг прохождения курсов повышения квалификации педагогами образовательных организаций района",
    "Муниципальный этап всероссийской олимпиады школьников: подготовка заданий, работа жюри, апелляции",
)
WHO = ("Снежинская В. И.", "Орлова М. П., руководители РМО", "методисты ИМЦ")


def content(rows: int) -> AnnualPlanContent:
    """A plan of so many items in ten sections."""
    items = [
        PlanItem(
            f"p{number}", f"{number // 50 + 1}.{number % 50 + 1}", f"{TITLES[number % len(TITLES)]} № {number}",
            ("сентябрь", "в течение года", "15 октября", "ноябрь – декабрь")[number % 4], "МБОУ СОШ № 1", "педагоги",
            WHO[number % len(WHO)], "аналитическая справка" if number % 3 else "",
        )
        for number in range(rows)
    ]  # fmt: skip
    part = max(1, rows // 10)
    sections = tuple(
        PlanSection(f"Раздел {start // part + 1}", tuple(items[start : start + part])) for start in range(0, rows, part)
    )
    return AnnualPlanContent(title=("ПЛАН РАБОТЫ", "на 2026/2027 учебный год"), sections=sections)


class StraightCanvas:
    """The same rows, columns, font and furniture with nothing between the text and the canvas.

    Pages are counted first, so that «стр. X из Y» costs one pass; cells are broken by ReportLab's own simpleSplit.
    """

    def __init__(self, plan: AnnualPlanContent) -> None:
        style = default_style()
        self.size = style.table.size
        self.leading = self.size * style.table.leading
        self.font = face(style.text.family, "regular").name
        self.bold = face(style.text.family, "bold").name
        self.width, self.height = landscape(A4)
        fields = [
            column
            for column in COLUMNS
            if column.always or any(getattr(i, column.field) for s in plan.sections for i in s.items)
        ]
        total = sum(column.weight for column in fields)
        self.widths = [(self.width - 2 * MARGIN) * column.weight / total for column in fields]
        self.heads = [
            simpleSplit(c.heading, self.bold, self.size, w - 2 * PAD) for c, w in zip(fields, self.widths, strict=True)
        ]
        self.rows: list[tuple[bool, list[str]]] = []
        for section in plan.sections:
            self.rows.append((True, [section.title]))
            self.rows += [(False, [getattr(item, column.field) for column in fields]) for item in section.items]

    def pdf(self) -> bytes:
        """Break, place, draw."""
        pages: list[list[tuple[float, float, bool, list[list[str]]]]] = [[]]
        top = self.height - MARGIN
        head = max(map(len, self.heads)) * self.leading + 2 * PAD
        y = top - head
        for title, cells in self.rows:
            widths = [self.width - 2 * MARGIN] if title else self.widths
            font = self.bold if title else self.font
            lines = [
                simpleSplit(cell, font, self.size, width - 2 * PAD) for cell, width in zip(cells, widths, strict=True)
            ]
            height = max(1, *map(len, lines)) * self.leading + 2 * PAD if len(lines) > 1 else self.leading + 2 * PAD
            if y - height < MARGIN + FOOT:
                pages.append([])
                y = top - head
            pages[-1].append((y, height, title, lines))
            y -= height
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(self.width, self.height), invariant=1)
        for number, page in enumerate(pages, 1):
            self._draw(canvas, top, head, page)
            canvas.setFont(self.font, 9)
            canvas.drawString(MARGIN, MARGIN, f"План работы · стр. {number} из {len(pages)}")
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _draw(
        self, canvas: Canvas, top: float, head: float, page: list[tuple[float, float, bool, list[list[str]]]]
    ) -> None:
        left, right = MARGIN, self.width - MARGIN
        self._cells(canvas, top, self.bold, self.heads)
        rules = [(left, top, right, top), (left, top - head, right, top - head)]
        bottom = top - head
        for y, height, title, lines in page:
            self._cells(canvas, y, self.bold if title else self.font, lines)
            bottom = y - height
            rules.append((left, bottom, right, bottom))
        x = left
        for width in [0.0, *self.widths]:
            x += width
            rules.append((x, top, x, bottom))
        canvas.setLineWidth(0.5)
        canvas.lines(rules)

    def _cells(self, canvas: Canvas, y: float, font: str, cells: list[list[str]]) -> None:
        x = MARGIN
        for width, lines in zip(self.widths, cells, strict=False):
            if lines:
                text = canvas.beginText(x + PAD, y - PAD - self.size)
                text.setFont(font, self.size, self.leading)
                text.textLines(lines)
                canvas.drawText(text)
            x += width


def goals(_folder: Path) -> Iterator[Goal]:
    """The plan of 500 rows against the canvas; of 3,000 and 12,000 rows per row against 500."""
    plans = {rows: content(rows) for rows in (ROWS, LONG, LONGER)}

    def draw(rows: int) -> float:
        return cpu(lambda: annual_plan.render(plans[rows]))

    yield compare(
        ("P9", 1.6, f"annual plan of {ROWS} rows as PDF against the same rows drawn straight on the ReportLab canvas"),
        partial(draw, ROWS), lambda: cpu(lambda: StraightCanvas(plans[ROWS]).pdf()), 7,
    )  # fmt: skip
    for name, rows, rounds in (("P10_3000", LONG, 3), ("P10", LONGER, 5)):
        share = ROWS / rows
        yield compare(
            (name, 1.15, f"processor time per row of a plan of {rows} rows against one of {ROWS} rows"),
            lambda rows=rows, share=share: draw(rows) * share, partial(draw, ROWS), rounds,  # type: ignore[misc]
        )  # fmt: skip
