"""«Ключи копий»: which key is in force, what still opens with former ones, make, change, check the sheet, turn off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases import copy_keys
from ui.common.dialog import Dialog
from ui.common.fitting import fit_height, fitting
from ui.common.flow import Flow
from ui.context import Context
from ui.copies.key_fields import rows_of
from ui.copies.new_key_dialog import NewKeyDialog
from ui.copies.unlock_dialog import UnlockDialog
from ui.errors import FAILED, attempt, sentence_for

WIDTH = 740
NONE_YET = (
    "Ключа ещё нет: копии на флешку не шифруются, и кто найдёт флешку, прочтёт базу. Создание ключа займёт пять минут, "
    "нужен принтер или ручка."
)
TURNED_OFF = "Если отключить шифрование, следующие копии прочтёт любой, кто найдёт флешку. Это записывается в журнал."
WHY_UNLOCK = "Введите пароль копий: он нужен один раз за рабочий день."


def unlocked(parent: QWidget | None, ctx: Context, why: str = WHY_UNLOCK) -> bool:
    """Whether the key in force is open now; asks for the password when it is not. True without a key, too."""
    view = copy_keys.key_view(ctx.store)
    if not view.key_id or view.unlocked:
        return True

    def by_password(password: str) -> bool:
        return copy_keys.unlock(ctx.store, password) and copy_keys.key_view(ctx.store).unlocked

    return bool(UnlockDialog.ask(parent, ctx, why, by_password, partial(copy_keys.unlock_by_paper, ctx.store)))


class KeysDialog(QDialog):
    """Shows the keys and does what can be done with them."""

    help_page = "keys"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._sure = False
        self.setWindowTitle("Ключи копий")
        self.state, self.old, self.said = (_label() for _ in range(3))
        self.old.setObjectName("secondary")
        self.make = QPushButton()
        self.make.setProperty("primary", True)
        self.check = QPushButton("Проверить бумажный ключ…")
        self.off = QPushButton("Отключить шифрование…")
        self.close_button = QPushButton("Закрыть")
        for button, run in (
            (self.make, self.make_key),
            (self.check, self.check_sheet),
            (self.off, self.turn_off),
            (self.close_button, self.accept),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(run)
        self._lay_out()
        self.refresh()

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> None:
        """Show the box."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def make_key(self) -> None:
        """A first key, or another one in its place (the present one must be open: old copies go on opening)."""
        why = "Чтобы сменить ключ, откройте нынешний: тогда программа откроет и прежние копии."
        if unlocked(self, self.ctx, why):
            NewKeyDialog.run(self, self.ctx)
        self.refresh()

    @Slot()
    def check_sheet(self) -> None:
        """The yearly drill."""
        found = CheckSheetDialog.ask(self, self.ctx)
        if found:
            self._say(f"Лист верен: он открывает копии ключа {found}. Уберите его обратно в сейф.")

    @Slot()
    def turn_off(self) -> None:
        """The first press tells what it means, the second does it."""
        if not self._sure:
            self._sure = True
            self.off.setText("Да, отключить")
            self._say(TURNED_OFF, problem=True)
            return
        act = partial(copy_keys.turn_off, self.ctx.store, today=self.ctx.clock.today())
        if attempt(act, self._report) is not FAILED:
            self.refresh()
            self._say("Шифрование отключено.")

    def refresh(self) -> None:
        """Show what is so now."""
        self._sure = False
        view, old = copy_keys.key_view(self.ctx.store), copy_keys.copies_of_old_keys(self.ctx.store)
        if view.key_id:
            open_now = "открыт до закрытия программы" if view.unlocked else "закрыт, пароль спросим перед копией"
            self.state.setText(f"Действует ключ {view.key_id} от {show_date(view.made_on)}. Сейчас он {open_now}.")
        else:
            self.state.setText(NONE_YET)
        names = "\n".join(f"– {copy.name}, {copy.place}" for copy in old[:6])
        more = f"\n… и ещё {len(old) - 6}" if len(old) > 6 else ""
        word = plural(len(old), "копия", "копии", "копий")
        self.old.setText(f"Прежними ключами открываются {len(old)} {word}:\n{names}{more}" if old else "")
        self.old.setVisible(bool(old))
        self.make.setText("Сменить ключ…" if view.key_id else "Создать ключ…")
        self.check.setVisible(bool(view.key_id or view.retired))
        self.off.setVisible(bool(view.key_id))
        self.off.setText("Отключить шифрование…")
        self._say("")

    def _say(self, text: str, *, problem: bool = False) -> None:
        self.said.setText(text)
        self.said.setObjectName("problem" if problem else "")
        self.said.style().polish(self.said)
        self.said.setVisible(bool(text))
        fit_height(self, max(self.minimumWidth(), self.width() if self.isVisible() else 0))

    def _report(self, error: BaseException) -> None:
        sentence = sentence_for(error)
        if sentence is None:
            self.ctx.report_error(error)
        else:
            self._say(sentence, problem=True)

    def _lay_out(self) -> None:
        foot = Flow()
        foot.add(self.make, self.check, self.off)
        foot.add(self.close_button, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for label in (self.state, self.old, self.said):
            column.addWidget(label)
        column.addStretch()
        column.addLayout(foot)
        self.setMinimumWidth(fitting(self.ctx, (WIDTH, 0)).width())


class CheckSheetDialog(Dialog):
    """The whole key is typed from the sheet; ``found`` is the id of the key it belongs to."""

    help_page = "keys"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, "Проверить бумажный ключ", "Проверить", parent)
        self.found = ""
        self.text = QLineEdit()
        self.text.setAccessibleName("Ключ с бумажного листа")
        self.text.setPlaceholderText("десять групп подряд, можно с пробелами")
        words = _label()
        words.setText(
            "Достаньте лист из сейфа и введите все группы. Раз в год этого достаточно, чтобы знать: лист годен."
        )
        self.body.addWidget(words)
        self.body.addLayout(rows_of(("Ключ с листа", self.text)))
        self.body.addStretch()
        self.text.setFocus()
        self.fit()

    @classmethod
    def ask(cls, parent: QWidget | None, ctx: Context) -> str:
        """The id of the key the sheet belongs to, "" when given up."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.found

    def deed(self) -> None:
        self.found = copy_keys.check_paper(self.ctx.store, self.text.text())


def _label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
