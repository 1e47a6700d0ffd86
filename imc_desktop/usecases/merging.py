"""«Сверка с флешкой»: what another copy did joins this database, after it was looked at."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from db.backup import Progress, contents, quiet
from db.container import read_container
from db.files import files
from db.manifest import Manifest, describe
from db.merge import MassDeletionError, Outcome
from db.migrate import upgrade_staged
from db.place import must_have_room
from db.store import Store
from db.volumes import removable_volumes
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.copies import local_copy
from imc_desktop.usecases.copy_compare import CopyDifference, Relation, compare
from imc_desktop.usecases.copy_facts import copies_in
from imc_desktop.usecases.copy_places import folders_of
from imc_desktop.usecases.merge_conflicts import open_conflicts as cards_of
from imc_desktop.usecases.merge_views import MergeDone, MergePreview, WaitingCopy
from imc_desktop.usecases.merge_words import count_lines, duplicates, effects_of, sentences
from imc_desktop.usecases.rights import require

MERGED = "сверка"
_STAGE = "merge.part"
_DEEDS = ("Добавлено", "Изменено", "Удалено")


def preview_merge(
    store: Store, copy: Path, *, identities: Iterable[str] = (), progress: Progress = quiet
) -> MergePreview:
    """What taking a copy in would do, by doing it on a scratch copy of the database.

    UserError (``ClosedCopyError`` when it is encrypted and no identity opens it) as a proof; nothing is changed.
    """
    require(store, Right.MERGE)
    counter = store.change_counter()
    standing = _standing(store, copy)
    with _staged(store, copy, identities, progress) as (told, staged):
        source = _source(told)
        if standing.relation in (Relation.SAME, Relation.BEHIND):
            return MergePreview(copy, source, standing, (), (), (), (), 0, counter)
        progress(0.8, "Считаю, что изменится")
        with store.scratch() as trial:
            outcome, asked = _try(trial, staged)
            with trial.look() as connection:
                effects = effects_of(connection, outcome.txn_id)
                changes = sentences(connection, effects)
                notices = duplicates(connection, outcome.txn_id)
            waiting = tuple(cards_of(trial))
    counts = count_lines(*zip(_DEEDS, (outcome.added, outcome.changed, outcome.deleted), strict=True))
    return MergePreview(copy, source, standing, counts, changes, waiting, notices, asked, counter)


def merge_copy(
    store: Store,
    copy: Path,
    *,
    today: date,
    now: datetime | None = None,
    identities: Iterable[str] = (),
    deletions: int | None = None,
    counter: int | None = None,
    progress: Progress = quiet,
) -> MergeDone:
    """Take a copy in: a proved copy of this database first, then one undoable step with a protocol.

    ``deletions`` confirms a mass deletion by its number (``MassDeletionError``); ``counter`` is the preview's: a
    database that changed since is looked at anew. UserError in a sentence, and then nothing has changed.
    """
    require(store, Right.MERGE)
    if counter is not None and counter != store.change_counter():
        raise UserError("Пока вы смотрели, база изменилась. Посмотрите ещё раз, что даст сверка.")
    _standing(store, copy)
    with _staged(store, copy, identities, progress) as (told, staged):
        progress(0.6, "Делаю копию этой базы на случай возврата")
        safety = local_copy(store, today=today, now=now)
        progress(0.8, "Объединяю")
        source = _source(told)
        protocol = partial(_write_protocol, told, safety.path)
        outcome: Outcome = store.merge(f"Сверка: {source}", staged, deletions=deletions, protocol=protocol)
    if outcome.txn_id:
        store.log_access(MERGED, copy.name, _done_words(outcome))
    return MergeDone(outcome.txn_id, _done_words(outcome), outcome.conflicts)


def waiting_copies(store: Store, folders: Iterable[Path] | None = None) -> list[WaitingCopy]:
    """Copies of other computers on the sticks that are in (or in ``folders``) that know more than this database.

    By their lists of contents only; the newest of each computer.
    """
    if folders is None:
        folders = [folder for volume in removable_volumes() for folder in folders_of(volume.mount)]
    newest: dict[str, tuple[int, Path, Manifest]] = {}
    for folder in folders:
        for view in copies_in(folder):
            told = describe(view.path)
            if told is not None and told.sequence > newest.get(told.replica, (-1,))[0]:
                newest[told.replica] = (told.sequence, view.path, told)
    found = []
    for _, path, told in newest.values():
        standing = compare(store, path)
        if standing is not None and standing.relation in (Relation.AHEAD, Relation.DIVERGED):
            count = standing.found
            words = f"На флешке {count} {plural(count, 'изменение', 'изменения', 'изменений')} с {_computer(told)}"
            found.append(WaitingCopy(path, words, count))
    return sorted(found, key=lambda one: str(one.path))


@contextmanager
def _staged(store: Store, copy: Path, identities: Iterable[str], progress: Progress) -> Iterator[tuple[Manifest, Path]]:
    """The database of a copy, proved and brought up to date, in a file of its own beside the open one."""
    container = read_container(copy)
    data = contents(container, identities, progress=lambda share, words: progress(share * 0.5, words))
    for left in store.path.parent.glob(f"{store.path.name}.*.{_STAGE}*"):  # of a program that was killed
        with suppress(OSError):
            files().remove(left)
    staged = store.path.with_name(f"{store.path.name}.{uuid.uuid4().hex[:8]}.{_STAGE}")
    try:
        must_have_room(store.path, store.path.parent, "сверки")
        files().write_new(staged, [data])
        progress(0.55, "Готовлю вторую копию")
        upgrade_staged(staged)
        with suppress(OSError):
            files().remove(staged.with_name(f"{staged.name}-journal"))
        yield container.manifest, staged
    except OSError as error:
        raise EnvironmentProblem(
            f"Копия не подготовлена в папке {store.path.parent}: {error.strerror or error}. База не изменена."
        ) from error
    finally:
        with suppress(OSError):
            files().remove(staged)


def _standing(store: Store, copy: Path) -> CopyDifference:
    standing = compare(store, copy)
    if standing is None:
        raise UserError("Эта копия сделана прежней версией программы и не знает своей истории: к ней можно вернуться.")
    if standing.relation in (Relation.UNRELATED, Relation.FORKED):
        raise UserError(standing.words.splitlines()[0])
    return standing


def _try(trial: Store, staged: Path) -> tuple[Outcome, int]:
    try:
        return trial.merge("Сверка", staged), 0
    except MassDeletionError as asked:
        return trial.merge("Сверка", staged, deletions=asked.rows), asked.rows


def _write_protocol(told: Manifest, safety: Path, connection: Connection, outcome: Outcome) -> None:
    summary = {
        "made_on": told.made_on,
        "added": outcome.added,
        "changed": outcome.changed,
        "deleted": outcome.deleted,
        "transactions": outcome.transactions,
        "conflicts": outcome.conflicts,
        "safety": safety.name,
    }
    connection.exec_driver_sql(
        "INSERT INTO merge_log (txn_id, source, backup_id, replica, summary, state_sha256) "
        "VALUES (?, ?, ?, ?, ?, (SELECT hash FROM txn WHERE id = ?))",
        (
            outcome.txn_id,
            _source(told),
            told.backup_id,
            told.replica,
            json.dumps(summary, ensure_ascii=False),
            outcome.txn_id,
        ),
    )


def _source(told: Manifest) -> str:
    return f"{_computer(told)}, копия от {show_date(told.made_on)} № {told.sequence}"


def _computer(told: Manifest) -> str:
    return told.label or "другого ПК"


def _done_words(outcome: Outcome) -> str:
    if not outcome.txn_id:
        return "Новых изменений нет: другой компьютер только принял то, что сделано здесь."
    counts = count_lines(*zip(_DEEDS, (outcome.added, outcome.changed, outcome.deleted), strict=True))
    return ". ".join(counts) + "." if counts else "В списках ничего не изменилось."
