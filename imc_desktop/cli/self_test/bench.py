"""What the steps of the self-test share: a folder that goes away afterwards, the invented district in it, failing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.store import Store

ON = date(2026, 11, 20)


class StepFailedError(Exception):
    """A step gave something else than it must; the text says what, in Russian."""


def must(condition: bool, otherwise: str) -> None:
    """Fail the step with a sentence."""
    if not condition:
        raise StepFailedError(otherwise)


class Bench:
    """The district's steps share one temporary database; ``keep`` hands it a store that stays open between steps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "проверка.imc"
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = Store(self.database)
        return self._store

    def keep(self, store: Store) -> None:
        """Go on with this store."""
        self._store = store

    def close(self) -> None:
        """Let go of the database."""
        if self._store is not None:
            self._store.close()
            self._store = None
