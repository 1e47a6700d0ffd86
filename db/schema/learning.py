"""Courses and attestation."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Record


class Training(Record, Base):
    """A finished course; ``kind`` is a TrainingKind, ``ends`` may be a bare year."""

    __tablename__ = "training"
    __table_args__ = (Index("ix_training_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="ПК")
    hours: Mapped[int | None] = mapped_column(Integer)
    starts: Mapped[str] = mapped_column(Text, default="")
    ends: Mapped[str] = mapped_column(Text, default="")
    document_number: Mapped[str] = mapped_column(Text, default="")
    registration_number: Mapped[str] = mapped_column(Text, default="")
    document_date: Mapped[str] = mapped_column(Text, default="")
    distance: Mapped[int] = mapped_column(Integer, default=0)
    # The day that counts for deadlines: the end, else the document's date, else the start.
    finished: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class CoursePlan(Record, Base):
    """Planned year (and theme) of a person's next course."""

    __tablename__ = "course_plan"
    __table_args__ = (Index("ix_course_plan_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    last_year: Mapped[str] = mapped_column(Text, default="")
    planned_year: Mapped[str] = mapped_column(Text, default="")
    theme: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class AttestationCase(Record, Base):
    """One person's attestation: what is asked for, when (``month`` is «2026-10» or a day), how it ended."""

    __tablename__ = "attestation_case"
    __table_args__ = (Index("ix_attestation_case_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    post: Mapped[str] = mapped_column(Text, default="")
    subjects: Mapped[str] = mapped_column(Text, default="")
    requested: Mapped[str] = mapped_column(Text, default="")
    current: Mapped[str] = mapped_column(Text, default="")
    current_until: Mapped[str] = mapped_column(Text, default="")
    month: Mapped[str] = mapped_column(Text, default="")
    application_date: Mapped[str] = mapped_column(Text, default="")
    meeting_date: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")
