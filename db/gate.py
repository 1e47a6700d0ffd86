"""The gate of rights: what is done is checked here, whatever a window or a command has offered."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from typing import Protocol

from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Actor, Right, refusal_of


class Guarded(Protocol):
    """The part of a store that the gate looks at; ``actor`` is None while nobody has signed in."""

    actor: Actor | None

    def look(self) -> AbstractContextManager[sqlite3.Connection]: ...


def has_users(store: Guarded) -> bool:
    """Whether this office has users: then somebody must sign in. Users that have left count, too."""
    with store.look() as connection:
        return connection.execute("SELECT 1 FROM app_user WHERE deleted_at IS NULL LIMIT 1").fetchone() is not None


def refusal(store: Guarded, right: Right) -> str:
    """One sentence why this may not be done now, "" when it may: while an office has no users everybody may all."""
    if store.actor is None and not has_users(store):
        return ""
    return refusal_of(store.actor, right)


def require(store: Guarded, right: Right) -> None:
    """Raise UserError with that sentence."""
    if words := refusal(store, right):
        raise UserError(words)
