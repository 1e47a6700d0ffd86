"""The card beside a list: title, sections of label and value with «почему?», inner tabs, buttons at the foot."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.common.kept_icon import KeptIcon
from ui.common.kept_size import KeptSize
from ui.common.scroll import Scroll
from ui.common.status_mark import Status, marked, tone
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class CardRow:
    """One line: ``why`` explains a computed value, ``open`` follows it, ``more`` is the second, quieter text."""

    label: str
    value: str
    status: Status | None = None
    more: str = ""
    why: Callable[[], object] | None = None
    open: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class CardSection:
    """A titled group of lines; ``empty`` stands there when it has none."""

    title: str
    rows: tuple[CardRow, ...]
    empty: str = "нет данных"


class Card(QWidget):
    """Filled anew for each row of the list; shows ``nothing`` when no row is chosen."""

    tabChosen = Signal(str)  # noqa: N815 - a Qt signal

    def __init__(self, theme: Theme, tabs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = [key for key, _ in tabs]
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel(wordWrap=True)
        self.title.setObjectName("title")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.subtitle = QLabel(wordWrap=True)
        self.subtitle.setObjectName("secondary")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addLayout(self.tools)
        self.tabs = QTabBar(self)  # made visible below: without a parent it would be a window of its own
        self.tabs.setAccessibleName("Разделы карточки")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _, title in tabs:
            self.tabs.addTab(title)
        self.tabs.setVisible(bool(tabs))
        self.tabs.currentChanged.connect(self._tell_tab)
        self._scroll = Scroll()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.subtitle)
        column.addWidget(self.tabs)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.foot)
        KeptSize(theme, self, "setMinimumWidth", 300)
        self.show_nothing("Выберите строку списка")

    @property
    def tab(self) -> str:
        """Key of the inner tab shown."""
        return self._keys[self.tabs.currentIndex()] if self._keys else ""

    def show_nothing(self, text: str) -> None:
        """No row: one quiet sentence."""
        self.title.clear()
        self.subtitle.clear()
        self.tabs.hide()
        self._allow_tools(allowed=False)
        label = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter)
        label.setObjectName("secondary")
        self._scroll.setWidget(label)

    def show_head(self, title: str, subtitle: str = "") -> None:
        """Name and the line under it."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.tabs.setVisible(bool(self._keys))
        self.setAccessibleName(title)
        self._allow_tools(allowed=True)

    def _allow_tools(self, *, allowed: bool) -> None:
        for place in range(self.tools.count()):
            button = self.tools.itemAt(place).widget()
            if button is not None:
                button.setEnabled(allowed)

    def show_sections(self, sections: Sequence[CardSection]) -> None:
        """Fill the body with sections."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(4)
        for number, section in enumerate(sections):
            if number:
                column.addSpacing(8)
            column.addWidget(self._section_title(section.title))
            column.addLayout(self._grid(section))
        column.addStretch()
        self._scroll.setWidget(body)

    def show_widget(self, widget: QWidget) -> None:
        """Fill the body with anything else."""
        self._scroll.setWidget(widget)

    def add_tool(self, icon: str, name: str, run: Callable[[], object]) -> QToolButton:
        """A small button beside the title."""
        button = QToolButton()
        KeptIcon(self._theme, button, icon)
        button.setIconSize(self._theme.icon_size(18))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(run)
        self.tools.addWidget(button)
        return button

    def add_button(self, icon: str, title: str, run: Callable[[], object]) -> QPushButton:
        """A button at the foot."""
        button = QPushButton(title)
        KeptIcon(self._theme, button, icon)
        button.clicked.connect(run)
        self.foot.addWidget(button)
        return button

    def _section_title(self, title: str) -> QLabel:
        label = QLabel(title)
        label.setObjectName("section")
        return label

    def _grid(self, section: CardSection) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, self._theme.px(96))
        grid.setColumnStretch(1, 1)
        for line, row in enumerate(section.rows):
            label = QLabel(row.label, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
            label.setObjectName("secondary")
            label.setMaximumWidth(self._theme.px(120))
            grid.addWidget(label, line, 0)
            grid.addWidget(self._value(row), line, 1)
        if not section.rows:
            label = QLabel(section.empty)
            label.setObjectName("secondary")
            grid.addWidget(label, 0, 0, 1, 2)
        return grid

    def _value(self, row: CardRow) -> QLabel:
        colours = self._theme.colours
        text = html.escape(marked(row.status, row.value) if row.status else row.value or "—")
        colour = getattr(colours, tone(row.status)) if row.status else colours.text
        text = f'<span style="color:{colour}">{text}</span>'
        link = f'style="color:{colours.accent}; text-decoration:none"'
        if row.open is not None:
            text = f'<a href="open" {link}>{html.escape(row.value)}</a>'
        if row.why is not None:
            text += f'&nbsp; <a href="why" {link}>почему?</a>'
        if row.more:
            text += f'<br><span style="color:{colours.secondary}">{html.escape(row.more)}</span>'
        label = QLabel(text, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setAccessibleName(f"{row.label}: {row.value}")
        if row.why is None and row.open is None:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        else:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
            label.linkActivated.connect(partial(follow, row))
        return label

    @Slot(int)
    def _tell_tab(self, number: int) -> None:
        if 0 <= number < len(self._keys):
            self.tabChosen.emit(self._keys[number])


def follow(row: CardRow, link: str) -> None:
    """Do what a link of a line stands for."""
    action = row.why if link == "why" else row.open
    if action is not None:
        action()
