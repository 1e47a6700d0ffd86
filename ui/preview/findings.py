"""What stands in the way of printing: a list beside the plan, every finding leads to its item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from imc_desktop.domain.errors import Problem, Severity
from ui.common.kept_icon import KeptIcon
from ui.common.kept_size import KeptSize
from ui.common.toned import set_tone
from ui.theme import Theme

WIDTH = 320
Follow = Callable[[str], object]


class FindingsPanel(QWidget):
    """Opened by «Готово к печати?»."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        KeptSize(theme, self, "setFixedWidth", WIDTH)
        self.title = QLabel("Готово к печати?")
        self.title.setObjectName("title")
        close = QToolButton()
        KeptIcon(theme, close, "x", "secondary")
        close.setAccessibleName("Закрыть список замечаний")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.links: list[QPushButton] = []

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Fill the list; nothing found is said too."""
        self._scroll.setWidget(findings_list(problems, self.chosen.emit, self.links))


def findings_list(problems: Sequence[Problem], follow: Callable[[str], object], links: list[QPushButton]) -> QWidget:
    """Findings one under another: a mark, the sentence, a link to the item."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 4, 8, 4)
    column.setSpacing(10)
    links.clear()
    for problem in problems:
        error = problem.severity is Severity.ERROR
        text = QLabel(f"{'■' if error else '▲'} {problem.text}", wordWrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        set_tone(text, "bad" if error else "soon")
        column.addWidget(text)
        if problem.where not in ("plan", "approval"):
            link = QPushButton("показать")
            link.setProperty("link", True)
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(partial(follow, problem.where))
            links.append(link)
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    if not problems:
        good = QLabel("✓ Замечаний нет: план можно печатать.", wordWrap=True)
        set_tone(good, "ok")
        column.addWidget(good)
    column.addStretch()
    return body
