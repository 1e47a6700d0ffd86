"""Plain SQL, by which use cases read: SQLAlchemy costs more than the whole window and is left to those who write."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from db.connect import plain as plain_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def rows(connection: Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[Any]:
    """The rows of a statement as named tuples: columns are attributes."""
    cursor = connection.execute(sql, values)
    return map(_row_type(tuple(column[0] for column in cursor.description))._make, cursor)


@lru_cache(maxsize=64)
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)  # noqa: PYI024 - the columns are known to the statement only


def among(column: str, ids: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    """A condition to add to a statement that ends in one, and its value; None: no condition, all rows."""
    if ids is None:
        return "", ()
    return f" AND {column} IN (SELECT value FROM json_each(?))", (listed(ids),)


def listed(values: Sequence[str]) -> str:
    """Values as one, for ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(values), ensure_ascii=False)


def organisation_names(connection: Connection) -> dict[str, str]:
    """Short names by id, deleted ones included."""
    return dict(connection.execute("SELECT id, short_name FROM organisation"))


def plain(session: Session) -> Connection:
    """The connection under a session for plain SQL, with all that the session has made written to it."""
    session.flush()
    return plain_of(session.connection())
