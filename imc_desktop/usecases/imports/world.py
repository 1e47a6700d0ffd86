"""What is known, in memory, while papers are taken in: rows to look at and change, written back in bulk at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnDefault, Connection

from db.schema.base import new_ids
from db.schema.tables import Base
from imc_desktop.domain.matching import Known
from imc_desktop.domain.names import given_names_fit, name_key
from imc_desktop.domain.papers import ConsultationRecord, PersonName, VisitRecord
from imc_desktop.domain.words import fold, sort_key

# Tables that hang on a person, in the order in which they are written.
PERSON_TABLES = (
    "former_name",
    "employment",
    "education",
    "experience",
    "category",
    "award",
    "training",
    "course_plan",
    "attestation_case",
    "membership",
)
JOURNALS = ("consultation", "lesson_visit")
_WRITE_ORDER = (
    "paper",
    "organisation",
    "organisation_name",
    "person",
    "contact",
    "work_group",
    *PERSON_TABLES,
    *JOURNALS,
    "plan",
    "plan_section",
    "plan_item",
    "approval",
    "question",
)


class Row:
    """A working copy of one row; ``changed`` names the columns to write back (None: the row is new)."""

    __slots__ = ("changed", "table", "values")

    def __init__(self, table: str, values: dict[str, Any], *, is_new: bool) -> None:
        self.table = table
        self.values = values
        self.changed: set[str] | None = None if is_new else set()

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def set(self, column: str, value: Any) -> bool:
        """Write a value; True when it differs from what was there."""
        if self.values[column] == value:
            return False
        self.values[column] = value
        if self.changed is not None:
            self.changed.add(column)
        return True

    def fill(self, column: str, value: Any) -> bool:
        """Write a value where nothing stands yet."""
        return value not in ("", None) and self.values[column] in ("", None) and self.set(column, value)


class PersonState:
    """A person with everything that hangs on her."""

    __slots__ = ("facts", "id", "row")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.id = str(row.values["id"])
        self.facts: dict[str, list[Row]] = {}

    def of(self, table: str) -> list[Row]:
        """The person's rows of a table (a live list)."""
        return self.facts.setdefault(table, [])

    @property
    def name(self) -> PersonName:
        """The present name with all former surnames."""
        values = self.row.values
        former = tuple(row["surname"] for row in self.facts.get("former_name", ()))
        return PersonName(values["surname"], values["name"], values["patronymic"], former)

    def organisations(self) -> frozenset[str]:
        """Ids of the organisations the person works or worked in."""
        return frozenset(row["organisation_id"] for row in self.facts.get("employment", ()))

    def known(self) -> Known:
        """The person as the matching rules want her."""
        jobs = self.facts.get("employment", ())
        return Known(
            id=self.id,
            name=self.name,
            organisations=self.organisations(),
            birth=self.row.values["birth"],
            posts=frozenset(fold(row["post"]) for row in jobs if row["post"]),
            second_job=any(row["kind"] == "внешний совместитель" for row in jobs),
        )


@lru_cache(maxsize=64)
def _blank(table: str) -> Mapping[str, Any]:
    return {column.name: _default(column) for column in Base.metadata.tables[table].columns}


def _default(column: Column[Any]) -> Any:
    if isinstance(column.default, ColumnDefault):
        return column.default.arg
    return None if column.nullable else ""


