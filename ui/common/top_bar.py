"""The row of tabs on top of the window, with undo, redo and the menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ui.registry import PageSpec
from ui.theme import Theme

EDGE = 16


class TopBar(QWidget):
    """Tabs as buttons with icon and word; ``chosen`` gives the number of the tab a person pressed."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages = tuple(pages)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.chosen)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(EDGE // 2, 0, EDGE // 2, 0)
        self._row.setSpacing(0)
        self._tools: list[tuple[QToolButton, str]] = []
        self._shown = False  # icons and widths of tabs are made when there are tabs to show
        self.tabs = [self._tab(number, spec) for number, spec in enumerate(self._pages)]
        self._row.addStretch()
        theme.changed.connect(self._restyle)
        self._restyle()

    def add_tool(self, action: QAction) -> QToolButton:
        """A button of the right side that follows an action."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text())
        self._row.addWidget(button)
        self._tools.append((button, ""))
        self._restyle()
        return button

    def add_menu(self, menu: QMenu, icon: str, name: str) -> QToolButton:
        """A button of the right side that opens a menu."""
        button = QToolButton()
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(name)
        button.setToolTip(name)
        self._row.addWidget(button)
        self._tools.append((button, icon))
        self._restyle()
        return button

    def set_current(self, number: int) -> None:
        """Mark a tab as the shown one; −1 marks none."""
        self._group.setExclusive(number >= 0)
        for index, tab in enumerate(self.tabs):
            tab.setChecked(index == number)
        self._paint_icons()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_tabs_visible(self, visible: bool) -> None:
        """Without a database there is nothing to switch."""
        self._shown = visible
        for tab in self.tabs:
            tab.setVisible(visible)
        self._paint_icons()
        self._fit()

    def _tab(self, number: int, spec: PageSpec) -> QToolButton:
        tab = QToolButton()
        tab.setText(spec.title)
        tab.setProperty("tab", True)
        tab.setCheckable(True)
        tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tab.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        tab.setAccessibleName(spec.title)
        tab.setToolTip(f"{spec.title} (Alt+{number + 1})")
        self._group.addButton(tab, number)
        self._row.addWidget(tab)
        return tab

    def _paint_icons(self) -> None:
        if not self._shown:
            return
        for tab, spec in zip(self.tabs, self._pages, strict=True):
            tab.setIcon(self._theme.icon(spec.icon, "accent" if tab.isChecked() else "secondary"))

    def _fit(self) -> None:
        """With large type on a small screen only the shown tab keeps its word; the others keep their icons."""
        if not self._shown:
            return
        words = [tab.fontMetrics().horizontalAdvance(tab.text()) for tab in self.tabs]
        pad = self._theme.px(58)
        room = self.width() - self._theme.px(48) * len(self._tools)
        compact = sum(words) + pad * len(words) > room
        longest = max((word for tab, word in zip(self.tabs, words, strict=True) if tab.isChecked()), default=0)
        tools = sum(tool.width() for tool, _ in self._tools) + EDGE
        wordless = compact and longest + pad * len(words) + tools > self.width()
        style = Qt.ToolButtonStyle
        for tab, word in zip(self.tabs, words, strict=True):
            bare = wordless or (compact and not tab.isChecked())
            tab.setToolButtonStyle(style.ToolButtonIconOnly if bare else style.ToolButtonTextBesideIcon)
            tab.setFixedWidth(pad if bare else word + pad)

    @Slot()
    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(42))
        for tab in self.tabs:
            tab.setIconSize(self._theme.icon_size(18))
        for button, icon in self._tools:
            button.setIconSize(self._theme.icon_size(20))
            button.setFixedSize(self._theme.px(34), self._theme.px(32))
            if icon:
                button.setIcon(self._theme.icon(icon, "text"))
        self._paint_icons()
        self._fit()
