"""The lists of the plan: columns of every view, and a table that takes marks by the space bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from imc_desktop.usecases.plan import DayLine
from ui.common.rows_model import Column, RowsModel
from ui.common.table import Table
from ui.context import Context
from ui.plan.state import MARKS, PlanLine, state_mark

EMPTY = "мероприятий пока нет — Ins, чтобы добавить"


class PlanTable(Table):
    """A list of plan lines: space marks, Ctrl+↑/↓ moves."""

    requestedMark = Signal(object)  # noqa: N815 - a Qt signal
    requestedMove = Signal(object, int)  # noqa: N815

    def __init__(self, model: RowsModel[Any], ctx: Context, name: str, title: str) -> None:
        super().__init__(model, ctx.theme, ctx.prefs, name, title)
        self.people = False
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current(), event.key()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if row is not None and key == Qt.Key.Key_Space and not event.modifiers():
            self.requestedMark.emit(row)
        elif row is not None and control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.requestedMove.emit(row, -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


def plan_table(ctx: Context, parent: QWidget | None = None) -> PlanTable:
    """Items by sections, in the order of the paper."""
    columns: list[Column[PlanLine]] = [
        Column("number", "№", _number, weight=0, min_chars=4, max_chars=8, sort=_number_key),
        Column("title", "Мероприятие", _title, weight=4, max_chars=60),
        Column("term", "Срок, как написано", _term, weight=1, max_chars=30),
        Column("understood", "Понято как", _understood, weight=1.01, max_chars=30, tone=_quiet, sort=_when, yields=2),
        Column("responsible", "Ответственный", _responsible, weight=1.5, max_chars=34, yields=1),
        Column("mark", "Отметка", _mark, tone=_tone, weight=0, min_chars=19, max_chars=28),
        Column("place", "Место", _place, weight=1, hidden=True),
        Column("participants", "Участники", _participants, weight=1, hidden=True),
        Column("expected", "Ожидаемый результат", _expected, weight=1, hidden=True),
    ]
    model: RowsModel[PlanLine] = RowsModel(columns, _key, ctx.theme, group=_group, parent=parent)
    return PlanTable(model, ctx, "plan", "План работы")


def people_table(ctx: Context, parent: QWidget | None = None) -> PlanTable:
    """Items by those who answer for them."""
    columns: list[Column[PlanLine]] = [
        Column("number", "№", _number, weight=0, min_chars=4, max_chars=8, sort=_number_key),
        Column("title", "Мероприятие", _title, weight=4, max_chars=60),
        Column("term", "Срок, как написано", _term, weight=1, max_chars=30),
        Column("understood", "Понято как", _understood, weight=1.01, max_chars=30, tone=_quiet, sort=_when, yields=2),
        Column("mark", "Отметка", _mark, tone=_tone, weight=0, min_chars=19, max_chars=28),
    ]
    model: RowsModel[PlanLine] = RowsModel(columns, _key, ctx.theme, group=_group, parent=parent)
    return PlanTable(model, ctx, "plan.people", "План по ответственным")


def month_table(ctx: Context, parent: QWidget | None = None) -> PlanTable:
    """What happens in a month, by days."""
    columns: list[Column[DayLine]] = [
        Column("when", "Когда", lambda line: line.when, weight=0.5, min_chars=8, max_chars=24),
        Column("title", "Мероприятие", lambda line: line.item.title, weight=4, max_chars=60),
        Column("place", "Место", lambda line: line.item.place, weight=1, max_chars=24, yields=3),
        Column("responsible", "Ответственный", lambda line: _one_line(line.item.responsible), weight=1.5, yields=1),
        Column("source", "План", _source, weight=0, max_chars=16, yields=2),
        Column(
            "mark", "Отметка", lambda line: state_mark(line.state), tone=lambda line: MARKS[line.state][1], weight=0
        ),
    ]
    model: RowsModel[DayLine] = RowsModel(
        columns, lambda line: line.key, ctx.theme, group=lambda line: line.group, parent=parent
    )
    return PlanTable(model, ctx, "plan.month", "План на месяц")


def _day_mark(line: DayLine) -> str:
    return state_mark(line.state)


def _day_tone(line: DayLine) -> str:
    return MARKS[line.state][1]


def _source(line: DayLine) -> str:
    if line.own:
        return "месяца"
    return f"годовой, {line.item.number.rstrip('.')}" if line.item.number else "годовой"


def _one_line(text: str) -> str:
    """Lines of a cell one after another, the way names are listed."""
    return ", ".join(part.strip().rstrip(",;") for part in text.splitlines() if part.strip())


def _key(line: PlanLine) -> str:
    return line.key


def _group(line: PlanLine) -> str:
    return line.group


def _number(line: PlanLine) -> str:
    return line.item.number.rstrip(".") if line.item else ""


def _number_key(line: PlanLine) -> tuple[int, ...] | None:
    parts = [part for part in _number(line).split(".") if part.isdigit()]
    return tuple(int(part) for part in parts) or None


def _title(line: PlanLine) -> str:
    return _one_line(line.item.title).replace(",,", ",") if line.item else EMPTY


def _term(line: PlanLine) -> str:
    return _one_line(line.item.term) if line.item else ""


def _understood(line: PlanLine) -> str:
    if line.item is None:
        return ""
    return line.item.term_short or ("уточнить" if line.item.term else "")


def _when(line: PlanLine) -> str | None:
    return line.item.spans[0][0].isoformat() if line.item and line.item.spans else None


def _responsible(line: PlanLine) -> str:
    return _one_line(line.item.responsible) if line.item else ""


def _place(line: PlanLine) -> str:
    return _one_line(line.item.place) if line.item else ""


def _participants(line: PlanLine) -> str:
    return _one_line(line.item.participants) if line.item else ""


def _expected(line: PlanLine) -> str:
    return _one_line(line.item.expected) if line.item else ""


def _mark(line: PlanLine) -> str:
    return line.mark


def _tone(line: PlanLine) -> str:
    return line.tone


def _quiet(_line: PlanLine) -> str:
    return "secondary"
