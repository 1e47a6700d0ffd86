"""Small questions several use cases ask the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session


def pairs(session: Session, key: InstrumentedAttribute[str], value: InstrumentedAttribute[str]) -> dict[str, str]:
    """One column by another, of all rows, deleted ones included."""
    return {row[0]: row[1] for row in session.execute(select(key, value))}
