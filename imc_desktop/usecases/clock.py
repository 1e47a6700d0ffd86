"""The clock of the computer against the database: what is said of it, what waits for it, how a person vouches for it.

The moment is that of the system itself, never a day somebody asked about.
"""

from __future__ import annotations

from db import changes
from db.gate import require
from db.store import Store
from imc_desktop.domain.clock import clock_trouble
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Right


def clock_doubt(store: Store) -> str:
    """Why the clock cannot be believed, "" when it can or when a person has vouched for it."""
    if store.clock_confirmed:
        return ""
    with store.look() as connection:
        last_seen = connection.execute("SELECT last_seen_utc FROM db_meta").fetchone()[0]
    return clock_trouble(changes.utc_now(), last_seen)


def must_trust_clock(store: Store) -> None:
    """Raise UserError while the clock is in doubt: what is approved bears a date."""
    if doubt := clock_doubt(store):
        raise UserError(f"{doubt} Пока часы под сомнением, утверждать нельзя.")


def confirm_clock(store: Store) -> None:
    """A person says that the clock is right: an earlier wrong moment is forgotten. Order never depended on it."""
    require(store, Right.EDIT)
    with store.outside_log() as connection:
        connection.exec_driver_sql("UPDATE db_meta SET last_seen_utc = ?", (changes.utc_now(),))
    store.clock_confirmed = True
