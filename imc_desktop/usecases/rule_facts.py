"""What the rules need to know, read from the database in bulk: people, their groups, courses and categories.

Plain rows, never ORM objects: a district of 30,000 people is judged without making one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from db.schema.learning import AttestationCase, Training
from db.schema.people import Category, Employment, Organisation, Person
from db.store import Store
from imc_desktop.domain import names
from imc_desktop.domain.category_end import CategoryFact
from imc_desktop.domain.courses import PRIVATE, CourseFact
from imc_desktop.domain.kinds import CategoryName, EmploymentKind, TrainingKind
from imc_desktop.domain.posts import rule_groups
from imc_desktop.domain.rule_data import DeferralFact, Group, PersonFacts, PostFact, RuleSet, last_day
from imc_desktop.usecases.office import office_of, office_rules_of

OFFICE_ROLE = "office"
_PRIVATE_FORM = re.compile(r"(?:^|[^\w])(?:ООО|ОАО|ЗАО|ПАО|АО|ЧОУ|ЧУ|НОЧУ|НЧОУ|ЧПОУ|АНО|АНПОО|НОУ|ИП)(?=[^\w]|$)")
_FEW = 500  # so many ids are asked for by name; more are read with the whole table


@dataclass(frozen=True, slots=True)
class Basis:
    """On what ground all answers of one day stand: the rules, the country, whether the office itself teaches."""

    rules: RuleSet
    teaches: bool
    on: date

    @property
    def country(self) -> str:
        return self.rules.country

    @property
    def day(self) -> str:
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class Bound:
    """A person as lists show them; ``post`` and ``organisation`` are of the main place of work."""

    id: str
    person: str
    short: str
    sort_key: str
    organisation_id: str
    organisation: str
    post: str
    subjects: str
    role: str
    facts: PersonFacts

    @property
    def under_attestation(self) -> bool:
        """False for own staff of an office that is no educational organisation: приказ 196 does not reach them."""
        return self.role != OFFICE_ROLE or bool(self.facts.posts)


@dataclass(frozen=True, slots=True)
class _Work:
    person_id: str
    organisation_id: str
    organisation: str
    post: str
    subjects: str
    since: str
    main: bool


def basis_of(store: Store, on: date) -> Basis:
    """Rules in force and the office's own standing on a day."""
    return Basis(office_rules_of(store), office_of(store).profile.own_staff.teach, on)


def load_people(
    session: Session, basis: Basis, ids: Sequence[str] | None = None, *, everybody: bool = False
) -> dict[str, Bound]:
    """Everybody who works on the day (``ids``: only these), in the order of names.

    Who has left every place of work is there only for ``everybody``; who has no place of work on record always is,
    as a teacher.
    """
    works, left = _works(session, basis, ids)
    planned = _planned(session, basis, ids)
    query = select(
        Person.id, Person.surname, Person.name, Person.patronymic, Person.role, Person.deferred_until, Person.sort_key
    ).where(Person.deleted_at.is_(None))
    found: dict[str, Bound] = {}
    for row in session.execute(query.where(_among(Person.id, ids)).order_by(Person.sort_key, Person.id)):
        mine = works.get(row.id, [])
        if mine or everybody or row.id not in left:
            found[row.id] = _bound(row, mine, planned.get(row.id, ()), basis)
    return found


def load_courses(session: Session, ids: Sequence[str] | None = None) -> dict[str, list[CourseFact]]:
    """Finished courses by person."""
    query = select(
        Training.person_id, Training.finished, Training.hours, Training.kind, Training.title,
        Training.provider, Training.starts,
    ).where(Training.deleted_at.is_(None))  # fmt: skip
    found: dict[str, list[CourseFact]] = defaultdict(list)
    for person_id, finished, hours, kind, title, provider, starts in session.execute(
        query.where(_among(Training.person_id, ids))
    ):
        fact = CourseFact(finished, hours, training_kind(kind), title, provider_kind(provider), starts)
        found[person_id].append(fact)
    return found


def load_categories(session: Session, ids: Sequence[str] | None = None) -> dict[str, list[CategoryFact]]:
    """Categories and СЗД by person."""
    query = select(
        Category.person_id, Category.category, Category.post, Category.decision_date, Category.valid_until,
        Category.act_number, Category.act_date,
    ).where(Category.deleted_at.is_(None))  # fmt: skip
    found: dict[str, list[CategoryFact]] = defaultdict(list)
    for person_id, name, post, decided, until, number, act_date in session.execute(
        query.where(_among(Category.person_id, ids))
    ):
        category = category_name(name)
        if category is not None:
            found[person_id].append(CategoryFact(category, post, "", decided, until, number, act_date))
    return found


