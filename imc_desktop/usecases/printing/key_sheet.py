"""The sheet of the paper key: whole while the key is being made, a form without the secret ever after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop.documents.key_sheet import GROUPS, KeySheetContent, render
from imc_desktop.domain.words import show_date
from imc_desktop.exchange.sheet_out import SheetColumn, write_table
from imc_desktop.usecases.copy_keys import Draft, key_view
from imc_desktop.usecases.plan_office import paper_office
from imc_desktop.usecases.printing.common import Paper
from imc_desktop.usecases.printing.wish import Wish

KIND = "key-sheet"
_NONE = "________"


def paper(store: Store, _wish: Wish) -> Paper:
    """A form of the key in force, to write the groups in by hand: the program does not have them."""
    return _paper(_form(store))


def sheet(store: Store, wish: Wish, path: Path) -> int:
    """The same as xlsx; 0: it is no list of people."""
    content = _form(store)
    rows = [[str(number), ""] for number in range(1, GROUPS + 1)]
    title = ("Бумажный ключ копий", f"№ ключа {content.key_id}")
    columns = [SheetColumn("Группа", 10, "center"), SheetColumn("Знаки", 24)]
    write_table(path, title, columns, rows, sheet="Ключ", masked=wish.masked)
    return 0


def secret_paper(store: Store, draft: Draft, today: date) -> Paper:
    """The sheet of a key that is being made; to be printed, never kept."""
    return _paper(_content(store, draft.key_id, today.isoformat(), draft.groups))


def _form(store: Store) -> KeySheetContent:
    view = key_view(store)
    return _content(store, view.key_id or _NONE, view.made_on, ())


def _content(store: Store, key_id: str, made_on: str, groups: Sequence[str]) -> KeySheetContent:
    office = paper_office(store)
    day = show_date(made_on) if made_on else _NONE
    return KeySheetContent(office.full or " ".join(office.header), key_id, day, tuple(groups))


def _paper(content: KeySheetContent) -> Paper:
    return Paper(KIND, "Бумажный ключ копий", f"Бумажный ключ копий {content.key_id}", render(content))
