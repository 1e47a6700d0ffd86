"""Two copies become one: the union of their logs, and the tables as the united log says.

The log decides everything (see ``db.heads``), so taking in is commutative, associative and idempotent by its nature.
New transactions of the other copy are appended in its own order, in which causes stand before effects, under their own
names (replica, number). A field then shows its change with the greatest (lamport, replica, number, place); a field with
several heads of different values is a conflict and waits for a person. A row deleted there and changed here (or the
other way round) stays, and waits as well. Called inside one writing transaction with the other copy as ``theirs``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from db.chain import breaks
from db.connect import plain
from db.merge_apply import Effects, apply_fields, apply_rows, settle_marks
from imc_desktop.domain.errors import UserError

FEW_DELETIONS = 50
GUARDED = frozenset({"app_user", "office_key"})
_SHARE_OF_DELETIONS = 10  # one in ten of a table's rows
_ALWAYS_ALLOWED = 5  # of a small table that is nothing unusual


@dataclass(frozen=True, slots=True)
class Incoming:
    """What the other copy did that this one has not seen: the first new local numbers, and how much."""

    first_txn: int
    after_seq: int
    transactions: int
    changes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge did: per table rows that appeared, changed and went; conflicts found; its transaction (0: none)."""

    txn_id: int
    transactions: int
    changes: int
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    conflicts: int = 0


class MassDeletionError(UserError):
    """More rows would be deleted than a person would expect; ``rows`` must be confirmed to go on."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"После сверки исчезнет строк: {rows}. Если так и задумано, введите это число и повторите.")
        self.rows = rows


def fetch(connection: Connection) -> Incoming:
    """Bring the other copy's unseen transactions, accesses and files into the log; UserError when they do not fit."""
    _refuse_strangers(connection)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    _fetch_replicas(connection)
    first, after = _number_incoming(connection)
    run = connection.exec_driver_sql
    run(
        "INSERT INTO main.txn (id, rid, label, kind, reverts, author, wall_utc, clock_ok, after_seq, last_seq, hash, "
        "n, lamport, user_id, salt, body) SELECT i.ours, t.rid, t.label, t.kind, coalesce(r.ours, k.id), t.author, "
        "t.wall_utc, t.clock_ok, i.after_seq, i.last_seq, t.hash, t.n, t.lamport, t.user_id, t.salt, t.body "
        "FROM temp.incoming i JOIN theirs.txn t ON t.id = i.theirs LEFT JOIN temp.incoming r ON r.theirs = t.reverts "
        "LEFT JOIN theirs.txn b ON b.id = t.reverts LEFT JOIN main.txn k ON k.rid = b.rid AND k.n = b.n ORDER BY i.ours"
    )
    run(
        "INSERT INTO temp.change_map SELECT c.seq, i.after_seq + c.seq - t.after_seq FROM temp.incoming i "
        "JOIN theirs.txn t ON t.id = i.theirs JOIN theirs.change c ON c.seq > t.after_seq AND c.seq <= t.last_seq"
    )
    run(
        "INSERT INTO main.change (seq, txn_id, tbl, row_id, field, before, after, parent) "
        f"SELECT m.ours, i.ours, c.tbl, c.row_id, c.field, c.before, c.after, {_parent('c.parent')} "
        "FROM temp.change_map m JOIN theirs.change c ON c.seq = m.theirs "
        "JOIN temp.incoming i ON i.theirs = c.txn_id ORDER BY m.ours"
    )
    run(
        f"INSERT INTO main.change_parent (seq, parent) SELECT m.ours, {_parent('e.parent')} "
        "FROM temp.change_map m JOIN theirs.change_parent e ON e.seq = m.theirs"
    )
    _fetch_unjournalled(connection)
    run(
        "UPDATE db_meta SET lamport = max(lamport, (SELECT coalesce(max(lamport), 0) FROM txn)), "
        "last_seen_utc = max(last_seen_utc, (SELECT last_seen_utc FROM theirs.db_meta))"
    )
    if next(breaks(plain(connection), first - 1, after), None) is not None:
        raise UserError("Журнал второй копии не сходится: сверка отменена. Возьмите другую копию.")
    transactions = run("SELECT count(*) FROM temp.incoming").scalar_one()
    if not transactions:
        raise UserError("В этой копии нет ничего нового: сверять нечего.")
    changes = run("SELECT count(*) FROM temp.change_map").scalar_one()
    return Incoming(first, after, transactions, changes)


