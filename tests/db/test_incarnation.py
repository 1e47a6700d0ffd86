"""No (replica, number) is given twice: computers that exchange files, old files put back, copies beside."""

from __future__ import annotations

import json
import platform
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.incarnation import Claim, claim_incarnation, name_replica, note_state
from db.installation import NAME, Installation
from db.store import Store
from tests.db.test_store import add_person, surnames


class Computer:
    """A computer with its own record, which claims, works and remembers as the program does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def installation(self) -> Installation:
        return Installation(self.folder / "запись")

    def work(self, path: Path, *surnames_: str, killed: bool = False) -> Claim:
        """Open a database, add people (or print, when nobody is named), close it; ``killed``: the program ended before it could close it."""
        claim = claim_incarnation(path, self.installation)
        with closing(Store(path)) as store:
            store.subscribe(lambda _change: self.note(store, sure=False))
            for surname in surnames_:
                add_person(store, surname)
            if not surnames_:
                store.log_access("печать", "список")
            if not killed:
                self.note(store, sure=True)
        return claim

    def note(self, store: Store, *, sure: bool) -> None:
        with store.look() as connection:
            note_state(connection, store.path, self.installation, sure=sure)


@pytest.fixture
def computer(tmp_path: Path) -> Callable[[str], Computer]:
    return lambda name: Computer(tmp_path / name)


@pytest.fixture
def base(empty_database: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ПК" / "кабинет.imc"
    path.parent.mkdir()
    return Path(shutil.copy(empty_database, path))


def replicas(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT reason, install_id FROM replica ORDER BY rowid").fetchall()


def test_a_fresh_database_keeps_its_name_from_day_to_day(base: Path, computer: Callable[[str], Computer]) -> None:
    one = computer("один")
    claims = [one.work(base, name) for name in ("Абрамова", "Белова", "Ветрова")]
    assert {claim.rid for claim in claims} == {claims[0].rid}
    assert {claim.reason for claim in claims} == {""}
    assert replicas(base) == [("new", one.installation.install_id)]
    with closing(sqlite3.connect(base)) as connection:
        assert connection.execute("SELECT label FROM replica").fetchall() == [(platform.node(),)]


def test_another_computer_writes_under_a_name_of_its_own(base: Path, computer: Callable[[str], Computer]) -> None:
    first = computer("один").work(base, "Абрамова")
    moved = computer("два").work(base, "Белова")
    assert moved.reason == "moved"
    assert moved.rid != first.rid
    assert [reason for reason, _ in replicas(base)] == ["new", "moved"]
    with closing(Store(base)) as store:
        assert surnames(store) == ["Абрамова", "Белова"]


def test_a_file_that_comes_home_whole_goes_on_under_its_former_name(
    base: Path, computer: Callable[[str], Computer]
) -> None:
    one, two = computer("один"), computer("два")
    first = one.work(base, "Абрамова")
    away = two.work(base, "Белова")
    assert one.work(base, "Ветрова").rid == first.rid
    assert two.work(base, "Громова").rid == away.rid
    assert len(replicas(base)) == 2, "carrying a file to and fro makes no crowd of names"


def test_a_file_that_comes_home_without_what_was_done_meanwhile(
    base: Path, computer: Callable[[str], Computer], tmp_path: Path
) -> None:
    one, two = computer("один"), computer("два")
    first = one.work(base, "Абрамова")
    carried = Path(shutil.copy(base, tmp_path / "флешка.imc"))
    one.work(base, "Белова")
    two.work(carried, "Ветрова")
    shutil.copy(carried, base)
    again = one.work(base, "Громова")
    assert again.reason == "moved"
    assert again.rid != first.rid


def test_an_old_file_put_back_is_noticed_and_counted(
    base: Path, computer: Callable[[str], Computer], tmp_path: Path
) -> None:
    one = computer("один")
    first = one.work(base, "Абрамова")
    old = Path(shutil.copy(base, tmp_path / "вчера.imc"))
    one.work(base, "Белова", "Ветрова")
    shutil.copy(old, base)
    back = one.work(base, "Громова")
    assert (back.reason, back.missing) == ("restore", 2)
    assert back.rid != first.rid
    assert one.work(base).reason == "", "noticed once"


def test_only_prints_lost_is_an_old_file_as_well(
    base: Path, computer: Callable[[str], Computer], tmp_path: Path
) -> None:
    one = computer("один")
    one.work(base, "Абрамова")
    old = Path(shutil.copy(base, tmp_path / "вчера.imc"))
    one.work(base)
    shutil.copy(old, base)
    assert one.work(base).reason == "restore"


def test_a_copy_beside_writes_under_a_name_of_its_own(base: Path, computer: Callable[[str], Computer]) -> None:
    one = computer("один")
    first = one.work(base, "Абрамова")
    beside = Path(shutil.copy(base, base.with_name("проба.imc")))
    copied = one.work(beside, "Белова")
    assert (copied.reason, one.work(base, "Ветрова").rid) == ("clone", first.rid)
    assert one.work(beside, "Громова").rid == copied.rid


def test_a_renamed_folder_is_the_same_database(base: Path, computer: Callable[[str], Computer]) -> None:
    one = computer("один")
    first = one.work(base, "Абрамова")
    moved = base.parent.rename(base.parent.with_name("Другая папка")) / base.name
    assert one.work(moved).rid == first.rid


@pytest.mark.parametrize("content", ["", "{", "[]", '{"install_id": 5}', '{"computer": "ДРУГОЙ", "install_id": "a"}'])
def test_a_spoiled_or_copied_record_only_gives_a_new_name(
    base: Path, computer: Callable[[str], Computer], content: str
) -> None:
    one = computer("один")
    one.work(base, "Абрамова")
    (one.folder / "запись" / NAME).write_text(content, encoding="utf-8")
    assert one.work(base, "Белова").reason == "moved"
    told = json.loads((one.folder / "запись" / NAME).read_text(encoding="utf-8"))
    assert told["computer"] == platform.node()


def test_the_record_does_not_grow_for_ever(tmp_path: Path) -> None:
    record = Installation(tmp_path)
    for number in range(250):
        record.note(f"{number}", "rid", Installation(tmp_path).known("0").get("rid") or _seen(number), sure=False)
    told = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert len(told["databases"]) == 200
    assert "249" in told["databases"]
    assert not list(tmp_path.glob("*.part"))


def _seen(number: int) -> object:
    return (number, "", 0, "")


@pytest.mark.parametrize("seed", range(6))
def test_no_number_is_ever_given_twice(
    seed: int, base: Path, computer: Callable[[str], Computer], tmp_path: Path
) -> None:
    """Three computers work, copy over each other, put old files back and are killed; every transaction stays itself."""
    dice = random.Random(seed)
    places = [(computer(name), tmp_path / name / "кабинет.imc") for name in ("один", "два", "три")]
    computer("один").work(base)  # whoever makes a database claims it at once
    for _, path in places:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(base, path)
    old: list[Path] = []
    given: dict[tuple[str, int], str] = {}
    for step in range(40):
        one, path = dice.choice(places)
        deed = dice.random()
        if deed < 0.5:
            one.work(path, f"Фамилия{step}", f"Другая{step}", killed=dice.random() < 0.3)
        elif deed < 0.65:
            old.append(Path(shutil.copy(path, tmp_path / f"старый {step}.imc")))
        elif deed < 0.8 and old:
            shutil.copy(dice.choice(old), path)
        else:
            shutil.copy(dice.choice(places)[1], tmp_path / "перенос.imc")
            shutil.copy(tmp_path / "перенос.imc", path)
        with closing(sqlite3.connect(path)) as connection:
            for rid, number, stored in connection.execute("SELECT rid, n, hash FROM txn"):
                assert given.setdefault((rid, number), stored) == stored, f"step {step}"


def test_the_name_of_the_computer_stays_with_it(base: Path, computer: Callable[[str], Computer]) -> None:
    one, two = computer("один"), computer("два")
    one.work(base, "Абрамова")
    name_replica(base, "ПК-1")
    two.work(base, "Белова")
    (one.folder / "запись" / NAME).rename(one.folder / "потеряно")
    record = json.loads((one.folder / "потеряно").read_text(encoding="utf-8"))
    (one.folder / "запись" / NAME).write_text(json.dumps({**record, "databases": {}}), encoding="utf-8")
    one.work(base, "Ветрова")
    with closing(sqlite3.connect(base)) as connection:
        labels = connection.execute("SELECT label FROM replica ORDER BY rowid").fetchall()
    assert labels == [("ПК-1",), (platform.node(),), ("ПК-1",)]


def test_what_the_file_did_under_a_former_name_can_be_undone_but_not_what_a_merge_brought(
    base: Path, computer: Callable[[str], Computer]
) -> None:
    former = computer("один").work(base, "Абрамова")
    computer("два").work(base, "Белова")
    with closing(sqlite3.connect(base)) as connection, connection:
        connection.execute(
            "INSERT INTO txn SELECT max(id) + 1, ?, 'Правка на другом компьютере', kind, reverts, author, wall_utc, "
            "clock_ok, after_seq, last_seq, hash, 99, lamport, user_id, salt, body FROM txn",
            (former.rid,),
        )
    with closing(Store(base)) as store:
        assert store.undo_label == "Добавление: Белова"
        store.undo()
        assert store.undo() == "Добавление: Абрамова"
        assert store.undo_label is None
