"""Methodical work: associations with their members, consultations, visited lessons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.people import Employment, Organisation, Person
from db.schema.work import Consultation, LessonVisit, Membership, WorkGroup
from db.store import Store
from imc_desktop.domain.kinds import EmploymentKind
from imc_desktop.domain.words import fold
from imc_desktop.usecases.staff_values import full_name

HEAD = "руководитель"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of an association with her main place of work."""

    id: str
    group_id: str
    group: str
    person_id: str
    person: str
    role: str
    organisation_id: str
    organisation: str
    post: str
    phone: str
    sort_key: str

    @property
    def search(self) -> str:
        """What the filter looks in."""
        return fold(f"{self.person} {self.group} {self.role} {self.organisation} {self.post}")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """An association; ``head`` is a person of the register when ``head_id`` is set."""

    id: str
    title: str
    head: str
    head_id: str
    year: int | None
    members: int


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation; ``person_id`` is empty while nobody is sure who ``person`` is."""

    id: str
    day: str
    person_id: str
    person: str
    organisation_id: str
    organisation: str
    topic: str
    form: str
    methodist: str

    @property
    def search(self) -> str:
        """What the filter looks in."""
        return fold(f"{self.person} {self.organisation} {self.topic} {self.form} {self.methodist} {self.day}")


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visited lesson."""

    id: str
    day: str
    person_id: str
    person: str
    organisation_id: str
    organisation: str
    subject: str
    klass: str
    topic: str
    purpose: str
    analysis: str
    visitor: str

    @property
    def search(self) -> str:
        """What the filter looks in."""
        return fold(
            f"{self.person} {self.organisation} {self.subject} {self.klass} {self.topic} {self.purpose} "
            f"{self.analysis} {self.visitor} {self.day}"
        )


def members(store: Store, on: date) -> list[MemberRow]:
    """Members of all associations: by association, its head first, then by the alphabet."""
    with store.read() as session:
        main = _main_jobs(session, on.isoformat())
        rows = session.execute(
            select(
                Membership.id, WorkGroup.id, WorkGroup.title, Membership.role, Person.id, Person.surname, Person.name,
                Person.patronymic, Person.phone, Person.sort_key,
            )
            .join(WorkGroup, WorkGroup.id == Membership.group_id)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.deleted_at.is_(None), WorkGroup.deleted_at.is_(None), Person.deleted_at.is_(None))
            .order_by(WorkGroup.id, Membership.role == "член", Person.sort_key)
        ).all()  # fmt: skip
    found = []
    for one, group_id, group, role, person_id, surname, name, patronymic, phone, key in rows:
        organisation_id, organisation, post = main.get(person_id, ("", "", ""))
        found.append(
            MemberRow(
                one, group_id, group, person_id, full_name(surname, name, patronymic), role, organisation_id,
                organisation, post, phone, key,
            )
        )  # fmt: skip
    return found


def groups(store: Store, on: date) -> list[GroupRow]:
    """Associations in the order of their papers; the head is the member with that role, else the name as written."""
    inside: dict[str, list[MemberRow]] = defaultdict(list)
    for member in members(store, on):
        inside[member.group_id].append(member)
    with store.read() as session:
        rows = session.execute(
            select(WorkGroup.id, WorkGroup.title, WorkGroup.head_text, WorkGroup.year)
            .where(WorkGroup.deleted_at.is_(None))
            .order_by(WorkGroup.id)
        ).all()
    found = []
    for one, title, head_text, year in rows:
        head = next((member for member in inside[one] if member.role == HEAD), None)
        found.append(
            GroupRow(
                one, title, head.person if head else head_text, head.person_id if head else "", year, len(inside[one])
            )
        )
    return found


def consultations(store: Store) -> list[ConsultationRow]:
    """All consultations, the latest first."""
    return [
        ConsultationRow(
            row.id, row.day, row.person_id or "", person, place_id, place, row.topic, row.form, row.methodist
        )
        for row, person, place_id, place in _lines(store, Consultation)
    ]


def lesson_visits(store: Store) -> list[VisitRow]:
    """All visited lessons, the latest first."""
    return [
        VisitRow(
            row.id, row.day, row.person_id or "", person, place_id, place, row.subject, row.klass, row.topic,
            row.purpose, row.analysis, row.visitor,
        )
        for row, person, place_id, place in _lines(store, LessonVisit)
    ]  # fmt: skip


def journals_as_json(store: Store, on: date) -> list[dict[str, Any]]:
    """The shape of ``list journals --json``: memberships, consultations and visited lessons, told apart by ``kind``."""
    return (
        [
            _json(
                "membership", row.id, row.person_id, row.person, row.organisation_id, row.organisation,
                group=row.group, group_id=row.group_id, role=row.role,
            )
            for row in members(store, on)
        ]
        + [
            _json(
                "consultation", row.id, row.person_id, row.person, row.organisation_id, row.organisation,
                date=row.day, topic=row.topic, form=row.form, methodist=row.methodist,
            )
            for row in consultations(store)
        ]
        + [
            _json(
                "lesson_visit", row.id, row.person_id, row.person, row.organisation_id, row.organisation,
                date=row.day, topic=row.topic, subject=row.subject, group=row.klass, purpose=row.purpose,
                analysis=row.analysis, methodist=row.visitor,
            )
            for row in lesson_visits(store)
        ]
    )  # fmt: skip


_JOURNAL_KEYS = ("date", "topic", "form", "methodist", "subject", "group", "group_id", "role", "purpose", "analysis")


def _json(
    kind: str, one: str, person_id: str, person: str, organisation_id: str, organisation: str, **told: str
) -> dict[str, Any]:
    base = {
        "kind": kind,
        "id": one,
        "person_id": person_id or None,
        "person": person or None,
        "organisation_id": organisation_id or None,
        "organisation": organisation or None,
    }
    return base | {key: told.get(key) or None for key in _JOURNAL_KEYS}


def _main_jobs(session: Session, day: str) -> dict[str, tuple[str, str, str]]:
    rows = session.execute(
        select(Employment.person_id, Organisation.id, Organisation.short_name, Employment.post)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.deleted_at.is_(None), (Employment.until == "") | (Employment.until >= day))
        .order_by(Employment.kind != EmploymentKind.MAIN, Employment.id)
    )
    found: dict[str, tuple[str, str, str]] = {}
    for person_id, organisation_id, organisation, post in rows:
        found.setdefault(person_id, (organisation_id, organisation, post))
    return found


def _lines(store: Store, table: Any) -> list[tuple[Any, str, str, str]]:
    with store.read() as session:
        rows = session.execute(
            select(table, Person.surname, Person.name, Person.patronymic, Organisation.id, Organisation.short_name)
            .outerjoin(Person, (Person.id == table.person_id) & Person.deleted_at.is_(None))
            .outerjoin(Organisation, Organisation.id == table.organisation_id)
            .where(table.deleted_at.is_(None))
            .order_by(table.day.desc(), table.id)
        ).all()
        return [
            (row, full_name(surname, name or "", patronymic or "") if surname else row.who, place_id or "", place or "")
            for row, surname, name, patronymic, place_id, place in rows
        ]
