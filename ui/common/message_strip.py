"""News above the page: one line with links, never a box."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.context import Message, MessageAction
from ui.theme import Theme

KINDS = {"info": ("info-circle", "text"), "success": ("circle-check", "ok"), "warning": ("alert-triangle", "soon"),
         "error": ("alert-circle", "bad")}  # fmt: skip


class MessageStrip(QWidget):
    """Shows the newest message until it is closed or another one comes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.message: Message | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("strip")
        self._mark = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setAccessibleName("Сообщение")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._links = QHBoxLayout()
        self._close = QToolButton()
        self._close.setAccessibleName("Закрыть сообщение")
        self._close.setToolTip("Закрыть (Esc)")
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 12, 2)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addLayout(self._links)
        row.addWidget(self._close)
        theme.changed.connect(self._restyle)
        self.hide()

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Replace what is shown."""
        self.message = message
        self._text.setText(message.text)
        self._fill_links(message.actions)
        self.setProperty("kind", message.kind)
        self._restyle()
        self.setAccessibleName(message.text)
        self.show()

    @Slot()
    def clear(self) -> None:
        """Nothing to say any more."""
        self.message = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _restyle(self) -> None:
        icon, tone = KINDS.get(self.message.kind if self.message else "info", KINDS["info"])
        self._mark.setPixmap(self._theme.picture(icon, 18, tone))
        self._close.setIcon(self._theme.icon("x", "secondary"))
        self._close.setIconSize(self._theme.icon_size(16))
        self.style().polish(self)

    def _fill_links(self, actions: tuple[MessageAction, ...]) -> None:
        while self._links.count():
            old = self._links.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for action in actions:
            link = QPushButton(action.title)
            link.setProperty("link", True)
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(partial(self._follow, action))
            self._links.addWidget(link)

    def _follow(self, action: MessageAction) -> None:
        self.clear()
        action.run()
