"""The window: tabs on top, one message strip, the page, the status bar. It paints before any data are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow, QVBoxLayout

from ui.common.empty_state import EmptyState
from ui.common.fitting import on_screen
from ui.common.message_strip import MessageStrip
from ui.common.status_bar import StatusBar
from ui.common.top_bar import TopBar
from ui.context import Context, MessageAction
from ui.page_host import PageHost
from ui.registry import PAGES, ActionSpec, PageSpec
from ui.window_actions import WindowActions

if TYPE_CHECKING:
    from ui.common.page import Page

PREFS_DELAY_MS = 2000
LEAST = QSize(1024, 640)  # a screen enlarged by the system may be smaller
OFFERED = (("new", "Новая база…"), ("open", "Открыть…"), ("demo", "Посмотреть на примере"))
WELCOME = (
    "Здесь будут педагоги района, их курсы, аттестация и план работы. "
    "Создайте базу и бросьте на окно таблицы школ — или сначала посмотрите на примере."
)


class MainWindow(QMainWindow):
    """Built from a list of tabs and a list of actions. ``filesDropped`` carries paths a person dropped."""

    filesDropped = Signal(list)  # noqa: N815 - a Qt signal
    closing = Signal()

    def __init__(self, ctx: Context, actions: Sequence[ActionSpec] = (), pages: Sequence[PageSpec] = PAGES) -> None:
        super().__init__()
        self.ctx = ctx
        self._keys = [spec.key for spec in pages]
        self.setWindowTitle("ИМЦ")
        self.setAcceptDrops(True)
        self.setMinimumSize(on_screen(LEAST))
        self.actions_of_window = WindowActions(ctx, actions, self)
        self._build_frame(pages)
        self._add_keys(pages)
        ctx.bus.message.connect(self.strip.show_message)
        self._save_timer = QTimer(self, singleShot=True, interval=PREFS_DELAY_MS)
        self._save_timer.timeout.connect(ctx.prefs.save)
        ctx.prefs.on_change = self._save_timer.start
        self._restore_place()
        self.show_opening()

    # --- what the window shows ----------------------------------------------------------------------------------------

    def show_opening(self, text: str = "Открываю базу…") -> None:
        """The calm first picture while the database is being opened."""
        self._show_state(EmptyState(self.ctx.theme, "database", text))

    def show_start(self) -> None:
        """No database yet: three ways to begin."""
        known = self.actions_of_window.specs
        actions = [MessageAction(title, known[key].run) for key, title in OFFERED if key in known]
        self._show_state(EmptyState(self.ctx.theme, "users", "База ещё не открыта", WELCOME, actions), "first-run")

    def show_failure(
        self, title: str, text: str, actions: Sequence[MessageAction] = (), *, icon: str = "alert-triangle"
    ) -> None:
        """The database is not shown: a sentence and the ways out."""
        self._show_state(EmptyState(self.ctx.theme, icon, title, text, actions), "trouble")

    def show_pages(self, key: str = "") -> None:
        """A database is open (``ctx.store``): build the tabs anew and show one of them."""
        self.host.drop()
        self.top.set_tabs_visible(True)
        self._begin_anew(demo=self.ctx.is_demo)
        self.actions_of_window.paint_tools()
        self.actions_of_window.enable(has_database=True)
        self.actions_of_window.name_steps()
        wanted = key or self.ctx.prefs.get("window.tab", "")
        self.open_page(wanted if wanted in self._keys else self._keys[0])

    @property
    def actions_by_key(self) -> dict[str, QAction]:
        """All actions of the window."""
        return self.actions_of_window.by_key

    @property
    def current_key(self) -> str:
        """The key of the tab shown, "" when none is."""
        return self.host.current_key

    def page(self, key: str) -> Page | None:
        """The page of a tab if it has been shown already."""
        return self.host.pages.get(key)

    def open_page(self, key: str) -> Page | None:
        """Show a tab; its module is imported and the page built at the first time."""
        page = self.host.show_page(key)
        shown = self.host.current_key
        self.top.set_current(self._keys.index(shown) if shown else -1)
        if page is not None:
            self.ctx.prefs.set("window.tab", key)
        return page

    def open_record(self, table: str, record: object) -> bool:
        """Jump to a record on the tab that knows its table."""
        for key, spec in self.host.specs.items():
            if table in spec.shows and (page := self.open_page(key)) and page.open_record(table, record):
                return True
        return False

    # --- events -------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event.mimeData().urls())
        if paths:
            event.acceptProposedAction()
            self.filesDropped.emit(paths)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.ctx.theme.step_scale(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.ctx.prefs.set("window.geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.ctx.prefs.save()
        self.closing.emit()
        super().closeEvent(event)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _build_frame(self, pages: Sequence[PageSpec]) -> None:
        theme = self.ctx.theme
        self.top = TopBar(theme, pages)
        self.top.chosen.connect(self._open_number)
        self.top.add_tool(self.actions_of_window.undo)
        self.top.add_tool(self.actions_of_window.redo)
        self.top.add_menu(self.actions_of_window.menu, "dots-vertical", "Меню (Alt+M)").setShortcut("Alt+M")
        self.strip = MessageStrip(theme)
        self.status = StatusBar(self.ctx)
        self.host = PageHost(self.ctx, pages)
        self._demo = QLabel("Пример: вымышленный район. Всё можно трогать — настоящих данных здесь нет.", wordWrap=True)
        self._demo.setObjectName("demobar")
        self._demo.setContentsMargins(16, 4, 16, 4)
        self._frame = QFrame()
        self._frame.setObjectName("frame")
        self._frame.setProperty("demo", False)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self._demo, self.strip):
            column.addWidget(widget)
        column.addWidget(self.host, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self._frame)

    def _add_keys(self, pages: Sequence[PageSpec]) -> None:
        add = self.actions_of_window.add
        add("filter", "Фильтр списка", "filter", self.host.focus_filter, "Ctrl+F")
        add("refresh", "Обновить", "refresh", self.host.refresh_page, "F5")
        for number, page in enumerate(pages):
            add(f"tab-{page.key}", page.title, page.icon, partial(self._open_number, number), f"Alt+{number + 1}")

    @Slot(int)
    def _open_number(self, number: int) -> None:
        if self.ctx.store is not None:
            self.open_page(self._keys[number])

    def _show_state(self, state: EmptyState, help_page: str = "") -> None:
        state.help_page = help_page
        if help_page:  # the first picture does without: it is there so much sooner
            self.actions_of_window.paint_tools()
        self.host.show_state(state)
        state.setFocus()
        self.top.set_tabs_visible(False)
        self.top.set_current(-1)
        self._begin_anew()
        self.actions_of_window.enable(has_database=False)
        self.actions_of_window.name_steps()

    def _begin_anew(self, *, demo: bool = False) -> None:
        """News of the strip and the foot belong to the database they were said of; an example is framed."""
        self.strip.clear()
        self.status.forget()
        self._demo.setVisible(demo)
        if self._frame.property("demo") is not demo:
            self._frame.setProperty("demo", demo)
            self._frame.style().polish(self._frame)

    def _restore_place(self) -> None:
        geometry = self.ctx.prefs.get("window.geometry", "")
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(1280, 720)


def local_files(urls: Iterable[QUrl]) -> list[Path]:
    """Paths of the local files among dropped addresses."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
