"""«Кому пора»: counters, rules to choose from, the grouped list and the card with the full reason."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.kinds import DueStatus
from imc_desktop.usecases.courses import CourseDueRow, course_rules, due_courses_list, most_urgent, trainings
from imc_desktop.usecases.due_sql import due_counts
from imc_desktop.usecases.printing.wish import Shown
from imc_desktop.usecases.staff_dues import person_dues
from ui.common.card import Card
from ui.common.filter_bar import FilterBar
from ui.common.filter_state import Condition
from ui.common.flow import Flow
from ui.common.list_detail import ListDetail
from ui.context import Context
from ui.courses.lists import due_table
from ui.courses.state import (
    ALL_RULES,
    CALLED,
    GROUPS,
    Tile,
    busiest,
    calls,
    card_sections,
    chip_titles,
    organisation_words,
    post_words,
    tiles,
)
from ui.courses.tiles import Tiles

TILE_KEYS = ("overdue", "this_year", "next_year", "no_data", "later")
WORD_ROOM = 640
WORDS_OF_CALLED = "просрочено, в этом и в следующем учебном году"
_RULE_PREF = "courses.rule"


class DueView(QWidget):
    """Shows one rule (or the most urgent of all); deeds go out as signals with ids."""

    wantsTraining = Signal(str, str)  # noqa: N815 - person id, training id ("" = a new one)
    wantsPlan = Signal(object)  # noqa: N815 - CourseDueRow
    wantsPerson = Signal(str)  # noqa: N815 - person id

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._row: CourseDueRow | None = None
        self._explained: set[str] = set()
        self._tiles: list[Tile] = []
        self.rule = ""
        self.tiles = Tiles(ctx.theme, TILE_KEYS)
        self.tiles.chosen.connect(self._narrow)
        self.table = due_table(ctx)
        self.filter = FilterBar(self.table, ctx.theme, "Фильтр: кому пора")
        self._organisation = self.filter.add_choice(
            "organisation", "Организация", lambda row, value: row.organisation_id == value
        )
        self._build_card()
        self._build_layout()
        self.table.currentRow.connect(self.show_row)
        self.table.opened.connect(self._open)
        self.table.requestedEdit.connect(self._open)
        self.table.requestedNew.connect(self._add)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_card(self) -> None:
        self.card = Card(self.ctx.theme)
        self.card.add_tool("user", "Открыть карточку в «Кадрах»", self._open_person)
        self._add_button = self.card.add_button("plus", "Курс", self._add)
        self._plan_button = self.card.add_button("calendar", "В план", self._plan)
        self.card.foot.addStretch()

    def _build_layout(self) -> None:
        self._rules = QButtonGroup(self)
        self._rules.buttonClicked.connect(self._choose_rule)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        line = Flow()
        rules = QWidget()
        rules.setLayout(self._chips)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._word = QLabel("Правило:")
        line.add(self._word, rules, self.filter.chips)
        line.add(self.filter.counter, end=True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.detail = ListDetail(left, self.card, self.ctx, "courses")
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 8)
        top.addWidget(self.tiles)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.detail, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large type on a small screen the word and the counter would take a line each from the list."""
        super().resizeEvent(event)
        roomy = self.width() >= self.ctx.theme.px(WORD_ROOM)
        self._word.setVisible(roomy)
        self.filter.counter.setVisible(roomy)

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the rules and the list anew."""
        today, store = self.ctx.clock.today(), self.ctx.store
        counts = due_counts(store, today)
        chips = chip_titles(course_rules(store, today), counts)
        known = [key for key, _ in chips]
        chosen = self.ctx.prefs.get(_RULE_PREF, None)
        if chosen in known:
            self.rule = chosen
        elif not self.rule or self.rule not in known or not calls(counts[self.rule]):
            self.rule = busiest({key: counts[key] for key in known if key})
        self._show_chips(chips)
        self._read_rows()

    def on_screen(self) -> Shown:
        """What one sees is what one gets on paper: the rule, the pressed tile, the filter."""
        chosen = self._rules.checkedButton()
        pressed = next((tile.title for tile in self._tiles if tile.key == self.tiles.key), WORDS_OF_CALLED)
        rule = f"правило «{chosen.text()}»" if chosen is not None and self.rule != ALL_RULES else ""
        return self.filter.on_screen(attrgetter("key"), rule, pressed)

    def _read_rows(self) -> None:
        today = self.ctx.clock.today()
        rows = due_courses_list(self.ctx.store, today, self.rule or None)
        rows = most_urgent(rows) if self.rule == ALL_RULES else rows
        self._tiles = tiles(rows, today)
        self.tiles.show_tiles(self._tiles)
        names = {row.organisation_id: organisation_words(row) for row in rows if row.organisation_id}
        self._organisation.set_options(sorted(names.items(), key=lambda pair: pair[1]))
        self._set_condition()
        self.table.rows.set_rows(rows, list(GROUPS.values()))
        self._select()

    def _show_chips(self, chips: list[tuple[str, str]]) -> None:
        shown = [(button.property("rule"), button.text()) for button in self._rules.buttons()]
        if shown != chips:
            for button in self._rules.buttons():
                self._rules.removeButton(button)
                self._chips.removeWidget(button)
                button.deleteLater()
            for key, title in chips:
                chip = QPushButton(title)
                chip.setCheckable(True)
                chip.setProperty("chip", True)
                chip.setProperty("rule", key)
                chip.setAccessibleName(f"Правило: {title}")
                self._rules.addButton(chip)
                self._chips.addWidget(chip)
        for button in self._rules.buttons():
            chosen = button.property("rule") == self.rule
            button.setChecked(chosen)
            button.setProperty("active", chosen)
            button.style().polish(button)

    def _set_condition(self) -> None:
        """Without a pressed tile those who are called; with one exactly its people."""
        pressed = next((tile for tile in self._tiles if tile.key == self.tiles.key), None)
        statuses: frozenset[DueStatus] = pressed.statuses if pressed else CALLED
        self.table.rows.filter.set(Condition("status", "", lambda row: row.status in statuses))

    def _select(self) -> None:
        """Keep the chosen person; without one show the first of the list."""
        if self.table.current() is None and not self.detail.narrow:
            rows = self.table.rows.shown_rows()
            if rows:
                self.table.choose((rows[0].person_id, rows[0].rule_id))
        self.show_row(self.table.current())

    # --- the card -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_row(self, row: CourseDueRow | None) -> None:
        """The card of a row; the reason of the chosen rule is unfolded."""
        if row is not None and (self._row is None or row.person_id != self._row.person_id):
            self._explained = {row.rule_id}
        self._row = row
        for button in (self._add_button, self._plan_button):
            button.setVisible(row is not None)
        if row is None:
            self.card.show_nothing("Выберите строку списка")
            return
        self.card.show_head(row.person, " · ".join(part for part in (post_words(row), organisation_words(row)) if part))
        self._fill_card(row)

    def _fill_card(self, row: CourseDueRow) -> None:
        today = self.ctx.clock.today()
        dues = person_dues(self.ctx.store, row.person_id, today).courses
        done = trainings(self.ctx.store, today, row.person_id)
        open_training = partial(self.wantsTraining.emit, row.person_id)
        self.card.show_sections(card_sections(dues, done, self._explained, self._explain, open_training))

    def _explain(self, rule: str) -> None:
        self._explained ^= {rule}
        if self._row is not None:
            self._fill_card(self._row)

    # --- small slots --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _narrow(self, _key: str) -> None:
        self._set_condition()
        self.table.rows.apply_filter()
        self._select()

    @Slot(object)
    def _choose_rule(self, chip: QPushButton) -> None:
        self.rule = chip.property("rule")
        self.ctx.prefs.set(_RULE_PREF, self.rule)
        self.refresh()

    @Slot(object)
    def _open(self, row: CourseDueRow) -> None:
        if self.detail.narrow:
            self.show_row(row)
            self.detail.open_detail()
        else:
            self.wantsPerson.emit(row.person_id)

    @Slot()
    def _open_person(self) -> None:
        if self._row is not None:
            self.wantsPerson.emit(self._row.person_id)

    @Slot()
    def _add(self) -> None:
        self.wantsTraining.emit(self._row.person_id if self._row else "", "")

    @Slot()
    def _plan(self) -> None:
        if self._row is not None:
            self.wantsPlan.emit(self._row)
