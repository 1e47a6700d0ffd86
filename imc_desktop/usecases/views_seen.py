"""Cards looked at and lines copied, on their way into the log of accesses. Light: every window has it at its start."""

from __future__ import annotations

import threading

from db.store import Store
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import plural
from imc_desktop.usecases.rights import refusal, require

VIEW, COPIED_OUT = "view", "copied"
BETWEEN = " "  # ids of the people seen, in ``what``
MOST_IDS = 400  # of one line; more go into the next


class Views:
    """Cards looked at, written to the log in bundles: one line for many, never one for every click."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, None] = {}  # in the order of looking
        self._lock = threading.Lock()

    def note(self, person_id: str) -> None:
        """A card was on the screen."""
        with self._lock:
            self._seen[person_id] = None

    def write(self) -> None:
        """Put what was seen since into the log, in the name of whoever saw it: before somebody else signs in."""
        with self._lock:
            seen, self._seen = list(self._seen), {}
        if not self._store.writable or refusal(self._store, Right.READ):
            return
        for start in range(0, len(seen), MOST_IDS):
            part = seen[start : start + MOST_IDS]
            self._store.log_access(VIEW, BETWEEN.join(part), count=len(part))


def note_copied(store: Store, what: str, count: int) -> None:
    """Lines of a list went to the clipboard; refused to those who may not take lists out."""
    require(store, Right.EXPORT_PEOPLE)
    if store.writable:
        store.log_access(COPIED_OUT, what, f"{what}: {count} {plural(count, 'строка', 'строки', 'строк')}", count=count)
