"""P7: a register of 20,000 people through the real path, from the file to the journalled commit."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import python_calamine

from db.changelog import trigger_statements
from db.connect import connect
from db.schema.base import Base
from db.schema.tables import journalled
from db.store import Store
from imc_desktop.usecases.imports.run import import_papers, read_papers
from imc_desktop.usecases.office_making import create_office
from tests.bench.districts import ON, write_register
from tests.bench.measure import Goal, compare, wall

ROWS = 20_000
ROUNDS = 3


class Import:
    """The paper, the empty database, and what the import writes into it."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.count = folder, rows
        self.paper = folder / "реестр.xlsx"
        self.empty = folder / "empty.imc"
        self.bare = folder / "bare.imc"
        write_register(self.paper, rows)
        create_office(self.empty, "bohan", {}).close()
        self._strip()
        self.take()
        self.written = self._written()

    def take(self) -> float:
        """Open, read, match, write with the journal, commit."""
        database = self.folder / "taken.imc"
        shutil.copyfile(self.empty, database)
        with closing(Store(database)) as store:
            return wall(lambda: self._take(store))

    def _take(self, store: Store) -> None:
        report = import_papers(store, read_papers(store, [self.paper]), today=ON)
        taken = report.total("people", "new")
        if taken != self.count:
            raise AssertionError(f"the import took {taken} people of {self.count}: the benchmark would lie")

    def raw(self) -> float:
        """calamine, then the very rows the import writes, by executemany: no journal, no hash, no thought."""
        return self._raw(self.written)

    def flat(self) -> float:
        """calamine, then its own 20 columns into one table."""
        width = 20
        marks = ", ".join("?" * width)

        def work(connection: sqlite3.Connection) -> None:
            rows = python_calamine.CalamineWorkbook.from_path(str(self.paper)).get_sheet_by_index(0).to_python()
            connection.execute(f"CREATE TABLE flat ({', '.join(f'c{number}' for number in range(width))})")
            connection.executemany(
                f"INSERT INTO flat VALUES ({marks})",
                [[v if isinstance(v, int | float | str) else str(v) for v in row] for row in rows],
            )

        return self._on_bare(work)

    def _raw(self, written: dict[str, list[tuple[object, ...]]]) -> float:
        def work(connection: sqlite3.Connection) -> None:
            python_calamine.CalamineWorkbook.from_path(str(self.paper)).get_sheet_by_index(0).to_python()
            for table, rows in written.items():
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

        return self._on_bare(work)

    def _on_bare(self, work: object) -> float:
        database = self.folder / "raw.imc"
        shutil.copyfile(self.bare, database)
        with closing(connect(database, writable=True)) as connection:

            def whole() -> None:
                connection.execute("BEGIN")
                work(connection)  # type: ignore[operator]
                connection.execute("COMMIT")

            return wall(whole)

    def _strip(self) -> None:
        """The same tables and indexes at the same durability, without the journal's triggers."""
        shutil.copyfile(self.empty, self.bare)
        with closing(connect(self.bare, writable=True)) as connection:
            for trigger in trigger_statements():
                connection.execute(f"DROP TRIGGER {trigger}")

    def _written(self) -> dict[str, list[tuple[object, ...]]]:
        found = {}
        with closing(sqlite3.connect(self.folder / "taken.imc")) as new, closing(sqlite3.connect(self.empty)) as old:
            names = {cls.__tablename__ for cls in journalled()}
            for table in (one.name for one in Base.metadata.sorted_tables if one.name in names):
                known = {row[0] for row in old.execute(f"SELECT id FROM {table}")}
                columns = [one[1] for one in new.execute(f"PRAGMA table_info({table})")]
                at = columns.index("id")
                rows = [row for row in new.execute(f"SELECT * FROM {table}") if row[at] not in known]
                if rows:
                    found[table] = rows
        return found


def goals(folder: Path) -> Iterator[Goal]:
    """P7 and, beside it, the ratio to a flat table."""
    case = Import(folder, ROWS)
    rows = sum(map(len, case.written.values()))
    what = (
        f"import of a register of {ROWS} people x 20 columns (open, find the table, read every cell, match, write with "
        f"the change log, commit) against calamine + executemany of the same {rows} rows of {len(case.written)} tables "
        "into the same indexed tables without the change log"
    )
    yield compare(("P7", 3.0, what), case.take, case.raw, ROUNDS)
    beside = "the same import against calamine + executemany of its 20 columns into one table without indexes"
    yield compare(("P7_flat", None, beside), case.take, case.flat, 1)
