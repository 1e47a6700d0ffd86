"""Copies of the database: made and proved, checked, proved again, put back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path

from db.backup import Order, Proof, contents, make_copy, prove, quiet
from db.changes import utc_now
from db.container import ClosedCopyError, read_container
from db.files import files
from db.lock import DatabaseLock
from db.restore import stage
from db.store import Store
from db.swap import drop_stage, finish_interrupted, put_in_place
from db.verify import must_be_whole, problems_of
from db.volumes import VolumeKind, volume_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.domain.rights import Actor, Right
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.copy_facts import COPIED, local_folder
from imc_desktop.usecases.copy_keys import LOCKED, identities_of, key_view, keys_in_force
from imc_desktop.usecases.rights import require

Progress = Callable[[float, str], None]
Closed = ClosedCopyError


def copy_to(
    store: Store, folder: Path, *, today: date, now: datetime | None = None, progress: Progress = quiet
) -> Proof:
    """Make and prove a copy in a folder (a stick), encrypted when the office has a key; the deed is logged.

    UserError when the key is locked: it must be open for the proof.
    """
    require(store, Right.COPY)
    keys = keys_in_force(store)
    if keys is not None and not key_view(store).unlocked:
        raise UserError(LOCKED)
    order = Order(store.path, folder, _moment(today, now), keys, identities_of(store), above=_greatest(store))
    return _logged(store, make_copy(order, progress=progress), leaves=volume_of(folder).kind is not VolumeKind.FIXED)


def local_copy(store: Store, *, today: date, now: datetime | None = None) -> Proof:
    """A proved copy beside the database, plain as the database is, made by the program itself, whoever works."""
    folder = local_folder(store.path)
    try:
        files().make_folder(folder)
    except OSError as error:
        raise EnvironmentProblem(f"Папка копий {folder} не создаётся: {error.strerror or error}.") from error
    order = Order(store.path, folder, _moment(today, now), above=_greatest(store))
    return _logged(store, make_copy(order), leaves=False)


def verify_file(path: Path, identities: Iterable[str] = ()) -> Proof | None:
    """Prove a copy (``.imcb``), or check a database file: None when it is whole; UserError says what is broken.

    ``ClosedCopyError`` when a copy is encrypted and none of the identities opens it.
    """
    if not path.exists():
        raise UserError(f"Нет файла {path}. Проверьте имя и носитель.")
    try:
        with path.open("rb") as file:
            is_copy = file.read(2) == b"PK"
    except OSError as error:
        raise UserError(f"Файл {path.name} не читается: {error.strerror or error}. Проверьте носитель.") from error
    if is_copy:
        return prove(path, identities)
    must_be_whole(path)
    return None


def closed_or_proved(path: Path, identities: Iterable[str] = ()) -> ClosedCopyError | None:
    """Prove a copy; what is to be asked for when it is encrypted and none of the identities opens it."""
    try:
        verify_file(path, identities)
    except ClosedCopyError as closed:
        return closed
    return None


def note_proved(store: Store, backup_id: str, where: str) -> None:
    """Remember one more place where a known copy was proved; nothing for a copy this database does not know."""
    with store.outside_log() as connection:
        row = connection.exec_driver_sql(
            "SELECT verified_on FROM copy_log WHERE backup_id = ?", (backup_id,)
        ).one_or_none()
        if row is not None:
            places = [*json.loads(row[0]), where]
            connection.exec_driver_sql(
                "UPDATE copy_log SET verified_on = ?, verified_utc = ? WHERE backup_id = ?",
                (json.dumps(places, ensure_ascii=False), utc_now(), backup_id),
            )


def restore_copy(
    path: Path,
    database: Path,
    *,
    actor: Actor | None = None,
    identities: Iterable[str] = (),
    progress: Progress = quiet,
) -> Path | None:
    """Put a proved copy in the place of a database nobody has open; the former file's new place, if there was one.

    ``actor``: who had signed in to that database. One that still opens and has users asks for the right.
    """
    with DatabaseLock(database):
        finish_interrupted(database)
        _ask_for_right(database, actor)
        progress(0.0, "Читаю копию")
        container = read_container(path)
        data = contents(container, identities, progress=lambda share, words: progress(share * 0.6, words))
        progress(0.7, "Готовлю базу")
        told = container.manifest
        staged = stage(data, database, f"Возврат к копии от {show_date(told.made_on)}", path.name)
        try:
            progress(0.9, "Заменяю базу, прежняя сохраняется")
        except BaseException:
            drop_stage(staged)
            raise
        return put_in_place(staged, database)


def _moment(today: date, now: datetime | None) -> datetime:
    return (now or datetime.combine(today, time())).astimezone()


def _greatest(store: Store) -> int:
    with store.look() as connection:
        return int(
            connection.execute(
                "SELECT coalesce(max(sequence), 0) FROM copy_log WHERE rid = (SELECT replica FROM db_meta)"
            ).fetchone()[0]
        )


def _logged(store: Store, proof: Proof, *, leaves: bool) -> Proof:
    told, folder = proof.manifest, proof.path.parent
    if not store.writable:  # a database that is only looked at may be copied, but remembers nothing
        return proof
    volume = volume_of(folder)
    with store.outside_log() as connection:
        connection.exec_driver_sql(
            "INSERT INTO copy_log (backup_id, name, rid, sequence, place, leaves, volume_label, volume_serial, sha256, "
            "vector, counts, key_id, author, made_utc, verified_utc, verified_on) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                told.backup_id, proof.path.name, told.replica, told.sequence, str(folder),
                int(leaves), volume.label, volume.serial, told.payload.sha256,
                json.dumps(told.vector), json.dumps(told.counts), told.key_id,
                store.actor.name if store.actor else store.author, told.created_utc,
                datetime.now(UTC).isoformat(timespec="seconds"), json.dumps([place_words(folder)], ensure_ascii=False),
            ),
        )  # fmt: skip
    store.log_access(COPIED, proof.path.name, f"{told.made_on}|{folder}", count=told.counts.get("person", 0))
    return proof


def place_words(folder: Path) -> str:
    """What a medium is called: its label, else its number, else its folder."""
    volume = volume_of(folder)
    return volume.label or volume.serial or str(folder)


def _ask_for_right(database: Path, actor: Actor | None) -> None:
    """A broken database has nobody to ask: going back to a copy is what saves it."""
    if not database.exists() or problems_of(database):
        return
    try:
        present = Store(database, writable=False)
    except UserError:
        return
    present.actor = actor
    try:
        require(present, Right.RESTORE)
    finally:
        present.close()
