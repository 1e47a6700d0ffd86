"""A merge in plain cases: what is taken over, what is asked, how it is taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.heads import OpenConflict, open_conflicts
from db.merge import MassDeletionError
from db.schema.base import new_id
from db.schema.people import Person
from db.schema.security import AppUser
from db.settle import settle
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Actor, Role
from tests.merging.world import World, different, tables_of


def conflicts(store: Store) -> list[OpenConflict]:
    with store.look() as eye:
        return open_conflicts(eye)


def phones(store: Store) -> list[str]:
    with store.look() as eye:
        return [row[0] for row in eye.execute("SELECT phone FROM person WHERE deleted_at IS NULL ORDER BY rowid")]


def test_what_only_one_side_did_is_taken_over_without_a_question(world: World) -> None:
    world.edit(0, 0, "phone", "1")
    world.edit(1, 1, "phone", "2")
    world.add(1, "Новая")
    outcome = world.stores[0].merge("Сверка с ПК-1", world.carry(1))
    assert phones(world.stores[0]) == ["1", "2", "", ""]
    assert (outcome.added, outcome.changed, outcome.deleted) == ({"person": 1}, {"person": 1}, {})
    assert (outcome.transactions, outcome.conflicts) == (2, 0)


def test_the_protocol_is_a_part_of_the_merge(world: World) -> None:
    world.edit(1, 1, "phone", "2")
    store = world.stores[0]
    before = store.change_counter()

    def torn(*_told: object) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the very one
        store.merge("Сверка", world.carry(1), protocol=torn)
    assert (store.change_counter(), phones(store)[1]) == (before, "")
    written: list[int] = []
    outcome = store.merge("Сверка", world.carry(1), protocol=lambda _connection, done: written.append(done.txn_id))
    assert written == [outcome.txn_id]


def test_a_conflict_shows_both_sides_and_what_was_before(world: World) -> None:
    world.edit(0, 0, "phone", "общий")
    world.merge(1, 0)
    world.edit(0, 0, "phone", "наш")
    world.edit(1, 0, "phone", "их")
    outcome = world.stores[0].merge("Сверка", world.carry(1))
    [conflict] = conflicts(world.stores[0])
    assert outcome.conflicts == 1
    assert (conflict.table, conflict.field, conflict.base) == ("person", "phone", "общий")
    assert {head.after for head in conflict.heads} == {"наш", "их"}
    assert conflict.heads[0].after == phones(world.stores[0])[0]


def test_the_base_of_a_field_never_changed_is_what_the_row_was_born_with(world: World) -> None:
    world.edit(0, 0, "surname", "Наша")
    world.edit(1, 0, "surname", "Их")
    world.merge(0, 1)
    assert [one.base for one in conflicts(world.stores[0])] == ["Абрамова"]


def test_the_same_value_on_both_sides_is_not_asked_about(world: World) -> None:
    world.edit(0, 0, "phone", "1")
    world.edit(1, 0, "phone", "1")
    world.merge(0, 1)
    assert conflicts(world.stores[0]) == []


def test_a_decision_travels_and_can_be_undone(world: World) -> None:
    world.edit(0, 0, "phone", "наш")
    world.edit(1, 0, "phone", "их")
    world.merge(0, 1)
    [conflict] = conflicts(world.stores[0])
    for value in ("наш", "их", "вписано"):
        with world.stores[0].change("Решение") as session:
            settle(session.connection(), conflict, value)
        assert conflicts(world.stores[0]) == []
        assert phones(world.stores[0])[0] == value
        world.undo(0)
        assert len(conflicts(world.stores[0])) == 1, value
        world.redo(0)
        assert conflicts(world.stores[0]) == []
        world.undo(0)
        [conflict] = conflicts(world.stores[0])
        assert {head.after for head in conflict.heads} == {"наш", "их"}
    world.settle(0, 0, 2)
    world.merge(1, 0)
    assert phones(world.stores[1])[0] == "вписано"
    assert conflicts(world.stores[1]) == []


def test_a_row_deleted_there_and_changed_here_stays_and_is_asked_about(world: World) -> None:
    world.delete(1, 0)
    world.edit(0, 0, "phone", "1")
    for into, source in ((0, 1), (1, 0)):
        world.merge(into, source)
        assert phones(world.stores[into])[0] == "1"
        assert [one.field for one in conflicts(world.stores[into])] == ["deleted_at"]
    with world.stores[0].change("Удалить всё же") as session:
        settle(session.connection(), conflicts(world.stores[0])[0], "2026-11-20")
    assert conflicts(world.stores[0]) == []
    world.merge(1, 0)
    assert len(phones(world.stores[1])) == 2
    assert conflicts(world.stores[1]) == []


def test_a_row_changed_there_and_deleted_here_stays_and_is_asked_about(world: World) -> None:
    world.delete(0, 0)
    world.edit(1, 0, "phone", "1")
    world.merge(0, 1)
    assert phones(world.stores[0])[0] == "1"
    assert [one.field for one in conflicts(world.stores[0])] == ["deleted_at"]
    world.undo(0)
    assert len(phones(world.stores[0])) == 2


def test_a_row_deleted_on_both_sides_is_gone(world: World) -> None:
    for pc in range(2):
        world.delete(pc, 0)
    world.merge(0, 1)
    assert len(phones(world.stores[0])) == 2


def test_keeping_such_a_row_is_a_decision_as_well(world: World) -> None:
    world.delete(1, 0)
    world.edit(0, 0, "phone", "1")
    world.merge(0, 1)
    with world.stores[0].change("Оставить") as session:
        settle(session.connection(), conflicts(world.stores[0])[0], None)
    assert conflicts(world.stores[0]) == []
    world.undo(0)
    assert [one.field for one in conflicts(world.stores[0])] == ["deleted_at"]


def test_a_course_added_to_a_person_deleted_elsewhere_keeps_the_person(world: World) -> None:
    world.delete(1, 0)
    world.add_course(0, 0)
    world.merge(0, 1)
    assert len(phones(world.stores[0])) == 3
    assert [one.table for one in conflicts(world.stores[0])] == ["person"]


def test_a_merge_is_one_step_back_and_forth(world: World) -> None:
    world.edit(0, 0, "phone", "наш")
    for field in ("phone", "note"):
        world.edit(1, 0, field, "их")
    world.add(1, "Новая")
    world.delete(1, 1)
    with world.stores[0].look() as eye:
        before = tables_of(eye)
    world.merge(0, 1)
    with world.stores[0].look() as eye:
        after = tables_of(eye)
    asked = conflicts(world.stores[0])
    assert world.stores[0].undo() == "Сверка"
    with world.stores[0].look() as eye:
        visible = {key: row for key, row in tables_of(eye).items() if "deleted_at" not in row}
    assert different(visible, before) == []
    assert conflicts(world.stores[0]) == []
    assert world.stores[0].redo() == "Сверка"
    with world.stores[0].look() as eye:
        assert different(tables_of(eye), after) == []
    assert [(one.row_id, one.field) for one in conflicts(world.stores[0])] == [(one.row_id, one.field) for one in asked]


def test_taking_the_same_copy_in_again_changes_nothing(world: World) -> None:
    world.edit(1, 0, "phone", "1")
    copy = world.carry(1)
    world.take(0, copy)
    counter = world.stores[0].change_counter()
    with pytest.raises(UserError, match="нечего"):
        world.stores[0].merge("Сверка", copy)
    assert world.stores[0].change_counter() == counter


def test_many_deletions_must_be_confirmed_by_their_number(world: World) -> None:
    with world.stores[0].change("Много") as session:
        ids = [new_id() for _ in range(60)]
        session.add_all([Person(id=one, surname="Я") for one in ids])
    world.merge(1, 0)
    with world.stores[1].change("Удаление") as session:
        for one in ids:
            session.get_one(Person, one).deleted_at = "2026-11-20"
    counter = world.stores[0].change_counter()
    copy = world.carry(1)
    with pytest.raises(MassDeletionError, match="60") as asked:
        world.stores[0].merge("Сверка", copy)
    assert asked.value.rows == 60
    assert world.stores[0].change_counter() == counter
    with pytest.raises(MassDeletionError):
        world.stores[0].merge("Сверка", copy, deletions=59)
    assert world.stores[0].merge("Сверка", copy, deletions=60).deleted == {"person": 60}


def test_another_office_is_refused(new_world: Callable[..., World], empty: Path, tmp_path: Path) -> None:
    world = new_world()
    other = tmp_path / "чужая.imc"
    Store.create(other).close()
    with pytest.raises(UserError, match="другой базы"):
        world.stores[0].merge("Сверка", other)


def test_two_files_that_wrote_under_one_name_are_refused(world: World, tmp_path: Path) -> None:
    copied = world.carry(0)
    world.edit(0, 0, "phone", "1")
    twin = Store(copied)
    with twin.change("Правка") as session:
        session.add(Person(id=new_id(), surname="Двойник"))
    twin.close()
    counter = world.stores[0].change_counter()
    with pytest.raises(UserError, match="под одним именем"):
        world.stores[0].merge("Сверка", copied)
    assert world.stores[0].change_counter() == counter


def test_a_falsified_log_is_not_taken_in(world: World) -> None:
    world.edit(1, 0, "phone", "1")
    copy = world.carry(1)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE change SET after = '2' WHERE field = 'phone'")
    with pytest.raises(UserError, match="не сходится"):
        world.stores[0].merge("Сверка", copy)
    assert phones(world.stores[0]) == ["", "", ""]


def test_accesses_and_replicas_of_the_other_copy_come_along(world: World) -> None:
    world.stores[1].log_access("print", "план", count=3)
    world.edit(1, 0, "phone", "1")
    world.merge(0, 1)
    with world.stores[0].look() as eye:
        assert eye.execute("SELECT act, count FROM access_log").fetchall() == [("print", 3)]
        assert eye.execute("SELECT count(*) FROM replica WHERE reason = 'restore'").fetchone()[0] == 2
    world.stores[0].close()
    assert problems_of(world.stores[0].path) == []


def test_only_what_was_done_here_can_be_undone_here(world: World) -> None:
    world.edit(1, 0, "phone", "1")
    world.merge(0, 1)
    again = Store(world.stores[0].path)
    assert again.undo_label == "Сверка"
    again.undo()
    assert again.undo_label == "Начало"
    again.close()


def test_users_and_keys_change_only_by_who_answers_for_them(world: World) -> None:
    head = AppUser(id=new_id(), name="Ложкина А.П.", role="head")
    with world.stores[0].change("Пользователь") as session:
        session.add(head)
    world.merge(1, 0)
    world.stores[1].actor = Actor("", "Ложкина А.П.", Role.HEAD)
    with world.stores[1].change("Пользователь") as session:
        session.add(AppUser(id=new_id(), name="Чужой", role="head"))
    copy = world.carry(1)
    world.stores[0].actor = Actor("", "Вебер Е.С.", Role.METHODIST)
    counter = world.stores[0].change_counter()
    with pytest.raises(UserError, match="пользователи или ключ"):
        world.stores[0].merge("Сверка", copy)
    assert world.stores[0].change_counter() == counter
    world.stores[0].actor = Actor("", "Ложкина А.П.", Role.HEAD)
    assert world.stores[0].merge("Сверка", copy).added == {"app_user": 1}
