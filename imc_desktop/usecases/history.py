"""What happened to a record, in lines a person reads; a former value can be brought back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, select, text

from db.changelog import history_of
from db.changes import HistoryEntry
from db.images import row_image
from db.schema.people import Organisation, Person
from db.schema.tables import journalled
from db.schema.work import WorkGroup
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.field_words import FIELDS, GUARDED, HIDDEN, SECRET, TABLES, name_of_row, show_value
from imc_desktop.usecases.staff_values import full_name

_PERSON_TABLES = tuple(
    cls.__tablename__
    for cls in journalled()
    if "person_id" in cls.__table__.columns and cls.__tablename__ not in GUARDED
)
_KINDS = {"undo": "Отменено: ", "redo": "Повторено: "}
_RESTORABLE = frozenset(FIELDS) - {
    "deleted_at",
    "state",
    "number",
    "label",
    "person_id",
    "organisation_id",
    "group_id",
    "kind",
    "surname",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change. ``when`` is local time; ``before``/``after`` are ready to read; ``field`` "" = appeared or gone."""

    txn_id: int
    wall_utc: str
    when: str
    label: str
    author: str
    table: str
    row_id: str
    field: str
    what: str
    before: str
    after: str
    stored_before: str | None
    can_restore: bool

    @property
    def change(self) -> str:
        """«категория: первая → высшая», «появилось: курсы «…»»."""
        return f"{self.what}: {self.before} → {self.after}" if self.field else self.what

    @property
    def text(self) -> str:
        """«20.11.2026 10:42 · Импорт: 04_… · категория: первая → высшая»."""
        return f"{self.when} · {self.label} · {self.change}"


def history(store: Store, person_id: str, limit: int = 500) -> list[HistoryLine]:
    """The history of a person with everything that hangs on her, newest first."""
    with store.read() as session:
        connection = session.connection()
        ids = [person_id]
        for table in _PERSON_TABLES:
            query = f"SELECT id FROM {table} WHERE person_id = ?"
            ids += connection.exec_driver_sql(query, (person_id,)).scalars().all()
        return _lines(connection, history_of(connection, ids, limit))


def history_of_record(store: Store, record_id: str, limit: int = 500) -> list[HistoryLine]:
    """The history of one row of any table, newest first."""
    with store.read() as session:
        connection = session.connection()
        return _lines(connection, history_of(connection, [record_id], limit))


def latest_changes(store: Store, limit: int = 200) -> list[dict[str, Any]]:
    """The latest actions, newest first: when, who, what and how many changes each made."""
    with store.read() as session:
        rows = session.execute(
            text(
                "SELECT id, wall_utc, label, kind, author, last_seq - after_seq AS changes FROM txn "
                "ORDER BY id DESC LIMIT :n"
            ),
            {"n": limit},
        ).all()
    return [
        {"txn": one, "when": when, "action": _KINDS.get(kind, "") + label, "author": author, "changes": count}
        for one, when, label, kind, author, count in rows
    ]


def history_as_json(store: Store, record_id: str | None = None) -> list[dict[str, Any]]:
    """The shape of ``history --json``: of a person or another record, else the latest actions."""
    if record_id is None:
        return latest_changes(store)
    with store.read() as session:
        is_person = session.get(Person, record_id) is not None
    lines = history(store, record_id) if is_person else history_of_record(store, record_id)
    if not lines:
        raise UserError(f"Записи с номером {record_id} в базе нет.")
    return [
        {
            "txn": line.txn_id,
            "when": line.wall_utc,
            "action": line.label,
            "author": line.author,
            "record_id": line.row_id,
            "record": TABLES.get(line.table, line.table),
            "field": line.field or None,
            "what": line.what,
            "before": line.before if line.field else None,
            "after": line.after if line.field else None,
            "text": line.text,
        }
        for line in lines
    ]


