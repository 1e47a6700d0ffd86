"""An empty place says what it is for and offers the next steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.context import MessageAction
from ui.theme import Theme

TEXT_WIDTH = 520


class EmptyState(QWidget):
    """Icon, one sentence, at most three buttons; the first one is the filled one."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str = "",
        actions: Sequence[MessageAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.help_page = ""
        self._theme = theme
        self._icon = icon
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title = QLabel(title, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title.setObjectName("bigtitle")
        self.text = QLabel(text, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.text.setObjectName("secondary")
        self.text.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for number, action in enumerate(actions):
            button = QPushButton(action.title)
            button.setProperty("primary", number == 0)
            button.clicked.connect(action.run)
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        if self.buttons:
            self.setFocusProxy(self.buttons[0])
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self.title)
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)
        self.text.setVisible(bool(text))
        theme.changed.connect(self._restyle)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        width = self._theme.px(TEXT_WIDTH)
        self.text.setFixedSize(width, max(0, self.text.heightForWidth(width)))
        self._picture.setPixmap(self._theme.picture(self._icon, 40))