@lru_cache(maxsize=64)
def training_kind(text: str) -> TrainingKind:
    """The kind a row names; an unknown word is «иное»."""
    return next((kind for kind in TrainingKind if kind.value == text), TrainingKind.OTHER)


@lru_cache(maxsize=64)
def category_name(text: str) -> CategoryName | None:
    """The category a row names, None for a word nobody knows."""
    return next((name for name in CategoryName if name.value == text), None)


@lru_cache(maxsize=4096)
def provider_kind(name: str) -> str:
    """The kind "private" when the legal form in the name of an organisation says so, else "" (not known)."""
    return PRIVATE if _PRIVATE_FORM.search(name) else ""


@lru_cache(maxsize=16384)
def groups_of(posts: tuple[str, ...], country: str, in_office: bool, teaches: bool) -> frozenset[Group]:
    """Whom of the rules these posts make; kept, because a district has few different sets of posts."""
    return rule_groups(posts, country, in_office=in_office, office_teaches=teaches)


@lru_cache(maxsize=65536)
def short_name(surname: str, name: str, patronymic: str) -> str:
    """«Иванова М. П.»."""
    return names.initials(" ".join(part for part in (surname, name, patronymic) if part))


def works_on(since: str, until: str, day: str) -> bool:
    """True when a place of work holds on the ISO day; partial dates count to their last day."""
    return since <= day and (not until or last_day(until) >= day)


def _among(column: Any, ids: Sequence[str] | None) -> ColumnElement[bool]:
    return true() if ids is None or len(ids) > _FEW else column.in_(ids)


def _works(session: Session, basis: Basis, ids: Sequence[str] | None) -> tuple[dict[str, list[_Work]], set[str]]:
    """Places of work that hold on the day, the main one first, and everybody who has had any."""
    query = (
        select(
            Employment.person_id, Employment.organisation_id, Organisation.short_name, Employment.post,
            Employment.subjects, Employment.since, Employment.until, Employment.kind,
        )
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.deleted_at.is_(None))
        .order_by(Employment.id)
    )  # fmt: skip
    works: dict[str, list[_Work]] = defaultdict(list)
    known: set[str] = set()
    day, main_kind = basis.day, EmploymentKind.MAIN.value
    for person_id, org_id, org, post, subjects, since, until, kind in session.execute(
        query.where(_among(Employment.person_id, ids))
    ):
        known.add(person_id)
        if works_on(since, until, day):
            works[person_id].append(_Work(person_id, org_id, org, post, subjects, since, kind == main_kind))
    for mine in works.values():
        if len(mine) > 1:
            mine.sort(key=lambda work: not work.main)
    return works, known


def _planned(session: Session, basis: Basis, ids: Sequence[str] | None) -> dict[str, list[tuple[str, str]]]:
    """(post, day) of meetings that are still ahead."""
    query = select(AttestationCase.person_id, AttestationCase.post, AttestationCase.meeting_date).where(
        AttestationCase.deleted_at.is_(None), AttestationCase.result == "", AttestationCase.meeting_date >= basis.day
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for person_id, post, day in session.execute(query.where(_among(AttestationCase.person_id, ids))):
        if len(day) == len(basis.day):
            found[person_id].append((post, day))
    return found


def _bound(row: Any, mine: Sequence[_Work], planned: Iterable[tuple[str, str]], basis: Basis) -> Bound:
    in_office = row.role == OFFICE_ROLE
    posts = tuple(work.post for work in mine)
    reached = not in_office or basis.teaches or basis.country != "RU"
    facts = PersonFacts(
        id=row.id,
        groups=groups_of(posts, basis.country, in_office, basis.teaches),
        posts=tuple(PostFact(work.post, work.organisation, work.since) for work in mine) if reached else (),
        deferrals=(DeferralFact("", row.deferred_until),) if row.deferred_until else (),
        planned=tuple(planned),
    )
    main = mine[0] if mine else _Work(row.id, "", "", "", "", "", True)
    return Bound(
        id=row.id,
        person=" ".join(part for part in (row.surname, row.name, row.patronymic) if part),
        short=short_name(row.surname, row.name, row.patronymic),
        sort_key=row.sort_key,
        organisation_id=main.organisation_id,
        organisation=main.organisation,
        post=main.post,
        subjects=main.subjects,
        role=row.role,
        facts=facts,
    )
