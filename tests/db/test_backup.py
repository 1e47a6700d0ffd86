"""A copy counts only when it was read back, opened and compared; a restore keeps the present file."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from db.backup import KEPT_COPIES, make_copy, newest_copy, prove, restore
from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.errors import UserError


def add(store: Store, surname: str) -> None:
    with store.change(f"Добавление: {surname}") as session:
        session.add(Person(id=new_id(), surname=surname))


def surnames(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute("SELECT surname FROM person ORDER BY surname")]


def test_a_copy_holds_the_database_and_tells_what_it_holds(store: Store, tmp_path: Path) -> None:
    add(store, "Абрамова")
    proof = make_copy(store.path, tmp_path, made_on="2026-11-20")
    assert proof.state.counts["person"] == 1
    with zipfile.ZipFile(proof.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["encrypted"] is False
    assert "Абрамова" not in json.dumps(manifest, ensure_ascii=False)
    assert prove(proof.path).state == proof.state


def test_restoring_keeps_the_present_file_and_begins_a_new_incarnation(store: Store, tmp_path: Path) -> None:
    add(store, "Абрамова")
    proof = make_copy(store.path, tmp_path, made_on="2026-11-20")
    add(store, "Белова")
    store.close()
    kept = restore(proof.path, store.path)
    assert surnames(store.path) == ["Абрамова"]
    assert kept is not None
    assert surnames(kept) == ["Абрамова", "Белова"]
    replicas = [Store(path) for path in (store.path, kept)]
    names = []
    for opened in replicas:
        with opened.read() as session:
            names.append(session.connection().exec_driver_sql("SELECT replica FROM db_meta").scalar_one())
        opened.close()
    assert names[0] != names[1]


def test_every_damaged_byte_run_is_refused(store: Store, tmp_path: Path) -> None:
    add(store, "Абрамова")
    proof = make_copy(store.path, tmp_path, made_on="2026-11-20")
    whole = proof.path.read_bytes()
    for start in range(0, len(whole) - 40, max(1, len(whole) // 40)):
        damaged = tmp_path / "порча.imcb"
        damaged.write_bytes(
            whole[:start] + bytes(byte ^ 0x55 for byte in whole[start : start + 30]) + whole[start + 30 :]
        )
        # Notes for people and zip padding carry no data: damage there may pass, but only with the same data.
        refused = _refusal(damaged)
        assert "порча.imcb" in refused if refused else prove(damaged).state == proof.state


def _refusal(path: Path) -> str:
    try:
        prove(path)
    except UserError as error:
        return str(error)
    return ""


def test_a_cut_copy_is_refused(store: Store, tmp_path: Path) -> None:
    proof = make_copy(store.path, tmp_path, made_on="2026-11-20")
    cut = tmp_path / "обрывок.imcb"
    cut.write_bytes(proof.path.read_bytes()[:-200])
    with pytest.raises(UserError, match=r"обрывок\.imcb"):
        prove(cut)


def test_a_copy_of_a_broken_database_is_not_made(store: Store, tmp_path: Path) -> None:
    add(store, "Абрамова")
    store.close()
    data = bytearray(store.path.read_bytes())
    data[8192:12288] = bytes(4096)
    store.path.write_bytes(data)
    assert problems_of(store.path)
    with pytest.raises(UserError):
        make_copy(store.path, tmp_path, made_on="2026-11-20")
    assert newest_copy(tmp_path) is None


def test_a_changed_value_in_the_log_is_found(store: Store) -> None:
    add(store, "Абрамова")
    store.close()
    assert problems_of(store.path) == []
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE change SET after = replace(after, 'Абрамова', 'Бурамова')")
    connection.close()
    assert "не сходится" in problems_of(store.path)[0]


def test_copies_are_thinned_by_count_and_strangers_are_left(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "флешка"
    folder.mkdir()
    (folder / "чужой.imcb").write_bytes(b"x")
    for number in range(KEPT_COPIES + 3):
        add(store, f"Ф{number}")
        make_copy(store.path, folder, made_on="2000-01-01")
    names = sorted(path.name for path in folder.glob("*.imcb"))
    assert len(names) == KEPT_COPIES + 1
    assert "чужой.imcb" in names
    newest = newest_copy(folder)
    assert newest is not None
    assert prove(newest).state.counts["person"] == KEPT_COPIES + 3


def test_a_missing_folder_is_a_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Нет папки"):
        make_copy(store.path, tmp_path / "нет", made_on="2026-11-20")
