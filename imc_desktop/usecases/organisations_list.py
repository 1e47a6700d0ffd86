"""Organisations with all their spellings and how many people work in each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import distinct, func, select

from db.schema.people import Employment, Organisation, OrganisationName, Person
from db.store import Store


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation; ``people`` have any work there on the day asked for."""

    id: str
    short_name: str
    full_name: str
    kind: str
    spellings: tuple[str, ...]
    people: int
    sort_key: str


def organisations(store: Store, on: date) -> list[OrganisationRow]:
    """All organisations in the order of the alphabet, numbers as numbers."""
    day = on.isoformat()
    with store.read() as session:
        counted = session.execute(
            select(Employment.organisation_id, func.count(distinct(Employment.person_id)).label("people"))
            .join(Person, Person.id == Employment.person_id)
            .where(
                Employment.deleted_at.is_(None),
                Person.deleted_at.is_(None),
                (Employment.until == "") | (Employment.until >= day),
            )
            .group_by(Employment.organisation_id)
        )
        counts = {row.organisation_id: row.people for row in counted}
        spellings: dict[str, list[str]] = defaultdict(list)
        for one, spelling in session.execute(
            select(OrganisationName.organisation_id, OrganisationName.spelling)
            .where(OrganisationName.deleted_at.is_(None))
            .order_by(OrganisationName.id)
        ):
            if spelling not in spellings[one]:
                spellings[one].append(spelling)
        rows = session.execute(
            select(
                Organisation.id,
                Organisation.short_name,
                Organisation.full_name,
                Organisation.kind,
                Organisation.sort_key,
            )
            .where(Organisation.deleted_at.is_(None))
            .order_by(Organisation.sort_key, Organisation.id)
        ).all()
    return [
        OrganisationRow(one, short, full, kind, tuple(spellings.get(one, ())), counts.get(one, 0), key)
        for one, short, full, kind, key in rows
    ]


def organisations_as_json(store: Store, on: date) -> list[dict[str, Any]]:
    """The shape of ``list organisations --json``."""
    return [
        {
            "id": row.id,
            "organisation": row.short_name,
            "full_name": row.full_name or None,
            "spellings": list(row.spellings),
            "people": row.people,
        }
        for row in organisations(store, on)
    ]
