"""One program per database: an operating-system lock on a side file, which dies with the process."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from db.place import LookOnlyError, must_be_local, must_be_writable
from imc_desktop.domain.errors import UserError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class DatabaseLock:
    """Held while a program may write to ``path``; readers need none. Use as a context manager or acquire/release."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}.lock")
        self._database = path.name
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock; UserError names the holder, WrongPlaceError and LookOnlyError say why nobody may write."""
        database = self._path.with_name(self._database)
        must_be_local(database)
        if database.exists():
            must_be_writable(database)
        try:
            file = self._path.open("a+b", buffering=0)
        except OSError as error:
            raise LookOnlyError(
                f"В папке базы {self._database} нельзя создать файл: {error.strerror}. Проверьте права на папку."
            ) from error
        if not _lock(file):
            file.close()
            raise UserError(f"База {self._database} уже открыта{self._holder()}. Закройте окно программы и повторите.")
        # The first byte is the locked one (Windows locks bytes for readers as well); the holder's name follows it.
        with suppress(OSError):  # a full disk: the lock holds without a name as well
            file.truncate(0)
            file.write(b"\n" + f"{os.getpid()} {platform.node()}".encode())
        self._file = file

    def release(self) -> None:
        """Let go; the side file stays, its content means nothing without the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _holder(self) -> str:
        try:
            with self._path.open("rb") as file:
                file.seek(1)
                words = file.read(200).decode("utf-8", "replace").split()
        except OSError:
            return ""
        return f" другой программой (процесс {words[0]}, компьютер {words[1]})" if len(words) == 2 else ""

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
