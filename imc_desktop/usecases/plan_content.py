"""The annual plan as it will stand on paper: title, approval blocks with their blanks filled, sections, signatures."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.work import Approval
from imc_desktop.documents.annual_plan import (
    AnnualPlanContent,
    Cyclogram,
    CyclogramRow,
    PlanItem,
    PlanSection,
    PlanSubsection,
)
from imc_desktop.documents.parts import BLANK_DATE, BLANK_NUMBER, ApprovalBlock, TextPart
from imc_desktop.domain.dates import school_year_title, to_date
from imc_desktop.domain.words import MONTHS, date_long, fold
from imc_desktop.usecases.plan_office import PaperOffice, block_on_paper
from imc_desktop.usecases.plan_views import ItemView, PlanView

_OWN_TITLE = re.compile(
    r"^\s*план\s+работы\s*|\s*на\s+20\d\d\s*(?:[-–—/]\s*(?:20)?\d\d)?\s*(?:учебный\s+)?год\w*\.?\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"№\s*(?:_+|[\w./-]*\w)?")
_DAY = re.compile(
    r"[«\"][\s_\d]*[»\"]\s*(?:_+|[а-яё]+)\s*(?:20[\d_]*\s*(?:г(?:ода|\.)?)?)?|\d{1,2}\.\d{2}\.\d{4}(?:\s*г\.?)?"
    r"|\d{1,2}\s+[а-яё]+\s+20\d\d\s*(?:г(?:ода|\.)?)?"
)
TEXT_PARTS = (
    ("analysis", "Анализ работы за прошедший учебный год"),
    ("goals", "Цель"),
    ("tasks", "Задачи"),
)


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What is known of the approval when the paper is made; "" prints a blank. Days are ISO."""

    protocol: str = ""
    protocol_date: str = ""
    order: str = ""
    order_date: str = ""
    approved_date: str = ""


def plan_content(
    view: PlanView,
    office: PaperOffice,
    blocks: Sequence[ApprovalBlock],
    *,
    cyclogram: PlanView | None = None,
    draft: bool = False,
) -> AnnualPlanContent:
    """The paper of an annual plan."""
    texts = view.texts
    return AnnualPlanContent(
        title=title_lines(view, office),
        sections=_sections(view, marks=draft),
        header=office.header,
        approvals=tuple(blocks),
        place_year=f"{office.place}, {view.year}" if office.place else "",
        theme=f"Методическая тема: {texts['theme']}" if texts.get("theme") else "",
        texts=tuple(TextPart(title, _paragraphs(texts[key])) for key, title in TEXT_PARTS if texts.get(key)),
        signatures=office.signatures,
        draft=draft,
        cyclogram=None if cyclogram is None or not cyclogram.items else _cyclogram(cyclogram),
    )


def title_lines(view: PlanView, office: PaperOffice) -> tuple[str, ...]:
    """«ПЛАН РАБОТЫ», whose (the office's genitive, else the imported title's words), «на 2026/2027 учебный год»."""
    own = _OWN_TITLE.sub("", view.title).strip()
    whose = office.genitive or own or office.full
    years = f"на {view.year} год" if office.calendar_year else f"на {school_year_title(view.year)} учебный год"
    return tuple(line for line in ("ПЛАН РАБОТЫ", whose, years) if line)


def own_blocks(session: Session, plan_id: str) -> tuple[ApprovalBlock, ...]:
    """The approval blocks the plan came with."""
    rows = session.scalars(select(Approval).where(Approval.plan_id == plan_id, Approval.deleted_at.is_(None)))
    ordered = sorted(rows, key=lambda row: (row.side, row.position, row.id))
    return tuple(ApprovalBlock(row.side, tuple(json.loads(row.lines))) for row in ordered)


def approval_blocks(
    session: Session, plan_id: str, office: PaperOffice, facts: ApprovalFacts
) -> tuple[ApprovalBlock, ...]:
    """The plan's own blocks, else the profile's; numbers and days that are given fill the blanks."""
    blocks = own_blocks(session, plan_id) or tuple(block_on_paper(block) for block in office.blocks)
    return fill_blanks(blocks, facts)


