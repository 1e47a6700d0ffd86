"""Before printing, and the approval: an approved plan is frozen as content, hash and PDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.base import new_id
from db.schema.work import IssuedDocument, Plan, StoredFile
from db.store import Store
from imc_desktop.documents.annual_plan import AnnualPlanContent, render, render_with_map
from imc_desktop.documents.content import content_hash
from imc_desktop.documents.fonts import face
from imc_desktop.documents.frame import RowBox
from imc_desktop.documents.parts import ApprovalBlock
from imc_desktop.documents.style import default_style
from imc_desktop.documents.text import clean
from imc_desktop.domain.dates import parse_day, school_year_title
from imc_desktop.domain.errors import Problem, Severity, UserError
from imc_desktop.domain.plan import ItemFacts, ready_to_print, term_of
from imc_desktop.domain.rights import Right
from imc_desktop.usecases.clock import must_trust_clock
from imc_desktop.usecases.journal_heads import heads_words
from imc_desktop.usecases.merge_conflicts import must_be_settled
from imc_desktop.usecases.plan_content import ApprovalFacts, approval_blocks, plan_content
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.plan_views import ANNUAL, APPROVED, CYCLOGRAM, ItemView, PlanView, view_of
from imc_desktop.usecases.queries import plain

ANNUAL_PLAN = "annual-plan"


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """A plan ready to be shown: the bytes and where every item stands in them."""

    title: str
    pdf: bytes
    boxes: tuple[RowBox, ...]
    draft: bool


def readiness(store: Store, plan_id: str, on: date) -> list[Problem]:
    """Findings before printing or approving; ``where`` is an item's id, "approval" or "plan"; errors come first."""
    office = paper_office(store)
    with store.read() as session:
        plan = session.get(Plan, plan_id)
        if plan is None or plan.deleted_at is not None:
            return []
        view = view_of(plain(session), plan.id, on)
        blocks = approval_blocks(session, plan_id, office, ApprovalFacts())
    found = ready_to_print([_facts(item, view.year) for item in view.items], view.year)
    found += _letter_problems(view.items) + _block_problems(blocks)
    return sorted(found, key=lambda problem: problem.severity is not Severity.ERROR)


def approve(
    store: Store,
    year: int,
    *,
    today: date,
    protocol: str = "",
    protocol_date: str = "",
    order: str = "",
    order_date: str = "",
    approved_date: str = "",
) -> str:
    """Approve the annual plan of a school year: freeze its content and its PDF; the id of the issued document.

    Numbers and days given fill the blanks of the approval blocks, the others print as lines to fill in.  Cannot be
    undone.  UserError when there is no plan, nothing in it, a date is none, it is approved already,
    or the computer's clock is in doubt and nobody has vouched for it (``usecases.clock.confirm_clock``).
    """
    facts = ApprovalFacts(protocol.strip(), _iso(protocol_date), order.strip(), _iso(order_date), _iso(approved_date))
    must_trust_clock(store)
    office = paper_office(store)
    label = f"Утверждение плана работы на {school_year_title(year)} учебный год"
    with store.change(label, barrier=True, right=Right.APPROVE) as session:
        plan = annual_plan(session, year)
        must_be_settled(store, plan.id)
        if plan.state == APPROVED:
            raise UserError(f"План на {school_year_title(year)} учебный год уже утверждён.")
        view = view_of(plain(session), plan.id, today)
        if not view.items:
            raise UserError("В плане нет ни одного мероприятия: утверждать нечего.")
        content = replace(_content(session, view, (office, facts), draft=False), journal=heads_words(session))
        document = _issue(session, plan, content, facts.approved_date or today.isoformat())
        plan.state = APPROVED
        return document


def paper_of(store: Store, year: int, on: date, *, draft: bool | None = None) -> PlanPaper:
    """The plan on paper: approved — exactly the stored PDF; else a draft marked «ПРОЕКТ».

    ``draft=True`` prints the rows as they are now, ``draft=False`` insists on the approved paper.
    """
    office = paper_office(store)
    with store.read() as session:
        plan = annual_plan(session, year)
        approved = plan.state == APPROVED
        if draft is False and not approved:
            raise UserError(
                f"План на {school_year_title(year)} учебный год ещё не утверждён: печатается только проект."
            )
        if approved and not draft:
            return _stored(session, plan)
        must_be_settled(store, plan.id)
        content = _content(session, view_of(plain(session), plan.id, on), (office, ApprovalFacts()), draft=True)
    pdf, boxes = render_with_map(content)
    return PlanPaper(content.name, pdf, tuple(boxes), draft=True)


