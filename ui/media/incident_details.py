"""What stands beside the list of incidents: the hours left, what was on the medium, what to do, the buttons for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.incidents import moment_words, people_words
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.incidents import Deadline, IncidentRow
from ui.common.flow import Flow
from ui.common.scroll import Scroll
from ui.common.toned import set_tone
from ui.media.incident_dialog import held_words
from ui.theme import Theme

WIDTH = 280


class IncidentDetails(Scroll):
    """``wanted`` gives the key of a button and the incident it is about."""

    wanted = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: dict[str, QPushButton] = {}
        self.setAccessibleName("Происшествие: сроки и что сделать")
        self.setMinimumWidth(theme.px(WIDTH))

    def show_incident(self, row: IncidentRow | None, *, offers_key: bool) -> None:
        """Fill it anew; ``offers_key``: there is a way to the key of copies from here."""
        self.buttons = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 4, 8, 8)
        column.setSpacing(6)
        if row is not None:
            self._fill(column, row)
            if offers_key and row.change_key:
                self._add_buttons(column, row, {"key": "Ключи копий…"})
            self._conclude(column, row)
        column.addStretch()
        self.setWidget(body)

    def _fill(self, column: QVBoxLayout, row: IncidentRow) -> None:
        self._say(column, row.title, "title")
        self._say(column, "\n".join(_about(row)), "secondary")
        for one in row.deadlines:
            self._notice(column, row, one)
        self._say(column, "Что было на носителе", "section")
        self._say(column, held_words(row.exposure))
        if row.exposure.data:
            self._say(column, f"Виды данных: {', '.join(row.exposure.data)}.", "secondary")
        if row.advice:
            self._say(column, "Что сделать сейчас", "section")
            for line in row.advice:
                self._say(column, f"— {line}")

    def _conclude(self, column: QVBoxLayout, row: IncidentRow) -> None:
        self._say(column, "Выводы расследования", "section")
        self._say(column, row.findings or "ещё не записаны", "" if row.findings else "secondary")
        if not row.closed:
            self._add_buttons(column, row, {"findings": "Записать выводы…", "close": "Закрыть дело"})

    def _notice(self, column: QVBoxLayout, row: IncidentRow, one: Deadline) -> None:
        self._say(column, one.rule.short, "section")
        label = self._say(column, one.words)
        set_tone(label, one.tone)
        until = f"Срок: {moment_words(one.due)}. " if one.due else ""
        self._say(column, f"{until}{one.rule.source}", "secondary")
        titles = {f"print.{one.rule.key}": "Напечатать…"}
        if not row.closed and not one.sent:
            titles[f"sent.{one.rule.key}"] = "Отправлено…"
        self._add_buttons(column, row, titles)

    def _add_buttons(self, column: QVBoxLayout, row: IncidentRow, titles: dict[str, str]) -> None:
        place = Flow()
        for key, title in titles.items():
            button = QPushButton(title)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.wanted.emit, key, row))
            self.buttons[key] = button
            place.add(button)
        column.addLayout(place)

    @staticmethod
    def _say(column: QVBoxLayout, text: str, name: str = "") -> QLabel:
        label = QLabel(text, wordWrap=True)
        if name:
            label.setObjectName(name)
        column.addWidget(label)
        return label


def _about(row: IncidentRow) -> Iterator[str]:
    yield f"Заметили {moment_words(row.given.noticed)}"
    if row.given.happened:
        yield f"Случилось {show_date(row.given.happened)}"
    if row.exposure.people:
        yield f"Людей: не более {people_words(row.exposure.people)}"
    if row.given.circumstances:
        yield row.given.circumstances
