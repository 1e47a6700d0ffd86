"""The only door to the file system for copies, restores, swaps and upgrades, so that every failure can be tried.

``files()`` gives the instance in use. Each operation is made of small steps, and before each one ``FileOps.step`` is
told its name and path: a test puts in a subclass (``swapped``) whose k-th step raises OSError, once or for ever, or
ends the process. Nothing here falls back to writing over a file: a swap that fails leaves both files as they were.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.unbuffered import read_unbuffered

_CHUNK = 1 << 20
# Antivirus and indexer hold a fresh file for a moment: WinError 5, 32, 33.
_HELD_BY_ANOTHER = frozenset({5, 32, 33})
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8)
# Some file systems know no sync of a folder.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})


class FileOps:
    """File operations as the machine has them; every one raises OSError when the machine refuses."""

    def step(self, name: str, path: Path) -> None:
        """Told before each elementary operation: open, write, sync, read, replace, remove, free, make."""

    def pause(self, seconds: float) -> None:
        """Wait between two tries of a swap."""
        time.sleep(seconds)

    def write_new(self, path: Path, parts: Iterable[bytes | memoryview]) -> None:
        """Make a file that did not exist, and return when it lies on the medium; a part of it stays on failure."""
        self.step("open", path)
        with path.open("xb") as file:
            for part in parts:
                view = memoryview(part)
                for start in range(0, len(view), _CHUNK):
                    self.step("write", path)
                    file.write(view[start : start + _CHUNK])
            file.flush()
            self.step("sync", path)
            os.fsync(file.fileno())

    def read(self, path: Path) -> bytes:
        """The whole file, from wherever the system has it."""
        self.step("read", path)
        return path.read_bytes()

    def read_back(self, path: Path) -> bytes:
        """The whole file from the medium itself, past the memory of the system as far as the system allows it."""
        self.step("read", path)
        return read_unbuffered(path)

    def sync(self, path: Path) -> None:
        """Return when the file lies on the medium."""
        self.step("sync", path)
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder lie on the medium; nothing where the system has no such thing."""
        if sys.platform == "win32":
            return
        self.step("sync", folder)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(descriptor)

    def copy(self, source: Path, target: Path) -> None:
        """A copy of a file nobody writes to, on the medium when this returns; ``target`` must not exist."""
        self.step("read", source)
        with source.open("rb") as file:
            self.write_new(target, iter(lambda: file.read(_CHUNK), b""))

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name of ``target`` in one step; tried again while another program holds one of them."""
        for wait in (*_WAITS, None):
            try:
                self.step("replace", target)
                source.replace(target)
            except OSError as error:
                if wait is None or getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                    raise
                self.pause(wait)
            else:
                break
        self.sync_folder(target.parent)

    def remove(self, path: Path) -> None:
        """Delete a file; one that is not there is deleted already."""
        self.step("remove", path)
        path.unlink(missing_ok=True)

    def make_folder(self, folder: Path) -> None:
        """Make a folder and its parents, unless they are there."""
        if not folder.is_dir():
            self.step("make", folder)
            folder.mkdir(parents=True, exist_ok=True)

    def free(self, folder: Path) -> int:
        """Free bytes on the volume of a folder."""
        self.step("free", folder)
        return shutil.disk_usage(folder).free


class _InUse:
    ops = FileOps()


def files() -> FileOps:
    """The instance in use."""
    return _InUse.ops


@contextmanager
def swapped(ops: FileOps) -> Iterator[FileOps]:
    """Another instance for the length of a block, in every thread: tests of failures."""
    former, _InUse.ops = _InUse.ops, ops
    try:
        yield ops
    finally:
        _InUse.ops = former