def content_of(store: Store, year: int, on: date) -> AnnualPlanContent:
    """The content for a sheet: the frozen one of an approved plan, else that of the rows."""
    office = paper_office(store)
    with store.read() as session:
        plan = annual_plan(session, year)
        if plan.state == APPROVED:
            return AnnualPlanContent.from_json(_issued(session, plan).content)
        return _content(session, view_of(plain(session), plan.id, on), (office, ApprovalFacts()), draft=True)


def annual_plan(session: Session, year: int) -> Plan:
    """The annual plan of a year; UserError when there is none."""
    plan = session.scalars(
        select(Plan).where(Plan.kind == ANNUAL, Plan.year == year, Plan.deleted_at.is_(None)).order_by(Plan.id)
    ).first()
    if plan is None:
        raise UserError(
            f"Плана на {school_year_title(year)} учебный год нет. Загрузите его из Excel или создайте новый."
        )
    return plan


def _content(
    session: Session, view: PlanView, said: tuple[PaperOffice, ApprovalFacts], *, draft: bool
) -> AnnualPlanContent:
    office, facts = said
    events = session.scalars(
        select(Plan).where(Plan.kind == CYCLOGRAM, Plan.year == view.year, Plan.deleted_at.is_(None)).order_by(Plan.id)
    ).first()
    cyclogram = view_of(plain(session), events.id, date(view.year, 9, 1)) if events is not None else None
    blocks = approval_blocks(session, view.id, office, facts)
    return plan_content(view, office, blocks, cyclogram=cyclogram, draft=draft)


def _issue(session: Session, plan: Plan, content: AnnualPlanContent, day: str) -> str:
    pdf = render(content)
    digest = hashlib.sha256(pdf).hexdigest()
    if session.get(StoredFile, digest) is None:
        session.add(StoredFile(sha256=digest, data=pdf))
    edition = session.scalar(select(func.max(IssuedDocument.edition)).where(IssuedDocument.subject_id == plan.id)) or 0
    document = IssuedDocument(
        id=new_id(), kind=ANNUAL_PLAN, subject_id=plan.id, title=content.name, content=content.to_json(),
        content_sha256=content_hash(content), pdf_sha256=digest, issued_on=day, edition=edition + 1,
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document.id


def _issued(session: Session, plan: Plan) -> IssuedDocument:
    document = session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.subject_id == plan.id, IssuedDocument.deleted_at.is_(None))
        .order_by(IssuedDocument.edition.desc())
    ).first()
    if document is None:
        raise UserError("Утверждённый план не найден в хранилище. Восстановите базу из копии.")
    return document


def _stored(session: Session, plan: Plan) -> PlanPaper:
    document = _issued(session, plan)
    stored = session.get(StoredFile, document.pdf_sha256)
    if stored is None or hashlib.sha256(stored.data).hexdigest() != document.pdf_sha256:
        raise UserError("Утверждённый план в хранилище повреждён. Восстановите базу из копии.")
    content = AnnualPlanContent.from_json(document.content)
    return PlanPaper(document.title, stored.data, tuple(render_with_map(content)[1]), draft=False)


def _facts(item: ItemView, year: int) -> ItemFacts:
    return ItemFacts(item.id, item.number, item.title, term_of(item.term, year), item.responsible)


def _letter_problems(items: tuple[ItemView, ...]) -> list[Problem]:
    """Letters no font of ours draws: they would print as an empty box."""
    drawer = face(default_style().text.family, "regular")
    found = []
    for item in items:
        text = clean(f"{item.title} {item.term} {item.responsible} {item.place} {item.participants} {item.expected}")
        strange = sorted({char for char in text if not char.isspace() and not drawer.drawable(char)})
        if strange:
            words = f"{item.number} «{item.title[:40]}»: не печатается знак {' '.join(strange)}"
            found.append(Problem(item.id, f"{words}. Замените его.", Severity.WARNING))
    return found


def _block_problems(blocks: tuple[ApprovalBlock, ...]) -> list[Problem]:
    if any(len(block.lines) > 1 for block in blocks):
        return []
    return [Problem("approval", "Не сказано, кто утверждает план: печатается без грифа.", Severity.WARNING)]


def _iso(text: str) -> str:
    """A whole day as ISO, "" for a blank."""
    try:
        day = parse_day(text) if text.strip() else ""
    except ValueError as error:
        raise UserError(str(error)) from error
    if text.strip() and len(day) != len("2026-08-31"):
        raise UserError(f"«{text}» — не дата. Напишите день, месяц и год: 31.08.2026.")
    return day
