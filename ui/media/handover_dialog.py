"""«Передача дел»: who leaves, who takes over, on which day; the act is shown to be looked through and printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.usecases.handover import known_names
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context
from ui.preview.window import PaperWish, show_preview

ABOUT = (
    "Программа соберёт по имени всё, за что человек отвечает: мероприятия планов, объединения, носители, копии, "
    "учётную запись и ключи. Имя пишется так, как оно стоит в плане."
)


class HandoverDialog(FormDialog):
    """Nothing is changed: the act is made from the data."""

    help_page = "users"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        names = tuple(known_names(ctx.store))
        fields = (
            Field("who", "Кто сдаёт дела", required=True, suggestions=names, hint="Иванова М. П."),
            Field("receiver", "Кто принимает", suggestions=names, hint="можно вписать от руки"),
            Field("on", "На какой день", "date", required=True),
        )
        super().__init__(
            ctx, "Передача дел", fields, verb="Показать акт", initial={"on": ctx.clock.today().isoformat()},
            deed=self._show, parent=parent,
        )  # fmt: skip
        about = QLabel(ABOUT, wordWrap=True)
        about.setObjectName("secondary")
        self.body.insertWidget(0, about)
        self.fit()

    @classmethod
    def run(cls, parent: QWidget, ctx: Context) -> HandoverDialog:
        """Open the box over the window."""
        box = cls(ctx, parent)
        box.open()
        return box

    def _show(self, values: dict[str, Any]) -> Any:
        on = date.fromisoformat(values["on"])
        wish = PaperWish("handover", school_year_of(on), on, values["who"], values["receiver"])
        owner = self.parentWidget() or self
        return show_preview(owner, self.ctx, wish)
