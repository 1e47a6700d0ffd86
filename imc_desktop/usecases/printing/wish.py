"""What is to be printed. Nothing of printing itself is imported here: lists say what they show before they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows a person sees in a list: their keys in the order of the screen, and in words what narrows the list."""

    keys: tuple[str, ...]
    words: str = ""

    def of(self, rows: Iterable[R], key: Callable[[R], str]) -> list[R]:
        """Those of the rows that are shown, in the order of the screen; a row that is gone is left out.

        Without words nothing narrows the list: rows that came since stand at its end.
        """
        known = {key(row): row for row in rows}
        shown = [known.pop(one) for one in self.keys if one in known]
        return shown if self.words else [*shown, *known.values()]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be printed: the school year, the day it is true for, draft or approved (None: as it is).

    ``subject`` names the one record a paper is about («» where there is but one), ``receiver`` to whom it goes.
    ``masked``: identifiers are hidden (sheets only). ``shown`` narrows a list to what is on the screen.
    """

    year: int
    on: date
    draft: bool | None = None
    subject: str = ""
    receiver: str = ""
    masked: bool = False
    shown: Shown | None = None

    def picked(self, rows: Iterable[R], key: Callable[[R], str]) -> list[R]:
        """The rows wished for: those of the screen in its order, else all."""
        return list(rows) if self.shown is None else self.shown.of(rows, key)

    @property
    def selection(self) -> tuple[str, ...]:
        """A line for the heading of a narrowed list; nothing for a whole one."""
        return (f"Отбор: {self.shown.words}",) if self.shown and self.shown.words else ()
