"""How wide columns are: as wide as their texts, spare room by weight; what gives way when there is too little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QFontMetrics

from ui.common.rows_model import RowsModel
from ui.theme import Theme

SAMPLE = 600
LONGEST = 6
PADDING = 20
SORT_ARROW = 18


class ColumnRoom:
    """Shares the room of one list; ``tight`` says whether texts of one line found none at the last sharing."""

    def __init__(self, model: RowsModel[Any], theme: Theme) -> None:
        self._model, self._theme = model, theme
        self.tight = False
        self.forget()

    def forget(self) -> None:
        """Measure the texts anew next time."""
        self._wanted: list[int] = []
        self._steps: list[tuple[int, int, int]] = []
        self._words: dict[int, int] = {}

    def give_way(self, columns: list[int], own: Mapping[str, int], room: int) -> tuple[list[int], list[int]]:
        """The columns there is room for, with their widths; ``own`` are widths that a person gave, by key."""
        if not self._wanted:
            sample = self._model.layout_of_rows.sample(SAMPLE)
            measured = [self._measure(column, sample) for column in range(len(self._model.columns))]
            self._wanted = [wanted for wanted, _ in measured]
            self._steps = [steps for _, steps in measured]
        left, widths = columns, self._share(columns, own, room)
        while sum(widths) > room > 0:
            ready = [column for column in left if column and self._model.columns[column].yields]
            if not ready:
                break
            first = max(ready, key=lambda column: self._model.columns[column].yields)
            left = [column for column in left if column != first]
            widths = self._share(left, own, room)
        return left, widths

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

    def _share(self, columns: list[int], own: Mapping[str, int], room: int) -> list[int]:
        specs = [self._model.columns[column] for column in columns]
        wanted = [own.get(spec.key, self._wanted[column]) for spec, column in zip(specs, columns, strict=True)]
        free = [0.0 if spec.key in own else spec.weight for spec in specs]
        spare = room - sum(wanted)
        self.tight = False
        if spare < 0:
            return self._shrink(wanted, free, columns, own, -spare)
        total = sum(free)
        if not total:
            return wanted
        widths = [width + int(spare * share / total) for width, share in zip(wanted, free, strict=True)]
        last = max(place for place, share in enumerate(free) if share)
        widths[last] += room - sum(widths)
        return widths

    def _shrink(
        self, wanted: list[int], free: list[float], columns: list[int], own: Mapping[str, int], missing: int
    ) -> list[int]:
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
        return self._break_lines(wanted, columns, own, missing)

    def _break_lines(self, wanted: list[int], columns: list[int], own: Mapping[str, int], missing: int) -> list[int]:
        """Room is short even so: texts go to a second line, and no column needs more than its longest word."""
        keys = [self._model.columns[column].key for column in columns]
        floors = [
            width if key in own else min(width, self._longest_word(column))
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
