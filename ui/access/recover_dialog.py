"""A заведующий who forgot the password: the paper key of copies and a new password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.passwords import password_problems
from imc_desktop.domain.rights import Role
from imc_desktop.usecases.signing_in import Door
from ui.access.users_dialog import offer_words
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context


class RecoverDialog(FormDialog):
    """Accepted: whoever held the sheet is in. The key of copies is to be changed then."""

    help_page = "users"

    def __init__(self, ctx: Context, door: Door, parent: QWidget | None = None) -> None:
        self._door = door
        heads = [(one.id, one.name) for one in door.people(ctx.clock.today()) if one.role is Role.HEAD]
        fields = (
            Field("user", "Заведующий", "choice", choices=tuple(heads)),
            Field("sheet", "Ключ с бумажного листа", "multi", required=True, hint="все группы по порядку"),
            Field("password", "Новый пароль", required=True, hint="12 знаков или 4 слова"),
        )
        super().__init__(
            ctx, "Пароль заведующего забыт", fields, verb="Задать пароль", check=self._found, deed=self._save,
            parent=parent,
        )  # fmt: skip
        offer_words(self)
        self.form.editors["sheet"].setFocus()

    def _found(self, values: dict[str, Any]) -> Sequence[Problem]:
        return password_problems(values["password"])

    def _save(self, values: dict[str, Any]) -> None:
        self._door.recover(values["user"], values["sheet"], values["password"], self.ctx.clock.today())
