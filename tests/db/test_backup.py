"""A copy counts only when it was read back, opened and compared; nothing else ever gets its name."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import keys
from db.backup import Order, Proof, make_copy, prove
from db.container import CLOSED, ClosedCopyError, FileKeys, read_container
from db.copy_names import LAST, CopyName, computer_mark, copies_of, to_drop
from db.files import FileOps, swapped
from db.manifest import describe
from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError

NOW = datetime(2026, 11, 20, 10, 42).astimezone()
PASSWORD = "сорок тысяч братьев"  # noqa: S105 - a test's own
DATA = Path(__file__).parents[1] / "data" / "copies"


@pytest.fixture(scope="module")
def pairs() -> tuple[keys.KeyPair, keys.KeyPair]:
    return keys.new_pair(), keys.new_pair()


@pytest.fixture
def file_keys(pairs: tuple[keys.KeyPair, keys.KeyPair]) -> FileKeys:
    office, paper = pairs
    slot = keys.close_box(office.identity, PASSWORD)
    return FileKeys(keys.key_id(office.recipient), office.recipient, paper.recipient, (slot,))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "флешка"
    folder.mkdir()
    return folder


def add(store: Store, surname: str) -> None:
    with store.change(f"Добавление: {surname}") as session:
        session.add(Person(id=new_id(), surname=surname))


def plain(store: Store, folder: Path, now: datetime = NOW) -> Proof:
    return make_copy(Order(store.path, folder, now))


def refusal_of(path: Path, *identities: str) -> str:
    try:
        prove(path, identities)
    except UserError as error:
        return str(error)
    return ""


def test_a_copy_holds_the_database_and_tells_what_it_holds(store: Store, stick: Path) -> None:
    add(store, "Абрамова")
    proof = plain(store, stick)
    assert proof.manifest.counts["person"] == 1
    assert [head.n for head in proof.manifest.vector.values()] == [1]
    with zipfile.ZipFile(proof.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        everything = b"".join(archive.read(name) for name in archive.namelist() if not name.startswith("payload"))
    assert manifest["encrypted"] is False
    assert "Абрамова".encode() not in everything
    assert prove(proof.path).manifest == proof.manifest == describe(proof.path)


def test_an_encrypted_copy_opens_with_the_office_key_and_with_the_paper_one(
    store: Store, stick: Path, file_keys: FileKeys, pairs: tuple[keys.KeyPair, keys.KeyPair]
) -> None:
    add(store, "Абрамова")
    office, paper = pairs
    proof = make_copy(Order(store.path, stick, NOW, file_keys, (office.identity,)))
    assert "Абрамова".encode() not in proof.path.read_bytes()
    for identity in (office.identity, paper.identity):
        assert prove(proof.path, [keys.new_pair().identity, identity]).manifest.counts["person"] == 1
    with pytest.raises(ClosedCopyError, match=file_keys.key_id) as closed:
        prove(proof.path, [keys.new_pair().identity])
    held = closed.value.container.keys
    assert held is not None
    assert keys.open_any(held.slots, "не тот пароль") is None
    assert keys.open_any(held.slots, PASSWORD) == office.identity


@pytest.mark.skipif(not all(map(shutil.which, ("age", "zstd", "tar"))), reason="нет программ age, zstd и tar")
def test_stock_tools_open_a_copy_with_the_paper_key(
    store: Store, stick: Path, file_keys: FileKeys, pairs: tuple[keys.KeyPair, keys.KeyPair], tmp_path: Path
) -> None:
    add(store, "Абрамова")
    office, paper = pairs
    proof = make_copy(Order(store.path, stick, NOW, file_keys, (office.identity,)))
    with zipfile.ZipFile(proof.path) as archive:
        archive.extract(CLOSED, tmp_path)
        assert "age -d -i key.txt" in archive.read("ПРОЧТИ.txt").decode()
    (tmp_path / "key.txt").write_text(keys.read_paper(" ".join(keys.grouped(paper.identity))))
    for command in (
        ["age", "-d", "-i", "key.txt", "-o", "payload.tar.zst", CLOSED],
        ["zstd", "-q", "-d", "payload.tar.zst"],
        ["tar", "xf", "payload.tar"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True)
    with closing(sqlite3.connect(tmp_path / "database.imc")) as opened:
        assert opened.execute("SELECT surname FROM person").fetchall() == [("Абрамова",)]


def test_every_damaged_byte_run_is_refused(
    store: Store, stick: Path, file_keys: FileKeys, pairs: tuple[keys.KeyPair, keys.KeyPair]
) -> None:
    add(store, "Абрамова")
    office = pairs[0]
    for copy in (plain(store, stick), make_copy(Order(store.path, stick, NOW, file_keys, (office.identity,)))):
        whole = copy.path.read_bytes()
        for start in range(0, len(whole) - 40, max(1, len(whole) // 30)):
            damaged = stick / "порча.imcb"
            flipped = bytes(byte ^ 0x55 for byte in whole[start : start + 30])
            damaged.write_bytes(whole[:start] + flipped + whole[start + 30 :])
            # The note for people and the boxes of the key carry no data: damage there may pass, with the same data.
            refused = refusal_of(damaged, office.identity)
            assert "порча.imcb" in refused if refused else prove(damaged, [office.identity]).manifest == copy.manifest


def test_a_cut_copy_is_refused(store: Store, stick: Path) -> None:
    proof = plain(store, stick)
    cut = stick / "обрывок.imcb"
    cut.write_bytes(proof.path.read_bytes()[:-200])
    assert "обрывок.imcb" in refusal_of(cut)


def test_the_manifest_outside_must_be_the_one_inside(store: Store, stick: Path) -> None:
    proof = plain(store, stick)
    forged = stick / "подмена.imcb"
    with zipfile.ZipFile(proof.path) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'"clock_ok": true', b'"clock_ok": false'))
    assert "подмена.imcb" in refusal_of(forged)


@pytest.mark.parametrize("name", ["counts", "vector", "payload", "made_on", "format_rev"])
def test_a_manifest_of_another_shape_is_refused(store: Store, stick: Path, name: str) -> None:
    proof = plain(store, stick)
    with zipfile.ZipFile(proof.path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | {name: [1]}).encode()
    with zipfile.ZipFile(proof.path, "w") as archive:
        for one, data in parts.items():
            archive.writestr(one, data)
    assert refusal_of(proof.path).endswith("Возьмите другую копию.")
    assert describe(proof.path) is None


def test_a_copy_of_a_newer_program_is_refused_by_name_of_version(store: Store, stick: Path) -> None:
    proof = plain(store, stick)
    newer = stick / "новая.imcb"
    with zipfile.ZipFile(proof.path) as old, zipfile.ZipFile(newer, "w") as new:
        manifest = json.loads(old.read("manifest.json")) | {"min_reader_rev": 3, "app_version": "1.4"}
        new.writestr("manifest.json", json.dumps(manifest))
        new.writestr("unknown.bin", b"")
    with pytest.raises(UserError, match=r"более новой версией программы \(1\.4; у вас"):
        read_container(newer)


def test_a_copy_of_the_first_format_is_still_opened() -> None:
    proof = prove(DATA / "rev1.imcb")
    assert (proof.manifest.format_rev, proof.manifest.counts["person"]) == (1, 2)


def test_a_copy_of_a_broken_database_is_not_made(store: Store, stick: Path) -> None:
    add(store, "Абрамова")
    store.close()
    data = bytearray(store.path.read_bytes())
    data[8192:12288] = bytes(4096)
    store.path.write_bytes(data)
    assert problems_of(store.path)
    with pytest.raises(UserError, match="Копия не сделана"):
        plain(store, stick)
    assert list(stick.iterdir()) == []


def test_a_changed_value_in_the_log_is_found_when_a_copy_is_checked(store: Store, stick: Path) -> None:
    add(store, "Абрамова")
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE change SET after = replace(after, 'Абрамова', 'Бурамова')")
    assert "не сходится" in problems_of(store.path)[0]
    assert "не сходится" in refusal_of(plain(store, stick).path)


class Lying(FileOps):
    """A stick that gives other bytes back than were written."""

    def read_back(self, path: Path) -> bytes:
        return super().read_back(path)[:-1] + b"!"


class Failing(FileOps):
    """The k-th step fails, once or from then on."""

    def __init__(self, fail_at: int, *, for_ever: bool = False) -> None:
        self.count = 0
        self._fail_at, self._for_ever = fail_at, for_ever

    def step(self, name: str, path: Path) -> None:
        self.count += 1
        if self.count == self._fail_at or (self._for_ever and self.count > self._fail_at):
            raise OSError(errno.EIO, "сбой носителя")


def test_a_stick_that_lies_is_found_out(store: Store, stick: Path) -> None:
    with swapped(Lying()), pytest.raises(EnvironmentProblem, match="Носителю нельзя доверять"):
        plain(store, stick)
    assert list(stick.iterdir()) == []


def test_a_full_stick_is_a_sentence_before_anything_is_written(store: Store, stick: Path) -> None:
    ops = FileOps()
    ops.free = lambda folder: 1000  # type: ignore[method-assign]
    with swapped(ops), pytest.raises(EnvironmentProblem, match="мало места"):
        plain(store, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("for_ever", [False, True])
def test_whatever_step_fails_no_copy_half_done_has_a_name(store: Store, stick: Path, for_ever: bool) -> None:
    older = plain(store, stick).path.read_bytes()
    counting = Failing(0)
    with swapped(counting):
        plain(store, stick)
    for number in range(1, counting.count + 1):
        with swapped(Failing(number, for_ever=for_ever)), suppress(EnvironmentProblem):
            plain(store, stick)
        for path in stick.glob("*.imcb"):
            prove(path)
    assert any(path.read_bytes() == older for path in stick.glob("*.imcb"))


def test_a_stopped_copy_leaves_nothing(store: Store, stick: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float, _words: str) -> None:
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        make_copy(Order(store.path, stick, NOW), progress=stop)
    assert list(stick.iterdir()) == []


def test_copies_are_thinned_by_number_and_strangers_are_left(store: Store, stick: Path) -> None:
    (stick / "чужой.imcb").write_bytes(b"x")
    (stick / "imc_ffff_pc0000_000001_20261120-1042.imcb").write_bytes(b"x")
    for number in range(LAST + 3):
        add(store, f"Ф{number}")
        plain(store, stick, datetime(2000, 1, 1, 10, 0).astimezone())
    left = stick / f"{next(stick.glob('imc_*_000013_*')).stem}.0000aaaa.part"
    left.write_bytes(b"x")
    newest = plain(store, stick)
    names = sorted(path.name for path in stick.iterdir())
    assert not left.exists()
    assert {"чужой.imcb", "imc_ffff_pc0000_000001_20261120-1042.imcb"} < set(names)
    assert len(names) == 2 + LAST + 1  # one more for the day they were all made
    assert max(number for number in range(20) if any(f"_{number:06d}_" in name for name in names)) == 14
    assert prove(newest.path).manifest.counts["person"] == LAST + 3


def test_what_is_kept_of_two_years_of_copies() -> None:
    first = datetime(2025, 1, 1).astimezone()
    copies = [
        CopyName(Path(str(number)), "a", "pc", number, f"{first + timedelta(hours=8 * number):%Y%m%d}")
        for number in range(2000, 0, -1)
    ]
    dropped = to_drop(copies)
    kept = [one for one in copies if one not in dropped]
    assert len(kept) == 10 + 7 + 5 + 12
    assert [one.number for one in kept[:10]] == list(range(2000, 1990, -1))
    assert len({one.day for one in kept[10:]}) == 24
    assert kept[-1].day[:4] == "2025"


def test_a_clock_gone_wrong_drops_no_new_copy() -> None:
    days = ["20261120"] * 30 + ["20000101"] * 9
    copies = [CopyName(Path(str(n)), "a", "pc", n, day) for n, day in enumerate(days)][::-1]
    assert {one.number for one in copies} - {one.number for one in to_drop(copies)} >= set(range(29, 39))


@pytest.mark.parametrize(
    ("label", "own", "mark"),
    [("ПК-1", "A0B1C2", "pk1a0b1"), ("", "77", "0077"), ("Кабинет методиста № 5", "ffff", "kabinetmetffff")],
)
def test_a_computer_has_an_ascii_name(label: str, own: str, mark: str) -> None:
    assert computer_mark(label, own) == mark


def test_two_copies_in_one_minute_have_two_names(store: Store, stick: Path) -> None:
    first, second = plain(store, stick), plain(store, stick)
    assert first.path != second.path
    found = copies_of(stick, first.manifest.db_id, first.path.name.split("_")[2])
    assert [one.number for one in found] == [2, 1]


def test_a_missing_folder_is_a_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Нет папки"):
        plain(store, tmp_path / "нет")
