"""The lock over everything: every window is covered, its title hidden, and only the door takes keys and clicks."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from imc_desktop.usecases.signing_in import Door
from ui.access.gate_dialog import UnlockDialog
from ui.common.copying import forget_copied
from ui.context import Context
from ui.theme import Theme

TITLE = "IMC Desktop — заблокировано"


class Cover(QWidget):
    """An opaque sheet over a window; the window underneath is left as it is, drafts and all."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._title = window.windowTitle()
        self._takes_drops = window.acceptDrops()
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#cover {{ background: {theme.colours.ground}; }}")
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(theme.picture("lock", 40))
        column = QVBoxLayout(self)
        column.addWidget(picture)
        window.setWindowTitle(TITLE)
        window.setAcceptDrops(False)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Show the window again."""
        self._window.removeEventFilter(self)
        if self._window.windowTitle() == TITLE:
            self._window.setWindowTitle(self._title)
        self._window.setAcceptDrops(self._takes_drops)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        if event.type() == QEvent.Type.ChildAdded:
            QTimer.singleShot(0, self, self.raise_)
        return super().eventFilter(watched, event)


class Lock(QObject):
    """Locks all windows of the program and opens them again."""

    opened = Signal()
    wantsOther = Signal()  # noqa: N815 - a Qt signal

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window
        self._covers: dict[int, Cover] = {}
        self.dialog: UnlockDialog | None = None

    @property
    def locked(self) -> bool:
        """Whether the data are hidden."""
        return self.dialog is not None

    def lock(self, door: Door, actor: Any) -> None:
        """Hide everything now; what was copied from here goes from the clipboard."""
        if self.locked:
            return
        door.lock()
        forget_copied()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self.dialog = UnlockDialog(self._ctx, door, actor, self._window)
        self.dialog.accepted.connect(self.lift)
        self.dialog.wantsOther.connect(self.wantsOther)
        for window in QApplication.topLevelWidgets():
            self._cover(window)
        self._application().installEventFilter(self)
        self.dialog.show()  # not open(): that would hold its parent only

    @Slot()
    def lift(self) -> None:
        """Everything is shown as it was."""
        if self.dialog is None:
            return
        self._application().removeEventFilter(self)
        dialog, self.dialog = self.dialog, None
        covers, self._covers = self._covers, {}
        for cover in list(covers.values()):
            cover.lift()
        dialog.hide()
        dialog.deleteLater()
        self.opened.emit()

    def close_others(self) -> bool:
        """Close every box that stands open (what is unfinished there is given up); False when one works and stays."""
        boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        for box in reversed(boxes):
            if box is not self.dialog:
                box.reject()
        return not any(one.isVisible() for one in boxes if one is not self.dialog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            QTimer.singleShot(0, self, partial(self._newcomer, watched))
        return super().eventFilter(watched, event)

    def _newcomer(self, window: QWidget) -> None:
        """A box that came up while locked (a job ended): covered as well, and the door comes to the front again."""
        if self.dialog is None or window is self.dialog or not self._cover(window):
            return
        if window.isModal():
            self.dialog.hide()
            self.dialog.show()

    def _cover(self, window: QWidget) -> bool:
        kinds = (Qt.WindowType.ToolTip, Qt.WindowType.Popup, Qt.WindowType.SplashScreen)
        if window is self.dialog or window.windowType() in kinds or id(window) in self._covers:
            return False
        if not window.isVisible():
            return False
        self._covers[id(window)] = cover = Cover(self._ctx.theme, window)
        cover.destroyed.connect(partial(_forget, self._covers, id(window)))
        return True

    @staticmethod
    def _application() -> QApplication:
        found = QApplication.instance()
        if not isinstance(found, QApplication):
            raise TypeError("no application")
        return found


def _forget(covers: dict[int, Cover], key: int, *_gone: object) -> None:
    covers.pop(key, None)
