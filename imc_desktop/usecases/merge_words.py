"""Sentences about what a merge changes: whose record, which field, from what to what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from db.heads import DELETED, QUIET
from imc_desktop.domain.words import plural
from imc_desktop.usecases.copy_facts import COUNT_WORDS
from imc_desktop.usecases.field_words import FIELDS, HIDDEN, SECRET, TABLES, name_of_row, show_value

MOST_SENTENCES = 2_000
NEW, BACK, GONE = "Новое: ", "Возвращено: ", "Удалено: "  # how sentences about whole records begin
# Rows that are bookkeeping of others: told by what they belong to, or not at all.
UNTOLD = frozenset({"organisation_name", "paper", "import_layout", "key_slot", "question"})
_COUNTED = {
    **COUNT_WORDS,
    "category": ("категория", "категории", "категорий"),
    "plan_occurrence": ("отметка плана", "отметки плана", "отметок плана"),
    "consultation": ("консультация", "консультации", "консультаций"),
    "lesson_visit": ("посещение урока", "посещения уроков", "посещений уроков"),
}
_OTHER = ("другая запись", "другие записи", "других записей")


class Record(NamedTuple):
    """A row as people call it: «Абрамова Анна Ивановна», «карточка»; ``plan_id`` when it belongs to a plan.

    ``phrase``: the same in a sentence, «курсы «Практикум», Абрамова Анна Ивановна».
    """

    title: str
    kind: str
    plan_id: str
    phrase: str


class Effect(NamedTuple):
    """One value a merge changed here; ``field`` "" = the row appeared."""

    table: str
    row_id: str
    field: str
    before: str | None
    after: str | None
    who: str


def effects_of(connection: sqlite3.Connection, txn_id: int) -> list[Effect]:
    """What a merge changed here that a person would notice, in the order of records."""
    rows = connection.execute(
        "SELECT e.tbl, e.row_id, e.field, e.before, c.after, t.author FROM merge_effect e JOIN change c ON c.seq = "
        "coalesce((SELECT s.seq FROM field_shown s WHERE s.row_id = e.row_id AND s.field = e.field), "
        "(SELECT max(d.seq) FROM change d WHERE d.row_id = e.row_id AND d.field = e.field)) "
        "JOIN txn t ON t.id = c.txn_id WHERE e.txn_id = ? ORDER BY e.id LIMIT ?",
        (txn_id, 10 * MOST_SENTENCES),
    )
    hidden = QUIET | HIDDEN | SECRET
    told = (Effect(*row) for row in rows)
    return [one for one in told if one.table not in UNTOLD and one.field not in hidden]


def sentences(connection: sqlite3.Connection, effects: Iterable[Effect]) -> tuple[str, ...]:
    """«Абрамова Анна Ивановна: телефон: пусто → 8-900…»; a record that appears or goes is one sentence."""
    effects = list(effects)
    records = records_of(connection, {(one.table, one.row_id) for one in effects})
    names = _names(connection)
    lines = []
    for one in effects:
        record = records.get((one.table, one.row_id))
        if record is None:
            continue
        if not one.field:
            lines.append(f"{NEW}{record.phrase}")
        elif one.field == DELETED:
            lines.append(f"{GONE if one.after else BACK}{record.phrase}")
        else:
            before, after = (show_value(one.table, one.field, value, names) for value in (one.before, one.after))
            lines.append(f"{record.title or record.kind}: {FIELDS.get(one.field, one.field)}: {before} → {after}")
        lines[-1] += f" ({one.who})" if one.who else ""
    return tuple(dict.fromkeys(lines))[:MOST_SENTENCES]


def count_lines(*kinds: tuple[str, Mapping[str, int]]) -> tuple[str, ...]:
    """«Добавлено: 2 педагога, 14 записей о курсах» for each kind of deed that happens."""
    lines = []
    for verb, counts in kinds:
        parts = [f"{count} {plural(count, *_COUNTED[table])}" for table, count in counts.items() if table in _COUNTED]
        other = sum(count for table, count in counts.items() if table not in _COUNTED and table not in UNTOLD)
        if other:
            parts.append(f"{other} {plural(other, *_OTHER)}")
        if parts:
            lines.append(f"{verb}: {', '.join(parts)}")
    return tuple(lines)


def records_of(connection: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Record]:
    """Rows → what people call them: a person's facts by the person, a plan's lines by number and title."""
    per_table: dict[str, list[str]] = {}
    for table, row_id in rows:
        per_table.setdefault(table, []).append(row_id)
    names = _names(connection)
    found = {}
    for table, ids in per_table.items():
        cursor = connection.execute(
            f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
        columns = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            values = {name: str(value) for name, value in zip(columns, row, strict=True) if value not in (None, "")}
            found[table, values["id"]] = _record(connection, table, values, names)
    return found


def value_words(connection: sqlite3.Connection, table: str, field: str, value: str | None) -> str:
    """A stored value as a person reads it."""
    if field == DELETED:
        return "удалить" if value else "оставить"
    return show_value(table, field, value, _names(connection) if field.endswith("_id") else {})


def duplicates(connection: sqlite3.Connection, txn_id: int) -> tuple[str, ...]:
    """Likely duplicates and numbers that met: nothing is put together or renumbered silently."""
    came = "SELECT row_id FROM merge_effect WHERE txn_id = ? AND field = ''"
    people = connection.execute(
        "SELECT n.surname || ' ' || n.name || ' ' || n.patronymic FROM person n JOIN person p "
        "ON p.name_key = n.name_key AND p.id <> n.id AND p.deleted_at IS NULL AND n.deleted_at IS NULL "
        "AND n.name_key <> '' AND "
        f"(p.birth = n.birth OR p.birth = '' OR n.birth = '') WHERE n.id IN ({came}) GROUP BY n.id ORDER BY n.sort_key",
        (txn_id,),
    )
    numbers = connection.execute(
        "SELECT n.number, n.title, p.title FROM plan_item n JOIN plan_item p ON p.plan_id = n.plan_id AND p.id <> n.id "
        "AND p.number = n.number AND p.section_id IS n.section_id AND n.number <> '' AND p.deleted_at IS NULL "
        f"AND n.deleted_at IS NULL WHERE n.id IN ({came}) GROUP BY n.id ORDER BY n.number",
        (txn_id,),
    )
    plans = connection.execute(
        "SELECT n.title FROM plan n JOIN plan p ON p.kind = n.kind AND p.year = n.year AND p.period = n.period "
        f"AND p.id <> n.id AND p.deleted_at IS NULL AND n.deleted_at IS NULL WHERE n.id IN ({came}) GROUP BY n.id",
        (txn_id,),
    )
    issued = connection.execute(
        "SELECT n.title FROM issued_document n JOIN issued_document p ON p.subject_id = n.subject_id AND p.id <> n.id "
        f"AND p.kind = n.kind AND p.edition = n.edition WHERE n.id IN ({came}) GROUP BY n.id",
        (txn_id,),
    )
    return (
        *(f"Возможный дубликат: {' '.join(name.split())} есть и здесь, и в копии" for (name,) in people),
        *(f"Один номер у двух мероприятий: {number} «{a}» и «{b}»" for number, a, b in numbers),
        *(f"Два плана на один срок: «{title or 'без названия'}»" for (title,) in plans),
        *(f"Утверждено дважды, сохранены оба документа: «{title}»" for (title,) in issued),
    )


def _record(connection: sqlite3.Connection, table: str, values: Mapping[str, str], names: Mapping[str, str]) -> Record:
    kind = TABLES.get(table, table)
    title = name_of_row(table, values, names)
    plan_id = values.get("plan_id", values["id"] if table == "plan" else "")
    if "item_id" in values:
        row = connection.execute(
            "SELECT plan_id, number, title FROM plan_item WHERE id = ?", (values["item_id"],)
        ).fetchone()
        plan_id, title = row[0], f"{row[1]} {row[2]}".strip()
    phrase = f"{kind} «{title}»" if title else kind
    owner = names.get(values.get("person_id", ""), "")
    if owner:
        return Record(f"{owner} — {phrase}", kind, plan_id, f"{phrase}, {owner}")
    return Record(title, kind, plan_id, phrase)


def _names(connection: sqlite3.Connection) -> dict[str, str]:
    people = "SELECT id, trim(surname || ' ' || name || ' ' || patronymic) FROM person"
    queries = (people, "SELECT id, short_name FROM organisation", "SELECT id, title FROM work_group")
    return {row_id: " ".join(name.split()) for query in queries for row_id, name in connection.execute(query)}
