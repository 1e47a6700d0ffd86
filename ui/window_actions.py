"""What the window can do from anywhere: keys, the menu behind ⋮, undo and redo that name their step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.context import Context
from ui.registry import ABOUT_GROUP, SUBMENUS, ActionSpec, resolve
from ui.theme import SCHEME_TITLES

ABOUT = "ui.help.boxes:AboutDialog"
CHECK = "ui.check.dialog:CheckDialog"
KEYS = "ui.help.boxes:KeysDialog"
HELP = "ui.help.places:HelpPlaces"


class WindowActions(QObject):
    """All actions of the window by key; ``menu`` shows those a person looks for."""

    def __init__(self, ctx: Context, specs: Sequence[ActionSpec], window: QWidget) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        self._help: Any = None
        self.by_key: dict[str, QAction] = {}
        self.specs = {spec.key: spec for spec in specs}
        self.undo = self.add("undo", "Отменить", "arrow-back-up", ctx.undo, "Ctrl+Z")
        self.redo = self.add("redo", "Повторить", "arrow-forward-up", ctx.redo, "Ctrl+Y", "Ctrl+Shift+Z")
        for spec in specs:
            self.add(spec.key, spec.title, spec.icon, partial(self._run, spec), *filter(None, [spec.shortcut]))
        self.add("larger", "Крупнее", "zoom-in", partial(ctx.theme.step_scale, 1), "Ctrl++", "Ctrl+=")
        self.add("smaller", "Мельче", "zoom-out", partial(ctx.theme.step_scale, -1), "Ctrl+-")
        self.add("normal", "Обычный размер", "typography", partial(ctx.theme.step_scale, 0), "Ctrl+0")
        self.add("help", "Справка", "help", self._show_help, "F1")
        self.add("keys", "Клавиши", "keyboard", self._show_keys, "Ctrl+/")
        self.add("self-test", "Проверить программу…", "clipboard-check", self._show_check)
        self.add("about", "О программе", "info-circle", self._show_about)
        self.menu = self._build_menu(specs)
        ctx.bus.changed.connect(self.name_steps)
        self.menu.aboutToShow.connect(self._paint_menu)
        ctx.theme.changed.connect(self.paint_tools)

    def add(self, key: str, title: str, icon: str, run: Callable[[], object], *shortcuts: str) -> QAction:
        """One more action of the window."""
        action = QAction(title, self._window)
        action.setData(icon)
        action.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
        action.triggered.connect(run)
        self.by_key[key] = action
        self._window.addAction(action)
        return action

    def enable(self, *, has_database: bool) -> None:
        """Grey out what makes no sense without a database or users, and what whoever sits here may not do."""
        for key, spec in self.specs.items():
            action = self.by_key[key]
            refusal = self._ctx.refusal(spec.right) if has_database and spec.right else ""
            possible = (has_database or not spec.needs_database) and (self._ctx.signed_in or not spec.needs_users)
            action.setEnabled(possible and not refusal)
            action.setToolTip(refusal or spec.title)

    @Slot()
    def name_steps(self) -> None:
        """Undo and redo say which step they mean."""
        store = self._ctx.store
        for action, word, name in ((self.undo, "Отменить", "undo_label"), (self.redo, "Повторить", "redo_label")):
            label = getattr(store, name) if store is not None else None
            action.setEnabled(bool(label) and not self._ctx.refusal("edit"))
            action.setText(f"{word}: {label}" if label else word)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({keys})")

    def answer_help(self) -> None:
        """From now on F1 is answered in every box as well: called when the window has been painted."""
        if self._help is None:
            self._help = resolve(HELP)(self._ctx, self._window)

    @Slot()
    def _show_help(self) -> None:
        self.answer_help()
        self._help.show_here()

    def _build_menu(self, specs: Sequence[ActionSpec]) -> QMenu:
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        groups: dict[str, list[str]] = {}
        for spec in specs:
            groups.setdefault(spec.group, []).append(spec.key)
        for title, keys in groups.items():
            if title not in SUBMENUS and title != ABOUT_GROUP:
                self._add_group(menu, keys)
        self._add_group(menu, ["undo", "redo"])
        menu.addSeparator()
        for title in (one for one in SUBMENUS if one in groups):
            self._add_group(self._submenu(menu, title, SUBMENUS[title]), groups[title])
        look = self._submenu(menu, "Вид", "typography")
        self._add_group(look, ["larger", "smaller", "normal"])
        look.addSeparator()
        for name, title in SCHEME_TITLES.items():
            look.addAction(title).triggered.connect(partial(self._ctx.theme.set_scheme, name))
        self._add_group(menu, ["help", "keys", *groups.get(ABOUT_GROUP, ()), "self-test", "about"])
        return menu

    def _submenu(self, menu: QMenu, title: str, icon: str) -> QMenu:
        made = menu.addMenu(title)
        made.setToolTipsVisible(True)
        made.menuAction().setData(icon)
        made.aboutToShow.connect(partial(self._paint, made))
        return made

    def _add_group(self, menu: QMenu, keys: Iterable[str]) -> None:
        if not menu.isEmpty():
            menu.addSeparator()
        for key in keys:
            menu.addAction(self.by_key[key])

    def _run(self, spec: ActionSpec) -> None:
        self._ctx.attempt(spec.run)

    def _show_keys(self) -> None:
        resolve(KEYS)(self._ctx, list(self.by_key.values()), self._window).open()

    def _show_check(self) -> None:
        resolve(CHECK).show_over(self._window, self._ctx)

    def _show_about(self) -> None:
        resolve(ABOUT)(self._ctx, self._window).open()

    @Slot()
    def paint_tools(self) -> None:
        """Draw the icons that stand in the window itself."""
        theme = self._ctx.theme
        for action in (self.undo, self.redo):
            action.setIcon(theme.icons.icon(action.data(), theme.colours.text, theme.colours.disabled))

    @Slot()
    def _paint_menu(self) -> None:
        """Icons of the menu are drawn when it is first looked at: the window appears sooner."""
        self._paint(self.menu)

    def _paint(self, menu: QMenu) -> None:
        for action in menu.actions():
            if action.data() and action not in (self.undo, self.redo):
                action.setIcon(self._ctx.theme.icon(action.data()))