class World:
    """Everything an import compares with and writes to, loaded once per import."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids = new_ids()
        self._new: dict[str, list[Row]] = defaultdict(list)
        self._loaded: list[Row] = []
        self._journals: dict[str, JournalLines] = {}
        self.listed_organisations: set[str] = set()
        self.people: dict[str, PersonState] = {}
        self._by_surname: dict[tuple[str, str], list[PersonState]] = defaultdict(list)
        self._colleagues: dict[tuple[str, str, str], list[PersonState]] = defaultdict(list)
        for row in self.load("person"):
            state = PersonState(row)
            self.people[state.id] = state
        for table in PERSON_TABLES:
            for row in self.load(table):
                owner = self.people.get(row["person_id"] or "")
                if owner is not None:
                    owner.of(table).append(row)
        for state in self.people.values():
            self.index(state)

    def load(self, table: str) -> list[Row]:
        """Every living row of a table, as working copies."""
        result = self._connection.exec_driver_sql(f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY rowid")
        columns = list(result.keys())
        rows = [Row(table, dict(zip(columns, values, strict=True)), is_new=False) for values in result]
        self._loaded.extend(rows)
        return rows

    def add(self, table: str, **values: Any) -> Row:
        """A new row; columns not given have their defaults."""
        row = Row(table, {**_blank(table), "id": next(self._ids), **values}, is_new=True)
        self._new[table].append(row)
        return row

    def add_person(self, name: PersonName, **values: Any) -> PersonState:
        """A new person, findable at once."""
        row = self.add(
            "person",
            surname=name.surname,
            name=name.name,
            patronymic=name.patronymic,
            name_key=name_key(name),
            sort_key=sort_key(str(name)),
            **values,
        )
        state = PersonState(row)
        self.people[state.id] = state
        self.index(state)
        return state

    def add_fact(self, person: PersonState, table: str, **values: Any) -> Row:
        """A new row that hangs on a person."""
        row = Row(table, {**_blank(table), "id": next(self._ids), "person_id": person.id, **values}, is_new=True)
        self._new[table].append(row)
        person.of(table).append(row)
        if table == "employment":
            self._index_work(person, row["organisation_id"])
        return row

    def index(self, person: PersonState) -> None:
        """Make a person findable by every surname she has or had."""
        name = person.name
        for surname in {fold(name.surname), *(fold(word) for word in name.former)}:
            known = self._by_surname[surname, fold(name.name)[:1]]
            if person not in known:
                known.append(person)
        for organisation_id in person.organisations():
            self._index_work(person, organisation_id)

    def _index_work(self, person: PersonState, organisation_id: str) -> None:
        name = person.row.values
        alike = self._colleagues[organisation_id, fold(name["name"]), fold(name["patronymic"])]
        if person not in alike:
            alike.append(person)

    def namesakes(self, name: PersonName) -> list[Known]:
        """Known people whose surname (also a former one) agrees and whose name and patronymic may be the same."""
        initial = fold(name.name)[:1]
        surnames = {fold(name.surname), *(fold(word) for word in name.former)}
        found: dict[str, PersonState] = {}
        for surname in surnames:
            for person in self._by_surname.get((surname, initial), ()):
                values = person.row.values
                if given_names_fit(name, values["name"], values["patronymic"]):
                    found[person.id] = person
        return [person.known() for person in found.values() if person.id in self.people]

    def same_given_name(self, name: PersonName, organisations: Iterable[str]) -> list[Known]:
        """People who work in one of the organisations with the same name and patronymic, whatever their surname."""
        given = fold(name.name), fold(name.patronymic)
        found = {
            person.id: person
            for organisation_id in organisations
            for person in self._colleagues.get((organisation_id, *given), ())
        }
        return [person.known() for person in found.values() if person.id in self.people]

    def drop_person(self, person: PersonState, now: str) -> None:
        """Take a card away that turned out to be somebody else's double."""
        if person.row.changed is None:
            self._new["person"].remove(person.row)
        else:
            person.row.set("deleted_at", now)
        self.people.pop(person.id, None)

    def drop(self, row: Row, now: str) -> None:
        """Take a row away: an unwritten one disappears, a written one gets its tombstone."""
        if row.changed is None:
            self._new[row.table].remove(row)
        else:
            row.set("deleted_at", now)

    def lines(self, table: str) -> JournalLines:
        """The lines of a journal, loaded once."""
        if table not in self._journals:
            self._journals[table] = JournalLines(self, table)
        return self._journals[table]

    def flush(self) -> None:
        """Write new rows and changed columns in bulk, parents first."""
        for table in _WRITE_ORDER:
            rows = self._new.pop(table, [])
            if rows:
                columns = list(_blank(table))
                values_of = itemgetter(*columns)
                marks = ", ".join("?" * len(columns))
                names = ", ".join(f'"{name}"' for name in columns)
                self._connection.exec_driver_sql(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",
                    [values_of(row.values) for row in rows],
                )
                for row in rows:
                    row.changed = set()
                self._loaded.extend(rows)
        batches: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._changed():
            columns_changed = tuple(sorted(row.changed or ()))
            batches[row.table, columns_changed].append(
                (*(row.values[name] for name in columns_changed), row.values["id"])
            )
            row.changed = set()
        for (table, names_changed), values in batches.items():
            assigned = ", ".join(f'"{name}" = ?' for name in names_changed)
            self._connection.exec_driver_sql(f"UPDATE {table} SET {assigned} WHERE id = ?", values)

    def _changed(self) -> Iterator[Row]:
        return (row for row in self._loaded if row.changed)

    def has_changes(self) -> bool:
        """True when ``flush`` would write something."""
        return any(self._new.values()) or next(self._changed(), None) is not None


class JournalLines:
    """A journal's lines, found again by day, name and place or person."""

    def __init__(self, world: World, table: str) -> None:
        self._world = world
        self._table = table
        self._rows = world.load(table)

    def by_id(self, line_id: str) -> Row | None:
        """The line with an id."""
        return next((row for row in self._rows if row["id"] == line_id), None)

    def of_person(self, person_id: str) -> list[Row]:
        """The lines that name a person."""
        return [row for row in self._rows if row["person_id"] == person_id]

    def find(self, record: ConsultationRecord | VisitRecord, person_id: str | None) -> Row | None:
        """The line that says the same: day, theme and the name as written or the person."""
        for row in self._rows:
            same_person = fold(row["who"]) == fold(str(record.name)) or (person_id and row["person_id"] == person_id)
            if same_person and row["day"] == record.date and fold(row["topic"]) == fold(record.topic):
                return row
        return None

    def add(self, **values: Any) -> Row:
        """A new line."""
        row = self._world.add(self._table, **values)
        self._rows.append(row)
        return row