def fill_blanks(blocks: Sequence[ApprovalBlock], facts: ApprovalFacts) -> tuple[ApprovalBlock, ...]:
    """Put numbers and days where the blocks have a place for them; an act without a place gets a block of its own."""
    filled, used = [], set()
    for block in blocks:
        lines, found = _fill_block(block, facts)
        used |= found
        filled.append(replace(block, lines=lines))
    if (facts.protocol or facts.protocol_date) and "protocol" not in used:
        act = f"протокол {_named(facts.protocol)}"
        filled.insert(0, ApprovalBlock("left", ("РАССМОТРЕНО", act, f"от {_day(facts.protocol_date)}")))
    if (facts.order or facts.order_date) and "order" not in used:
        line = f"Приказ от {_day(facts.order_date)} {_named(facts.order)}"
        place = next((n for n, block in enumerate(filled) if _approves(block)), None)
        if place is None:
            filled.append(ApprovalBlock("right", ("УТВЕРЖДЁН", line)))
        else:
            filled[place] = replace(filled[place], lines=(*filled[place].lines, line))
    return tuple(filled)


def _fill_block(block: ApprovalBlock, facts: ApprovalFacts) -> tuple[tuple[str, ...], set[str]]:
    """Lines of one block filled; what follows «протокол» or «приказ» belongs to it until the block ends."""
    acts = {"protocol": (facts.protocol, facts.protocol_date), "order": (facts.order, facts.order_date)}
    act, lines, used = "", [], set()
    for line in block.lines:
        words = fold(line)
        act = "protocol" if "протокол" in words else "order" if "приказ" in words else act
        if act:
            used.add(act)
            number, day = acts[act]
        else:
            number, day = "", facts.approved_date if _approves(block) else ""
        lines.append(_fill_line(line, number, day))
    return tuple(lines), used


def _fill_line(line: str, number: str, day: str) -> str:
    if number:
        line = _NUMBER.sub(_named(number), line, count=1)
    if day:
        line = _DAY.sub(_day(day), line, count=1)
    return line


def _approves(block: ApprovalBlock) -> bool:
    return bool(block.lines) and fold(block.lines[0]).startswith("утвержд")


def _named(number: str) -> str:
    return f"№ {number.lstrip('№ ')}" if number else BLANK_NUMBER


def _day(iso: str) -> str:
    return date_long(to_date(iso)) if iso else BLANK_DATE


def _sections(view: PlanView, *, marks: bool) -> tuple[PlanSection, ...]:
    by_section: dict[str | None, list[PlanItem]] = {}
    for item in view.items:
        by_section.setdefault(item.section_id, []).append(_item(item, marks=marks))
    found = [PlanSection("", tuple(by_section[None]))] if None in by_section else []
    for section in view.sections:
        if section.parent_id is not None:
            continue
        parts = [part for part in view.sections if part.parent_id == section.id]
        below = tuple(PlanSubsection(part.title, tuple(by_section.get(part.id, ()))) for part in parts)
        found.append(PlanSection(section.title, tuple(by_section.get(section.id, ())), below, section.id))
    return tuple(section for section in found if section.items or any(part.items for part in section.subsections))


def _item(item: ItemView, *, marks: bool) -> PlanItem:
    """Marks made in the program stand on a working copy only; an approved plan is approved without them."""
    return PlanItem(
        item.id, item.number, item.title, item.term, item.place, item.participants, item.responsible, item.expected,
        item.paper_mark if marks else item.written_mark,
    )  # fmt: skip


def _cyclogram(view: PlanView) -> Cyclogram:
    months = sorted({item.spans[0][0] for item in view.items if item.spans})
    years = len({month.year for month in months}) > 1
    rows = []
    for section in view.sections:
        own = [item for item in view.items if item.section_id == section.id and item.spans]
        cells = tuple(_cell([item.title for item in own if item.spans[0][0] == month]) for month in months)
        rows.append(CyclogramRow(section.title, cells))
    names = tuple(MONTHS[month.month - 1].capitalize() for month in months)
    title = f"Циклограмма деятельности на {school_year_title(view.year)} учебный год" if years else "Циклограмма"
    return Cyclogram(title, names, tuple(rows))


def _cell(titles: Sequence[str]) -> str:
    """One title as it is; several as points of a list (the mark never stands alone on a line)."""
    return titles[0] if len(titles) == 1 else "\n".join(f"•\u00a0{title}" for title in titles)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
