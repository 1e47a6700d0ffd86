"""What stands around a table and is true for all its rows: title, organisation, day, year, provider."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of the paper and of the lines above a table; "" or None = not said.

    ``year`` is the calendar year or the year in which the named school year begins.
    """

    file: str = ""
    sheet_name: str = ""
    lines: tuple[str, ...] = ()
    as_of: str = ""
    organisation: str = ""
    year: int | None = None
    provider: str = ""

    @property
    def title(self) -> str:
        """All lines above the table as one text."""
        return " ".join(self.lines)
