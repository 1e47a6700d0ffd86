"""The list of people on a day, quick enough to be read anew after every change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from db.store import Store
from imc_desktop.domain.kinds import EmploymentKind
from imc_desktop.domain.words import fold, show_date
from imc_desktop.usecases.conflict_marks import people_in_conflict
from imc_desktop.usecases.office import office_rules_of
from imc_desktop.usecases.staff_values import Categories, CategoryView, Held, full_name

_KINDS: dict[str, int] = {EmploymentKind.MAIN: 0, EmploymentKind.INTERNAL: 1, EmploymentKind.EXTERNAL: 2}


class _Job(NamedTuple):
    person_id: str
    organisation_id: str
    short_name: str
    sort_key: str
    post: str
    subjects: str
    kind: str


class PersonRow(NamedTuple):
    """One line of the list; ``also`` names her other places of work, ``in_conflict``: copies differ about her.

    A tuple, because thousands are made at every reading; and the rules are asked only for the rows looked at.
    """

    id: str
    surname: str
    full_name: str
    former: str
    birth: str
    phone: str
    sort_key: str
    organisation_id: str
    organisation: str
    organisation_sort: str
    post: str
    subjects: str
    also: str
    held: tuple[Held, ...]
    judge: Callable[[tuple[Held, ...]], CategoryView]
    in_conflict: bool = False

    @property
    def category(self) -> CategoryView:
        """The category that speaks for the person on the list's day."""
        return self.judge(self.held)

    @property
    def search(self) -> str:
        """Everything the list shows, folded: what is typed into the filter is looked for here."""
        return fold(
            f"{self.full_name} {self.former} {self.organisation} {self.also} {self.post} {self.subjects} "
            f"{self.category.words} {show_date(self.birth)} {self.phone}"
        )


def people(store: Store, on: date) -> list[PersonRow]:
    """Everybody of the register as of a day, in the order of the Russian and Kazakh alphabets.

    Plain SQL: this list is the first thing the window shows (goal P2), before SQLAlchemy is imported.
    """
    categories = Categories(office_rules_of(store), on)
    with store.look() as connection:
        persons = connection.execute(
            "SELECT id, surname, name, patronymic, birth, phone, sort_key FROM person "
            "WHERE deleted_at IS NULL ORDER BY sort_key, id"
        ).fetchall()
        jobs = _jobs(connection, on.isoformat())
        held = _categories(connection)
        former = _former_names(connection)
        disputed = people_in_conflict(connection)
    rows = []
    for person_id, surname, name, patronymic, birth, phone, key in persons:
        own = jobs.get(person_id, ())
        main = own[0] if own else None
        rows.append(
            PersonRow(
                person_id,
                surname,
                full_name(surname, name, patronymic),
                former.get(person_id, ""),
                birth,
                phone,
                key,
                main.organisation_id if main else "",
                main.short_name if main else "",
                main.sort_key if main else "",
                main.post if main else "",
                main.subjects if main else "",
                "; ".join(f"{job.post}, {job.short_name}".strip(", ") for job in own[1:]),
                tuple(held[person_id]) if person_id in held else (),
                categories.of_person,
                person_id in disputed,
            )
        )
    return rows


def _jobs(connection: Connection, day: str) -> dict[str, list[_Job]]:
    """Present work by person, the main one first."""
    found: dict[str, list[_Job]] = defaultdict(list)
    rows = connection.execute(
        "SELECT e.person_id, e.organisation_id, o.short_name, o.sort_key, e.post, e.subjects, e.kind "
        "FROM employment e JOIN organisation o ON o.id = e.organisation_id "
        "WHERE e.deleted_at IS NULL AND (e.until = '' OR e.until >= ?) ORDER BY e.id",
        (day,),
    )
    for row in rows:
        found[row[0]].append(_Job._make(row))
    for own in found.values():
        if len(own) > 1:
            own.sort(key=lambda job: _KINDS.get(job.kind, 3))
    return found


def _categories(connection: Connection) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = defaultdict(list)
    rows = connection.execute(
        "SELECT person_id, category, decision_date, valid_until FROM category WHERE deleted_at IS NULL"
    )
    for person_id, name, decided, said in rows:
        found[person_id].append((name, decided, said))
    return found


def _former_names(connection: Connection) -> dict[str, str]:
    found: dict[str, str] = {}
    for person_id, surname in connection.execute(
        "SELECT person_id, surname FROM former_name WHERE deleted_at IS NULL ORDER BY id"
    ):
        found[person_id] = f"{found[person_id]}, {surname}" if person_id in found else surname
    return found
