"""«Учебное восстановление»: a copy is put back for trial into a folder of its own; the office's database is left alone.

The trial database lies beside the office's own, under the same lock and key; it is removed when its window closes, and
what a killed window left is removed at the next drill.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from db.backup import Progress, contents, quiet
from db.container import read_container
from db.files import files
from db.lock import DatabaseLock
from db.migrate import upgrade_staged
from db.place import must_have_room
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.domain.words import show_date
from imc_desktop.trial import MARK

FOLDER = "учебная база"


def put_into_sandbox(copy: Path, database: Path, *, identities: Iterable[str] = (), progress: Progress = quiet) -> Path:
    """Prove a copy and put it back for trial; the trial database. Errors as a restore's, nothing is left of them."""
    container = read_container(copy)
    data = contents(container, identities, progress=lambda share, words: progress(share * 0.7, words))
    folder = database.parent / FOLDER / uuid.uuid4().hex[:8]
    path = folder / f"Учебная база от {show_date(container.manifest.made_on)}.imc"
    _drop_left(folder.parent)
    try:
        must_have_room(database, database.parent, "учебного восстановления")
        files().make_folder(folder)
        files().write_new(folder / MARK, [b""])
        files().write_new(path, [data])
        progress(0.8, "Проверяю учебную базу")
        upgrade_staged(path)
        broken = problems_of(path)
    except OSError as error:
        drop_sandbox(path)
        raise EnvironmentProblem(f"Учебная база не записана: {error.strerror or error}. Проверьте место.") from error
    except BaseException:
        drop_sandbox(path)
        raise
    if broken:
        drop_sandbox(path)
        raise UserError(f"{broken[0]} Возьмите другую копию.")
    return path


def drop_sandbox(path: Path) -> None:
    """Remove a trial database with its folder; nothing happens to a file that is none."""
    folder = path.parent
    if not (folder / MARK).exists():
        return
    with suppress(OSError):
        for one in [*(left for left in folder.iterdir() if left.name != MARK), folder / MARK]:
            files().remove(one)
        folder.rmdir()
        folder.parent.rmdir()  # stays while another one is looked at


def _drop_left(folder: Path) -> None:
    """Trial databases whose window was killed; one that is looked at now is locked by its window."""
    for mark in folder.glob(f"*/{MARK}"):
        for path in mark.parent.glob("*.imc"):
            if not _is_held(path):
                drop_sandbox(path)


def _is_held(path: Path) -> bool:
    lock = DatabaseLock(path)
    try:
        lock.acquire()
    except UserError:
        return True
    lock.release()
    return False
