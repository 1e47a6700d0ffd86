"""The store: one action is one transaction, one undo step and one message."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from db.changelog import history_of, trigger_statements
from db.connect import SCHEMA_REVISION, connect
from db.images import row_image
from db.lock import DatabaseLock
from db.migrate import stored_revision
from db.schema.base import new_id, new_ids
from db.schema.people import Organisation, Person
from db.schema.tables import Base
from db.sessions import engine_for
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.errors import UserError


def add_person(store: Store, surname: str) -> str:
    person_id = new_id()
    with store.change(f"Добавление: {surname}") as session:
        session.add(Person(id=person_id, surname=surname))
    return person_id


def surnames(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Person.surname).where(Person.deleted_at.is_(None)).order_by(Person.surname)))


def test_undo_and_redo_survive_reopening(store: Store) -> None:
    person = add_person(store, "Абрамова")
    with store.change("Правка") as session:
        session.get_one(Person, person).surname = "Белова"
    store.close()
    again = Store(store.path)
    assert again.undo() == "Правка"
    assert surnames(again) == ["Абрамова"]
    again.close()
    third = Store(store.path)
    assert third.redo_label == "Правка"
    third.redo()
    assert surnames(third) == ["Белова"]
    third.undo()
    assert third.undo() == "Добавление: Абрамова"
    assert surnames(third) == []
    assert third.undo_label is None
    with pytest.raises(UserError, match="Отменять нечего"):
        third.undo()
    third.close()


def _fail_in_the_middle(store: Store) -> None:
    with store.change("Плохое") as session:
        session.add(Person(id=new_id(), surname="Никто"))
        session.flush()
        raise ZeroDivisionError


def test_an_action_that_raises_leaves_nothing(store: Store) -> None:
    counter = store.change_counter()
    with pytest.raises(ZeroDivisionError):
        _fail_in_the_middle(store)
    assert surnames(store) == []
    assert store.change_counter() == counter
    assert store.undo_label is None


def test_an_action_without_change_leaves_no_step(store: Store) -> None:
    person = add_person(store, "Абрамова")
    with store.change("Пустое") as session:
        session.get_one(Person, person).surname = "Абрамова"
    assert store.undo_label == "Добавление: Абрамова"


def test_subscribers_hear_of_changes_and_undo(store: Store) -> None:
    heard = []
    store.subscribe(heard.append)
    add_person(store, "Абрамова")
    store.undo()
    assert [(change.kind, change.tables) for change in heard] == [
        ("change", frozenset({"person"})),
        ("undo", frozenset({"person"})),
    ]


def test_a_barrier_ends_the_undo_stack(store: Store) -> None:
    add_person(store, "Абрамова")
    with store.change("Утверждение", barrier=True) as session:
        session.add(Organisation(id=new_id(), short_name="Школа"))
    assert store.undo_label is None


def test_a_write_past_the_store_is_refused(store: Store) -> None:
    add_person(store, "Абрамова")
    engine = engine_for(store.path, writable=True)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE person SET surname = 'Тихая'"))
    with pytest.raises(IntegrityError, match="deleted_at"), engine.begin() as connection:
        connection.execute(text("DELETE FROM person"))
    engine.dispose()


def test_a_bulk_insert_is_logged_and_undone_as_one_step(store: Store) -> None:
    ids = new_ids()
    rows = [{"id": next(ids), "surname": f"Фамилия{n}"} for n in range(3000)]
    with store.change("Импорт") as session:
        session.connection().execute(insert(Person), rows)
    assert len(surnames(store)) == 3000
    store.undo()
    assert surnames(store) == []
    store.redo()
    assert len(surnames(store)) == 3000


def test_history_names_fields_and_the_row_image_is_whole(store: Store) -> None:
    person = add_person(store, "О'Нил, мл.")
    with store.change("Правка") as session:
        session.get_one(Person, person).phone = "+70000000000"
    with store.read() as session:
        entries = history_of(session.connection(), [person])
    assert [(entry.field, entry.before, entry.after) for entry in entries[:1]] == [("phone", "", "+70000000000")]
    assert row_image(entries[1].after or "")["surname"] == "О'Нил, мл."


def test_the_window_reads_while_a_change_is_being_written(store: Store) -> None:
    add_person(store, "Абрамова")
    seen: list[list[str]] = []
    with store.change("Долгий импорт") as session:
        ids = new_ids()
        session.connection().execute(insert(Person), [{"id": next(ids), "surname": "Б"} for _ in range(20_000)])
        reader = threading.Thread(target=lambda: seen.append(surnames(store)))
        reader.start()
        reader.join(5)
        assert seen == [["Абрамова"]]
    assert len(surnames(store)) == 20_001


def test_triggers_of_a_new_database_are_those_of_the_metadata(store: Store) -> None:
    with store.read() as session:
        rows = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    assert dict(rows) == trigger_statements()


def test_the_migrations_give_the_schema_of_the_classes(store: Store) -> None:
    with store.read() as session:
        for table in Base.metadata.sorted_tables:
            columns = session.execute(
                text(f"SELECT name, type, \"notnull\" FROM pragma_table_info('{table.name}')")
            ).all()
            expected = [(c.name, str(c.type), int(not c.nullable)) for c in table.columns]
            assert [tuple(column) for column in columns] == expected, table.name


def test_a_newer_database_is_refused_in_a_sentence(store: Store) -> None:
    store.close()
    data = bytearray(store.path.read_bytes())
    data[60:64] = (SCHEMA_REVISION + 1).to_bytes(4)
    store.path.write_bytes(data)
    assert stored_revision(store.path) == SCHEMA_REVISION + 1
    with pytest.raises(UserError, match="более новой версией"):
        Store(store.path)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_not_our_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.imc"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.imc"):
        Store(path)


def test_new_refuses_an_existing_file(store: Store) -> None:
    with pytest.raises(UserError, match="уже есть"):
        Store.create(store.path)


def test_a_second_program_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "x.imc"
    with DatabaseLock(path), pytest.raises(UserError, match="уже открыта"):
        DatabaseLock(path).acquire()
    with DatabaseLock(path):
        pass


def test_a_scratch_copy_changes_nothing_here(store: Store) -> None:
    add_person(store, "Абрамова")
    with store.scratch() as scratch:
        add_person(scratch, "Белова")
        assert surnames(scratch) == ["Абрамова", "Белова"]
    assert surnames(store) == ["Абрамова"]


def test_ids_never_repeat_and_keep_their_order() -> None:
    ids = new_ids()
    made = [next(ids) for _ in range(50_000)]
    assert len(set(made)) == 50_000
    assert made == sorted(made)


def test_what_a_killed_program_left_half_done_is_undone_at_the_next_opening(store: Store, tmp_path: Path) -> None:
    """A journal lies beside the file: the first look, which only reads, must not stumble over it."""
    add_person(store, "Абрамова")
    store.close()
    killed = tmp_path / "убита.imc"
    with closing(sqlite3.connect(store.path, isolation_level=None)) as half:
        half.execute("PRAGMA cache_size=5")
        half.execute("BEGIN")
        half.execute(
            "INSERT INTO access_log (wall_utc, author, act, what, details) SELECT '', '', '', '', hex(randomblob(9000)) FROM change"
        )
        half.execute("UPDATE access_log SET details = hex(randomblob(300000))")
        for ending in ("", "-journal"):
            left = store.path.with_name(f"{store.path.name}{ending}")
            killed.with_name(f"{killed.name}{ending}").write_bytes(left.read_bytes())
        half.execute("ROLLBACK")
    assert (tmp_path / "убита.imc-journal").stat().st_size
    Store(killed).close()
    assert problems_of(killed) == []
    with closing(connect(killed, writable=False)) as connection:
        assert connection.execute("SELECT count(*) FROM access_log").fetchone()[0] == 0


def test_a_look_within_a_look_never_waits_for_a_writer(tmp_path: Path) -> None:
    """The writer waits for the first look, and a second connection would wait for the writer."""
    store = Store.create(tmp_path / "ours.imc")
    wanted, going = threading.Event(), threading.Event()

    def write() -> None:
        wanted.wait()
        with store.change("Правка") as session:
            session.add(Person(id=new_id(), surname="Белова"))
            session.flush()
            going.set()

    writer = threading.Thread(target=write)
    writer.start()
    with store.read() as outer:
        assert outer.connection().exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
        wanted.set()
        going.wait()
        time.sleep(0.3)  # the commit waits for us now
        with store.read() as inner, store.look() as eye:
            assert inner is outer
            assert eye.execute("SELECT count(*) FROM person").fetchone()[0] == 0
            with store.look() as again:
                assert again is eye
    writer.join()
    with store.look() as eye:
        assert eye.execute("SELECT count(*) FROM person").fetchone()[0] == 1
    store.close()
