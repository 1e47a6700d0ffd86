"""Faults planted into the program on purpose: a suite that does not find them proves nothing."""

from __future__ import annotations

from collections.abc import Callable

from db import connect, files


def _no_sync() -> None:
    connect._SETTINGS["synchronous"] = 0


def _journal_deleted() -> None:
    """SQLite's own default: the deletion of the journal may be lost, and takes an acknowledged step with it."""
    connect._SETTINGS["journal_mode"] = "delete"


def _no_folder_sync() -> None:
    """The new name of a copy is not on the medium when the person is told that it is."""
    files.FileOps.sync_folder = lambda _self, _folder: None  # type: ignore[method-assign]


PLANTED: dict[str, Callable[[], None]] = {
    "no-sync": _no_sync,
    "journal-deleted": _journal_deleted,
    "no-folder-sync": _no_folder_sync,
}
