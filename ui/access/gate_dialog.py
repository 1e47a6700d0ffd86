"""The door: who and which password, or, of a locked window, the PIN. It holds every other window shut."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.passwords import wait_words
from imc_desktop.usecases.signing_in import Door
from ui.access.password_field import PasswordField
from ui.context import Context
from ui.errors import FAILED, attempt, sentence_for
from ui.registry import resolve

RECOVER = "ui.access.recover_dialog:RecoverDialog"
WIDTH = 460
SECOND_MS = 1000


class GateDialog(QDialog):
    """Base: a password field, a verb that waits out its delay, a sentence when it did not fit."""

    help_page = "users"

    def __init__(self, ctx: Context, door: Door, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.door = ctx, door
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._verb_text = verb
        self.password = PasswordField(ctx.theme)
        self.password.entered.connect(self.accept)
        self.message = QLabel()
        self.message.setObjectName("problem")
        self.message.setWordWrap(True)
        self.message.hide()
        self.verb = QPushButton(verb)
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.accept)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch()
        self.foot.addWidget(self.verb)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 16)
        self.body.setSpacing(8)
        self.setFixedWidth(ctx.theme.px(WIDTH))
        self._tick = QTimer(self, interval=SECOND_MS)
        self._tick.timeout.connect(self.count_down)
        self._tick.start()

    def lay_out(self, heading: str, about: str, *fields: tuple[str, QWidget]) -> None:
        """Icon, heading, a sentence, the fields with their labels, the buttons."""
        picture = QLabel()
        picture.setPixmap(self.ctx.theme.picture("lock", 32))
        title = QLabel(heading)
        title.setObjectName("title")
        title.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(picture)
        top.addWidget(title, 1)
        self.about = QLabel(about)
        self.about.setObjectName("secondary")
        self.about.setWordWrap(True)
        self.body.addLayout(top)
        self.body.addWidget(self.about)
        self.body.addSpacing(4)
        for label, field in fields:
            words = QLabel(label)
            words.setBuddy(field)
            self.body.addWidget(words)
            self.body.addWidget(field)
        self.body.addWidget(self.message)
        self.body.addStretch()
        self.body.addLayout(self.foot)
        self.password.setFocus()

    def user_id(self) -> str:
        """Whose secret is asked for."""
        raise NotImplementedError

    def open_door(self, secret: str) -> None:
        """Try the secret; UserError says why not."""
        raise NotImplementedError

    @Slot()
    def count_down(self) -> None:
        """The verb says how long it waits."""
        seconds = self.door.wait(self.user_id())
        self.verb.setEnabled(seconds <= 0)
        self.verb.setText(f"Подождите {wait_words(seconds)}" if seconds > 0 else self._verb_text)

    @Slot()
    def accept(self) -> None:
        secret = self.password.text
        if not secret.strip():
            self.say("Введите пароль.")
            return
        done = attempt(partial(self.open_door, secret), self._failed)
        self.password.clear()
        self.count_down()
        if done is not FAILED:
            self._tick.stop()
            super().accept()

    def _failed(self, error: BaseException) -> None:
        sentence = sentence_for(error)
        if sentence is None:
            self.ctx.report_error(error)
        else:
            self.say(sentence)

    def say(self, text: str) -> None:
        """A sentence above the buttons."""
        self.message.setText(text)
        self.message.show()
        self.adjustSize()
        self.password.setFocus()


class SignInDialog(GateDialog):
    """A name of the list and its password. Closing it leaves the database shut."""

    def __init__(self, ctx: Context, door: Door, office: str, parent: QWidget | None = None) -> None:
        super().__init__(ctx, door, "Вход", "Войти", parent)
        self.names = QComboBox()
        self.names.setAccessibleName("Кто вы")
        for one in door.people(ctx.clock.today()):
            self.names.addItem(f"{one.name} — {one.role_title}", one.id)
        self.names.setCurrentIndex(max(0, self.names.findData(ctx.prefs.get("access.last", ""))))
        self.names.currentIndexChanged.connect(self.count_down)
        cancel = QPushButton("Не входить")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.foot.addWidget(cancel)
        self.lost = QPushButton("Заведующий забыл пароль…")
        self.lost.setProperty("link", True)
        self.lost.setAutoDefault(False)
        self.lost.clicked.connect(self.recover)
        self.foot.insertWidget(0, self.lost)
        self.lay_out(
            office, "Забыли пароль — заведующий даст новый.", ("Кто вы", self.names), ("Пароль", self.password)
        )
        self.count_down()

    def user_id(self) -> str:
        return str(self.names.currentData() or "")

    @Slot()
    def recover(self) -> None:
        """The way of the paper key; whoever comes back from it is in."""
        if resolve(RECOVER)(self.ctx, self.door, self).exec():
            QDialog.accept(self)

    def open_door(self, secret: str) -> None:
        actor = self.door.sign_in(self.user_id(), secret, self.ctx.clock.today())
        self.ctx.prefs.set("access.last", actor.user_id)


class UnlockDialog(GateDialog):
    """Over a locked window: only the person who locked it opens it, or somebody else signs in instead."""

    wantsOther = Signal()  # noqa: N815 - a Qt signal

    def __init__(self, ctx: Context, door: Door, actor: Any, parent: QWidget | None = None) -> None:
        super().__init__(ctx, door, "Заблокировано", "Открыть", parent)
        self._actor = actor
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        other = QPushButton("Сменить пользователя")
        other.setAutoDefault(False)
        other.clicked.connect(self.wantsOther)
        self.foot.insertWidget(0, other)
        label = "ПИН или пароль" if door.has_pin else "Пароль"
        about = "Данные скрыты. Всё, что было открыто, осталось на месте."
        self.lay_out(actor.name, about, (label, self.password))
        self.count_down()

    def user_id(self) -> str:
        return str(self._actor.user_id)

    def open_door(self, secret: str) -> None:
        self.door.unlock(secret)

    def reject(self) -> None:
        """Esc opens nothing."""
