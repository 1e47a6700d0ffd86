"""«Носители»: the register, and what happens to a medium from hand to hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton

from imc_desktop.usecases.carriers import (
    IN_USE,
    LOST,
    CarrierRow,
    carriers,
    delete_carrier,
    mark_found,
)
from ui.common.dialog import FormDialog
from ui.context import MessageAction
from ui.media.dialogs import CarrierDialog, back_box, destroyed_box, give_box, show_box
from ui.media.list_page import MediaList
from ui.media.state import CARRIER_COLUMNS, NO_CARRIERS, carriers_count


class CarriersPage(MediaList):
    """``lost`` names a medium that was lost: an incident is to be entered."""

    title: ClassVar[str] = "Носители"
    watches: ClassVar[frozenset[str]] = frozenset({"carrier", "incident"})
    name: ClassVar[str] = "carriers"
    columns = CARRIER_COLUMNS
    empty: ClassVar[tuple[str, str, str]] = ("device-usb", "Носителей в журнале ещё нет", NO_CARRIERS)
    lost = Signal(str)

    def first_steps(self) -> Sequence[MessageAction]:
        return (MessageAction("Записать носитель…", self.add),)

    def fill_tools(self) -> None:
        self.add_tool("plus", "Носитель", self.add, primary=True)
        self.give = self.add_tool("user", "Выдать…", partial(self._box, give_box))
        self.back = self.add_tool("arrow-back-up", "Вернуть…", partial(self._box, back_box))
        self.loss = self.add_tool("alert-triangle", "Потерян…", self._lost)
        self.more = QPushButton("Ещё  ▾")
        self.more.setAutoDefault(False)
        menu = QMenu(self.more)
        self.edit_action = menu.addAction("Изменить…")
        self.edit_action.triggered.connect(self.edit)
        self.destroyed_action = menu.addAction("Уничтожен…")
        self.destroyed_action.triggered.connect(partial(self._box, destroyed_box))
        self.found_action = menu.addAction("Найден")
        self.found_action.triggered.connect(partial(self._deed, mark_found))
        self.delete_action = menu.addAction("Удалить запись")
        self.delete_action.triggered.connect(partial(self._deed, delete_carrier))
        self.more.setMenu(menu)
        self.tools.add(self.more)
        self.add_tool("printer", "Печать", partial(self.show_paper, "carrier-register"))
        self.table.opened.connect(self.edit)
        self.table.requestedNew.connect(self.add)
        self.table.requestedEdit.connect(self.edit)

    def read(self) -> Sequence[CarrierRow]:
        return carriers(self.ctx.store)

    def count_words(self, rows: Sequence[CarrierRow]) -> str:
        return carriers_count(rows) if rows else ""

    @Slot(object)
    def allow(self, row: CarrierRow | None) -> None:
        in_use = row is not None and row.state == IN_USE
        self.give.setEnabled(in_use)
        self.back.setEnabled(row is not None and row.given)
        self.loss.setEnabled(in_use)
        self.more.setEnabled(row is not None)
        self.destroyed_action.setEnabled(in_use)
        self.found_action.setEnabled(row is not None and row.state == LOST)

    @Slot()
    def add(self) -> None:
        """A new entry."""
        show_box(CarrierDialog(self.ctx, None, self), self.told)

    @Slot()
    def edit(self, *_row: object) -> None:
        """The entry under the cursor."""
        row = self.table.current()
        if row is not None:
            show_box(CarrierDialog(self.ctx, row, self), self.told)

    def _box(self, make: Callable[..., FormDialog]) -> None:
        row = self.table.current()
        if row is not None:
            show_box(make(self.ctx, row, self), self.told)

    def _deed(self, act: Callable[..., Any]) -> None:
        row = self.table.current()
        if row is not None:
            self.do(partial(act, self.ctx.store, row.id))

    def _lost(self) -> None:
        row = self.table.current()
        if row is not None:
            self.lost.emit(row.id)
