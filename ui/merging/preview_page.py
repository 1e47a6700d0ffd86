"""Step 2: what would change, in sentences; nothing of it has been written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.words import plural
from imc_desktop.usecases.merge_views import MergePreview
from ui.common.filter_state import Condition
from ui.common.flow import Flow
from ui.common.kept_size import KeptSize
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.common.toned import set_tone
from ui.context import Context
from ui.merging.state import MERGEABLE, OUTCOMES, Line, counters, counts_to_come, lines_of, standing_words

FILTER_DELAY_MS = 150
_LONG = 12  # lines from which a filter helps
_TWO_LINES = 70

COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "outcome", "Что будет", lambda line: OUTCOMES[line.outcome][0], tone=lambda line: OUTCOMES[line.outcome][1],
        weight=0.0, min_chars=15, keep=True,
    ),
    Column("text", "Где и что", lambda line: line.text, weight=1.0, min_chars=40, max_chars=160),
)  # fmt: skip


class PreviewPage(QWidget):
    """``agreed`` tells whether a mass deletion was confirmed by its number (or there is none)."""

    changed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deletions = 0
        self.standing = self._label("section")
        self.counts = self._label()
        self.notices = self._label()
        set_tone(self.notices, "soon")
        self.danger = self._danger_box(ctx)
        self.chips: dict[str, QPushButton] = {}
        chips = Flow()
        for key in OUTCOMES:
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.setAutoDefault(False)
            chip.clicked.connect(partial(self.narrow, key))
            self.chips[key] = chip
            chips.add(chip)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Фильтр: имя, школа, слово")
        self.filter.setAccessibleName("Фильтр списка")
        self.filter.setClearButtonEnabled(True)
        KeptSize(ctx.theme, self.filter, "setMinimumWidth", 260)
        self._timer = QTimer(self, singleShot=True, interval=FILTER_DELAY_MS)
        self._timer.timeout.connect(self._apply)
        self.filter.textChanged.connect(self._timer.start)
        chips.add(self.filter, end=True)
        self.model: RowsModel[Line] = RowsModel(COLUMNS, lambda line: line.number, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "merge.preview", "Что изменится")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for label in (self.standing, self.counts, self.notices, self.danger):
            column.addWidget(label)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        column.addStretch()

    @property
    def agreed(self) -> bool:
        """Whether nothing stands against taking the changes in."""
        return not self._deletions or self.typed.text().strip() == str(self._deletions)

    @property
    def outcome(self) -> str:
        """The counter that narrows the list now, "" when none does."""
        return next((one.key for one in self.model.filter.conditions if one.key in self.chips), "")

    def show_preview(self, preview: MergePreview) -> None:
        """Everything of a preview; its list begins unfiltered."""
        lines = lines_of(preview)
        self.standing.setText(standing_words(preview))
        self.counts.setText(counts_to_come(preview.counts))
        if not preview.counts and preview.standing.relation in MERGEABLE:
            self.counts.setText("В списках и карточках от этого ничего не изменится.")
        self.counts.setVisible(bool(self.counts.text()))
        self.notices.setText("\n".join(f"▲ {notice}" for notice in preview.notices))
        self.notices.setVisible(bool(preview.notices))
        self._ask_deletions(preview.deletions)
        self.model.filter.clear()
        self.filter.clear()
        self.table.set_lines(2 if any(len(line.text) > _TWO_LINES for line in lines) else 1)
        self.model.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.filter.setVisible(len(lines) > _LONG)
        counted = counters(lines)
        for key, (_, _, title) in OUTCOMES.items():
            self.chips[key].setText(f"{title} {counted[key]}")
            self.chips[key].setVisible(counted[key] > 0)
        self._apply()

    def narrow(self, key: str) -> None:
        """Show only the lines of a counter; a second click shows all again."""
        known = self.outcome
        for one in self.chips:
            self.model.filter.remove(one)
        if key != known:
            self.model.filter.set(Condition(key, key, lambda line: line.outcome == key))
        self._apply()

    def take_cursor(self) -> None:
        """The number that must be typed, else the list."""
        (self.typed if self._deletions else self.table).setFocus()

    @Slot()
    def _apply(self) -> None:
        self.model.filter.text = self.filter.text()
        self.model.apply_filter()
        for key, chip in self.chips.items():
            chip.setProperty("active", key == self.outcome)
            chip.style().polish(chip)

    def _ask_deletions(self, rows: int) -> None:
        self._deletions = rows
        self.typed.clear()
        self.danger.setVisible(bool(rows))
        words = plural(rows, "запись", "записи", "записей")
        self.warning.setText(
            f"■ После сверки исчезнет {rows} {words}: это необычно много. Если так и задумано, введите число {rows}."
        )

    def _danger_box(self, ctx: Context) -> QFrame:
        box = QFrame()
        box.setObjectName("tile")
        self.warning = self._label()
        set_tone(self.warning, "bad")
        self.typed = QLineEdit()
        self.typed.setAccessibleName("Сколько записей исчезнет")
        self.typed.setAlignment(Qt.AlignmentFlag.AlignRight)
        KeptSize(ctx.theme, self.typed, "setFixedWidth", 96)
        self.typed.textChanged.connect(self.changed)
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.warning, 1)
        row.addWidget(self.typed)
        return box

    @staticmethod
    def _label(name: str = "") -> QLabel:
        label = QLabel(wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName(name)
        return label
