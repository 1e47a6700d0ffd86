"""Page 1: what was recognised in each file, a sentence per table; refused files with their reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from imc_desktop.usecases.imports.columns import sentences_of
from imc_desktop.usecases.imports.run import ReadPaper
from ui.theme import Theme

ICONS = {"taken": ("circle-check", "ok"), "left": ("info-circle", "secondary"), "refused": ("alert-circle", "bad")}


class FilesPage(QWidget):
    """``requestedMore``: the person wants to add files."""

    requestedMore = Signal()  # noqa: N815 - a Qt signal

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.more = QPushButton("Добавить файлы…")
        self.more.setIcon(theme.icon("file-plus"))
        self.more.clicked.connect(self.requestedMore)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Файлы и листы")
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)

    def show_papers(self, papers: Sequence[ReadPaper]) -> None:
        """A block for each file."""
        refused = sum(1 for paper in papers if paper.refused)
        words = f"Файлов: {len(papers)}. Посмотрите, так ли программа поняла листы."
        self.summary.setText(f"{words} Не принято: {refused}." if refused else words)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        for paper in papers:
            column.addWidget(self._block(paper))
        column.addStretch()
        self._scroll.setWidget(inner)

    def _block(self, paper: ReadPaper) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        title = QLabel(paper.file)
        title.setObjectName("section")
        grid.addWidget(self._icon("file-spreadsheet", "text"), 0, 0)
        grid.addWidget(title, 0, 1)
        for line, sentence in enumerate(sentences_of(paper), 1):
            text = QLabel(sentence.text)
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            if sentence.kind == "left":
                text.setObjectName("secondary")
            grid.addWidget(self._icon(*ICONS[sentence.kind]), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, line, 1)
        return block

    def _icon(self, name: str, tone: str) -> QLabel:
        label = QLabel()
        label.setPixmap(self._theme.icon(name, tone).pixmap(self._theme.icon_size(18)))
        return label
