"""Disks: what kind a folder lies on, and what may be done there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db import mounts
from db.files import FileOps, swapped
from db.lock import DatabaseLock
from db.place import WrongPlaceError, copy_in, must_be_local, must_have_room, trouble_with_place
from db.store import Store
from db.volumes import SHARES, STICKS, VolumeKind, removable_volumes, synced_folder, volume_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from tests.db.test_store import add_person, surnames

MIB = 1024 * 1024

# --- Linux: the system's own folders, rebuilt ---------------------------------------------------------------------------

MOUNTINFO = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:5 / /proc rw - proc proc rw
24 22 8:17 / /media/Мария\\040Ивановна/КОПИИ rw,nosuid - vfat /dev/sdb1 rw
25 22 253:0 / /media/secret rw - ext4 /dev/mapper/luks-1 rw
26 22 8:49 / /media/reader rw - exfat /dev/sdd1 rw
27 22 179:1 / /media/card rw - vfat /dev/mmcblk0p1 rw
28 22 0:50 / /mnt/share rw - cifs //сервер/общая rw
29 22 0:51 / /mnt/ssh rw - fuse.sshfs user@host: rw
30 22 0:52 / /mnt/inner rw - btrfs /dev/sde1 rw
31 22 8:1 / /home rw - ext4 /dev/sda1 rw
32 22 0:60 / /run rw - tmpfs tmpfs rw
"""
DISKS = {  # folder of the device → its files
    "pci/ata1/block/sda/sda1": {"partition": "1"},
    "pci/ata1/block/sda/sda2": {"partition": "2"},
    "pci/ata1/block/sda": {"removable": "0"},
    "pci/usb1/1-1/block/sdb/sdb1": {"partition": "1"},
    "pci/usb1/1-1/block/sdb": {"removable": "1"},
    "pci/usb1/1-2/block/sdc/sdc1": {"partition": "1"},
    "pci/usb1/1-2/block/sdc": {"removable": "0"},
    "virtual/block/dm-0": {"removable": "0"},
    "pci/ata2/block/sdd/sdd1": {"partition": "1"},
    "pci/ata2/block/sdd": {"removable": "1"},
    "pci/mmc_host/mmc0/block/mmcblk0/mmcblk0p1": {"partition": "1"},
    "pci/mmc_host/mmc0/block/mmcblk0": {"removable": "0", "device/type": "SD"},
    "pci/ata3/block/sde/sde1": {"partition": "1"},
    "pci/ata3/block/sde": {"removable": "0"},
}
NUMBERS = {
    "8:1": "pci/ata1/block/sda/sda1",
    "8:2": "pci/ata1/block/sda/sda2",
    "8:17": "pci/usb1/1-1/block/sdb/sdb1",
    "253:0": "virtual/block/dm-0",
    "8:49": "pci/ata2/block/sdd/sdd1",
    "179:1": "pci/mmc_host/mmc0/block/mmcblk0/mmcblk0p1",
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a computer with sticks, shares, a card and an encrypted stick."""
    root = tmp_path_factory.mktemp("machine")
    for folder in ("proc/self", "sys/dev/block", "sys/class/block", "dev/disk/by-label", "dev/disk/by-uuid"):
        (root / folder).mkdir(parents=True)
    (root / "proc/self/mountinfo").write_text(MOUNTINFO, encoding="utf-8")
    for device, files in DISKS.items():
        for name, content in files.items():
            file = root / "sys/devices" / device / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{content}\n")
    for number, device in NUMBERS.items():
        (root / "sys/dev/block" / number).symlink_to(root / "sys/devices" / device)
    (root / "sys/class/block/sde1").symlink_to(root / "sys/devices/pci/ata3/block/sde/sde1")
    slaves = root / "sys/devices/virtual/block/dm-0/slaves"
    slaves.mkdir()
    (slaves / "sdc1").symlink_to(root / "sys/devices/pci/usb1/1-2/block/sdc/sdc1")
    (root / "dev/sdb1").touch()
    (root / "dev/disk/by-label" / "МОИ\\x20КОПИИ").symlink_to(root / "dev/sdb1")
    (root / "dev/disk/by-uuid" / "1A2B-3C4D").symlink_to(root / "dev/sdb1")
    return root


@pytest.mark.skipif(sys.platform == "win32", reason="links of Linux's own folders")
@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/media/Мария Ивановна/КОПИИ/папка", "removable"),
        ("/media/secret/база.imc", "removable"),
        ("/media/reader/a", "removable"),
        ("/media/card/a", "removable"),
        ("/mnt/share/a", "network"),
        ("/mnt/ssh/a", "network"),
        ("/mnt/inner/a", "fixed"),
        ("/home", "fixed"),
        ("/var/lib", "fixed"),
        ("/run/a", "fixed"),
    ],
)
def test_the_kind_of_a_disk_is_read_from_the_system(machine: Path, place: str, kind: str) -> None:
    known = mounts.read_mounts(machine)
    mount = mounts.mount_of(Path(place), known)
    assert mount is not None
    assert mounts.kind_of(mount, known, machine) == kind


@pytest.mark.skipif(sys.platform == "win32", reason="links of Linux's own folders")
def test_label_and_serial_are_those_of_the_file_system(machine: Path) -> None:
    known = mounts.read_mounts(machine)
    stick = mounts.mount_of(Path("/media/Мария Ивановна/КОПИИ"), known)
    home = mounts.mount_of(Path("/home"), known)
    assert stick is not None
    assert home is not None
    assert mounts.names_of(stick, machine) == ("МОИ КОПИИ", "1A2B-3C4D")
    assert mounts.names_of(home, machine) == ("", "")


def test_a_system_on_a_stick_is_not_choosier_than_itself(machine: Path) -> None:
    known = [mounts.Mount("8:17", Path("/"), "ext4", "/dev/sdb1")]
    assert mounts.kind_of(known[0], known, machine) == "fixed"


def test_without_the_table_of_mounts_nothing_is_known(tmp_path: Path) -> None:
    assert mounts.read_mounts(tmp_path) == []
    assert mounts.mount_of(tmp_path, []) is None


def test_this_computer_tells_a_whole_volume(tmp_path: Path) -> None:
    volume = volume_of(tmp_path / "ещё нет" / "папки")
    assert volume.kind in (VolumeKind.FIXED, VolumeKind.UNKNOWN)
    assert tmp_path.is_relative_to(volume.mount)
    assert volume.free > 0


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")
def test_windows_tells_the_system_disk() -> None:
    volume = volume_of(Path(os.environ["SYSTEMROOT"]))
    assert volume.kind is VolumeKind.FIXED
    assert len(volume.serial) == 8
    assert str(volume.mount).endswith(":\\")


# --- where one may work -------------------------------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "ФЛЕШКА #1"
    folder.mkdir()
    monkeypatch.setenv(STICKS, str(folder))
    return folder


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a network drive."""
    folder = tmp_path / "общая"
    folder.mkdir()
    monkeypatch.setenv(SHARES, str(folder))
    return folder


def test_sticks_that_are_in_are_listed(stick: Path, tmp_path: Path) -> None:
    found = removable_volumes()
    assert [volume.mount for volume in found if volume.mount.is_relative_to(tmp_path)] == [stick]
    told = volume_of(stick / "копии")
    assert (told.kind, told.label) == (VolumeKind.REMOVABLE, "ФЛЕШКА #1")
    assert told.serial == volume_of(stick).serial != ""
    assert volume_of(tmp_path / "ФЛЕШКА #12").kind is not VolumeKind.REMOVABLE, "a name that only begins alike"


def test_a_database_is_not_made_locked_or_opened_on_a_stick(store: Store, stick: Path) -> None:
    path = Path(shutil.copy(store.path, stick / "база.imc"))
    for attempt in (
        lambda: Store.create(stick / "новая.imc"),
        lambda: Store(path),
        lambda: DatabaseLock(path).acquire(),
    ):
        with pytest.raises(WrongPlaceError, match="на съёмном диске «ФЛЕШКА #1»"):
            attempt()
    assert [one.name for one in stick.iterdir()] == ["база.imc"]
    with closing(Store(path, writable=False)) as looked, pytest.raises(UserError, match="только для просмотра"):
        add_person(looked, "Абрамова")
    assert [one.name for one in stick.iterdir()] == ["база.imc"], "looking leaves no trace"


def test_a_network_drive_is_refused(store: Store, share: Path) -> None:
    path = Path(shutil.copy(store.path, share / "база.imc"))
    with pytest.raises(WrongPlaceError, match="на сетевом диске"):
        Store(path)


@pytest.mark.parametrize(
    ("folder", "refused"),
    [
        ("OneDrive - Школа 5", True),
        ("Dropbox", True),
        ("Яндекс.Диск", True),
        ("YandexDisk", True),
        ("Облако Mail.ru", True),
        ("Диск с планами", False),
        ("Документы", False),
    ],
)
def test_a_folder_others_rewrite_is_refused(tmp_path: Path, folder: str, refused: bool) -> None:
    place = tmp_path / folder / "кабинет"
    place.mkdir(parents=True)
    assert bool(synced_folder(place / "база.imc")) == refused
    assert (folder in trouble_with_place(place / "база.imc")) == refused


def test_onedrive_under_another_name_is_known_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "Облако школы"))
    (tmp_path / "Облако школы").mkdir()
    with pytest.raises(WrongPlaceError, match="«Облако школы», которую переписывает другая программа"):
        must_be_local(tmp_path / "Облако школы" / "база.imc")


