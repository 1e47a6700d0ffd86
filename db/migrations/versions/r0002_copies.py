"""Transactions and accesses get names that hold in every copy; users, keys, media; what merging needs."""

from pathlib import Path
from sqlite3 import Connection

from alembic import op

from db.chain import access_hash, body_hash, chain_hash, previous_hash
from db.connect import plain

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add tables and columns, number what is there per replica and chain it anew."""
    script = Path(__file__).with_name("r0002_copies.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute("UPDATE txn SET lamport = id, n = (SELECT count(*) FROM txn t WHERE t.rid = txn.rid AND t.id <= txn.id)")
    op.execute("UPDATE txn SET salt = rid || ':' || n")  # the same on every computer: two copies must stay one history
    op.execute("UPDATE db_meta SET lamport = (SELECT coalesce(max(id), 0) FROM txn)")
    op.execute("UPDATE access_log SET rid = (SELECT replica FROM db_meta), n = id")
    op.execute("CREATE UNIQUE INDEX ix_txn_rid_n ON txn (rid, n)")
    op.execute("CREATE UNIQUE INDEX ix_access_log_rid_n ON access_log (rid, n)")
    _chain_anew(plain(op.get_bind()))


def _chain_anew(connection: Connection) -> None:
    # Whoever changes the form of the chain later chains anew in the revision that does it.
    steps = connection.execute("SELECT id, rid, n, salt, after_seq, last_seq FROM txn ORDER BY id").fetchall()
    for txn_id, rid, number, salt, after, last in steps:
        body = body_hash(connection, salt, after, last)
        connection.execute("UPDATE txn SET body = ? WHERE id = ?", (body, txn_id))
        chained = chain_hash(connection, txn_id, previous_hash(connection, "txn", rid, number))
        connection.execute("UPDATE txn SET hash = ? WHERE id = ?", (chained, txn_id))
    for entry, rid, number in connection.execute("SELECT id, rid, n FROM access_log ORDER BY id").fetchall():
        chained = access_hash(connection, entry, previous_hash(connection, "access_log", rid, number))
        connection.execute("UPDATE access_log SET hash = ? WHERE id = ?", (chained, entry))
