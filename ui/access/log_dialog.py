"""«Журнал обращений»: who looked, printed, exported, copied, signed in; and whether the chain of the log holds."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.domain.words import plural
from imc_desktop.usecases.access_log import (
    ACTS,
    AccessFilter,
    AccessLine,
    access_lines,
    authors,
    chain_words,
    export_log,
)
from imc_desktop.usecases.people_choice import people_choices
from ui.common.dates import DateField
from ui.common.fitting import fitting
from ui.common.flow import Flow
from ui.common.kept_size import KeptSize
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context, MessageAction
from ui.errors import FAILED

SIZE = (1080, 660)
PERSON_WIDTH = 220
TITLE = "Журнал обращений"
COLUMNS: tuple[Column[AccessLine], ...] = (
    Column("when", "Когда", lambda one: one.when, sort=lambda one: one.id, weight=0.0, keep=True),
    Column("author", "Кто", lambda one: one.author, weight=0.6),
    Column("act", "Что", lambda one: one.act, weight=0.6),
    Column("details", "Подробно", lambda one: one.details, weight=2.0, max_chars=90),
    Column("count", "Человек", lambda one: str(one.count or ""), sort=lambda one: one.count, weight=0.2, align="right"),
)


class AccessLogDialog(QDialog):
    """A list that narrows as filters are chosen; the chain is checked in the background."""

    help_page = "users"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle(TITLE)
        self.resize(fitting(ctx, SIZE))
        self._people = people_choices(ctx.store, ctx.clock.today())
        self.lines: list[AccessLine] = []
        self.model: RowsModel[AccessLine] = RowsModel(COLUMNS, lambda one: one.id, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "access", TITLE)
        self.author = self._choice("Кто", [("", "все"), *((one, one) for one in authors(ctx.store))])
        self.act = self._choice("Что", [("", "всё"), *ACTS.items()])
        self.person = QLineEdit()
        self.person.setPlaceholderText("чью карточку смотрели")
        self.person.setAccessibleName("Чья карточка")
        completer = QCompleter(list(self._people), self.person)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.person.setCompleter(completer)
        self.person.textChanged.connect(self.refresh)
        self.since, self.until = self._day("С"), self._day("По")
        self.count = QLabel()
        self.count.setObjectName("secondary")
        self.chain = QLabel("Проверяю цепочку журнала…", wordWrap=True)
        self.chain.setAccessibleName("Цепочка журнала")
        self.save_button = QPushButton(ctx.theme.icon("file-spreadsheet"), "Excel…")
        self.save_button.setAccessibleName("Сохранить для Excel")
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.close_button = QPushButton("Закрыть")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self.refresh()
        ctx.jobs.run(
            lambda _report: chain_words(ctx.store), self._tell_chain, ctx.report_error, title="Проверка журнала"
        )

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> None:
        """Show the log until it is closed."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def refresh(self) -> None:
        """Read what the filters let through."""
        wanted = AccessFilter(
            since=self.since.iso() or "",
            until=self.until.iso() or "",
            author=self.author.currentData(),
            act=self.act.currentData(),
            person_id=self._people.get(self.person.text(), ""),
        )
        whole = all(len(day) in (0, 10) for day in (wanted.since, wanted.until))
        if not whole:  # a day that is being typed
            return
        self.lines = access_lines(self.ctx.store, wanted)
        self.model.set_rows(self.lines)
        count = len(self.lines)
        self.count.setText(f"{count} {plural(count, 'запись', 'записи', 'записей')}")
        self.save_button.setEnabled(bool(self.lines))

    @Slot()
    def save(self) -> None:
        """The lines shown, for Excel."""
        folder = self.ctx.prefs.get("preview.folder", str(Path.home()))
        chosen, _ = QFileDialog.getSaveFileName(self, "Сохранить журнал", str(Path(folder) / f"{TITLE}.xlsx"))
        if not chosen:
            return
        path = Path(chosen).with_suffix(".xlsx")
        if self.ctx.attempt(partial(export_log, self.ctx.store, path, self.lines, TITLE)) is not FAILED:
            self.refresh()
            self.ctx.tell(
                f"Сохранено: {path.name}", "success", MessageAction("Открыть", partial(self.ctx.open_path, path))
            )

    def _tell_chain(self, found: tuple[bool, str]) -> None:
        holds, words = found
        self.chain.setText(words)
        self.chain.setObjectName("secondary" if holds else "problem")
        self.chain.style().polish(self.chain)

    def _choice(self, name: str, items: list[tuple[str, str]]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        for value, title in items:
            combo.addItem(title, value)
        combo.currentIndexChanged.connect(self.refresh)
        return combo

    def _day(self, name: str) -> DateField:
        day = DateField(self.ctx.theme, self.ctx.clock)
        day.setAccessibleName(name)
        day.textChanged.connect(self.refresh)
        return day

    def _lay_out(self) -> None:
        row = Flow()
        fields = (("Кто", self.author), ("Что", self.act), ("Чья", self.person), ("С", self.since), ("По", self.until))
        for words, widget in fields:
            label = QLabel(words)
            label.setBuddy(widget)
            together = QWidget()  # a label never parts from its field
            pair = QHBoxLayout(together)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(8)
            pair.addWidget(label)
            pair.addWidget(widget, 1)
            row.add(together)
        KeptSize(self.ctx.theme, self.person, "setMinimumWidth", PERSON_WIDTH)
        foot = Flow()
        foot.add(self.count)
        for button in (self.save_button, self.close_button):
            foot.add(button, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.chain)
        column.addLayout(foot)
