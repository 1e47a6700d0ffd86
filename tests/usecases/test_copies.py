"""Copies as the office makes them: encrypted once there is a key, plain beside the database, remembered, opened later."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from db import keys
from db.container import ClosedCopyError
from db.files import FileOps, swapped
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases import copy_keys
from imc_desktop.usecases.copies import copy_to, local_copy, note_proved, restore_copy, verify_file
from imc_desktop.usecases.copy_facts import copies_in, counts_words, last_copy, local_folder
from imc_desktop.usecases.office_making import create_office

TODAY = date(2026, 11, 20)
PASSWORD = "сорок тысяч братьев"  # noqa: S105 - a test's own
OTHER = "другой длинный пароль"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    path = tmp_path / "база.imc"
    path.write_bytes(made.read_bytes())
    return Store(path, author="проверка")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "флешка"
    folder.mkdir()
    return folder


def with_key(store: Store, password: str = PASSWORD) -> copy_keys.Draft:
    draft = copy_keys.draft_keys()
    copy_keys.put_in_force(store, draft, password, today=TODAY)
    return draft


def logged(store: Store) -> list[tuple[str, int, str]]:
    with store.look() as connection:
        return connection.execute("SELECT name, leaves, key_id FROM copy_log ORDER BY rowid").fetchall()


def test_without_a_key_a_copy_is_plain_and_says_so(store: Store, stick: Path) -> None:
    proof = copy_to(store, stick, today=TODAY)
    assert proof.manifest.key_id == ""
    assert copies_in(stick)[0].key_id == ""
    assert logged(store)[0][0] == proof.path.name


def test_with_a_key_what_leaves_is_encrypted_and_what_stays_is_plain(store: Store, stick: Path) -> None:
    draft = with_key(store)
    away, beside = copy_to(store, stick, today=TODAY), local_copy(store, today=TODAY)
    assert (away.manifest.key_id, beside.manifest.key_id) == (draft.key_id, "")
    assert beside.path.parent == local_folder(store.path)
    with pytest.raises(ClosedCopyError):
        verify_file(away.path)
    assert verify_file(beside.path) is not None
    assert verify_file(away.path, [draft.paper.identity]) is not None
    assert [line[2] for line in logged(store)] == [draft.key_id, ""]


def test_a_locked_key_is_opened_once_per_session(store: Store, stick: Path) -> None:
    draft = with_key(store)
    store.keys.lock()
    with pytest.raises(UserError, match="Введите пароль"):
        copy_to(store, stick, today=TODAY)
    assert not copy_keys.unlock(store, OTHER)
    assert copy_keys.unlock(store, PASSWORD)
    assert copy_to(store, stick, today=TODAY).manifest.key_id == draft.key_id


def test_a_changed_key_leaves_old_copies_open_and_names_them(store: Store, stick: Path) -> None:
    first = with_key(store)
    old = copy_to(store, stick, today=TODAY)
    second = copy_keys.draft_keys()
    copy_keys.put_in_force(store, second, OTHER, today=TODAY, reason="уволилась методист")
    new = copy_to(store, stick, today=TODAY)
    assert [copy.name for copy in copy_keys.copies_of_old_keys(store)] == [old.path.name]
    with pytest.raises(ClosedCopyError):
        verify_file(new.path, [first.office.identity, first.paper.identity])
    store.keys.lock()
    assert not copy_keys.unlock(store, PASSWORD)
    assert copy_keys.unlock(store, OTHER)
    assert set(store.keys.identities) == {first.key_id, second.key_id}
    proof = verify_file(old.path, copy_keys.identities_of(store))
    assert proof is not None
    assert proof.manifest.key_id == first.key_id


def test_a_key_cannot_be_changed_while_it_is_locked(store: Store) -> None:
    with_key(store)
    store.keys.lock()
    with pytest.raises(UserError, match="Сначала откройте"):
        with_key(store, OTHER)


def test_encryption_turned_off_is_logged(store: Store, stick: Path) -> None:
    with_key(store)
    copy_keys.turn_off(store, today=TODAY)
    assert copy_to(store, stick, today=TODAY).manifest.key_id == ""
    assert copy_keys.key_view(store) == copy_keys.KeyView("", "", False, 0, 1)
    with store.look() as connection:
        acts = connection.execute("SELECT details FROM access_log WHERE act = ?", (copy_keys.ACT,)).fetchall()
    assert acts[-1] == (copy_keys.TURNED_OFF,)


def test_each_person_has_a_box_of_their_own(store: Store) -> None:
    with_key(store)
    copy_keys.add_box(store, OTHER)
    store.keys.lock()
    assert not copy_keys.unlock(store, PASSWORD)
    assert copy_keys.unlock(store, OTHER)
    assert copy_keys.key_view(store).boxes == 1
    copy_keys.drop_boxes(store, "")
    store.keys.lock()
    assert not copy_keys.unlock(store, OTHER)


@pytest.mark.parametrize(
    ("password", "weak"), [("короткий", True), ("раз два три", True), ("", True), (PASSWORD, False)]
)
def test_a_weak_password_is_no_key(store: Store, password: str, weak: bool) -> None:
    assert bool(copy_keys.password_trouble(password)) is weak
    if weak:
        with pytest.raises(UserError, match="коротк"):
            with_key(store, password)


def test_the_sheet_is_typed_back_in_part(store: Store) -> None:
    draft = copy_keys.draft_keys()
    first, second = copy_keys.asked_groups(draft)
    assert 1 <= first < second <= len(draft.groups)
    right = [draft.groups[first - 1].lower(), f" {draft.groups[second - 1]}"]
    assert copy_keys.typed_back(draft, right)
    assert not copy_keys.typed_back(draft, right[::-1])
    assert not copy_keys.typed_back(copy_keys.draft_keys(), right)


def test_the_drill_of_the_sheet(store: Store) -> None:
    draft = with_key(store)
    assert copy_keys.check_paper(store, " ".join(draft.groups)) == draft.key_id
    with pytest.raises(UserError, match="не от ключей этой базы"):
        copy_keys.check_paper(store, keys.new_pair().identity)
    with pytest.raises(UserError, match="Это не ключ"):
        copy_keys.check_paper(store, "ABC")


def test_no_secret_is_written_in_clear(store: Store, stick: Path) -> None:
    draft = with_key(store)
    copy = copy_to(store, stick, today=TODAY)
    store.close()
    for secret in (draft.office.identity, draft.paper.identity, PASSWORD):
        for text in (secret.encode(), secret.encode("utf-16-le")):
            assert text not in store.path.read_bytes()
            assert text not in copy.path.read_bytes()


def test_a_copy_proved_again_tells_where(store: Store, stick: Path) -> None:
    proof = copy_to(store, stick, today=TODAY, now=datetime(2026, 11, 20, 9, 5))  # noqa: DTZ001 - the office's own clock
    assert proof.path.name.endswith("_20261120-0905.imcb")
    before = last_copy(store)
    note_proved(store, proof.manifest.backup_id, "на ПК-2")
    with store.look() as connection:
        where = json.loads(connection.execute("SELECT verified_on FROM copy_log").fetchone()[0])
    assert len(where) == 2
    assert before is not None
    assert (before.day, before.place) == (TODAY, str(stick))


def test_the_copy_on_a_medium_is_told_before_the_one_beside(store: Store, stick: Path) -> None:
    copy_to(store, stick, today=date(2026, 11, 3))
    local_copy(store, today=TODAY)
    found = last_copy(store)
    assert found is not None
    assert (found.day, found.place) == (date(2026, 11, 3), str(stick))


def test_going_back_asks_for_a_key_that_fits(store: Store, stick: Path) -> None:
    draft = with_key(store)
    copy = copy_to(store, stick, today=TODAY)
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(ClosedCopyError):
        restore_copy(copy.path, store.path)
    assert store.path.read_bytes() == before
    assert restore_copy(copy.path, store.path, identities=[draft.paper.identity]) is not None
    opened = Store(store.path, author="проверка")
    assert copy_keys.unlock(opened, PASSWORD)
    opened.close()


def test_a_folder_that_cannot_be_made_is_a_sentence(store: Store) -> None:
    class Full(FileOps):
        def step(self, name: str, path: Path) -> None:
            if name == "make":
                raise OSError(28, "нет места")

    with swapped(Full()), pytest.raises(UserError, match="нет места"):
        local_copy(store, today=TODAY)


def test_counts_in_words() -> None:
    words = "1\u00a0200 педагогов, 24 организации, 1 план, 311 утверждённых документов"
    assert counts_words({"person": 1200, "organisation": 24, "training": 0, "plan": 1, "issued_document": 311}) == words
    assert counts_words({}) == "пока пусто"


def test_a_database_that_is_only_looked_at_may_be_copied(store: Store, stick: Path) -> None:
    store.close()
    looked = Store(store.path, writable=False)
    proof = copy_to(looked, stick, today=TODAY)
    assert verify_file(proof.path) is not None
    assert logged(looked) == []
    looked.close()
