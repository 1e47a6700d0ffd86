"""The hash chains of the log: one per replica, over all that a transaction or an access says, free of local numbers.

A transaction's ``body`` is the salted hash of its changes in an order and with names (replica, number, place) that are
the same in every copy; its ``hash`` chains the body and the head of the entry to the replica's transaction before. So
the chain of another computer is checked here as it was there, and a value erased by law leaves the chain whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

_CHUNK = 20_000

# A change named for every copy: replica, number of the transaction, place in it.
_NAME = "t.rid || ':' || t.n || ':' || (p.seq - t.after_seq)"
_PARENTS = (
    f"(SELECT {_NAME} FROM change p JOIN txn t ON t.id = p.txn_id WHERE p.seq = c.parent) || "
    f"coalesce((SELECT ',' || group_concat(name, ',') FROM (SELECT {_NAME} AS name FROM change_parent e "
    "JOIN change p ON p.seq = e.parent JOIN txn t ON t.id = p.txn_id WHERE e.seq = c.seq ORDER BY name)), '')"
)
# A NULL stands as one control character, so NULL and "" differ; another one ends each change.
_CHANGE = (
    "(c.seq - o.after_seq) || char(31) || c.tbl || char(31) || c.row_id || char(31) || c.field || char(31) || "
    "coalesce(c.before, char(30)) || char(31) || coalesce(c.after, char(30)) || char(31) || "
    f"CASE WHEN c.parent IS NULL THEN '' ELSE coalesce({_PARENTS}, '?') END || char(29)"
)
_BODY = (  # group_concat joins in C
    f"SELECT group_concat({_CHANGE}, '') FROM (SELECT * FROM change WHERE seq > :f AND seq <= :t ORDER BY seq) c, "
    "(SELECT :a AS after_seq) o"
)
_LATER = (
    f"SELECT o.id, {_CHANGE} FROM change c JOIN txn o ON o.id = c.txn_id "
    "WHERE c.seq > :s AND o.salt <> '' ORDER BY c.seq"
)
_HEAD = (
    "SELECT rid || char(31) || n || char(31) || lamport || char(31) || kind || char(31) || label || char(31) || "
    "author || char(31) || user_id || char(31) || wall_utc || char(31) || clock_ok || char(31) || body "
    "FROM txn WHERE id = :i"
)
_ENTRY = (
    "SELECT rid || char(31) || n || char(31) || wall_utc || char(31) || author || char(31) || act || char(31) || "
    "what || char(31) || details || char(31) || count FROM access_log WHERE id = :i"
)


def body_hash(connection: Connection, salt: str, after: int, last: int) -> str:
    """SHA-256 of the salt and of every change with ``after < seq <= last``, in the order of writing."""
    digest = hashlib.sha256(salt.encode())
    for start in range(after, last, _CHUNK):
        found = connection.execute(_BODY, {"a": after, "f": start, "t": min(start + _CHUNK, last)}).fetchone()
        digest.update((found[0] or "").encode())
    return digest.hexdigest()


def chain_hash(connection: Connection, txn_id: int, previous: str) -> str:
    """SHA-256 of the replica's transaction before and of this one's head, its body hash included."""
    return _chained(connection.execute(_HEAD, {"i": txn_id}).fetchone()[0], previous)


def access_hash(connection: Connection, entry_id: int, previous: str) -> str:
    """The same for an entry of the access log."""
    return _chained(connection.execute(_ENTRY, {"i": entry_id}).fetchone()[0], previous)


def previous_hash(connection: Connection, table: str, rid: str, number: int) -> str:
    """Hash of the replica's entry before ``number``; "" at the first."""
    found = connection.execute(f"SELECT hash FROM {table} WHERE rid = ? AND n = ?", (rid, number - 1)).fetchone()
    return found[0] if found else ""


def breaks(connection: Connection, after_txn: int = 0, after_seq: int = 0) -> Iterator[tuple[str, int]]:
    """Where a chain does not hold: («txn» or «access_log», local id) of every entry that is not what was written.

    ``after_txn`` and ``after_seq`` leave out what is known to be whole (it still counts as what came before). Cut tails
    cannot be seen from inside: heads go into every copy and onto approved papers for that.
    """
    bodies = _bodies(connection, after_seq)
    heads: dict[str, tuple[int, str]] = {}
    query = "SELECT id, rid, n, salt, body, hash FROM txn ORDER BY rid, n"
    for txn_id, rid, number, salt, body, stored in connection.execute(query).fetchall():
        known, previous = heads.get(rid, (0, ""))
        heads[rid] = (number, stored)
        if txn_id <= after_txn:
            continue
        if (
            number != known + 1
            or (salt and bodies.get(txn_id, hashlib.sha256(salt.encode())).hexdigest() != body)
            or chain_hash(connection, txn_id, previous) != stored
        ):
            yield "txn", txn_id
    if after_txn == 0:
        yield from _broken_accesses(connection)


def _bodies(connection: Connection, after_seq: int) -> dict[int, Any]:
    """Transaction → the digest of its body, in one pass over the changes."""
    query = "SELECT id, salt FROM txn WHERE last_seq > ?"
    salts: dict[int, str] = dict(connection.execute(query, (after_seq,)))
    digests: dict[int, Any] = {}
    for txn_id, change in connection.execute(_LATER, {"s": after_seq}):
        digest = digests.get(txn_id)
        if digest is None:
            digest = digests[txn_id] = hashlib.sha256(salts[txn_id].encode())
        digest.update(change.encode())
    return digests


def _broken_accesses(connection: Connection) -> Iterator[tuple[str, int]]:
    heads: dict[str, tuple[int, str]] = {}
    query = "SELECT id, rid, n, hash FROM access_log ORDER BY rid, n"
    for entry_id, rid, number, stored in connection.execute(query).fetchall():
        known, previous = heads.get(rid, (0, ""))
        heads[rid] = (number, stored)
        if number != known + 1 or access_hash(connection, entry_id, previous) != stored:
            yield "access_log", entry_id


def _chained(head: str, previous: str) -> str:
    return hashlib.sha256(f"{previous}\x1f{head}".encode()).hexdigest()
