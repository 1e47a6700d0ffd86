"""What opens encrypted copies: the password once per working session, or the paper key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from imc_desktop.domain.errors import Problem, UserError
from imc_desktop.usecases.copies import Closed
from imc_desktop.usecases.copy_keys import identities_of, opened_by_paper, opened_by_password, unlock
from ui.common.dialog import Dialog
from ui.context import Context
from ui.copies.key_fields import rows_of, secret_line

WRONG = "Этот пароль ничего не открывает. Проверьте раскладку клавиатуры и Caps Lock."
Opened = Callable[[str], Any]


class UnlockDialog(Dialog):
    """``opened`` is what the secret gave: by ``by_password`` or, when there is a way, by ``by_paper``."""

    help_page = "keys"

    def __init__(
        self,
        ctx: Context,
        why: str,
        by_password: Opened,
        by_paper: Opened | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, "Ключ копий", "Открыть", parent)
        self.opened: Any = None
        self._by_password, self._by_paper = by_password, by_paper
        words = QLabel(why)
        words.setWordWrap(True)
        self.password = secret_line("Пароль копий")
        self.paper = QLineEdit()
        self.paper.setAccessibleName("Ключ с бумажного листа")
        self.paper.setPlaceholderText("десять групп подряд, можно с пробелами")
        self.other = QPushButton("Пароль забыт: открыть бумажным ключом")
        self.other.setProperty("link", True)
        self.other.setAutoDefault(False)
        self.other.clicked.connect(self.use_paper)
        self.other.setVisible(by_paper is not None)
        self._password_row, self._paper_row = QWidget(), QWidget()
        for box, title, line in (
            (self._password_row, "Пароль", self.password),
            (self._paper_row, "Ключ с листа", self.paper),
        ):
            rows = rows_of((title, line))
            rows.setContentsMargins(0, 0, 0, 0)
            box.setLayout(rows)
        self._paper_row.hide()
        for widget in (words, self._password_row, self._paper_row, self.other):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.password.setFocus()
        self.fit()

    @classmethod
    def ask(
        cls, parent: QWidget | None, ctx: Context, why: str, by_password: Opened, by_paper: Opened | None = None
    ) -> Any:
        """Ask until something opens; what it gave, None when the person gave up."""
        dialog = cls(ctx, why, by_password, by_paper, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.opened

    @Slot()
    def use_paper(self) -> None:
        """The paper key instead of the password."""
        self._password_row.hide()
        self.other.hide()
        self._paper_row.show()
        self.paper.setFocus()
        self.say("")
        self.grow()

    def problems(self) -> Sequence[Problem]:
        line = self.password if self.paper.isHidden() or self._paper_row.isHidden() else self.paper
        return (
            ()
            if line.text().strip()
            else (Problem("", "Введите пароль." if line is self.password else "Введите ключ."),)
        )

    def deed(self) -> None:
        by_paper = not self._paper_row.isHidden() and self._by_paper is not None
        QApplication.processEvents()  # the pressed button is painted: the password takes a moment to be tried
        if by_paper and self._by_paper is not None:
            self.opened = self._by_paper(self.paper.text())
        else:
            self.opened = self._by_password(self.password.text())
        if not self.opened:
            raise UserError("Этот ключ копию не открывает. Проверьте номер ключа на листе." if by_paper else WRONG)


def what_opens(parent: QWidget | None, ctx: Context, closed: Closed) -> tuple[str, ...]:
    """Ask for what opens an encrypted copy; () when the person gave up. The office's own key stays open."""

    def by_password(password: str) -> tuple[str, ...]:
        if ctx.store is not None and unlock(ctx.store, password):
            return identities_of(ctx.store, opened_by_password(closed, password))
        return opened_by_password(closed, password)

    found = UnlockDialog.ask(parent, ctx, str(closed), by_password, lambda text: opened_by_paper(closed, text))
    return found or ()
