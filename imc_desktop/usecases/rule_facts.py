"""What the rules need to know, read from the database in bulk: people, their groups, courses and categories.

Plain SQL: a district of 30,000 people is judged without making one object of the database layer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sqlite3 import Connection
from typing import Any

from db.store import Store
from imc_desktop.domain.category_end import CategoryFact
from imc_desktop.domain.courses import PRIVATE, CourseFact
from imc_desktop.domain.kinds import CategoryName, EmploymentKind, TrainingKind
from imc_desktop.domain.names import initials
from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.posts import rule_groups
from imc_desktop.domain.rule_data import DeferralFact, Group, PersonFacts, PostFact, RuleSet, last_day
from imc_desktop.usecases.office import office_of, office_rules_of
from imc_desktop.usecases.queries import among, rows

OFFICE_ROLE = "office"
_PRIVATE_FORM = re.compile(r"(?:^|[^\w])(?:ООО|ОАО|ЗАО|ПАО|АО|ЧОУ|ЧУ|НОЧУ|НЧОУ|ЧПОУ|АНО|АНПОО|НОУ|ИП)(?=[^\w]|$)")


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
    connection: Connection, basis: Basis, ids: Sequence[str] | None = None, *, everybody: bool = False
) -> dict[str, Bound]:
    """Everybody who works on the day (``ids``: only these), in the order of names.

    Who has left every place of work is there only for ``everybody``; who has no place of work on record always is,
    as a teacher.
    """
    works, left = _works(connection, basis, ids)
    planned = _planned(connection, basis, ids)
    chosen, values = among("id", ids)
    query = (
        "SELECT id, surname, name, patronymic, role, deferred_until, sort_key FROM person "
        f"WHERE deleted_at IS NULL{chosen} ORDER BY sort_key, id"
    )
    found: dict[str, Bound] = {}
    for row in rows(connection, query, values):
        mine = works.get(row.id, [])
        if mine or everybody or row.id not in left:
            found[row.id] = _bound(row, mine, planned.get(row.id, ()), basis)
    return found


def load_courses(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, list[CourseFact]]:
    """Finished courses by person."""
    chosen, values = among("person_id", ids)
    query = (
        "SELECT person_id, finished, hours, kind, title, provider, starts FROM training "
        f"WHERE deleted_at IS NULL{chosen}"
    )
    found: dict[str, list[CourseFact]] = defaultdict(list)
    for person_id, finished, hours, kind, title, provider, starts in connection.execute(query, values):
        fact = CourseFact(finished, hours, training_kind(kind), title, provider_kind(provider), starts)
        found[person_id].append(fact)
    return found


def load_categories(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, list[CategoryFact]]:
    """Categories and СЗД by person."""
    chosen, values = among("person_id", ids)
    query = (
        "SELECT person_id, category, post, decision_date, valid_until, act_number, act_date FROM category "
        f"WHERE deleted_at IS NULL{chosen}"
    )
    found: dict[str, list[CategoryFact]] = defaultdict(list)
    for person_id, name, post, decided, until, number, act_date in connection.execute(query, values):
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
    return initials(PersonName(surname, name, patronymic))


def works_on(since: str, until: str, day: str) -> bool:
    """True when a place of work holds on the ISO day; partial dates count to their last day."""
    return since <= day and (not until or last_day(until) >= day)


def _works(connection: Connection, basis: Basis, ids: Sequence[str] | None) -> tuple[dict[str, list[_Work]], set[str]]:
    """Places of work that hold on the day, the main one first, and everybody who has had any."""
    chosen, values = among("e.person_id", ids)
    query = (
        "SELECT e.person_id, e.organisation_id, o.short_name, e.post, e.subjects, e.since, e.until, e.kind "
        "FROM employment e JOIN organisation o ON o.id = e.organisation_id "
        f"WHERE e.deleted_at IS NULL{chosen} ORDER BY e.id"
    )
    works: dict[str, list[_Work]] = defaultdict(list)
    known: set[str] = set()
    day, main_kind = basis.day, EmploymentKind.MAIN.value
    for person_id, org_id, org, post, subjects, since, until, kind in connection.execute(query, values):
        known.add(person_id)
        if works_on(since, until, day):
            works[person_id].append(_Work(person_id, org_id, org, post, subjects, since, kind == main_kind))
    for mine in works.values():
        if len(mine) > 1:
            mine.sort(key=lambda work: not work.main)
    return works, known


def _planned(connection: Connection, basis: Basis, ids: Sequence[str] | None) -> dict[str, list[tuple[str, str]]]:
    """(post, day) of meetings that are still ahead."""
    chosen, values = among("person_id", ids)
    query = (
        "SELECT person_id, post, meeting_date FROM attestation_case "
        f"WHERE deleted_at IS NULL AND result = '' AND meeting_date >= ?{chosen}"
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for person_id, post, day in connection.execute(query, (basis.day, *values)):
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
