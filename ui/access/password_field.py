"""A field for a password: hidden letters that can be shown, with a word about the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ui.theme import Theme

CAPS = "Включён Caps Lock"


class PasswordField(QWidget):
    """``text`` is what was typed; the hint says RU or EN and whether Caps Lock is on."""

    entered = Signal()

    def __init__(self, theme: Theme, name: str = "Пароль", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName(name)
        self.edit.returnPressed.connect(self.entered)
        self.edit.installEventFilter(self)
        self.show_letters = QToolButton()
        self.show_letters.setCheckable(True)
        self.show_letters.setIcon(theme.icon("eye"))
        self.show_letters.setToolTip("Показать буквы")
        self.show_letters.setAccessibleName("Показать буквы")
        self.show_letters.toggled.connect(self._show)
        self.layout_hint = QLabel()
        self.layout_hint.setObjectName("secondary")
        self.layout_hint.setFixedWidth(theme.px(24))
        self.caps_hint = QLabel(CAPS)
        self.caps_hint.setObjectName("problem")
        self.caps_hint.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.edit, self.layout_hint, self.show_letters):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.caps_hint)
        self.setFocusProxy(self.edit)
        QGuiApplication.inputMethod().localeChanged.connect(self._say_layout)
        self._say_layout()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Take the letters away."""
        self.edit.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._hear(event)
        return super().eventFilter(watched, event)

    def _hear(self, event: QKeyEvent) -> None:
        """A letter tells more of the keyboard than the system does."""
        letter = event.text()
        if len(letter) != 1 or not letter.isalpha():
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.caps_hint.setVisible(letter.isupper() is not shift)
        self.layout_hint.setText("EN" if letter.isascii() else "RU")

    @Slot()
    def _say_layout(self) -> None:
        code = QGuiApplication.inputMethod().locale().name()[:2]
        self.layout_hint.setText({"ru": "RU", "kk": "KZ", "en": "EN"}.get(code, ""))

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
