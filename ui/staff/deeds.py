"""What a person does on the tab «Кадры»: boxes, use cases, and the strip with the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.usecases import exporting
from imc_desktop.usecases.history import HistoryLine, restore_value
from imc_desktop.usecases.printing.wish import Shown, Wish
from imc_desktop.usecases.staff import PersonRow
from imc_desktop.usecases.staff_card import person_card
from imc_desktop.usecases.staff_card_views import PersonCard
from imc_desktop.usecases.staff_edit import (
    add_fact,
    add_person,
    delete_fact,
    delete_people,
    edit_fact,
    edit_person,
)
from imc_desktop.usecases.staff_input import FactInput, JobInput, PersonInput
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.common.leaving_box import write_out
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.staff.dialogs import FactDialog, PersonDialog


class StaffDeeds(QObject):
    """``made`` names a new card, so that the list can show it."""

    made = Signal(str)

    def __init__(self, owner: QWidget, ctx: Context) -> None:
        super().__init__(owner)
        self._owner, self._ctx = owner, ctx

    @Slot()
    def add(self) -> None:
        """A new card."""
        dialog = PersonDialog(self._ctx, None, self._owner)
        dialog.saved.connect(self._save_new)
        self.show_dialog(dialog)

    def edit(self, person_id: str) -> None:
        """A person's own fields."""
        person = self._person(person_id)
        if person is not None:
            dialog = PersonDialog(self._ctx, person, self._owner)
            dialog.saved.connect(partial(self._save_person, person.id))
            self.show_dialog(dialog)

    def ask_day(self, on: date, show: Callable[[str], None]) -> None:
        """Another day for the list: ``show`` is given the ISO day."""
        fields = (Field("on", "На какой день", "date", required=True),)
        dialog = FormDialog(
            self._ctx, "Список на день", fields, verb="Показать", initial={"on": on.isoformat()},
            deed=lambda values: show(values["on"]), parent=self._owner,
        )  # fmt: skip
        dialog.form.editors["on"].setFocus()
        self.show_dialog(dialog)

    @Slot(object)
    def edit_row(self, row: PersonRow) -> None:
        """The same for a line of the list."""
        self.edit(row.id)

    def fact(self, person_id: str, table: str, fact_id: str) -> None:
        """A fact of a person: a new one when ``fact_id`` is empty."""
        person = self._person(person_id)
        if person is None:
            return
        dialog = FactDialog(self._ctx, table, person, fact_id, self._owner)
        dialog.saved.connect(partial(self._save_fact, person.id, fact_id))
        dialog.removed.connect(partial(self._remove_fact, table, fact_id))
        self.show_dialog(dialog)

    def delete(self, rows: Sequence[PersonRow]) -> None:
        """Cards to the bin, without a question; the strip offers the way back."""
        self._with_way_back(partial(delete_people, self._ctx.store, [row.id for row in rows]))

    def delete_chosen(self, chosen: Callable[[], Sequence[PersonRow]]) -> None:
        """Those who are selected now, if any."""
        if rows := chosen():
            self.delete(rows)

    @Slot(object)
    def restore(self, line: HistoryLine) -> None:
        """A former value of a fact."""
        self._with_way_back(partial(restore_value, self._ctx.store, line))

    def export(self, kind: str, on: date, shown: Shown | None = None) -> None:
        """A list as xlsx, where the person says."""
        name, _ = QFileDialog.getSaveFileName(self._owner, "Список в Excel", "Список педагогов.xlsx", "Excel (*.xlsx)")
        if name:
            self.export_to(kind, Path(name), on, shown)

    def export_to(self, kind: str, path: Path, on: date, shown: Shown | None = None) -> None:
        """Write the list and say where it is; asked first when it goes to a stick."""
        write_out(
            self._owner,
            self._ctx,
            kind,
            path,
            partial(self._write, kind, path, Wish(school_year_of(on), on, shown=shown)),
        )

    def _write(self, kind: str, path: Path, wish: Wish, masked: bool) -> None:
        act = partial(exporting.export, self._ctx.store, kind, path, replace(wish, masked=masked))
        if self._ctx.attempt(act) is not FAILED:
            show = MessageAction("Открыть", partial(self._ctx.open_path, path))
            self._ctx.tell(f"Сохранено: {path.name}", "success", show)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _person(self, person_id: str) -> PersonCard | None:
        found = self._ctx.attempt(partial(person_card, self._ctx.store, person_id, self._ctx.clock.today()))
        return None if found is FAILED else found

    @staticmethod
    def show_dialog(dialog: QDialog) -> None:
        """Open a box over the window and go on."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(object)
    def _save_new(self, told: tuple[PersonInput, JobInput | None]) -> None:
        given, job = told
        self.made.emit(add_person(self._ctx.store, given, self._ctx.clock.today(), job))

    def _save_person(self, person_id: str, told: tuple[PersonInput, JobInput | None]) -> None:
        edit_person(self._ctx.store, person_id, told[0], self._ctx.clock.today())

    def _save_fact(self, person_id: str, fact_id: str, given: FactInput) -> None:
        today = self._ctx.clock.today()
        if fact_id:
            edit_fact(self._ctx.store, fact_id, given, today)
        else:
            add_fact(self._ctx.store, person_id, given, today)

    def _remove_fact(self, table: str, fact_id: str) -> None:
        self._with_way_back(partial(delete_fact, self._ctx.store, table, fact_id))

    def _with_way_back(self, act: Callable[[], Any]) -> None:
        if self._ctx.attempt(act) is not FAILED:
            label = self._ctx.store.undo_label or ""
            self._ctx.tell(label, "info", MessageAction("Отменить", self._ctx.undo))
