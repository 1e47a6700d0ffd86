"""«Мой пароль и ПИН»: what everybody may change for themselves, and after how many idle minutes the window locks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.passwords import password_problems, pin_problems
from imc_desktop.usecases.users import change_own_password, set_own_pin
from ui.access.idle import LEAST, MOST, USUAL
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context

MINUTES = "access.minutes"


class OwnDialog(FormDialog):
    """A blank new password or PIN leaves the present one."""

    help_page = "users"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        fields = (
            Field("present", "Пароль сейчас", hint="нужен для смены пароля и ПИН"),
            Field("password", "Новый пароль", hint="12 знаков или 4 слова; пусто — не менять"),
            Field("again", "Новый пароль ещё раз"),
            Field("pin", "ПИН для разблокировки", hint="6 цифр; пусто — не менять"),
            Field("minutes", "Блокировать через, минут", "number"),
        )
        initial = {"minutes": ctx.prefs.get(MINUTES, USUAL)}
        super().__init__(
            ctx, "Мой пароль и ПИН", fields, initial=initial, check=self._found, deed=self._save, parent=parent
        )
        for key in ("present", "password", "again", "pin"):
            editor = self.form.editors[key]
            if isinstance(editor, QLineEdit):
                editor.setEchoMode(QLineEdit.EchoMode.Password)

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> None:
        """Show the form."""
        dialog = cls(ctx, parent)
        if dialog.exec():
            ctx.tell("Сохранено.", "success")
        dialog.deleteLater()

    def _found(self, values: dict[str, Any]) -> Sequence[Problem]:
        found = []
        if values["password"]:
            found += password_problems(values["password"])
            if values["again"] != values["password"]:
                found.append(Problem("again", "Пароли не совпадают."))
        found += pin_problems(values["pin"])
        if (values["password"] or values["pin"]) and not values["present"]:
            found.append(Problem("present", "Введите пароль, который действует сейчас."))
        if not values["minutes"] or not LEAST <= values["minutes"] <= MOST:
            found.append(Problem("minutes", f"От {LEAST} до {MOST} минут."))
        return found

    def _save(self, values: dict[str, Any]) -> None:
        store = self.ctx.store
        if values["pin"]:
            set_own_pin(store, values["present"], values["pin"])
        if values["password"]:
            change_own_password(store, values["present"], values["password"])
        self.ctx.prefs.set(MINUTES, int(values["minutes"]))
