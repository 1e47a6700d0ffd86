"""The plan, its approval, and the journals of methodical work."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Record


class Plan(Record, Base):
    """``kind``: annual, cyclogram, month. ``year`` is the year in which the school year begins; ``period`` «2026-10».

    ``state``: draft, approved. ``texts`` is a JSON object of text parts (analysis, goals, tasks, theme).
    """

    __tablename__ = "plan"

    kind: Mapped[str] = mapped_column(Text)
    year: Mapped[int] = mapped_column(Integer)
    period: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="draft")
    texts: Mapped[str] = mapped_column(Text, default="{}")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))


class PlanSection(Record, Base):
    __tablename__ = "plan_section"
    __table_args__ = (Index("ix_plan_section_plan_id", "plan_id"),)

    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("plan_section.id"))
    title: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer, default=0)


class PlanItem(Record, Base):
    """One line of a plan; ``term`` is kept as written, its understanding is computed by domain.terms."""

    __tablename__ = "plan_item"
    __table_args__ = (Index("ix_plan_item_plan_id", "plan_id"),)

    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    section_id: Mapped[str | None] = mapped_column(ForeignKey("plan_section.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    number: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(Text)
    term: Mapped[str] = mapped_column(Text, default="")
    time: Mapped[str] = mapped_column(Text, default="")
    place_text: Mapped[str] = mapped_column(Text, default="")
    participants: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[str] = mapped_column(Text, default="")
    expected: Mapped[str] = mapped_column(Text, default="")
    mark: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class PlanOccurrence(Record, Base):
    """What became of one time an item happens; ``day`` is the first day of the computed span it belongs to."""

    __tablename__ = "plan_occurrence"
    __table_args__ = (Index("ix_plan_occurrence_item_id", "item_id"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("plan_item.id"))
    day: Mapped[str] = mapped_column(Text)
    moved_to: Mapped[str] = mapped_column(Text, default="")
    mark: Mapped[str] = mapped_column(Text, default="")  # done, not_done, moved or ""
    note: Mapped[str] = mapped_column(Text, default="")


class Approval(Record, Base):
    """An approval block of a plan: ``lines`` as JSON list of strings; filled numbers and dates beside."""

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_plan_id", "plan_id"),)

    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    side: Mapped[str] = mapped_column(Text, default="right")
    position: Mapped[int] = mapped_column(Integer, default=0)
    lines: Mapped[str] = mapped_column(Text, default="[]")
    step: Mapped[str] = mapped_column(Text, default="")


class IssuedDocument(Record, Base):
    """An approved document, frozen: canonical content (JSON), its SHA-256 and the stored PDF by hash."""

    __tablename__ = "issued_document"

    kind: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(Text)
    pdf_sha256: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(Integer, default=1)


class StoredFile(Base):
    """Bytes by their own hash: immutable, so outside the change log."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    data: Mapped[bytes] = mapped_column()


class WorkGroup(Record, Base):
    """A methodical association (РМО, ГМО)."""

    __tablename__ = "work_group"

    title: Mapped[str] = mapped_column(Text)
    head_person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    head_text: Mapped[str] = mapped_column(Text, default="")
    year: Mapped[int | None] = mapped_column(Integer)
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))


class Membership(Record, Base):
    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person_id", "person_id"), Index("ix_membership_group_id", "group_id"))

    group_id: Mapped[str] = mapped_column(ForeignKey("work_group.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(Text, default="член")  # член, руководитель
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class Consultation(Record, Base):
    __tablename__ = "consultation"
    __table_args__ = (Index("ix_consultation_person_id", "person_id"),)

    day: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    who: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    topic: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[str] = mapped_column(Text, default="")
    methodist: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class LessonVisit(Record, Base):
    __tablename__ = "lesson_visit"
    __table_args__ = (Index("ix_lesson_visit_person_id", "person_id"),)

    day: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    who: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    subject: Mapped[str] = mapped_column(Text, default="")
    klass: Mapped[str] = mapped_column(Text, default="")
    topic: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    analysis: Mapped[str] = mapped_column(Text, default="")
    visitor: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")
