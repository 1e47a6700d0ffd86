"""The office itself, the papers it took in, the questions they left open, and its own rules and calendar."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Record


class Office(Record, Base):
    """One row: names, the profile it was made from and the answers to what the profile leaves open (JSON)."""

    __tablename__ = "office"

    profile: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text, default="ru")
    short_name: Mapped[str] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text, default="")
    genitive: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[str] = mapped_column(Text, default="{}")
    demo: Mapped[int] = mapped_column(Integer, default=0)


class Paper(Record, Base):
    """A file that was taken in: every imported value points to it. ``as_of`` is the day it is true for."""

    __tablename__ = "paper"

    file: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text, default="")
    as_of: Mapped[str] = mapped_column(Text, default="")
    taken_on: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    summary: Mapped[str] = mapped_column(Text, default="{}")  # the counters of the import, JSON


class Question(Record, Base):
    """What an import could not decide: ``kind`` is unclear or contradiction; ``answer`` empty while open.

    ``record`` is the untaken record as JSON, ``candidates`` a JSON list of person ids.
    """

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_person_id", "person_id"),)

    kind: Mapped[str] = mapped_column(Text)
    paper_id: Mapped[str | None] = mapped_column(Text)
    sheet: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")
    row: Mapped[int] = mapped_column(Integer, default=0)
    person_id: Mapped[str | None] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text, default="")
    field: Mapped[str] = mapped_column(Text, default="")
    here: Mapped[str] = mapped_column(Text, default="")
    known: Mapped[str] = mapped_column(Text, default="")
    candidates: Mapped[str] = mapped_column(Text, default="[]")
    record: Mapped[str] = mapped_column(Text, default="{}")
    answer: Mapped[str] = mapped_column(Text, default="")


class ImportLayout(Record, Base):
    """A correction of columns, remembered by the sender and the headings of the table."""

    __tablename__ = "import_layout"

    sender: Mapped[str] = mapped_column(Text, default="")
    signature: Mapped[str] = mapped_column(Text)
    columns: Mapped[str] = mapped_column(Text, default="{}")


class RuleEdition(Record, Base):
    """An office's own edition of a rule, over the data file from ``valid_from`` on (domain.rule_data.RuleEdition)."""

    __tablename__ = "rule_edition"

    rule: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(Text, default="")  # groups joined by a comma
    value: Mapped[int | None] = mapped_column(Integer)
    years: Mapped[int | None] = mapped_column(Integer)
    hours: Mapped[int | None] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(Text, default="")
    act: Mapped[str] = mapped_column(Text, default="")
    clause: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[str] = mapped_column(Text, default="")
    valid_to: Mapped[str] = mapped_column(Text, default="")
    verified: Mapped[int] = mapped_column(Integer, default=0)


class CalendarDay(Record, Base):
    """A day off or a moved working day decided after the program was released; ``kind`` is holiday or work."""

    __tablename__ = "calendar_day"

    day: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
