"""The window: tabs on top, one message strip, the page, the status bar. It paints before any data are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.common.empty_state import EmptyState
from ui.common.message_strip import MessageStrip
from ui.common.page import Page
from ui.common.status_bar import StatusBar
from ui.common.top_bar import TopBar
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.help import AboutDialog, KeysDialog
from ui.registry import PAGES, ActionSpec, PageSpec, load_page
from ui.theme import SCHEME_TITLES

PREFS_DELAY_MS = 2000


class MainWindow(QMainWindow):
    """Built from a list of tabs and a list of actions. ``filesDropped`` carries paths a person dropped."""

    filesDropped = Signal(list)  # noqa: N815 - a Qt signal
    closing = Signal()

    def __init__(self, ctx: Context, actions: Sequence[ActionSpec] = (), pages: Sequence[PageSpec] = PAGES) -> None:
        super().__init__()
        self.ctx = ctx
        self._specs = tuple(pages)
        self._pages: dict[str, Page] = {}
        self.actions_by_key: dict[str, QAction] = {}
        self._action_specs = {spec.key: spec for spec in actions}
        self.setAcceptDrops(True)
        self.setMinimumSize(1024, 640)
        self._build_frame()
        self._build_actions(actions)
        self._build_tools(actions)
        ctx.bus.message.connect(self.strip.show_message)
        ctx.bus.changed.connect(self._on_changed)
        ctx.theme.changed.connect(self._repaint_icons)
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
        offered = (("new", "Новая база…"), ("open", "Открыть…"), ("demo", "Посмотреть на примере"))
        known = self._action_specs
        actions = [MessageAction(title, known[key].run) for key, title in offered if key in known]
        text = (
            "Здесь будут педагоги района, их курсы, аттестация и план работы. "
            "Создайте базу и бросьте на окно таблицы школ — или сначала посмотрите на примере."
        )
        self._show_state(EmptyState(self.ctx.theme, "users", "База ещё не открыта", text, actions))

    def show_failure(self, title: str, text: str, actions: Sequence[MessageAction] = ()) -> None:
        """The database cannot be opened: a sentence and the ways out."""
        self._show_state(EmptyState(self.ctx.theme, "alert-triangle", title, text, actions))

    def show_pages(self, key: str = "") -> None:
        """A database is open (``ctx.store``): build the tabs anew and show one of them."""
        self._drop_pages()
        self.top.set_tabs_visible(True)
        self._set_demo(self.ctx.is_demo)
        self._enable_actions(True)
        self._on_changed(None)
        keys = [spec.key for spec in self._specs]
        wanted = key or self.ctx.prefs.get("window.tab", "")
        self.open_page(wanted if wanted in keys else keys[0])

    @property
    def current_key(self) -> str:
        """The key of the tab shown, "" when none is."""
        shown = self._stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "")

    def page(self, key: str) -> Page | None:
        """The page of a tab if it has been shown already."""
        return self._pages.get(key)

    def open_page(self, key: str) -> Page | None:
        """Show a tab; its module is imported and the page built at the first time."""
        number, spec = next((n, spec) for n, spec in enumerate(self._specs) if spec.key == key)
        if key not in self._pages:
            page = self.ctx.attempt(partial(load_page, spec, self.ctx))
            if page is FAILED:
                self.top.set_current(self._number(self.current_key))
                return None
            self._pages[key] = page
            self._stack.addWidget(page)
        page = self._pages[key]
        self._stack.setCurrentWidget(page)
        self.top.set_current(number)
        self.ctx.prefs.set("window.tab", key)
        return page

    def open_record(self, table: str, record: object) -> bool:
        """Jump to a record on the tab that knows its table."""
        for spec in self._specs:
            if table in spec.watches and (page := self.open_page(spec.key)) and page.open_record(table, record):
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

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        theme = self.ctx.theme
        self.top = TopBar(theme, self._specs)
        self.top.chosen.connect(self._open_number)
        self.strip = MessageStrip(theme)
        self.status = StatusBar(self.ctx)
        self._demo = QLabel("Пример: вымышленный район. Всё можно трогать — настоящих данных здесь нет.")
        self._demo.setObjectName("demobar")
        self._demo.setContentsMargins(16, 4, 16, 4)
        self._stack = QStackedWidget()
        self._frame = QFrame()
        self._frame.setObjectName("frame")
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self._demo, self.strip):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self._frame)

    def _build_actions(self, actions: Sequence[ActionSpec]) -> None:
        self._undo = self._action("undo", "Отменить", "arrow-back-up", QKeySequence.StandardKey.Undo)
        self._undo.triggered.connect(self.ctx.undo)
        self._redo = self._action("redo", "Повторить", "arrow-forward-up", "Ctrl+Y")
        self._redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self._redo.triggered.connect(self.ctx.redo)
        for spec in actions:
            self._action(spec.key, spec.title, spec.icon, spec.shortcut).triggered.connect(partial(self._run, spec))
        self._action("keys", "Клавиши", "keyboard", "Ctrl+/").triggered.connect(self._show_keys)
        self._action("about", "О программе", "info-circle").triggered.connect(self._show_about)
        self._action("filter", "Фильтр списка", "filter", "Ctrl+F").triggered.connect(self._focus_filter)
        self._action("refresh", "Обновить", "refresh", "F5").triggered.connect(self._refresh_page)
        for key, title, icon, shortcut, step in (
            ("larger", "Крупнее", "zoom-in", "Ctrl++", 1),
            ("smaller", "Мельче", "zoom-out", "Ctrl+-", -1),
            ("normal", "Обычный размер", "typography", "Ctrl+0", 0),
        ):
            self._action(key, title, icon, shortcut).triggered.connect(partial(self.ctx.theme.step_scale, step))
        self.actions_by_key["larger"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        for number, page in enumerate(self._specs):
            action = self._action(f"tab-{page.key}", page.title, page.icon, f"Alt+{number + 1}")
            action.triggered.connect(partial(self._open_number, number))

    def _action(self, key: str, title: str, icon: str, shortcut: QKeySequence.StandardKey | str = "") -> QAction:
        action = QAction(title, self)
        action.setData(icon)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.setIcon(self.ctx.theme.icon(icon))
        self.actions_by_key[key] = action
        self.addAction(action)
        return action

    def _build_tools(self, actions: Sequence[ActionSpec]) -> None:
        self.top.add_tool(self._undo)
        self.top.add_tool(self._redo)
        self.menu = QMenu(self)
        group = None
        for spec in actions:
            if group not in (None, spec.group):
                self.menu.addSeparator()
            group = spec.group
            self.menu.addAction(self.actions_by_key[spec.key])
        self._add_group(("undo", "redo"))
        self._add_group(("larger", "smaller", "normal"))
        self.menu.addMenu(self._scheme_menu())
        self._add_group(("keys", "about"))
        self.top.add_menu(self.menu, "dots-vertical", "Меню (Alt+M)").setShortcut(QKeySequence("Alt+M"))

    def _add_group(self, keys: Iterable[str]) -> None:
        self.menu.addSeparator()
        for key in keys:
            self.menu.addAction(self.actions_by_key[key])

    def _scheme_menu(self) -> QMenu:
        menu = QMenu("Цвета", self.menu)
        for name, title in SCHEME_TITLES.items():
            menu.addAction(title).triggered.connect(partial(self.ctx.theme.set_scheme, name))
        return menu

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(int)
    def _open_number(self, number: int) -> None:
        if self.ctx.store is not None:
            self.open_page(self._specs[number].key)

    def _run(self, spec: ActionSpec) -> None:
        self.ctx.attempt(spec.run)

    @Slot(object)
    def _on_changed(self, _change: object) -> None:
        for action, word, name in ((self._undo, "Отменить", "undo_label"), (self._redo, "Повторить", "redo_label")):
            label = getattr(self.ctx.store, name, None) if self.ctx.store is not None else None
            action.setEnabled(bool(label))
            action.setText(f"{word}: {label}" if label else word)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{word}: {label} ({keys})" if label else f"{word} ({keys})")

    @Slot()
    def _focus_filter(self) -> None:
        if page := self._pages.get(self.current_key):
            page.focus_filter()

    @Slot()
    def _refresh_page(self) -> None:
        if page := self._pages.get(self.current_key):
            page.stale = True
            page.refresh_if_needed()

    @Slot()
    def _show_keys(self) -> None:
        KeysDialog(list(self.actions_by_key.values()), self).open()

    @Slot()
    def _show_about(self) -> None:
        AboutDialog(self.ctx, self).open()

    @Slot()
    def _repaint_icons(self) -> None:
        for action in self.actions_by_key.values():
            action.setIcon(self.ctx.theme.icon(action.data()))

    # --- small parts --------------------------------------------------------------------------------------------------

    def _number(self, key: str) -> int:
        return next((n for n, spec in enumerate(self._specs) if spec.key == key), -1)

    def _show_state(self, state: QWidget) -> None:
        self._drop_pages()
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)
        self.top.set_tabs_visible(False)
        self.top.set_current(-1)
        self._set_demo(False)
        self._enable_actions(False)
        self._on_changed(None)

    def _drop_pages(self) -> None:
        self._pages.clear()
        while self._stack.count():
            widget = self._stack.widget(0)
            self._stack.removeWidget(widget)
            widget.deleteLater()

    def _set_demo(self, demo: bool) -> None:
        self._demo.setVisible(demo)
        self._frame.setProperty("demo", demo)
        self._frame.style().polish(self._frame)

    def _enable_actions(self, has_database: bool) -> None:
        for key, spec in self._action_specs.items():
            self.actions_by_key[key].setEnabled(has_database or not spec.needs_database)

    def _restore_place(self) -> None:
        geometry = self.ctx.prefs.get("window.geometry", "")
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(1280, 720)


def local_files(urls: Iterable[object]) -> list[Path]:
    """Paths of the local files among dropped addresses."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]  # type: ignore[attr-defined]
