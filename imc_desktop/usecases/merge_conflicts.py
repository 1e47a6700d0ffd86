"""Conflict cards: what was, what each side made of it, and a person's decision."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from db import heads
from db.heads import DELETED, Change, OpenConflict
from db.schema.learning import Training
from db.schema.people import Organisation, Person
from db.schema.tables import Base
from db.settle import settle
from db.store import Store
from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import OPEN_ENDED
from imc_desktop.domain.names import name_key
from imc_desktop.domain.organisations import organisation_key
from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import sort_key
from imc_desktop.usecases.field_words import FIELDS, is_typed
from imc_desktop.usecases.history import local_time
from imc_desktop.usecases.merge_views import ConflictView, Side
from imc_desktop.usecases.merge_words import Record, records_of, value_words
from imc_desktop.usecases.rights import require

HERE = "на этом ПК"
ELSEWHERE = "на другом ПК"
_NOT_BY_HAND = frozenset({"undo", "redo", "merge"})
_ISO_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


def open_conflicts(store: Store) -> list[ConflictView]:
    """Every conflict that waits for a decision, by record."""
    with store.look() as connection:
        found = heads.open_conflicts(connection)
        records = records_of(connection, {(one.table, one.row_id) for one in found})
        places = _places(connection)
        views = [_view(connection, one, records, places) for one in found if (one.table, one.row_id) in records]
    return sorted(views, key=lambda view: (sort_key(view.record), view.field))


def plan_conflicts(store: Store, plan_id: str) -> list[ConflictView]:
    """Those that touch a plan: it is neither approved nor printed while there are any."""
    return [view for view in open_conflicts(store) if view.plan_id == plan_id]


def must_be_settled(store: Store, plan_id: str) -> None:
    """UserError naming the conflicts that touch a plan."""
    waiting = plan_conflicts(store, plan_id)
    if waiting:
        named = "; ".join(f"{view.record} ({view.field})" for view in waiting[:5])
        more = f" и ещё {len(waiting) - 5}" if len(waiting) > 5 else ""
        raise UserError(f"В плане есть нерешённые расхождения копий: {named}{more}. Сначала разберите их.")


def settle_conflict(store: Store, key: str, *, side: int | None = None, value: str | None = None) -> None:
    """Decide: one of the card's sides, or a value of one's own. One undoable step."""
    require(store, Right.MERGE)
    with store.look() as connection:
        conflict = next((one for one in heads.open_conflicts(connection) if _key(one) == key), None)
        if conflict is None:
            raise UserError("Это расхождение уже решено. Обновите список.")
        record = records_of(connection, {(conflict.table, conflict.row_id)})[conflict.table, conflict.row_id]
        sides = _sides(conflict)
    chosen = sides[side].after if side is not None else _typed(conflict, value)
    if conflict.field == DELETED and chosen is not None:
        chosen = datetime.now(UTC).isoformat(timespec="seconds")
    field = FIELDS.get(conflict.field, conflict.field)
    with store.change(f"Расхождение решено: {record.title or record.kind}, {field}", right=Right.MERGE) as session:
        _give(session, conflict, chosen)


def settle_alike(store: Store, keys: Collection[str], *, ours: bool) -> None:
    """Decide conflicts about the same field alike: this computer's value, or the other one's. One undoable step."""
    require(store, Right.MERGE)
    with store.look() as connection:
        found = [one for one in heads.open_conflicts(connection) if _key(one) in keys]
        places = _places(connection)
        told = {_key(one): _told(connection, one) for one in found}
    if len(found) != len(keys) or any(one.field == DELETED for one in found):
        raise UserError("Часть этих расхождений уже решена. Обновите список.")
    field = FIELDS.get(found[0].field, found[0].field)
    whose = "оставлено наше" if ours else "взято их"
    with store.change(f"Расхождения решены: {field}, {whose} ({len(found)})", right=Right.MERGE) as session:
        for conflict in found:
            side = next((one for one in told[_key(conflict)] if (places.get(one.rid) == HERE) is ours), None)
            if side is None:  # both values came from other computers
                raise UserError("Здесь не одна ваша сторона и одна чужая: решите эти расхождения по одному.")
            _give(session, conflict, side.after)


def _give(session: Session, conflict: OpenConflict, value: str | None) -> None:
    settle(session.connection(), conflict, value)
    derive = _DERIVED.get(conflict.table)
    if derive is not None:
        derive(session, conflict.row_id)


def _view(
    connection: sqlite3.Connection,
    conflict: OpenConflict,
    records: dict[tuple[str, str], Record],
    places: dict[str, str],
) -> ConflictView:
    record = records[conflict.table, conflict.row_id]
    sides = tuple(
        Side(
            value_words(connection, conflict.table, conflict.field, change.after),
            change.author,
            places.get(change.rid, ELSEWHERE),
            local_time(change.wall_utc) if change.wall_utc else "",
            change.after == conflict.heads[0].after,
            places.get(change.rid) == HERE,
        )
        for change in _told(connection, conflict)
    )
    before = "" if conflict.field == DELETED else conflict.base
    return ConflictView(
        _key(conflict),
        record.title,
        record.kind,
        FIELDS.get(conflict.field, conflict.field),
        value_words(connection, conflict.table, conflict.field, before) if conflict.field != DELETED else "",
        sides,
        conflict.field == DELETED,
        record.plan_id,
        conflict.field != DELETED and is_typed(conflict.field),
    )


def _sides(conflict: OpenConflict) -> list[Change]:
    """One side per value; of a deletion that met an edit: keep, delete."""
    if conflict.field == DELETED:
        keep = next((change for change in conflict.heads if change.after is None), conflict.heads[0])
        gone = next((change for change in conflict.heads if change.after is not None), None)
        return [keep, gone or keep._replace(after=keep.before)]
    found: dict[str | None, Change] = {}
    for change in conflict.heads:
        found.setdefault(change.after, change)
    return list(found.values())


def _told(connection: sqlite3.Connection, conflict: OpenConflict) -> list[Change]:
    """The sides by those who gave the values: who undoes or redoes a merge is not their author."""
    if conflict.field == DELETED:
        return _told_deletion(connection, conflict)
    known = heads.changes_of(connection, conflict.row_id, conflict.field).values()
    told = []
    for side in _sides(conflict):
        same = (one for one in known if one.field and one.after == side.after and one.kind not in _NOT_BY_HAND)
        told.append(max(same, key=lambda one: one.order, default=side) if side.kind in _NOT_BY_HAND else side)
    return told


def _told_deletion(connection: sqlite3.Connection, conflict: OpenConflict) -> list[Change]:
    """To keep, to delete: the merge only kept the row till somebody decides."""
    keep, gone = _sides(conflict)
    latest = " ORDER BY t.lamport DESC, c.seq DESC LIMIT 1"
    who = "SELECT t.author, t.rid, t.wall_utc FROM change c JOIN txn t ON t.id = c.txn_id WHERE c.row_id = ? "
    deleted = connection.execute(
        who + "AND c.field = ? AND c.after IS NOT NULL AND t.kind NOT IN ('undo', 'redo', 'merge')" + latest,
        (conflict.row_id, DELETED),
    ).fetchone()
    if deleted is not None:
        gone = gone._replace(author=deleted[0], rid=deleted[1], wall_utc=deleted[2])
    edited = connection.execute(
        who + "AND c.field NOT IN ('', ?) AND t.kind NOT IN ('undo', 'redo', 'merge') AND t.rid <> ?" + latest,
        (conflict.row_id, DELETED, gone.rid),
    ).fetchone()
    if edited is not None:
        keep = keep._replace(author=edited[0], rid=edited[1], wall_utc=edited[2])
    return [keep, gone]


def _typed(conflict: OpenConflict, value: str | None) -> str | None:
    column = Base.metadata.tables[conflict.table].columns[conflict.field]
    if conflict.field == DELETED or not is_typed(conflict.field):
        raise UserError("Здесь можно только выбрать одну из сторон.")
    text = (value or "").strip()
    if column.type.python_type is int:
        if text and not text.isdigit():
            raise UserError(f"«{text}» — не число. Введите целое число.")
        return text or None
    if any(_ISO_DAY.fullmatch(one or "") for one in (conflict.base, *(change.after for change in conflict.heads))):
        return _day(text)
    return text


def _day(text: str) -> str:
    """«05.09.2026», «09.2026», «2026» as the log keeps them; a word that stands for a date («бессрочно») stays."""
    if not text or text == OPEN_ENDED:
        return text
    try:
        found = parse_day(text)
    except ValueError as error:
        raise UserError(str(error)) from error
    if not found:
        raise UserError(f"«{text}» — не дата. Напишите, например, 05.09.2026.")
    return found


def _key(conflict: OpenConflict) -> str:
    return f"{conflict.row_id}|{conflict.field}"


def _places(connection: sqlite3.Connection) -> dict[str, str]:
    """Replica → where that is: this computer under any of its names, else the label."""
    rows = connection.execute("SELECT rid, label, install_id FROM replica").fetchall()
    current = connection.execute("SELECT replica FROM db_meta").fetchone()[0]
    mine = next((install for rid, _, install in rows if rid == current), "")
    return {
        rid: HERE if rid == current or (mine and install == mine) else f"на {label}" if label else ELSEWHERE
        for rid, label, install in rows
    }


def _derive_person(session: Session, row_id: str) -> None:
    person = session.get_one(Person, row_id)
    name = PersonName(person.surname, person.name, person.patronymic)
    person.name_key, person.sort_key = name_key(name), sort_key(str(name))


def _derive_organisation(session: Session, row_id: str) -> None:
    organisation = session.get_one(Organisation, row_id)
    organisation.key = organisation_key(organisation.short_name)
    organisation.sort_key = sort_key(organisation.short_name)


def _derive_training(session: Session, row_id: str) -> None:
    training = session.get_one(Training, row_id)
    training.finished = training.ends or training.document_date or training.starts


# What the program keeps beside the values people write follows a decision.
_DERIVED: dict[str, Callable[[Session, str], Any]] = {
    "person": _derive_person,
    "organisation": _derive_organisation,
    "training": _derive_training,
}
