"""How wide the columns of a list are: as wide as their texts, spare room by weight, a person's own width for ever."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QTableView

from ui.common.rows_model import RowsModel
from ui.prefs import Prefs
from ui.theme import Theme

SAMPLE = 600
LONGEST = 6
PADDING = 20
SORT_ARROW = 18


class ColumnWidths(QObject):
    """Widths, order, visibility and sort of one list, remembered under ``place`` in the person's preferences.

    ``tightChanged`` says whether texts of one line find no room: the list may then take two lines to a row.
    """

    tightChanged = Signal(bool)  # noqa: N815 - a Qt signal

    def __init__(self, view: QTableView, model: RowsModel[Any], theme: Theme, prefs: Prefs, place: str) -> None:
        super().__init__(view)
        self._view, self._model, self._theme = view, model, theme
        self._prefs, self._place = prefs, place
        self._wanted: list[int] = []
        self._steps: list[tuple[int, int, int]] = []
        self._words: dict[int, int] = {}
        self._yielded: set[int] = set()
        self.tight = False
        self._busy = False
        self._own: dict[str, int] = dict(prefs.get(f"{place}.widths", {}))
        header = view.horizontalHeader()
        header.setMinimumSectionSize(theme.px(32))
        self._restore()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)

    def visible(self) -> list[int]:
        """Shown columns from left to right."""
        header = self._view.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in order if not self._view.isColumnHidden(column)]

    def yielded(self) -> list[int]:
        """Columns that are not shown only because room is short."""
        return sorted(self._yielded)

    def first_visible(self) -> int:
        """The leftmost shown column."""
        return next(iter(self.visible()), 0)

    @Slot()
    def content_changed(self) -> None:
        """Measure the texts anew (a sample, the longest of them) and lay out."""
        self._wanted = []
        self._words = {}
        self._busy = True
        self._view.horizontalHeader().setMinimumSectionSize(self._theme.px(32))
        self._busy = False
        self.lay_out()

    def lay_out(self) -> None:
        """Give every column its width: nothing is cut while there is room for everything."""
        if not self._wanted:
            sample = self._model.layout_of_rows.sample(SAMPLE)
            measured = [self._measure(column, sample) for column in range(len(self._model.columns))]
            self._wanted = [wanted for wanted, _ in measured]
            self._steps = [steps for _, steps in measured]
        header = self._view.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        columns = [column for column in order if column in self._yielded or not self._view.isColumnHidden(column)]
        room = self._view.viewport().width()
        columns, widths = self._give_way(columns, room)
        self._busy = True
        for column, width in zip(columns, widths, strict=True):
            if self._view.columnWidth(column) != width:
                self._view.setColumnWidth(column, width)
        self._busy = False
        self.tightChanged.emit(self.tight)

    def _give_way(self, columns: list[int], room: int) -> tuple[list[int], list[int]]:
        """The columns there is room for, with their widths; the others are hidden until there is."""
        left, widths = columns, self._share(columns, room)
        while sum(widths) > room > 0:
            ready = [column for column in left if column and self._model.columns[column].yields]
            if not ready:
                break
            first = max(ready, key=lambda column: self._model.columns[column].yields)
            left = [column for column in left if column != first]
            widths = self._share(left, room)
        gone = set(columns) - set(left)
        self._busy = True
        for column in gone ^ self._yielded:
            self._view.setColumnHidden(column, column in gone)
        self._busy = False
        self._yielded = gone
        return left, widths

    def show_column(self, column: int, shown: bool) -> None:
        """Show or hide a column; remembered."""
        self._yielded.discard(column)
        self._view.setColumnHidden(column, not shown)
        hidden = [c.key for n, c in enumerate(self._model.columns) if self._is_unwanted(n)]
        self._prefs.set(f"{self._place}.hidden", hidden)
        self.lay_out()

    @Slot()
    def reset(self) -> None:
        """Columns as the program came: widths, order and choice."""
        self._own = {}
        for name in ("widths", "order", "hidden"):
            self._prefs.set(f"{self._place}.{name}", None)
        self._restore()
        self.lay_out()

    def menu(self) -> QMenu:
        """Which columns are shown; the first one always stays."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._model.columns):
            action = menu.addAction(column.title or column.key)
            action.setCheckable(True)
            action.setChecked(not self._is_unwanted(number))
            action.setEnabled(number > 0)
            action.toggled.connect(partial(self.show_column, number))
        menu.addSeparator()
        menu.addAction("Вернуть исходные столбцы").triggered.connect(self.reset)
        return menu

    @Slot(QPoint)
    def popup_menu(self, place: QPoint) -> None:
        """Right click on the headings."""
        self.menu().popup(self._view.horizontalHeader().mapToGlobal(place))

    def remember_sort(self, section: int, order: Qt.SortOrder) -> None:
        """Sort the same way next time."""
        if 0 <= section < len(self._model.columns):
            backwards = order == Qt.SortOrder.DescendingOrder
            self._prefs.set(f"{self._place}.sort", [self._model.columns[section].key, backwards])

    @Slot(int)
    def keep_sort(self, _section: int) -> None:
        """A heading was clicked."""
        header = self._view.horizontalHeader()
        self.remember_sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def sort(self) -> tuple[int, Qt.SortOrder]:
        """The remembered sort; −1 = the order the rows come in."""
        saved = self._prefs.get(f"{self._place}.sort", [])
        keys = [column.key for column in self._model.columns]
        if len(saved) == 2 and saved[0] in keys:
            order = Qt.SortOrder.DescendingOrder if saved[1] else Qt.SortOrder.AscendingOrder
            return keys.index(saved[0]), order
        return -1, Qt.SortOrder.AscendingOrder

    def _measure(self, column: int, sample: list[tuple[str, ...]]) -> tuple[int, tuple[int, int, int]]:
        """Width of the longest text, and what the column gives way to, step by step, when room is short."""
        spec = self._model.columns[column]
        metrics = QFontMetrics(self._theme.font())
        texts = sorted((texts[column] for texts in sample), key=len)
        usual = metrics.horizontalAdvance(texts[len(texts) * 9 // 10]) if texts else 0
        widest = max((metrics.horizontalAdvance(text) for text in texts[-LONGEST:]), default=0)
        title = QFontMetrics(self._theme.font(bold=True)).horizontalAdvance(spec.title) + self._theme.px(SORT_ARROW)
        char = metrics.averageCharWidth()
        padding, least, most = self._theme.px(PADDING), spec.min_chars * char, spec.max_chars * char
        full, common = (max(title, min(max(width, least), most)) + padding for width in (widest, usual))
        narrowest = max(title - self._theme.px(SORT_ARROW), max(spec.min_chars, 8) * char) + padding
        common, narrowest = min(full, common), min(full, common, narrowest)
        if spec.keep or (spec.tone is not None and spec.weight <= 1):
            return full, (full, full, common)
        return full, (common, narrowest, narrowest)

    def _share(self, columns: list[int], room: int) -> list[int]:
        specs = [self._model.columns[column] for column in columns]
        wanted = [self._own.get(spec.key, self._wanted[column]) for spec, column in zip(specs, columns, strict=True)]
        free = [0.0 if spec.key in self._own else spec.weight for spec in specs]
        spare = room - sum(wanted)
        self.tight = False
        if spare < 0:
            return self._shrink(wanted, free, columns, -spare)
        total = sum(free)
        if not total:
            return wanted
        widths = [width + int(spare * share / total) for width, share in zip(wanted, free, strict=True)]
        last = max(place for place, share in enumerate(free) if share)
        widths[last] += room - sum(widths)
        return widths

    def _shrink(self, wanted: list[int], free: list[float], columns: list[int], missing: int) -> list[int]:
        """Cut rare long texts first, then all texts by share, names and statuses last; then the list scrolls."""
        for step in range(3):
            floors = [
                min(width, self._steps[column][step]) if share else width
                for width, column, share in zip(wanted, columns, free, strict=True)
            ]
            slack = [width - floor for width, floor in zip(wanted, floors, strict=True)]
            if sum(slack) >= missing:
                cut = [part * missing // sum(slack) for part in slack]
                cut[slack.index(max(slack))] += missing - sum(cut)
                return [width - part for width, part in zip(wanted, cut, strict=True)]
            missing -= sum(slack)
            wanted = floors
        self.tight = True
        return self._break_lines(wanted, columns, missing)

    def _break_lines(self, wanted: list[int], columns: list[int], missing: int) -> list[int]:
        """Room is short even so: texts go to a second line, and no column needs more than its longest word."""
        keys = [self._model.columns[column].key for column in columns]
        floors = [
            width if key in self._own else min(width, self._longest_word(column))
            for width, column, key in zip(wanted, columns, keys, strict=True)
        ]
        slack = [width - floor for width, floor in zip(wanted, floors, strict=True)]
        if sum(slack) <= missing:
            return floors
        cut = [part * missing // sum(slack) for part in slack]
        cut[slack.index(max(slack))] += missing - sum(cut)
        return [width - part for width, part in zip(wanted, cut, strict=True)]

    def _longest_word(self, column: int) -> int:
        """Measured only when it comes to that: splitting all texts takes its time."""
        if column not in self._words:
            metrics = QFontMetrics(self._theme.font())
            texts = {texts[column] for texts in self._model.layout_of_rows.sample(SAMPLE)}
            words = sorted({word for text in texts for word in text.split()}, key=len)[-LONGEST:]
            title = QFontMetrics(self._theme.font(bold=True)).horizontalAdvance(self._model.columns[column].title)
            least = max([metrics.horizontalAdvance(word) for word in words] + [title])
            self._words[column] = min(least, self._model.columns[column].max_chars * metrics.averageCharWidth())
            self._words[column] = max(self._words[column], title) + self._theme.px(PADDING)
        return self._words[column]

    def _is_unwanted(self, column: int) -> bool:
        """Whether the person does not want to see it, whatever the room."""
        return self._view.isColumnHidden(column) and column not in self._yielded

    def _restore(self) -> None:
        hidden = self._prefs.get(f"{self._place}.hidden")
        header = self._view.horizontalHeader()
        keys = [column.key for column in self._model.columns]
        self._busy = True
        self._yielded = set()
        for number, column in enumerate(self._model.columns):
            gone = column.hidden if not isinstance(hidden, list) else column.key in hidden
            self._view.setColumnHidden(number, gone and number > 0)
        order = self._prefs.get(f"{self._place}.order") or keys
        for place, key in enumerate([key for key in order if key in keys]):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        self._busy = False

    @Slot(int, int, int)
    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if self._busy or not new or self._view.isColumnHidden(column):
            return
        self._own[self._model.columns[column].key] = new
        self._prefs.set(f"{self._place}.widths", dict(self._own))

    @Slot(int, int, int)
    def _on_moved(self, _column: int, _old: int, _new: int) -> None:
        if not self._busy:
            header = self._view.horizontalHeader()
            order = [self._model.columns[header.logicalIndex(place)].key for place in range(header.count())]
            self._prefs.set(f"{self._place}.order", order)
