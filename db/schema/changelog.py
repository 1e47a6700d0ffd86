"""The change log: one record of change for history, undo, the protocol of an import, audit and merge."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base


class DbMeta(Base):
    """One row: the lineage of the data (``db_id``), this copy (``replica``) and where its log stands."""

    __tablename__ = "db_meta"

    key: Mapped[int] = mapped_column(Integer, primary_key=True)
    db_id: Mapped[str] = mapped_column(Text)
    replica: Mapped[str] = mapped_column(Text)
    last_seen_utc: Mapped[str] = mapped_column(Text, default="")


class Replica(Base):
    """A copy of the database that writes under its own name; ``reason``: new, restore, clone, moved."""

    __tablename__ = "replica"

    rid: Mapped[str] = mapped_column(Text, primary_key=True)
    label: Mapped[str] = mapped_column(Text, default="")
    parent_rid: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="new")
    born_utc: Mapped[str] = mapped_column(Text, default="")


class Txn(Base):
    """One action of a person = one transaction = one undo step.

    ``kind``: change, undo, redo, barrier. ``reverts`` names the transaction an undo or redo takes back.
    Its changes are those with ``after_seq < seq <= last_seq``; ``hash`` chains them to the transaction before
    (SHA-256, hex).
    """

    __tablename__ = "txn"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # local order; no clock decides
    rid: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="change")
    reverts: Mapped[int | None] = mapped_column(Integer)
    author: Mapped[str] = mapped_column(Text, default="")
    wall_utc: Mapped[str] = mapped_column(Text, default="")
    clock_ok: Mapped[int] = mapped_column(Integer, default=1)
    after_seq: Mapped[int] = mapped_column(Integer, default=0)
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    hash: Mapped[str] = mapped_column(Text, default="")


class Change(Base):
    """A changed field, or (``field`` = "") the image of the whole new row in ``after`` (``db.changelog.row_image``).

    ``parent`` is the sequence of the change that had given the field its value (its own or its row's insert).
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_row", "row_id", "field"),)

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    txn_id: Mapped[int] = mapped_column(Integer)
    tbl: Mapped[str] = mapped_column(Text)
    row_id: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    parent: Mapped[int | None] = mapped_column(Integer)


class AccessLog(Base):
    """Prints, exports and copies: acts that leave the database unchanged and cannot be undone."""

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    wall_utc: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text, default="")
    act: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[str] = mapped_column(Text, default="")
