"""The log of accesses: who looked at whose card, printed, exported, copied, signed in; and whether its chain holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from db.chain import breaks
from db.store import Store
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import plural
from imc_desktop.exchange.sheet_out import SheetColumn, write_table
from imc_desktop.usecases.history import local_time
from imc_desktop.usecases.journal_heads import missing_heads
from imc_desktop.usecases.queries import plain
from imc_desktop.usecases.rights import require
from imc_desktop.usecases.views_seen import BETWEEN, COPIED_OUT, VIEW

EXPORT = "export"
ACTS = {
    "login": "вход",
    "logout": "выход",
    "login_failed": "неудачный вход",
    "login_refused": "отказ во входе",
    "locked": "блокировка",
    "unlocked": "снятие блокировки",
    VIEW: "просмотр карточек",
    "print": "печать",
    EXPORT: "выгрузка",
    COPIED_OUT: "копирование в буфер",
    "копия": "копия базы",
    "возврат к копии": "возврат к копии",
    "сверка": "сверка",
    "ключ копий": "ключ копий",
    "role": "смена роли",
}


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One entry. ``when`` is local time, ``act`` in words, ``count`` people (0: not told)."""

    id: int
    when: str
    author: str
    act: str
    details: str
    count: int


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What of the log is wanted; "" = all. Days are ISO and count whole, ``act`` is a key of ``ACTS``."""

    since: str = ""
    until: str = ""
    author: str = ""
    act: str = ""
    person_id: str = ""


def access_lines(store: Store, wanted: AccessFilter | None = None, limit: int = 5000) -> list[AccessLine]:
    """Entries, newest first."""
    require(store, Right.LOG)
    one = wanted or AccessFilter()
    until = (date.fromisoformat(one.until) + timedelta(days=1)).isoformat() if one.until else ""
    query = (
        "SELECT id, wall_utc, author, act, what, details, count FROM access_log WHERE (:s = '' OR wall_utc >= :s) "
        "AND (:u = '' OR wall_utc < :u) AND (:a = '' OR author = :a) AND (:t = '' OR act = :t) "
        "AND (:p = '' OR instr(what, :p)) ORDER BY id DESC LIMIT :n"
    )
    told = {"s": one.since, "u": until, "a": one.author, "t": one.act, "p": one.person_id, "n": limit}
    with store.look() as connection:
        rows = connection.execute(query, told).fetchall()
        names = _names(connection.execute("SELECT id, surname, name, patronymic FROM person").fetchall(), rows)
    return [
        AccessLine(number, local_time(when), author, ACTS.get(act, act), _details(act, what, details, names), count)
        for number, when, author, act, what, details, count in rows
    ]


def authors(store: Store) -> list[str]:
    """Names that stand in the log."""
    require(store, Right.LOG)
    with store.look() as connection:
        rows = connection.execute("SELECT DISTINCT author FROM access_log WHERE author != '' ORDER BY author")
        return [row[0] for row in rows]


def export_log(store: Store, path: Path, lines: Sequence[AccessLine], title: str) -> None:
    """Write lines as xlsx; that is logged, too."""
    require(store, Right.LOG)
    columns = (
        SheetColumn("Когда", 18),
        SheetColumn("Кто", 26),
        SheetColumn("Что", 24),
        SheetColumn("Подробно", 70),
        SheetColumn("Человек", 10, "center"),
    )
    rows = [[one.when, one.author, one.act, one.details, one.count or ""] for one in lines]
    write_table(path, (title,), columns, rows, sheet="Журнал")
    store.log_access(EXPORT, "access-log", f"{title}; {path.name}")


def chain_words(store: Store) -> tuple[bool, str]:
    """Whether every chain of the logs holds, and a sentence: how long they are, or where one breaks."""
    with store.read() as session:
        connection = session.connection()
        counts = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM txn), (SELECT count(*) FROM access_log)"
        ).one()
        found = next(breaks(plain(session)), None)
        if found is None and (missing := missing_heads(session)):
            return False, f"{missing[0]} Журнал был укорочен или заменён: вернитесь к проверенной копии."
        if found is None:
            deeds = f"{counts[0]} {plural(counts[0], 'изменение', 'изменения', 'изменений')}"
            accesses = f"{counts[1]} {plural(counts[1], 'обращение', 'обращения', 'обращений')}"
            return True, f"Цепочка журнала цела: {deeds}, {accesses}."
        table, number = found
        when, author = connection.exec_driver_sql(f"SELECT wall_utc, author FROM {table} WHERE id = ?", (number,)).one()
    what = "изменений" if table == "txn" else "обращений"
    return False, (
        f"Цепочка журнала {what} нарушена у записи № {number} от {local_time(when)} ({author}): она или соседняя "
        "изменена, вставлена или удалена. Сохраните файл базы и вернитесь к проверенной копии."
    )


def _details(act: str, what: str, details: str, names: Callable[[str], str]) -> str:
    if act == VIEW:
        return ", ".join(names(one) for one in what.split(BETWEEN))
    if act == "копия":
        day, _, place = details.partition("|")
        return f"{what}; {place}" if place else day
    return details or what


def _names(people: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> Callable[[str], str]:
    wanted = {one for row in rows if row[3] == VIEW for one in row[4].split(BETWEEN)}
    known = {row[0]: " ".join(part for part in row[1:] if part) for row in people if row[0] in wanted}
    return lambda person_id: known.get(person_id, "карточки больше нет")
