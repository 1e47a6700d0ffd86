"""The list of people on a day, quick enough to be read anew after every change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.people import Category, Employment, FormerName, Organisation, Person
from db.store import Store
from imc_desktop.domain.kinds import EmploymentKind
from imc_desktop.domain.words import fold, show_date
from imc_desktop.usecases.office import office_rules_of
from imc_desktop.usecases.staff_values import Categories, CategoryView, Held, full_name

_KINDS = {EmploymentKind.MAIN: 0, EmploymentKind.INTERNAL: 1, EmploymentKind.EXTERNAL: 2}


class PersonRow(NamedTuple):
    """One line of the list; ``also`` names her other places of work.

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
    """Everybody of the register as of a day, in the order of the Russian and Kazakh alphabets."""
    categories = Categories(office_rules_of(store), on)
    with store.read() as session:
        persons = session.execute(
            select(
                Person.id, Person.surname, Person.name, Person.patronymic, Person.birth, Person.phone, Person.sort_key
            )
            .where(Person.deleted_at.is_(None))
            .order_by(Person.sort_key, Person.id)
        ).all()
        jobs = _jobs(session, on.isoformat())
        held = _categories(session)
        former = _former_names(session)
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
            )
        )
    return rows


def _jobs(session: Session, day: str) -> dict[str, list[Any]]:
    """Present work by person, the main one first."""
    found: dict[str, list[Any]] = defaultdict(list)
    rows = session.execute(
        select(
            Employment.person_id,
            Employment.organisation_id,
            Organisation.short_name,
            Organisation.sort_key,
            Employment.post,
            Employment.subjects,
            Employment.kind,
        )
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.deleted_at.is_(None), (Employment.until == "") | (Employment.until >= day))
        .order_by(Employment.id)
    )
    for row in rows:
        found[row[0]].append(row)
    for own in found.values():
        if len(own) > 1:
            own.sort(key=lambda row: _KINDS.get(row.kind, 3))
    return found


def _categories(session: Session) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = defaultdict(list)
    rows = session.execute(
        select(Category.person_id, Category.category, Category.decision_date, Category.valid_until).where(
            Category.deleted_at.is_(None)
        )
    )
    for person_id, name, decided, said in rows:
        found[person_id].append((name, decided, said))
    return found


def _former_names(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for person_id, surname in session.execute(
        select(FormerName.person_id, FormerName.surname).where(FormerName.deleted_at.is_(None)).order_by(FormerName.id)
    ):
        found[person_id] = f"{found[person_id]}, {surname}" if person_id in found else surname
    return found
