"""The foot of the window: what was saved last, the running job, the age of the last proved copy, who works."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ui.common.elided_label import ElidedLabel
from ui.common.progress import ProgressLine
from ui.common.toned import set_tone
from ui.context import Context


class StatusBar(QWidget):
    """Left: «Сохранено 10:42 · …» after each change; right: copies and person."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.saved = ElidedLabel()
        self.progress = ProgressLine(ctx.jobs, ctx.theme)
        self.conflicts = QPushButton()
        self.conflicts.setProperty("link", True)
        self.conflicts.setToolTip("Разобрать расхождения копий")
        self.conflicts.hide()
        self.copy = QLabel()
        self.who = QLabel(ctx.who)
        self.lock = QToolButton()
        self.lock.setToolTip("Заблокировать (Ctrl+L)")
        self.lock.setAccessibleName("Заблокировать")
        self.lock.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(24)
        row.addWidget(self.saved, 1)
        for widget in (self.progress, self.conflicts, self.copy, self.who, self.lock):
            row.addWidget(widget)
        ctx.bus.changed.connect(self._on_changed)
        ctx.theme.changed.connect(self._restyle)
        self._restyle()

    def set_copy(self, text: str, tone: str = "secondary") -> None:
        """Say how old the last proved copy is; ``tone`` is ok, soon, bad or secondary."""
        self.copy.setText(text)
        set_tone(self.copy, tone)

    def set_conflicts(self, count: int) -> None:
        """Say how many conflicts of copies wait; nothing while there is none."""
        self.conflicts.setText(f"≠ Расхождений: {count}")
        self.conflicts.setAccessibleName(self.conflicts.text())
        set_tone(self.conflicts, "soon")
        self.conflicts.setVisible(bool(count))

    def set_who(self, text: str) -> None:
        """Say in whose name changes are written."""
        self.who.setText(text)

    def forget(self) -> None:
        """Another database: nothing has been saved in it yet."""
        self.saved.clear()
        self.saved.setToolTip("")
        self.conflicts.hide()
        self.copy.clear()
        self.who.clear()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        text = f"Сохранено {self._ctx.clock.now():%H:%M} · {change.label}"
        self.saved.setText(text)
        self.saved.setToolTip(text)

    @Slot()
    def _restyle(self) -> None:
        self.setFixedHeight(self._ctx.theme.px(26))
        self.lock.setIcon(self._ctx.theme.icon("lock", "secondary"))
        self.lock.setIconSize(self._ctx.theme.icon_size(14))
