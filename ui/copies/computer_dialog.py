"""The name of this computer: copies and merges tell by it who did what where."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QWidget

from imc_desktop.usecases.computer import computer_name, name_this_computer
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context
from ui.errors import FAILED

TOLD = "Под этим именем компьютер стоит в копиях и при сверке: «Иванова, ПК-1»."


class ComputerDialog(FormDialog):
    """One short name («ПК-1»)."""

    help_page = "merge"

    @classmethod
    def run(cls, parent: QWidget, ctx: Context) -> None:
        """Ask and remember."""
        known = ctx.attempt(partial(computer_name, ctx.store))
        if known is FAILED:
            return
        fields = (Field("name", "Имя компьютера", required=True, hint="ПК-1, кабинет 12"),)
        box = cls(
            ctx, "Имя этого компьютера", fields, initial={"name": known}, parent=parent,
            deed=lambda values: name_this_computer(ctx.store, str(values["name"])),
        )  # fmt: skip
        box.body.insertWidget(0, QLabel(TOLD, wordWrap=True))
        box.fit()
        if box.exec():
            ctx.tell(f"Этот компьютер называется «{computer_name(ctx.store)}».", "success")
