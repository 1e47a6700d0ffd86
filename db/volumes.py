"""Which disk a folder lies on: fixed, removable or network; its label, serial and free space."""

from __future__ import annotations

import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from db import mounts

if sys.platform == "win32":
    import ctypes

# Folders that stand for sticks and for shares where there are none: trials, demonstrations, tests. They can only make
# the program stricter, never let it write where it must not.
STICKS, SHARES = "IMC_STICKS", "IMC_SHARES"

# Programs that rewrite a folder behind SQLite's back; by what begins the folder's name.
_SYNCED = (
    *("onedrive", "dropbox", "google drive", "googledrive", "мой диск", "icloud", "nextcloud"),
    *("яндекс.диск", "yandex.disk", "yandexdisk", "облако mail.ru", "cloud mail.ru", "сбердиск"),
)
_SYNCED_PLACES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


class VolumeKind(StrEnum):
    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"
    UNKNOWN = "unknown"


class Volume(NamedTuple):
    """A disk as the system knows it: ``mount`` is where it begins, ``free`` in bytes; the names may be ""."""

    kind: VolumeKind
    label: str
    serial: str
    mount: Path
    free: int


def volume_of(path: Path) -> Volume:
    """The volume a path lies on, or would lie on once its missing folders are made; never raises."""
    place = _existing(path)
    for kind, name in ((VolumeKind.REMOVABLE, STICKS), (VolumeKind.NETWORK, SHARES)):
        for folder in _told(name):
            if place.is_relative_to(folder):
                return Volume(kind, folder.name, _serial_of(folder), folder, _free(folder))
    if sys.platform == "win32":
        return _windows_volume(place)
    return _linux_volume(place)


def removable_volumes() -> list[Volume]:
    """Sticks and other removable disks that are in now, in the order of their places."""
    if sys.platform == "win32":
        bits = ctypes.WinDLL("kernel32").GetLogicalDrives()
        # A floppy drive asks for a disk when it is looked into.
        points = [Path(f"{chr(65 + number)}:\\") for number in range(2, 26) if bits >> number & 1]
    else:
        points = [mount.point for mount in mounts.read_mounts() if mount.source.startswith("/dev/")]
    found = {volume.mount: volume for volume in map(volume_of, [*_told(STICKS), *points])}
    return sorted((one for one in found.values() if one.kind is VolumeKind.REMOVABLE), key=lambda one: str(one.mount))


def synced_folder(path: Path) -> str:
    """The name of the folder above ``path`` that a cloud program keeps rewriting, "" when there is none."""
    place = _existing(path)
    for name in _SYNCED_PLACES:
        folder = os.environ.get(name)
        if folder and place.is_relative_to(Path(folder)):
            return Path(folder).name
    return next((part for part in place.parts if part.casefold().startswith(_SYNCED)), "")


def _existing(path: Path) -> Path:
    place = Path(os.path.realpath(path))
    while not place.exists() and place != place.parent:
        place = place.parent
    return place


def _told(name: str) -> list[Path]:
    told = os.environ.get(name, "")
    return [Path(os.path.realpath(folder)) for folder in told.split(os.pathsep) if folder]


def _serial_of(folder: Path) -> str:
    """A folder that stands for a stick is the same stick as long as it is the same folder."""
    try:
        return f"{folder.stat().st_ino:08X}"
    except OSError:
        return ""


def _free(place: Path) -> int:
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return 0


def _linux_volume(place: Path) -> Volume:
    known = mounts.read_mounts()
    mount = mounts.mount_of(place, known)
    if mount is None:
        return Volume(VolumeKind.UNKNOWN, "", "", place, _free(place))
    kind = VolumeKind(mounts.kind_of(mount, known))
    label, serial = mounts.names_of(mount)
    return Volume(kind, label, serial, mount.point, _free(place))


if sys.platform == "win32":
    _KINDS = {2: VolumeKind.REMOVABLE, 3: VolumeKind.FIXED, 4: VolumeKind.NETWORK, 5: VolumeKind.REMOVABLE}
    _KINDS[6] = VolumeKind.FIXED  # a disk in memory
    _LONGEST = 32_768

    def _windows_volume(place: Path) -> Volume:
        kernel = ctypes.WinDLL("kernel32")
        point, label = ctypes.create_unicode_buffer(_LONGEST), ctypes.create_unicode_buffer(262)
        serial = ctypes.c_ulong(0)
        if not kernel.GetVolumePathNameW(str(place), point, _LONGEST):
            return Volume(VolumeKind.UNKNOWN, "", "", place, _free(place))
        kind = _KINDS.get(kernel.GetDriveTypeW(point.value), VolumeKind.UNKNOWN)
        if not kernel.GetVolumeInformationW(point.value, label, 262, ctypes.byref(serial), None, None, None, 0):
            return Volume(kind, "", "", Path(point.value), _free(place))
        return Volume(kind, label.value, f"{serial.value:08X}", Path(point.value), _free(place))
