"""Who works here, the keys of copies, the media that leave the office, and what went wrong with them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Record


class AppUser(Record, Base):
    """Somebody who signs in; ``role`` is a domain.rights.Role, ``password`` and ``pin`` are Argon2id strings or ""."""

    __tablename__ = "app_user"

    name: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(Text)
    since: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[str] = mapped_column(Text, default="")
    password: Mapped[str] = mapped_column(Text, default="")
    pin: Mapped[str] = mapped_column(Text, default="")


class OfficeKey(Record, Base):
    """A pair of keys that open encrypted copies: the office's and the paper one; public halves only.

    ``former_identity``: the secret half of the office key before this one, encrypted to this one (age, base64).
    """

    __tablename__ = "office_key"

    key_id: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(Text)
    paper_recipient: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="active")
    made_on: Mapped[str] = mapped_column(Text, default="")
    retired_on: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    former_identity: Mapped[str] = mapped_column(Text, default="")


class KeySlot(Record, Base):
    """The office identity of a key, boxed by a person's password: ``kdf`` is JSON, the rest base64."""

    __tablename__ = "key_slot"
    __table_args__ = (Index("ix_key_slot_key_id", "key_id"),)

    key_id: Mapped[str] = mapped_column(Text)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[str] = mapped_column(Text, default="password")
    kdf: Mapped[str] = mapped_column(Text)
    salt: Mapped[str] = mapped_column(Text)
    nonce: Mapped[str] = mapped_column(Text)
    box: Mapped[str] = mapped_column(Text)


class Carrier(Record, Base):
    """A medium of the register: ``state`` is in_use, lost or destroyed; ``serial`` is that of its volume."""

    __tablename__ = "carrier"

    number: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text, default="")
    serial: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="")
    holder: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="in_use")
    note: Mapped[str] = mapped_column(Text, default="")


class Incident(Record, Base):
    """Personal data that may have got out: what, when, what was on it and what was done (``holds`` is JSON)."""

    __tablename__ = "incident"

    kind: Mapped[str] = mapped_column(Text, default="lost_carrier")
    carrier_id: Mapped[str | None] = mapped_column(ForeignKey("carrier.id"))
    happened: Mapped[str] = mapped_column(Text, default="")
    noticed: Mapped[str] = mapped_column(Text, default="")  # «2026-11-20T14:05», from which 24 and 72 hours run
    circumstances: Mapped[str] = mapped_column(Text, default="")
    holds: Mapped[str] = mapped_column(Text, default="{}")
    encrypted: Mapped[int] = mapped_column(Integer, default=0)
    measures: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[str] = mapped_column(Text, default="")
    notified_24: Mapped[str] = mapped_column(Text, default="")
    notified_72: Mapped[str] = mapped_column(Text, default="")
    closed: Mapped[str] = mapped_column(Text, default="")
