"""What every table shares: text ids that two copies never give twice, a tombstone, naming of constraints."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import count

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table, the log's own ones included."""

    metadata = MetaData(naming_convention=NAMING)


class Record:
    """A row of the office's data: its changes are journalled and it is deleted by a tombstone only.

    Dates are ISO text of the precision the source has (``"1965"``, ``"2026-10"``, ``"1965-10-17"``).
    """

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    deleted_at: Mapped[str | None] = mapped_column(Text)


def new_ids() -> Iterator[str]:
    """Endless ids in the UUID version 7 form: ordered by time within a run, random enough never to meet twice.

    The last group counts up from a random start: making an id costs no more than printing a number.
    """
    millis = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(4))
    head = f"{millis >> 16:08x}-{millis & 0xFFFF:04x}-7{noise >> 20:03x}-{0x8000 | noise & 0x3FFF:04x}-"
    for number in count(int.from_bytes(os.urandom(6)) >> 1):
        yield f"{head}{number:012x}"


def new_id() -> str:
    """One id; take ``new_ids()`` for many."""
    return next(new_ids())
