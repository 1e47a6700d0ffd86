"""Faults planted into the program on purpose: a suite that does not find them proves nothing."""

from __future__ import annotations

from collections.abc import Callable

from db import connect


def _no_sync() -> None:
    connect._SETTINGS["synchronous"] = 0


def _journal_deleted() -> None:
    """SQLite's own default: the deletion of the journal may be lost, and takes an acknowledged step with it."""
    connect._SETTINGS["journal_mode"] = "delete"


PLANTED: dict[str, Callable[[], None]] = {
    "no-sync": _no_sync,
    "journal-deleted": _journal_deleted,
}
