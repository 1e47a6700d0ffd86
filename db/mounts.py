"""Disks as Linux shows them in its own folders; ``root`` is another root in tests."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

_ROOT = Path("/")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "davfs", "ncpfs"})
_NETWORK_PROGRAMS = ("fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs", "fuse.curlftpfs", "fuse.glusterfs")
_ESCAPED = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2}))")


class Mount(NamedTuple):
    """A line of the table of mounts: device number «8:17», where it is seen, file system, what was mounted."""

    device: str
    point: Path
    file_system: str
    source: str


def read_mounts(root: Path = _ROOT) -> list[Mount]:
    """All mounts in the order they were made; none where the system does not tell."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        before, dash, after = line.partition(" - ")
        places, kinds = before.split(" "), after.split(" ")
        if dash and len(places) >= 5 and len(kinds) >= 2:
            found.append(Mount(places[2], Path(_plain(places[4])), kinds[0], _plain(kinds[1])))
    return found


def mount_of(place: Path, known: list[Mount]) -> Mount | None:
    """The mount a path is on: the deepest, of equal ones the last made."""
    above = [mount for mount in known if place.is_relative_to(mount.point)]
    return max(enumerate(above), key=lambda one: (len(one[1].point.parts), one[0]))[1] if above else None


def kind_of(mount: Mount, known: list[Mount], root: Path = _ROOT) -> str:
    """fixed, removable or network. The disk the system itself runs from is fixed: it cannot be pulled out."""
    if mount.file_system in _NETWORK or mount.file_system.startswith(_NETWORK_PROGRAMS):
        return "network"
    disk = _disk_of(mount, root)
    system = mount_of(_ROOT, known)
    if disk is None or (system is not None and disk == _disk_of(system, root)):
        return "fixed"
    return "removable" if _can_be_pulled(disk) else "fixed"


def names_of(mount: Mount, root: Path = _ROOT) -> tuple[str, str]:
    """Label and serial of the file system, "" what is not told."""
    source = _inside(root, mount.source)
    return _name_in(root / "dev/disk/by-label", source), _name_in(root / "dev/disk/by-uuid", source)


def _disk_of(mount: Mount, root: Path) -> Path | None:
    """The folder of the whole disk below a partition, an encrypted or a logical volume."""
    device = root / "sys/dev/block" / mount.device
    if not device.exists():  # btrfs numbers its volumes apart from the disk
        name = os.path.realpath(_inside(root, mount.source)).rpartition("/")[2]
        device = root / "sys/class/block" / name
        if not mount.source.startswith("/dev/") or not device.exists():
            return None
    device = device.resolve()
    for _ in range(8):  # a volume on a volume on a volume…
        try:
            below = sorted((device / "slaves").iterdir())
        except OSError:
            below = []
        if not below:
            break
        device = below[0].resolve()
    return device.parent if (device / "partition").exists() else device


def _can_be_pulled(disk: Path) -> bool:
    if any(part.startswith("usb") for part in disk.parts):
        return True
    try:
        if (disk / "removable").read_text().strip() == "1":
            return True
        return (disk / "device/type").read_text().strip() == "SD"  # a card in a reader of its own
    except OSError:
        return False


def _name_in(folder: Path, source: Path) -> str:
    try:
        known = sorted(folder.iterdir())
    except OSError:
        return ""
    target = os.path.realpath(source)
    return next((_plain(link.name) for link in known if os.path.realpath(link) == target), "")


def _inside(root: Path, source: str) -> Path:
    return root / source.lstrip("/")


def _plain(text: str) -> str:
    r"""«My\040Disk» and «My\x20Disk» as they are written by people; the escapes stand for bytes."""
    data = text.encode("utf-8", "surrogateescape")
    raw = _ESCAPED.sub(lambda found: bytes([int(found[1], 16) if found[1] else int(found[2], 8)]), data)
    return raw.decode("utf-8", "replace")
