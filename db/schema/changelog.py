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
    lamport: Mapped[int] = mapped_column(Integer, default=0)  # greatest of all transactions known here


class Replica(Base):
    """A copy of the database that writes under its own name; ``reason``: new, restore, clone, moved.

    ``install_id`` names the program that writes as this replica: another one must begin a replica of its own.
    """

    __tablename__ = "replica"

    rid: Mapped[str] = mapped_column(Text, primary_key=True)
    label: Mapped[str] = mapped_column(Text, default="")
    parent_rid: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="new")
    born_utc: Mapped[str] = mapped_column(Text, default="")
    install_id: Mapped[str] = mapped_column(Text, default="")


class Txn(Base):
    """One action of a person = one transaction = one undo step.

    (``rid``, ``n``) names it for ever and everywhere; ``id`` and the sequences are this file's order of arrival, in
    which a cause always stands before its effects. ``lamport`` is greater than that of everything known when it was
    written: the value shown of a field is the change with the greatest (lamport, rid, n, place). No clock decides.

    ``kind``: change, undo, redo, barrier, merge. ``reverts`` names (by ``id``) what an undo or redo takes back.
    Its changes are those with ``after_seq < seq <= last_seq``. ``body`` is the salted hash of the changes, ``hash``
    chains it to the replica's transaction before (SHA-256, hex): lawful erasure of values leaves the chain whole.
    """

    __tablename__ = "txn"
    __table_args__ = (Index("ix_txn_rid_n", "rid", "n", unique=True),)

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
    n: Mapped[int] = mapped_column(Integer, default=0)  # 1, 2, 3 … within the replica
    lamport: Mapped[int] = mapped_column(Integer, default=0)
    user_id: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")


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


class ChangeParent(Base):
    """What else a change took the place of: the other sides of a conflict it settles."""

    __tablename__ = "change_parent"
    __table_args__ = (Index("ix_change_parent_parent", "parent"),)

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    parent: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class FieldShown(Base):
    """The change that is shown of a field, where a merge left several heads or shows another one than the latest."""

    __tablename__ = "field_shown"

    row_id: Mapped[str] = mapped_column(Text, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)


class Conflict(Base):
    """A field that two copies changed apart, found by the merge ``txn_id``; open while its heads differ."""

    __tablename__ = "conflict"

    row_id: Mapped[str] = mapped_column(Text, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    tbl: Mapped[str] = mapped_column(Text)
    txn_id: Mapped[int] = mapped_column(Integer)


class MergeLog(Base):
    """A merge as it was: what came from where, counts before and after, the copy made before (JSON in ``summary``)."""

    __tablename__ = "merge_log"

    txn_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(Text)
    backup_id: Mapped[str] = mapped_column(Text, default="")
    replica: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="{}")
    state_sha256: Mapped[str] = mapped_column(Text, default="")


class MergeEffect(Base):
    """What a merge changed in the tables here, to take it back; ``field`` is "" where a row appeared."""

    __tablename__ = "merge_effect"
    __table_args__ = (Index("ix_merge_effect_txn_id", "txn_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    txn_id: Mapped[int] = mapped_column(Integer)
    tbl: Mapped[str] = mapped_column(Text)
    row_id: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)


class CopyLog(Base):
    """A copy that was made and proved: never changed but for the places where it was proved again (JSON list)."""

    __tablename__ = "copy_log"

    backup_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    rid: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(Text, default="")
    leaves: Mapped[int] = mapped_column(Integer, default=0)  # 1: written to a medium that leaves the office
    volume_label: Mapped[str] = mapped_column(Text, default="")
    volume_serial: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(Text, default="")
    vector: Mapped[str] = mapped_column(Text, default="{}")
    counts: Mapped[str] = mapped_column(Text, default="{}")
    key_id: Mapped[str] = mapped_column(Text, default="")  # "" when it is not encrypted
    author: Mapped[str] = mapped_column(Text, default="")
    made_utc: Mapped[str] = mapped_column(Text, default="")
    verified_utc: Mapped[str] = mapped_column(Text, default="")
    verified_on: Mapped[str] = mapped_column(Text, default="[]")


class AccessLog(Base):
    """Views, prints, exports, copies, logins: acts that leave the data unchanged and cannot be undone.

    (``rid``, ``n``) names an entry; ``hash`` chains it to the entry before of the same replica (SHA-256, hex).
    """

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_rid_n", "rid", "n", unique=True),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    wall_utc: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text, default="")
    act: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[str] = mapped_column(Text, default="")
    rid: Mapped[str] = mapped_column(Text, default="")
    n: Mapped[int] = mapped_column(Integer, default=0)
    count: Mapped[int] = mapped_column(Integer, default=0)  # how many people it concerned
    hash: Mapped[str] = mapped_column(Text, default="")
