"""Organisations with all their spellings and how many people work in each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from db.schema.base import new_id
from db.schema.people import Employment, Organisation, OrganisationName, Person
from db.store import Store
from imc_desktop.domain.organisation_titles import full_name, short_name
from imc_desktop.domain.organisations import match_organisation, organisation_key
from imc_desktop.domain.words import sort_key


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


def known_organisation(session: Session, title: str) -> str:
    """The id of the organisation a title means for certain, by any spelling ever met; "" when there is none."""
    keys: dict[str, str] = {}
    for one, short, key in session.execute(
        select(Organisation.id, Organisation.short_name, Organisation.key).where(Organisation.deleted_at.is_(None))
    ):
        keys.setdefault(key or organisation_key(short), one)
    living = set(keys.values())
    for one, key in session.execute(
        select(OrganisationName.organisation_id, OrganisationName.key).where(OrganisationName.deleted_at.is_(None))
    ):
        if one in living:
            keys.setdefault(key, one)
    found, certain = match_organisation(title, keys)
    return found if found is not None and certain else ""


def organisation_for(session: Session, title: str) -> str:
    """The organisation a title means, made when there is none yet."""
    found = known_organisation(session, title)
    if found:
        return found
    short = short_name(title)
    row = Organisation(
        id=new_id(),
        short_name=short,
        full_name=full_name(title),
        key=organisation_key(title),
        sort_key=sort_key(short),
    )
    session.add(row)
    session.flush()
    return row.id


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
