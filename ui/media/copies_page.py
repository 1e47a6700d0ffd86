"""«Журнал копий»: which copy lies where, which key opens it, where it was proved; nothing is changed here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from imc_desktop.domain.words import plural
from imc_desktop.usecases.copy_register import CopyRow, copies
from ui.media.list_page import MediaList
from ui.media.state import COPY_COLUMNS, NO_COPIES


class CopiesPage(MediaList):
    """The log as it is."""

    title: ClassVar[str] = "Журнал копий"
    watches: ClassVar[frozenset[str]] = frozenset({"carrier", "office_key"})
    name: ClassVar[str] = "copies"
    columns = COPY_COLUMNS
    empty: ClassVar[tuple[str, str, str]] = ("files", "Копий ещё не делали", NO_COPIES)

    def fill_tools(self) -> None:
        self.add_tool("printer", "Печать", partial(self.show_paper, "copy-register"))

    def read(self) -> Sequence[CopyRow]:
        return copies(self.ctx.store)

    def count_words(self, rows: Sequence[CopyRow]) -> str:
        out = sum(row.leaves for row in rows)
        open_ones = sum(row.leaves and not row.key_id for row in rows)
        words = f"{len(rows)} {plural(len(rows), 'копия', 'копии', 'копий')}, на носителях {out}"
        return f"{words}, из них не зашифровано {open_ones}" if open_ones else words if rows else ""