def restore_value(store: Store, line: HistoryLine) -> None:
    """Give a field the value it had before a change. One undoable step."""
    if not line.can_restore:
        raise UserError("Это изменение так не вернуть. Измените карточку.")
    cls = next(cls for cls in journalled() if cls.__tablename__ == line.table)
    column = cls.__table__.columns[line.field]
    value: str | int | None = line.stored_before
    if isinstance(column.type, Integer) and value is not None:
        value = int(value)
    with store.change(f"Возвращено прежнее: {line.what} — {line.before}") as session:
        row: Any = session.get(cls, line.row_id)
        if row is None or row.deleted_at is not None:
            raise UserError("Этого сведения в карточке уже нет: вернуть некуда.")
        setattr(row, line.field, value)
        row.paper_id = None


def local_time(wall_utc: str) -> str:
    """«20.11.2026 10:42» by this computer's clock zone."""
    return datetime.fromisoformat(wall_utc).astimezone().strftime("%d.%m.%Y %H:%M")


def _lines(connection: Connection, entries: Sequence[HistoryEntry]) -> list[HistoryLine]:
    images = _images(connection, entries)
    names = _names(connection, entries, images.values())
    lines = [_line(entry, images[entry.row_id], names) for entry in entries if entry.field not in HIDDEN | SECRET]
    return _without_echoes(lines)


def _line(entry: HistoryEntry, image: dict[str, str], names: dict[str, str]) -> HistoryLine:
    table = TABLES.get(entry.table, entry.table)
    about = name_of_row(entry.table, image, names)
    row_title = f"{table} «{about}»" if about else table
    shown = field = entry.field
    before = after = ""
    if field == "deleted_at":
        shown, what = "", f"удалено: {row_title}" if entry.after else f"возвращено: {row_title}"
    elif not field:
        what = f"появилось: {row_title}"
    else:
        what = FIELDS.get(field, field)
        if entry.table not in ("person", field):
            what = f"{table}, {what}"
        before = show_value(entry.table, field, entry.before, names)
        after = show_value(entry.table, field, entry.after, names)
    return HistoryLine(
        entry.txn_id,
        entry.wall_utc,
        local_time(entry.wall_utc),
        _KINDS.get(entry.kind, "") + entry.label,
        entry.author,
        entry.table,
        entry.row_id,
        shown,
        what,
        before,
        after,
        entry.before,
        shown in _RESTORABLE and entry.table not in GUARDED,
    )


def _without_echoes(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """A card that appears or goes takes its facts along: of one action the lines of the facts are left out."""
    told = list(lines)
    whole = {line.txn_id for line in told if line.table == "person" and not line.field}
    return [line for line in told if line.txn_id not in whole or line.table == "person" or line.field]


def _images(connection: Connection, entries: Sequence[HistoryEntry]) -> dict[str, dict[str, str]]:
    """The rows as they were born, by id."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        if entry.field == "":
            found[entry.row_id] = row_image(entry.after or "")
    for row_id in {entry.row_id for entry in entries} - found.keys():
        image = connection.exec_driver_sql(
            "SELECT after FROM change WHERE row_id = ? AND field = '' ORDER BY seq LIMIT 1", (row_id,)
        ).scalar()
        found[row_id] = row_image(image or "")
    return found


def _names(connection: Connection, entries: Sequence[HistoryEntry], images: Iterable[dict[str, str]]) -> dict[str, str]:
    """Names behind the ids that the entries mention."""
    wanted = {value for image in images for field, value in image.items() if field.endswith("_id")}
    wanted |= {
        value for entry in entries if entry.field.endswith("_id") for value in (entry.before, entry.after) if value
    }
    names: dict[str, str] = {}
    for cls, title in ((Organisation, Organisation.short_name), (WorkGroup, WorkGroup.title)):
        names |= {row[0]: row[1] for row in connection.execute(select(cls.id, title).where(cls.id.in_(wanted)))}
    people = connection.execute(
        select(Person.id, Person.surname, Person.name, Person.patronymic).where(Person.id.in_(wanted))
    )
    return names | {row[0]: full_name(row[1], row[2], row[3]) for row in people}
