"""An empty place says what it is for and offers the next steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.context import MessageAction
from ui.theme import Theme

TEXT_WIDTH, LEAST_WIDTH = 520, 200
MARGIN = 12


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
        self.title.setWordWrap(True)
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

    def minimumSizeHint(self) -> QSize:
        """The text gives way when room is short; the buttons do not."""
        least = super().minimumSizeHint()
        given = self.text.width() - self._theme.px(LEAST_WIDTH) if not self.text.isHidden() else 0
        buttons = sum(button.sizeHint().width() for button in self.buttons) + 8 * len(self.buttons)
        return QSize(max(least.width() - max(0, given), buttons + 2 * MARGIN), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        width = min(self._theme.px(TEXT_WIDTH), max(self._theme.px(LEAST_WIDTH), self.width() - 2 * MARGIN))
        self.text.setFixedSize(width, max(0, self.text.heightForWidth(width)))

    @Slot()
    def _restyle(self) -> None:
        self._fit_text()
        self._picture.setPixmap(self._theme.picture(self._icon, 40))
