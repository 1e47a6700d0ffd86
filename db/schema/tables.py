"""All tables in one place: importing this module fills the metadata."""

from __future__ import annotations

from db.schema import changelog, learning, office, people, work
from db.schema.base import Base, Record

MODULES = (changelog, learning, office, people, work)


def journalled() -> tuple[type[Base], ...]:
    """The classes whose every change is written to the change log, by name of table."""
    classes = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    return tuple(sorted(classes, key=lambda cls: cls.__tablename__))
