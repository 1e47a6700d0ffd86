"""Two computers of one office: what a methodist is told, asked and given on paper when their copies meet."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from db.restore import begin_replica
from db.schema.base import new_id
from db.schema.learning import Training
from db.schema.people import Person
from db.schema.work import PlanItem
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases import plan_approve
from imc_desktop.usecases.conflict_marks import conflict_count
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.copy_compare import Relation
from imc_desktop.usecases.merge_conflicts import open_conflicts, plan_conflicts, settle_conflict
from imc_desktop.usecases.merging import merge_copy, preview_merge, waiting_copies
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.wish import Wish
from tests.usecases.plan_maker import put_plan
from tests.usecases.test_printing_plan import words_of

NOW = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - the computer's own time


class Pair:
    """Two stores that began as one, and a stick."""

    def __init__(self, office: Store, folder: Path) -> None:
        self.here = office
        with office.change("Начало") as session:
            for surname in ("Абрамова", "Белова"):
                session.add(
                    Person(id=new_id(), surname=surname, name="Анна", patronymic="Ивановна", name_key=surname.lower())
                )
        self.stick = folder / "флешка"
        self.stick.mkdir()
        other = folder / "второй.imc"
        shutil.copyfile(office.path, other)
        with closing(sqlite3.connect(other)) as connection, connection:
            rid = begin_replica(connection, "clone")
            connection.execute("UPDATE replica SET label = 'ПК-2' WHERE rid = ?", (rid,))
        self.there = Store(other, author="Речная О. П.")

    def ids(self, store: Store) -> list[str]:
        with store.look() as eye:
            return [row[0] for row in eye.execute("SELECT id FROM person ORDER BY surname")]

    def edit(self, store: Store, row: int, **values: str) -> None:
        with store.change("Правка") as session:
            person = session.get_one(Person, self.ids(store)[row])
            for name, value in values.items():
                setattr(person, name, value)

    def copy(self, today: date) -> Path:
        return copy_to(self.there, self.stick, today=today, now=NOW).path


@pytest.fixture
def pair(office: Store, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(office, tmp_path)
    yield made
    made.there.close()


def test_a_preview_tells_what_would_happen_and_changes_nothing(pair: Pair, today: date) -> None:
    pair.edit(pair.here, 0, phone="1")
    pair.edit(pair.there, 1, phone="8-902")
    with pair.there.change("Курсы") as session:
        session.add(Training(id=new_id(), person_id=pair.ids(pair.there)[0], title="Практикум"))
    counter = pair.here.change_counter()
    told = preview_merge(pair.here, pair.copy(today))
    assert (told.standing.relation, told.standing.found, told.standing.lost) == (Relation.DIVERGED, 2, 1)
    assert told.source.startswith("ПК-2, копия от 20.11.2026")
    assert told.counts == ("Добавлено: 1 запись о курсах", "Изменено: 1 педагог")
    assert set(told.changes) == {
        "Белова Анна Ивановна: телефон: пусто → 8-902 (Речная О. П.)",
        "Новое: курсы «Практикум», Абрамова Анна Ивановна (Речная О. П.)",
    }
    assert pair.here.change_counter() == counter
    assert not list(pair.here.path.parent.glob("*.part*"))


def test_taking_a_copy_in_is_one_step_with_a_copy_made_before(pair: Pair, today: date) -> None:
    pair.edit(pair.there, 1, phone="8-902")
    copy = pair.copy(today)
    told = preview_merge(pair.here, copy)
    done = merge_copy(pair.here, copy, today=today, now=NOW, counter=told.counter)
    assert done.words == "Изменено: 1 педагог."
    assert len(list((pair.here.path.parent / "копии").rglob("*.imcb"))) == 1
    assert (pair.here.undo_label or "").startswith("Сверка: ПК-2")
    again = preview_merge(pair.here, copy)
    assert again.standing.relation == Relation.BEHIND
    with pytest.raises(UserError, match="нечего"):
        merge_copy(pair.here, copy, today=today, now=NOW)


def test_a_database_that_changed_since_the_preview_is_looked_at_again(pair: Pair, today: date) -> None:
    pair.edit(pair.there, 1, phone="8-902")
    copy = pair.copy(today)
    counter = preview_merge(pair.here, copy).counter
    pair.edit(pair.here, 0, phone="1")
    with pytest.raises(UserError, match="ещё раз"):
        merge_copy(pair.here, copy, today=today, now=NOW, counter=counter)


def test_a_conflict_card_names_sides_and_a_decision_keeps_lists_findable(pair: Pair, today: date) -> None:
    pair.edit(pair.here, 0, surname="Ясная")
    pair.edit(pair.there, 0, surname="Ёлкина")
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    [card] = open_conflicts(pair.here)
    assert (card.field, card.before, card.deletion) == ("фамилия", "Абрамова", False)
    assert {(side.value, side.who, side.where) for side in card.sides} == {
        ("Ясная", "проверка", "на этом ПК"),
        ("Ёлкина", "Речная О. П.", "на ПК-2"),
    }
    theirs = next(index for index, side in enumerate(card.sides) if not side.ours)
    settle_conflict(pair.here, card.key, side=theirs)
    assert conflict_count(pair.here) == 0
    with pair.here.look() as eye:
        surname, key = eye.execute("SELECT surname, name_key FROM person ORDER BY surname DESC").fetchone()
    assert (surname, key) != ("Ясная", "абрамова")
    pair.here.undo()
    [card] = open_conflicts(pair.here)
    settle_conflict(pair.here, card.key, value="Третья")
    assert "Третья" in _surnames(pair.here)
    with pytest.raises(UserError, match="уже решено"):
        settle_conflict(pair.here, card.key, side=0)


def _surnames(store: Store) -> list[str]:
    with store.look() as eye:
        return [row[0] for row in eye.execute("SELECT surname FROM person")]


def test_a_number_is_asked_for_where_a_number_belongs(pair: Pair, today: date) -> None:
    training = new_id()
    with pair.here.change("Курсы") as session:
        session.add(Training(id=training, person_id=pair.ids(pair.here)[0], title="Практикум", hours=16))
    copy = copy_to(pair.here, pair.stick, today=today, now=NOW).path
    merge_copy(pair.there, copy, today=today, now=NOW)
    for store, hours in ((pair.here, 36), (pair.there, 72)):
        with store.change("Часы") as session:
            session.get_one(Training, training).hours = hours
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    [card] = open_conflicts(pair.here)
    with pytest.raises(UserError, match="не число"):
        settle_conflict(pair.here, card.key, value="много")
    settle_conflict(pair.here, card.key, value="108")
    with pair.here.read() as session:
        assert session.get_one(Training, training).hours == 108


def test_a_deletion_card_offers_to_keep_or_to_delete(pair: Pair, today: date) -> None:
    pair.edit(pair.here, 0, phone="1")
    with pair.there.change("Удаление") as session:
        session.get_one(Person, pair.ids(pair.there)[0]).deleted_at = "2026-11-20"
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    [card] = open_conflicts(pair.here)
    assert card.deletion
    assert [side.value for side in card.sides] == ["оставить", "удалить"]
    settle_conflict(pair.here, card.key, side=1)
    with pair.here.look() as eye:
        assert eye.execute("SELECT count(*) FROM person WHERE deleted_at IS NULL").fetchone()[0] == 1


def test_likely_duplicates_are_named_not_put_together(pair: Pair, today: date) -> None:
    for store in (pair.here, pair.there):
        with store.change("Новая") as session:
            session.add(Person(id=new_id(), surname="Новая", name="Вера", name_key="новая|вера", birth="1980-01-01"))
    told = preview_merge(pair.here, pair.copy(today))
    assert told.notices == ("Возможный дубликат: Новая Вера есть и здесь, и в копии",)


def test_a_plan_with_open_conflicts_is_neither_approved_nor_printed(pair: Pair, today: date) -> None:
    ids = put_plan(pair.here)
    merge_copy(pair.there, copy_to(pair.here, pair.stick, today=today, now=NOW).path, today=today, now=NOW)
    for store, term in ((pair.here, "октябрь"), (pair.there, "ноябрь")):
        with store.change("Срок") as session:
            session.get_one(PlanItem, ids["Консультации"]).term = term
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    assert len(plan_conflicts(pair.here, ids["plan"])) == 1
    for refused in (
        lambda: plan_approve.approve(pair.here, 2026, today=today),
        lambda: printing.make(pair.here, "annual-plan", Wish(2026, today)),
    ):
        with pytest.raises(UserError, match="расхождения"):
            refused()
    settle_conflict(pair.here, plan_conflicts(pair.here, ids["plan"])[0].key, side=0)
    assert printing.make(pair.here, "annual-plan", Wish(2026, today))


def test_the_protocol_is_printed(pair: Pair, today: date) -> None:
    assert "С чем сверено" in words_of(printing.make(pair.here, "merge-protocol", Wish(2026, today)))
    pair.edit(pair.there, 1, phone="8-902")
    pair.edit(pair.there, 0, note="их")
    pair.edit(pair.here, 0, note="наше")
    done = merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    words = words_of(printing.make(pair.here, "merge-protocol", Wish(2026, today, subject=str(done.txn_id))))
    assert "ПРОТОКОЛ сверки двух копий базы" in words
    assert "Белова Анна Ивановна: телефон: пусто → 8-902" in words
    assert "на этом ПК: наше" in words


def test_copies_on_a_stick_that_know_more_are_offered(pair: Pair, today: date) -> None:
    assert waiting_copies(pair.here, [pair.stick]) == []
    pair.edit(pair.there, 1, phone="8-902")
    copy = pair.copy(today)
    [waiting] = waiting_copies(pair.here, [pair.stick])
    assert (waiting.path, waiting.words) == (copy, "На флешке 1 изменение с ПК-2")
    merge_copy(pair.here, copy, today=today, now=NOW)
    assert waiting_copies(pair.here, [pair.stick]) == []


def test_a_copy_of_another_office_is_refused(pair: Pair, office_database: Path, tmp_path: Path, today: date) -> None:
    other = tmp_path / "чужой.imc"
    shutil.copyfile(office_database, other)
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE db_meta SET db_id = 'ffff0000'")
    stranger = Store(other)
    copy = copy_to(stranger, pair.stick, today=today, now=NOW).path
    stranger.close()
    with pytest.raises(UserError, match="другой базы"):
        preview_merge(pair.here, copy)
    with pytest.raises(UserError, match="другой базы"):
        merge_copy(pair.here, copy, today=today, now=NOW)