def take_in(
    connection: Connection, incoming: Incoming, txn_id: int, *, deletions: int | None = None, guard: str = ""
) -> Outcome:
    """Bring the tables to what the united log says; remember what changed here and what people must decide.

    ``deletions`` confirms a mass deletion by its number of rows (``MassDeletionError`` tells it). ``guard`` is the
    sentence why whoever merges may not change users and keys, "" when they may: another computer's log can be written
    by hand, so nobody becomes a user by it behind the back of who answers for users.
    """
    effects = Effects()
    with settle_marks(connection):
        apply_rows(connection, incoming.after_seq, effects)
        conflicts = apply_fields(connection, incoming.after_seq, txn_id, effects)
    if guard and any(table in GUARDED for table, *_ in effects.rows):
        raise UserError(f"В копии изменены пользователи или ключ копий. {guard}")
    _refuse_mass_deletion(connection, effects, deletions)
    effects.remember(connection, txn_id)
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO conflict (row_id, field, tbl, txn_id) SELECT row_id, field, tbl, ? FROM temp.opened",
        (txn_id,),
    )
    broken = connection.exec_driver_sql("PRAGMA main.foreign_key_check").first()
    if broken is not None:
        raise UserError(f"После сверки в таблице {broken[0]} осталась бы ссылка в никуда: сверка отменена.")
    added, changed, deleted = effects.per_table()
    return Outcome(txn_id, incoming.transactions, incoming.changes, added, changed, deleted, conflicts)


def _refuse_strangers(connection: Connection) -> None:
    run = connection.exec_driver_sql
    if run("SELECT o.db_id = t.db_id FROM main.db_meta o, theirs.db_meta t").scalar() != 1:
        raise UserError("Это копия другой базы: сверить можно только копии одной и той же базы кабинета.")
    forked = run(
        "SELECT o.rid FROM main.txn o JOIN theirs.txn t ON t.rid = o.rid AND t.n = o.n WHERE o.hash <> t.hash LIMIT 1"
    ).scalar()
    if forked is not None:
        raise UserError(
            "Обе копии писали под одним именем и разошлись (файл базы копировали вручную). Сверка не сделана, обе "
            "копии целы. Откройте вторую копию на её компьютере, сделайте там копию (меню ⋮) и сверьте с ней."
        )


def _fetch_replicas(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT OR IGNORE INTO main.replica SELECT * FROM theirs.replica")
    connection.exec_driver_sql(
        "UPDATE main.replica SET label = t.label, install_id = t.install_id FROM theirs.replica t, theirs.db_meta m, "
        "main.db_meta o WHERE t.rid = m.replica AND main.replica.rid = t.rid AND t.rid <> o.replica"
    )


def _number_incoming(connection: Connection) -> tuple[int, int]:
    """Fill ``temp.incoming``: their transaction, its number here, and the sequences its changes get here."""
    run = connection.exec_driver_sql
    for table, columns in (
        ("incoming", "theirs INTEGER PRIMARY KEY, ours INTEGER, after_seq INTEGER, last_seq INTEGER"),
        ("change_map", "theirs INTEGER PRIMARY KEY, ours INTEGER"),
        ("opened", "row_id TEXT, field TEXT, tbl TEXT, PRIMARY KEY (row_id, field)"),
    ):
        run(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
        run(f"DELETE FROM temp.{table}")
    first = run("SELECT coalesce(max(id), 0) + 1 FROM main.txn").scalar_one()
    after = run("SELECT coalesce(max(seq), 0) FROM main.change").scalar_one()
    rows = run(
        "SELECT t.id, t.last_seq - t.after_seq FROM theirs.txn t LEFT JOIN main.txn o ON o.rid = t.rid AND o.n = t.n "
        "WHERE o.id IS NULL ORDER BY t.id"
    ).all()
    seq = after
    numbered = []
    for number, (theirs, size) in enumerate(rows, first):
        numbered.append((theirs, number, seq, seq + size))
        seq += size
    if numbered:
        run("INSERT INTO temp.incoming VALUES (?, ?, ?, ?)", numbered)
    return first, after


def _parent(column: str) -> str:
    """Their sequence of a parent as ours: of what comes in now, else of what was known here under its name."""
    return (
        f"coalesce((SELECT p.ours FROM temp.change_map p WHERE p.theirs = {column}), "
        "(SELECT k.after_seq + pc.seq - pt.after_seq FROM theirs.change pc JOIN theirs.txn pt ON pt.id = pc.txn_id "
        f"JOIN main.txn k ON k.rid = pt.rid AND k.n = pt.n WHERE pc.seq = {column}))"
    )


def _fetch_unjournalled(connection: Connection) -> None:
    run = connection.exec_driver_sql
    run("INSERT OR IGNORE INTO main.stored_file SELECT * FROM theirs.stored_file")
    run("INSERT OR IGNORE INTO main.copy_log SELECT * FROM theirs.copy_log")
    columns = "wall_utc, author, act, what, details, rid, n, count, hash"
    run(
        f"INSERT INTO main.access_log ({columns}) SELECT {columns} FROM theirs.access_log t WHERE NOT EXISTS "
        "(SELECT 1 FROM main.access_log o WHERE o.rid = t.rid AND o.n = t.n) ORDER BY t.id"
    )


def _refuse_mass_deletion(connection: Connection, effects: Effects, confirmed: int | None) -> None:
    rows = len(effects.gone)
    if rows == confirmed:
        return
    per_table: dict[str, int] = {}
    for table, _ in effects.gone:
        per_table[table] = per_table.get(table, 0) + 1
    many = rows > FEW_DELETIONS
    for table, count in per_table.items():
        left = connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL").scalar_one()
        many = many or (count > _ALWAYS_ALLOWED and count * _SHARE_OF_DELETIONS > left + count)
    if many:
        raise MassDeletionError(rows)
