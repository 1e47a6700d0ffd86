"""Invented people in a real database, for tests of terms."""

from __future__ import annotations

from collections.abc import Sequence

from db.schema.base import new_id
from db.schema.learning import AttestationCase, Training
from db.schema.people import Category, Employment, Organisation, Person
from db.store import Store
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.words import sort_key


def put_school(store: Store, name: str = "МБОУ «Озёрная СОШ»") -> str:
    """An organisation; its id."""
    with store.change("школа") as session:
        row = Organisation(id=new_id(), short_name=name)
        session.add(row)
        return row.id


def put_person(
    store: Store,
    school: str,
    name: str = "Грачёва Анна Ильинична",
    posts: Sequence[str] = ("учитель",),
    *,
    role: str = "staff",
    since: str = "",
    until: str = "",
    deferred_until: str = "",
) -> str:
    """Somebody with posts in a school; the id."""
    surname, first, patronymic = name.split()
    with store.change("работник") as session:
        row = Person(
            id=new_id(), surname=surname, name=first, patronymic=patronymic, role=role,
            sort_key=sort_key(name), deferred_until=deferred_until,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for post in posts:
            session.add(
                Employment(id=new_id(), person_id=row.id, organisation_id=school, post=post, since=since, until=until)
            )
        return row.id


def put_course(
    store: Store,
    person: str,
    finished: str,
    hours: int | None = 72,
    *,
    kind: str = TrainingKind.PK.value,
    title: str = "Функциональная грамотность",
) -> str:
    """A finished course; its id."""
    with store.change("курс") as session:
        row = Training(
            id=new_id(), person_id=person, title=title, kind=kind, hours=hours, ends=finished, finished=finished
        )
        session.add(row)
        return row.id


def put_category(
    store: Store, person: str, category: str, decided: str, until: str = "", *, post: str = "учитель"
) -> str:
    """A category or СЗД; its id."""
    with store.change("категория") as session:
        row = Category(
            id=new_id(), person_id=person, category=category, post=post, decision_date=decided, valid_until=until
        )
        session.add(row)
        return row.id


def put_case(store: Store, person: str, requested: str, **more: str) -> str:
    """A case; its id."""
    with store.change("дело") as session:
        row = AttestationCase(id=new_id(), person_id=person, requested=requested, post="учитель", **more)
        session.add(row)
        return row.id
