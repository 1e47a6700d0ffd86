"""From captions of columns to fields: the vocabulary first, then neighbours and the shape of the values."""

from __future__ import annotations

from dataclasses import dataclass

from imc_desktop.domain.papers import Column
from imc_desktop.exchange.grid import Cell
from imc_desktop.exchange.headings import Guess, Vocabulary


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a column. ``part``/``parts``: one heading merged over several columns.

    ``values`` are samples from under it, ``share`` tells how full the column is.
    """

    index: int
    own: str
    group: str = ""
    part: int = 0
    parts: int = 1
    values: tuple[Cell, ...] = ()
    share: float = 0.0

    @property
    def heading(self) -> str:
        """Group and own caption as a person would read them."""
        return f"{self.group} {self.own}".strip()


def resolve_columns(captions: tuple[Caption, ...], vocabulary: Vocabulary) -> tuple[Column, ...]:
    """Columns with fields guessed by the vocabulary (of one kind or of all)."""
    guesses: list[Guess] = [vocabulary.guess(one.own, one.group) if one.own else Guess("", 0.0) for one in captions]
    return tuple(
        Column(one.index, one.heading, guess.field, tuple(str(value) for value in one.values[:4]))
        for one, guess in zip(captions, guesses, strict=True)
    )
