"""Organisations and people: what a staff register knows. Everything that changes over time is a dated row."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Record


class Organisation(Record, Base):
    __tablename__ = "organisation"

    short_name: Mapped[str] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text, default="")
    key: Mapped[str] = mapped_column(Text, default="")  # domain.organisations.organisation_key of the short name
    kind: Mapped[str] = mapped_column(Text, default="")
    locality: Mapped[str] = mapped_column(Text, default="")
    opened: Mapped[str] = mapped_column(Text, default="")
    closed: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(Text, default="")


class OrganisationName(Record, Base):
    """A spelling of an organisation met in a paper; ``key`` finds it again."""

    __tablename__ = "organisation_name"
    __table_args__ = (Index("ix_organisation_name_key", "key"),)

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    spelling: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))


class Person(Record, Base):
    """A teacher, head or own methodist; ``role`` is ``staff`` (register), ``office`` (own staff)."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_sort_key", "sort_key", "id"), Index("ix_person_name_key", "name_key"))

    surname: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, default="")
    patronymic: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(Text, default="staff")
    sex: Mapped[str] = mapped_column(Text, default="")
    birth: Mapped[str] = mapped_column(Text, default="")
    snils: Mapped[str] = mapped_column(Text, default="")
    iin: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    deferred_until: Mapped[str] = mapped_column(Text, default="")  # neutral: never why
    name_key: Mapped[str] = mapped_column(Text, default="")  # domain.names.name_key
    sort_key: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class FormerName(Record, Base):
    """A surname a person had before; ``until`` may be empty."""

    __tablename__ = "former_name"
    __table_args__ = (Index("ix_former_name_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    surname: Mapped[str] = mapped_column(Text)
    until: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))


class Contact(Record, Base):
    """Somebody named by a paper who is not in the register: a director of a page, a responsible person of a plan."""

    __tablename__ = "contact"

    full_name: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    phone: Mapped[str] = mapped_column(Text, default="")
    office_staff: Mapped[int] = mapped_column(Integer, default=0)
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))


class Employment(Record, Base):
    """Work in a post; ``kind`` is an EmploymentKind, ``rate`` a decimal as text, ``subjects`` joined by «; »."""

    __tablename__ = "employment"
    __table_args__ = (
        Index("ix_employment_person_id", "person_id"),
        Index("ix_employment_organisation_id", "organisation_id"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    post: Mapped[str] = mapped_column(Text, default="")
    subjects: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="основной")
    rate: Mapped[str] = mapped_column(Text, default="")
    personnel_number: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class Education(Record, Base):
    __tablename__ = "education"
    __table_args__ = (Index("ix_education_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    level: Mapped[str] = mapped_column(Text, default="")
    institution: Mapped[str] = mapped_column(Text, default="")
    year: Mapped[str] = mapped_column(Text, default="")
    speciality: Mapped[str] = mapped_column(Text, default="")
    qualification: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class Experience(Record, Base):
    """Years and months as of a day; today's value is computed. ``months`` is NULL where only years are known."""

    __tablename__ = "experience"
    __table_args__ = (Index("ix_experience_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(Text)
    years: Mapped[int] = mapped_column(Integer)
    months: Mapped[int | None] = mapped_column(Integer)
    as_of: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class Category(Record, Base):
    """Result of an attestation for a post; ``valid_until`` is a day, «бессрочно» or "" (not said)."""

    __tablename__ = "category"
    __table_args__ = (Index("ix_category_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    category: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text, default="")
    decision_date: Mapped[str] = mapped_column(Text, default="")
    valid_until: Mapped[str] = mapped_column(Text, default="")
    act_number: Mapped[str] = mapped_column(Text, default="")
    act_date: Mapped[str] = mapped_column(Text, default="")
    issuer: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")


class Award(Record, Base):
    __tablename__ = "award"
    __table_args__ = (Index("ix_award_person_id", "person_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(Text)
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    place: Mapped[str] = mapped_column(Text, default="")
