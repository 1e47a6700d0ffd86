"""What the three lists of the window share: buttons above, the list, an empty place that says what it is for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of
from ui.common.current_stack import CurrentStack
from ui.common.empty_state import EmptyState
from ui.common.flow import Flow
from ui.common.kept_icon import KeptIcon
from ui.common.page import Page
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.preview.window import PaperWish, show_preview


class MediaList(Page):
    """``empty`` is (icon, title, text); a subclass names its columns, fills ``tools`` and overrides ``read``."""

    name: ClassVar[str]
    empty: ClassVar[tuple[str, str, str]]
    columns: ClassVar[Sequence[Column[Any]]]

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.model: RowsModel[Any] = RowsModel(self.columns, self.key_of, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, self.name, self.title)
        self.tools = Flow()
        self.counter = QLabel(wordWrap=True)
        self.counter.setObjectName("secondary")
        icon, title, text = self.empty
        self.stack = CurrentStack()
        self.stack.addWidget(self.content())
        self.stack.addWidget(EmptyState(ctx.theme, icon, title, text, self.first_steps()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.tools)
        column.addWidget(self.stack, 1)
        column.addWidget(self.counter)
        self.fill_tools()
        self.table.currentRow.connect(self.allow)

    @staticmethod
    def key_of(row: Any) -> Hashable:
        """What names a row for ever."""
        return str(row.id)

    def content(self) -> QWidget:
        """The list, or more than it."""
        return self.table

    def first_steps(self) -> Sequence[MessageAction]:
        """Buttons of the empty place."""
        return ()

    def fill_tools(self) -> None:
        """Put the buttons above the list."""
        raise NotImplementedError

    def read(self) -> Sequence[Any]:
        """The rows."""
        raise NotImplementedError

    def count_words(self, rows: Sequence[Any]) -> str:
        """The line under the list."""
        raise NotImplementedError

    def allow(self, row: Any | None) -> None:
        """Buttons that make sense for the row under the cursor."""

    def refresh(self) -> None:
        chosen = self.table.current()
        rows = self.read()
        self.model.set_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.counter.setText(self.count_words(rows))
        if rows and not (chosen is not None and self.table.choose(self.key_of(chosen))):
            self.table.choose(self.key_of(rows[0]))
        self.allow(self.table.current())

    def add_tool(self, icon: str, title: str, run: Callable[[], object], *, primary: bool = False) -> QPushButton:
        """One more button above the list."""
        theme = self.ctx.theme
        button = QPushButton(title)
        KeptIcon(theme, button, icon, "accent_text" if primary else "text")
        button.setProperty("primary", primary)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        self.tools.add(button)
        return button

    def do(self, act: Callable[[], Any]) -> None:
        """A deed that can be taken back, said in the strip."""
        if self.ctx.attempt(act) is not FAILED:
            self.told()

    def told(self) -> None:
        """What was done, with the way back."""
        label = self.ctx.store.undo_label or ""
        self.ctx.tell(label, "success", MessageAction("Отменить", self.ctx.undo))

    def show_paper(self, kind: str, subject: str = "") -> None:
        """The preview of a paper."""
        show_preview(self, self.ctx, PaperWish(kind, school_year_of(self.ctx.clock.today()), subject=subject))