# --- copied in ----------------------------------------------------------------------------------------------------------


def test_a_database_of_a_stick_is_copied_in_and_works(store: Store, stick: Path, tmp_path: Path) -> None:
    add_person(store, "Абрамова")
    path = Path(shutil.copy(store.path, stick / "база.imc"))
    before = path.read_bytes()
    home = tmp_path / "данные"
    first, second = copy_in(path, home), copy_in(path, home)
    assert [first.name, second.name] == ["база.imc", "база 2.imc"], "nothing is replaced"
    with closing(Store(first)) as copied:
        add_person(copied, "Белова")
        assert surnames(copied) == ["Абрамова", "Белова"]
    assert path.read_bytes() == before
    assert not list(home.glob("*.part*"))


@contextmanager
def half_written(path: Path, folder: Path) -> Iterator[Path]:
    """The file and the journal of a program that was killed while it wrote."""
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        for words in ("PRAGMA journal_mode=truncate", "PRAGMA cache_size=1", "BEGIN IMMEDIATE", "CREATE TABLE junk(x)"):
            writer.execute(words)
        for _ in range(300):
            writer.execute("INSERT INTO junk VALUES (randomblob(1000))")
        for file in path.parent.glob(f"{path.name}*"):
            if not file.name.endswith(".lock"):
                shutil.copy(file, folder / file.name)
    assert (folder / f"{path.name}-journal").stat().st_size > 0
    yield folder / path.name


