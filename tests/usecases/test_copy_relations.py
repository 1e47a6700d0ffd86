"""What is told of a copy before it is put back, how old the last one is, and the trial that touches nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from db.lock import DatabaseLock
from db.schema.base import new_id
from db.schema.people import Organisation
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.trial import is_trial
from imc_desktop.usecases.copies import copy_to, local_copy, restore_copy
from imc_desktop.usecases.copy_age import copy_words, working_days_since
from imc_desktop.usecases.copy_compare import Relation, compare
from imc_desktop.usecases.copy_places import found_copies
from imc_desktop.usecases.copy_rereading import read_sticks_again
from imc_desktop.usecases.drill import drop_sandbox, put_into_sandbox
from imc_desktop.usecases.office_making import create_office

TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    path = tmp_path / "кабинет" / "база.imc"
    path.parent.mkdir()
    path.write_bytes(made.read_bytes())
    return Store(path, author="проверка")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "флешка"
    folder.mkdir()
    return folder


def rename(store: Store, name: str) -> None:
    with store.change(f"Название: {name}") as session:
        session.connection().exec_driver_sql("UPDATE office SET short_name = ?", (name,))


def test_a_copy_of_this_very_state_is_the_same(store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    found = compare(store, copy)
    assert found is not None
    assert (found.relation, found.words) == (Relation.SAME, "В копии то же, что в базе.")


def test_a_copy_that_is_behind_names_what_would_be_lost_to_sight(store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    for number in range(7):
        rename(store, f"ИМЦ {number}")
    found = compare(store, copy)
    assert found is not None
    assert (found.relation, found.lost, found.found) == (Relation.BEHIND, 7, 0)
    assert "сделано 7 действий" in found.words
    assert "«Название: ИМЦ 6»" in found.words
    assert "и ещё 2" in found.words


def test_copies_that_went_apart_and_ahead(store: Store, stick: Path) -> None:
    first = copy_to(store, stick, today=TODAY).path
    rename(store, "ИМЦ здесь")
    later = copy_to(store, stick, today=TODAY).path
    path = store.path
    store.close()
    restore_copy(first, path)
    back = Store(path, author="проверка")
    apart = compare(back, later)
    assert apart is not None
    assert (apart.relation, apart.lost, apart.found) == (Relation.DIVERGED, 1, 1)
    assert "нет 1 действия" in apart.words
    back.close()
    other = Store(Path(shutil.copyfile(path, path.with_name("вторая.imc"))), author="проверка")
    rename(other, "ИМЦ дальше")
    ahead_copy = copy_to(other, stick, today=TODAY).path
    other.close()
    back = Store(path, author="проверка")
    ahead = compare(back, ahead_copy)
    assert ahead is not None
    assert ahead.relation is Relation.AHEAD
    rename(back, "ИМЦ иначе")
    forked = compare(back, ahead_copy)
    assert forked is not None
    assert forked.relation is Relation.FORKED
    back.close()


def test_a_copy_of_another_office_is_told(store: Store, stick: Path, tmp_path: Path) -> None:
    stranger = create_office(tmp_path / "чужая.imc", "bohan", {})
    copy = copy_to(stranger, stick, today=TODAY).path
    stranger.close()
    found = compare(store, copy)
    assert found is not None
    assert found.relation is Relation.UNRELATED
    assert "другой базы" in found.words


def test_differing_numbers_are_told(store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    with store.change("Добавление") as session:
        session.add_all([Organisation(id=new_id(), short_name=f"СОШ № {number}") for number in (1, 2)])
    found = compare(store, copy)
    assert found is not None
    assert found.counts == {"organisation": (2, 0)}
    assert "организаций: 2 → 0" in found.words


def test_the_first_format_tells_too_little(store: Store) -> None:
    assert compare(store, Path(__file__).parents[1] / "data" / "copies" / "rev1.imcb") is None


@pytest.mark.parametrize(
    ("day", "days", "tone"),
    [
        (date(2026, 11, 20), 0, "ok"),
        (date(2026, 11, 17), 3, "ok"),
        (date(2026, 11, 16), 4, "soon"),
        (date(2026, 11, 13), 5, "soon"),
        (date(2026, 11, 11), 7, "soon"),
        (date(2026, 11, 10), 8, "bad"),
    ],
)
def test_the_age_is_counted_in_working_days(store: Store, stick: Path, day: date, days: int, tone: str) -> None:
    assert working_days_since(day, TODAY) == days
    copy_to(store, stick, today=day)
    words, found = copy_words(store, TODAY)
    assert found == tone
    assert "Копия на носителе" in words


def test_a_weekend_is_no_working_day() -> None:
    assert working_days_since(date(2026, 11, 20), date(2026, 11, 22)) == 0
    assert working_days_since(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert working_days_since(TODAY, date(2026, 11, 1)) == 0


def test_a_copy_beside_the_database_is_never_told_as_good(store: Store) -> None:
    assert copy_words(store, TODAY) == ("Копии ещё нет", "soon")
    local_copy(store, today=TODAY)
    assert copy_words(store, TODAY) == ("▲ Копия только рядом с базой: сегодня", "soon")


def test_copies_are_found_beside_and_on_sticks(store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMC_STICKS", str(stick))
    folder = stick / "Копии ИМЦ"
    folder.mkdir()
    beside, deep = local_copy(store, today=TODAY), copy_to(store, folder, today=TODAY)
    found = found_copies(store.path)
    assert [(one.path, one.place) for one in found] == [(beside.path, "рядом с базой"), (deep.path, "флешка")]


def test_a_trial_touches_nothing_and_goes_away(store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    rename(store, "ИМЦ дальше")
    before = store.path.read_bytes()
    trial = put_into_sandbox(copy, store.path)
    assert is_trial(trial)
    assert not is_trial(store.path)
    shown = Store(trial, writable=False)
    with shown.look() as connection:
        assert connection.execute("SELECT short_name FROM office").fetchone() == ("ИМЦ",)
    shown.close()
    assert store.path.read_bytes() == before
    drop_sandbox(trial)
    assert not trial.parent.exists()
    drop_sandbox(store.path)
    assert store.path.exists()


def test_a_trial_left_by_a_killed_window_is_removed_at_the_next(store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    left, shown = put_into_sandbox(copy, store.path), None
    with DatabaseLock(left):
        shown = put_into_sandbox(copy, store.path)
        assert left.exists()
    last = put_into_sandbox(copy, store.path)
    assert (left.exists(), shown.exists(), last.exists()) == (False, False, True)


def test_a_spoiled_copy_makes_no_trial(store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    copy.write_bytes(copy.read_bytes()[:-500])
    with pytest.raises(UserError):
        put_into_sandbox(copy, store.path)
    assert not (store.path.parent / "учебная база").exists()


def read_places(store: Store) -> list[list[str]]:
    with store.look() as connection:
        return [json.loads(row[0]) for row in connection.execute("SELECT verified_on FROM copy_log ORDER BY rowid")]


def test_a_copy_that_comes_back_is_read_once_more(store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_to(store, stick, today=TODAY)
    copy_to(store, stick, today=TODAY)
    assert read_sticks_again(store, TODAY) == [], "no stick is in"
    monkeypatch.setenv("IMC_STICKS", str(stick))
    assert read_sticks_again(store, TODAY) == []
    assert [len(places) for places in read_places(store)] == [1, 2]
    assert read_places(store)[1][1].startswith("флешка, ")
    assert read_places(store)[1][1].endswith(", 20.11.2026")
    read_sticks_again(store, TODAY)
    assert [len(places) for places in read_places(store)] == [1, 2], "once is enough"


def test_a_copy_that_did_not_reach_the_stick_is_told(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_to(store, stick, today=TODAY).path
    monkeypatch.setenv("IMC_STICKS", str(stick))
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    assert copy.name in read_sticks_again(store, TODAY)[0]
    assert [len(places) for places in read_places(store)] == [1]
