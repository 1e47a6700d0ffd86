"""All tables in one place: importing this module fills the metadata."""

from __future__ import annotations

from typing import Any

from db.schema import changelog, learning, office, people, security, work
from db.schema.base import Base, Record

__all__ = ["MODULES", "Base", "journalled"]

MODULES = (changelog, learning, office, people, security, work)


def journalled() -> tuple[type[Any], ...]:
    """The classes whose every change is written to the change log, by name of table."""
    classes = [one.class_ for one in Base.registry.mappers if issubclass(one.class_, Record)]
    return tuple(sorted(classes, key=lambda cls: str(cls.__tablename__)))