@pytest.mark.parametrize("writable", [True, False])
def test_what_a_killed_program_left_is_taken_back_at_opening(store: Store, tmp_path: Path, writable: bool) -> None:
    add_person(store, "Абрамова")
    store.close()
    (tmp_path / "после").mkdir()
    with half_written(store.path, tmp_path / "после") as left, closing(Store(left, writable=writable)) as opened:
        assert surnames(opened) == ["Абрамова"]
        with opened.look() as connection:
            assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'junk'").fetchone()[0] == 0


def test_a_half_written_database_of_a_stick_is_copied_in_whole(store: Store, stick: Path, tmp_path: Path) -> None:
    add_person(store, "Абрамова")
    store.close()
    with half_written(store.path, stick) as left, closing(Store(copy_in(left, tmp_path / "данные"))) as copied:
        assert surnames(copied) == ["Абрамова"]


# --- room ---------------------------------------------------------------------------------------------------------------


class FullDisk(FileOps):
    """A disk with so many bytes free."""

    def __init__(self, left: int) -> None:
        self.left = left

    def free(self, folder: Path) -> int:
        return self.left


def test_room_is_three_times_the_database_and_two_hundred_mebibytes(store: Store) -> None:
    needed = store.path.stat().st_size * 3 + 200 * MIB
    with swapped(FullDisk(needed)):
        must_have_room(store.path, store.path.parent, "импорта")
    with swapped(FullDisk(needed - 1)), pytest.raises(EnvironmentProblem) as refusal:
        must_have_room(store.path, store.path.parent, "импорта")
    assert f"нужно {-(-needed // MIB)} МБ, свободно {(needed - 1) // MIB} МБ" in str(refusal.value)


def test_copying_in_without_room_leaves_nothing(store: Store, tmp_path: Path) -> None:
    home = tmp_path / "данные"
    with swapped(FullDisk(MIB)), pytest.raises(EnvironmentProblem, match="копирования базы мало места"):
        copy_in(store.path, home)
    assert list(home.iterdir()) == []
