"""What narrows a list, without Qt: words typed, and conditions shown as chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from imc_desktop.domain.words import fold

R = TypeVar("R")


class Condition(NamedTuple, Generic[R]):
    """One visible restriction: ``title`` is what the chip says."""

    key: str
    title: str
    test: Callable[[R], bool]


class SearchIndex:
    """Finds rows whose normalised string holds all typed words; a longer query searches only the previous hits."""

    def __init__(self, blobs: Sequence[str]) -> None:
        self._blobs = blobs
        self._query = ""
        self._hits: list[int] | None = None

    def find(self, text: str) -> list[int] | None:
        """Positions of the rows found, in order; None when nothing is typed (= all rows)."""
        query = fold(text)
        if not query:
            self._query, self._hits = "", None
            return None
        if query == self._query:
            return self._hits
        narrower = self._hits is not None and query.startswith(self._query)
        hits = self._hits if narrower and self._hits is not None else range(len(self._blobs))
        blobs = self._blobs
        for word in query.split():
            hits = [position for position in hits if word in blobs[position]]
        self._query, self._hits = query, list(hits)
        return self._hits


class FilterState(Generic[R]):
    """Text and conditions of one list; knows nothing of what the rows are."""

    def __init__(self) -> None:
        self.text = ""
        self._conditions: dict[str, Condition[R]] = {}

    @property
    def conditions(self) -> tuple[Condition[R], ...]:
        """Active conditions in the order they were set."""
        return tuple(self._conditions.values())

    @property
    def active(self) -> bool:
        """True when rows may be hidden."""
        return bool(self.text.strip() or self._conditions)

    def set(self, condition: Condition[R]) -> None:
        """Add a condition, replacing the one of the same key."""
        self._conditions[condition.key] = condition

    def remove(self, key: str) -> None:
        """Drop one condition; nothing happens when there is none of that key."""
        self._conditions.pop(key, None)

    def clear(self) -> None:
        """Show everything again."""
        self.text = ""
        self._conditions.clear()

    def positions(self, rows: Sequence[R], index: SearchIndex) -> list[int] | None:
        """Positions that pass text and all conditions; None = all."""
        hits = index.find(self.text)
        if not self._conditions:
            return hits
        tests = [condition.test for condition in self._conditions.values()]
        within = range(len(rows)) if hits is None else hits
        return [position for position in within if all(test(rows[position]) for test in tests)]
