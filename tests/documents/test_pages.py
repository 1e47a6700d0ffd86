"""What a careful secretary would look at: margins, headings, torn rows, lonely titles, drafts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from imc_desktop.documents.annual_plan import (
    AnnualPlanContent,
    Cyclogram,
    CyclogramRow,
    PlanItem,
    PlanSection,
    lay_out,
    render,
    render_with_map,
)
from imc_desktop.documents.fonts import face
from imc_desktop.documents.frame import Flow, RowBox
from imc_desktop.documents.parts import ApprovalBlock, SignatureLine, TextPart, approval_by_act, approval_by_official
from imc_desktop.documents.registry import KINDS, DocumentKind
from imc_desktop.documents.samples import annual_plan_sample
from imc_desktop.documents.style import default_style
from imc_desktop.documents.table import Table, TableColumn
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.documents.table_list import render as render_list
from tests.documents.conftest import make_plan
from tests.documents.pdf_reading import MM, ReadBack, has_ink

LONG = " ".join(f"слово{number}" for number in range(220))[:2000]
HOSTILE = (
    "<b>Иванов",
    "</b></para>",
    "А & Б &amp; <i>",
    '<img src="/etc/passwd"/>',
    "<font color=red>",
    "\x00\x07\x1b[31mкрасный",
    "🎉😀👩‍🏫",
    "\u202eтекст\u200b",
    "\ud800",
    "%PDF-1.4 (\\)",
    "Щ" * 400,
    "https://example.invalid/" + "a" * 300,
    "\n\n\n",
    "العربية 中文",
)


def assert_margins(data: bytes) -> None:
    """No ink outside the margins but the page number, the draft word and the control line."""
    back = ReadBack(data)
    margins = default_style().margins
    for number in range(len(back.sizes)):
        rows = back.rows(number)
        height, width = len(rows), len(rows[0])
        left, right = int(margins.left) - 1, int(width - margins.right) + 2
        assert not has_ink([row[:left] for row in rows]), f"left margin, page {number + 1}"
        assert not has_ink([row[right:] for row in rows]), f"right margin, page {number + 1}"
        assert not has_ink(rows[: int(6 * MM)] + rows[int(13 * MM) : int(margins.top) - 1]), f"top, page {number + 1}"
        foot = int(height - margins.bottom) + 2
        assert not has_ink(rows[foot : int(height - 13 * MM)] + rows[int(height - 8 * MM) :]), f"foot {number + 1}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_samples_keep_the_margins(kind: DocumentKind) -> None:
    assert_margins(kind.render(kind.sample()))


def test_long_plan_keeps_margins_and_repeats_headings(plan_500: AnnualPlanContent) -> None:
    data = render(plan_500)
    back = ReadBack(data)
    total = len(back.sizes)
    assert total > 25
    assert set(back.sizes) == {(297, 210)}
    for number, text in enumerate(back.texts, 1):
        assert "Мероприятие" in text
        assert "Ответственный" in text
        assert f"стр. {number} из {total} · версия " in text
        assert (text.startswith(f"{number}\n") or f"\n{number}\n" in text) == (number > 1)
    assert_margins(data)
    assert render(plan_500) == data


def test_every_row_stands_once_where_the_map_says(plan_500: AnnualPlanContent) -> None:
    data, boxes = render_with_map(plan_500)
    back = ReadBack(data)
    numbers = {item.key: item.number for section in plan_500.sections for item in section.items}
    assert Counter(box.key for box in boxes if box.key in numbers) == dict.fromkeys(numbers, 1)
    for box in boxes[::17]:
        if box.key in numbers:
            assert numbers[box.key] in back.text_in(box.page, (box.left, box.top, box.width, box.height))


def test_boxes_stay_on_the_page_and_apart(plan_500: AnnualPlanContent) -> None:
    _, boxes = render_with_map(plan_500)
    style = default_style()
    for before, after in pairwise(boxes):
        assert after.page > before.page or after.top >= before.top + before.height - 0.01
    assert all(box.top >= style.margins.top for box in boxes)
    assert all(box.top + box.height <= style.landscape[1] - style.margins.bottom + 0.01 for box in boxes)


@pytest.mark.parametrize("items", range(1, 45))
def test_no_title_and_no_signature_stands_alone(items: int) -> None:
    content = make_plan(items, per_section=3)
    flow = lay_out(content)
    last_on_page: dict[int, RowBox] = {box.page: box for box in flow.boxes}
    assert not [box for box in last_on_page.values() if box.key.startswith("section")]
    assert flow.boxes[-1].page == len(flow.pages) - 1


def test_a_cell_of_2000_characters_flows_over_pages() -> None:
    content = replace(make_plan(3), sections=(PlanSection("1. Раздел", (PlanItem("long", "1", "Дело", LONG),)),))
    data, boxes = render_with_map(content)
    assert_margins(data)
    assert len([box for box in boxes if box.key == "long"]) > 1
    text = re.sub(r"[\s-]", "", " ".join(ReadBack(data).texts))
    assert all(f"слово{number}" in text for number in (0, 57, 119, 180, 217))


def test_a_row_that_fits_a_page_is_never_torn() -> None:
    text = " ".join(["содержание"] * 60)
    items = tuple(PlanItem(f"i{number}", str(number), text) for number in range(40))
    boxes = lay_out(replace(make_plan(1), sections=(PlanSection("1. Раздел", items),))).boxes
    assert max(Counter(box.key for box in boxes).values()) == 1


@pytest.mark.parametrize("text", HOSTILE, ids=[f"hostile{number}" for number in range(len(HOSTILE))])
def test_hostile_texts_print_as_they_are(text: str) -> None:
    item = PlanItem(text, text, text, text, text, text, text, text, text)
    plan = AnnualPlanContent(
        title=("ПЛАН РАБОТЫ", text),
        header=(text,),
        approvals=(ApprovalBlock("left", (text,)), ApprovalBlock("right", ("УТВЕРЖДАЮ", text))),
        texts=(TextPart(text, (text, text)),),
        sections=(PlanSection(text, (item,), key="s"),),
        signatures=(SignatureLine(text, text),),
        executor=text,
        cyclogram=Cyclogram(text, (text,), (CyclogramRow(text, (text,)),)),
    )
    assert_margins(render(plan))
    listed = TableListContent(
        (text,), (ListColumn(text), ListColumn("Б")), (ListGroup(text, (ListRow("k", (text, text)),)),)
    )
    data = render_list(listed)
    if text.isprintable() and text.isascii():
        assert "".join(text.split()).replace("-", "") in ReadBack(data).flat.replace("-", "").replace("\ufffe", "")


def test_draft_differs_only_in_its_word_and_version() -> None:
    approved = make_plan(30)
    draft = replace(approved, draft=True)
    a, d = (ReadBack(render(content)) for content in (approved, draft))
    assert a.sizes == d.sizes
    for one, other in zip(a.texts, d.texts, strict=True):
        assert "ПРОЕКТ" not in one
        assert other.count("ПРОЕКТ") == 1
        assert _words(other.replace("ПРОЕКТ", "")) == _words(one)


def _words(text: str) -> list[str]:
    return sorted(re.sub(r"версия \w+", "версия", text).split())


def test_text_parts_stand_upright_and_flow() -> None:
    content = replace(make_plan(5), texts=(TextPart("Анализ", (LONG,) * 6),), place_year="с. Ключегорское, 2026")
    back = ReadBack(render(content))
    assert back.sizes[0] == back.sizes[1] == back.sizes[2] == (210, 297)
    assert back.sizes[-1] == (297, 210)
    assert "Ключегорское" in back.texts[0]
    assert_margins(render(content))


def test_empty_columns_are_left_out_and_signed_ones_stay() -> None:
    content = replace(make_plan(2), sections=(PlanSection("1. Раздел", (PlanItem("a", "1", "Дело"),)),))
    text = ReadBack(render(content)).texts[0]
    assert "Отметка" in text
    assert "Участники" not in text


def test_a_plan_without_items_and_a_list_without_rows_print() -> None:
    assert len(ReadBack(render(AnnualPlanContent((), ()))).sizes) == 1
    assert len(ReadBack(render_list(TableListContent((), (ListColumn("А"),), ()))).sizes) == 1


def test_approval_blocks_leave_blanks_to_fill() -> None:
    act = approval_by_act("ПРИНЯТО", "на заседании совета", "протокол", side="left")
    assert act.lines == ("ПРИНЯТО", "на заседании совета", "протокол № _____", "от «___» __________ 20__ г.")
    full = approval_by_act("УТВЕРЖДЁН", "приказом директора", date="31.08.2026", number="54")
    assert full.lines == ("УТВЕРЖДЁН", "приказом директора", "от 31.08.2026 № 54")
    person = approval_by_official("УТВЕРЖДАЮ", "Директор", "М. П. Озерская")
    assert person.lines[2:] == ("_____________ М. П. Озерская", "«___» __________ 20__ г.")


def test_corner_blocks_are_no_wider_than_eight_centimetres() -> None:
    long_post = "Председатель комитета по образованию администрации муниципального образования Ключегорский район"
    content = replace(make_plan(2), approvals=(ApprovalBlock("right", ("УТВЕРЖДАЮ", long_post)),), header=())
    flow = lay_out(content)
    corner = flow.pages[0].blocks[:2]
    assert min(min(block.lefts) for block in corner) >= flow.right - 80 * MM - 0.1
    assert max(left + line.width for block in corner for left, line in zip(block.lefts, block.lines, strict=True)) <= (
        flow.right + 0.1
    )


@pytest.mark.parametrize("count", [1, 4, 9, 14])
def test_columns_fill_the_width_and_hold_their_headings(count: int) -> None:
    style = default_style()
    flow = Flow(style, style.landscape)
    columns = [TableColumn("Ответственный" if at % 2 else "№", weight=1 + 9 * (at == 0)) for at in range(count)]
    table = Table(flow, columns)
    assert sum(table.widths) == pytest.approx(flow.width)
    bold = face("serif", "bold")
    for column, width in zip(columns, table.widths, strict=True):
        need = bold.width(column.heading) * style.table.size + 2 * style.table.padding_x
        assert width >= need or count == 14  # fourteen such headings do not fit: divided instead


@pytest.mark.parametrize("heads", ["ПК-1 № 214, 3f2a 91c0", "; ".join(["Компьютер методиста № 1234, 3f2a 91c0"] * 3)])
def test_the_heads_of_the_log_stand_whole_on_every_page_of_an_approved_plan(heads: str) -> None:
    plan = replace(annual_plan_sample(), draft=False, journal=heads)
    upright, lying = ReadBack(render(plan)).texts[0], ReadBack(render(plan)).texts[2]
    for text in (upright, lying):
        assert f"Журнал: {heads}" in " ".join(text.split())
        assert "· версия" in text
