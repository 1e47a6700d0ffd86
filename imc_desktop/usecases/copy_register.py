"""The log of copies as people read it: which copy lies on which medium, which key opens it, where it was proved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.schema.changelog import CopyLog, Replica
from db.schema.security import OfficeKey
from db.store import Store
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.carriers import IN_USE, LOST, CarrierRow, carriers
from imc_desktop.usecases.history import local_time
from imc_desktop.usecases.leaving import Medium, carrier_on

NO_KEY = "не зашифрована"
_STATES = {"active": "действует", "retired": "сменён"}


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy. ``when`` and ``proved`` are ready to read, ``made`` orders; ``key`` names the key that opens it."""

    id: str
    sequence: int
    name: str
    made: str
    when: str
    place: str
    serial: str
    carrier: str
    lost: bool
    leaves: bool
    key_id: str
    key: str
    proved: str
    author: str
    replica: str
    people: int


def copies(store: Store) -> list[CopyRow]:
    """Copies this database knows of, the newest first."""
    known = carriers(store)
    with store.read() as session:
        rows = session.scalars(select(CopyLog)).all()
        states = {
            key.key_id: key.state for key in session.scalars(select(OfficeKey).where(OfficeKey.deleted_at.is_(None)))
        }
        labels = {row.rid: row.label for row in session.scalars(select(Replica))}
    views = [_row(row, known, states, labels) for row in rows]
    return sorted(views, key=lambda view: (view.made, view.sequence, view.id), reverse=True)


def active_key(store: Store) -> str:
    """The key new copies are encrypted by, "" when there is none."""
    with store.read() as session:
        found = session.scalars(
            select(OfficeKey.key_id)
            .where(OfficeKey.deleted_at.is_(None), OfficeKey.state == "active")
            .order_by(OfficeKey.id.desc())
        ).first()
    return found or ""


def _row(row: CopyLog, known: Sequence[CarrierRow], states: Mapping[str, str], labels: Mapping[str, str]) -> CopyRow:
    carrier = carrier_on(known, Medium(row.volume_label, row.volume_serial))
    return CopyRow(
        id=row.backup_id,
        sequence=row.sequence,
        name=row.name,
        made=row.made_utc,
        when=_moment(row.made_utc),
        place=row.place,
        serial=row.volume_serial,
        carrier=_carrier(carrier) if carrier else _volume(row),
        lost=carrier is not None and carrier.state == LOST,
        leaves=bool(row.leaves),
        key_id=row.key_id,
        key=key_words(row.key_id, states),
        proved=_proved(row),
        author=row.author,
        replica=labels.get(row.rid, ""),
        people=int(json.loads(row.counts or "{}").get("person", 0)),
    )


def key_words(key_id: str, states: Mapping[str, str]) -> str:
    """«4F1C-22A0, действует», «не зашифрована»."""
    if not key_id:
        return NO_KEY
    state = _STATES.get(states.get(key_id, ""), "")
    return f"{key_id}, {state}" if state else key_id


def _carrier(row: CarrierRow) -> str:
    return row.name if row.state == IN_USE else f"{row.name}, {row.state_words}"


def _volume(row: CopyLog) -> str:
    """A medium that is not in the register, or the office's own disk."""
    if not row.leaves:
        return "рядом с базой"
    told = " ".join(part for part in (row.volume_label, row.volume_serial) if part)
    return f"{told or row.place} – нет в журнале"


def _proved(row: CopyLog) -> str:
    """When it was last read back and compared, and on which media that was done so far."""
    return ", ".join((_moment(row.verified_utc), *json.loads(row.verified_on or "[]"))).strip(", ")


def _moment(utc: str) -> str:
    try:
        datetime.fromisoformat(utc)
    except ValueError:
        return show_date(utc)
    return local_time(utc)
