"""«Носители и копии»: the register of media, the log of copies, incidents — one window, three lists."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.common.current_stack import CurrentStack
from ui.common.fitting import fitting
from ui.common.message_strip import MessageStrip
from ui.common.segmented import Segmented
from ui.context import Context
from ui.media.carriers_page import CarriersPage
from ui.media.copies_page import CopiesPage
from ui.media.incidents_page import IncidentsPage

CARRIERS, COPIES, INCIDENTS = "carriers", "copies", "incidents"
SIZE = (1180, 680)


class MediaWindow(QDialog):
    """``page`` shows one of the lists; every deed can be taken back here."""

    help_page = "carriers"

    def __init__(self, ctx: Context, view: str = CARRIERS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle("Носители и копии")
        self.resize(fitting(ctx, SIZE))
        self.carriers, self.copies = CarriersPage(ctx), CopiesPage(ctx)
        self.incidents = IncidentsPage(ctx, parent)
        self.pages = {CARRIERS: self.carriers, COPIES: self.copies, INCIDENTS: self.incidents}
        self.views = Segmented([(key, page.title) for key, page in self.pages.items()])
        self.views.chosen.connect(self.open_view)
        self.stack = CurrentStack()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.strip = MessageStrip(ctx.theme)
        ctx.bus.message.connect(self.strip.show_message)
        self.carriers.lost.connect(self._lost)
        self.undo = QPushButton(ctx.theme.icon("arrow-back-up"), "Отменить последнее")
        self.undo.setAutoDefault(False)
        self.undo.clicked.connect(ctx.undo)
        self._began = ctx.store.change_counter()
        ctx.bus.changed.connect(self._name_undo)
        self._lay_out()
        self._name_undo()
        self.open_view(view)

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context, view: str = CARRIERS) -> None:
        """Show the lists until the person closes them."""
        dialog = cls(ctx, view, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot(str)
    def open_view(self, key: str) -> None:
        """One of the lists."""
        self.views.choose(key)
        self.stack.setCurrentWidget(self.pages[key])

    @Slot(str)
    def _lost(self, carrier_id: str) -> None:
        self.open_view(INCIDENTS)
        self.incidents.add(carrier_id)

    @Slot()
    def _name_undo(self) -> None:
        """Only what was done in this window is taken back from here."""
        label = self.ctx.store.undo_label or ""
        own = self.ctx.store.change_counter() != self._began and bool(label)
        self.undo.setEnabled(own)
        self.undo.setToolTip(label if own else "")

    def _lay_out(self) -> None:
        close = QPushButton("Закрыть")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.addWidget(self.views)
        head.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
