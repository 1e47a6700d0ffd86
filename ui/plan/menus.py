"""Menus and the empty place of the plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from imc_desktop.domain.dates import school_year_title
from ui.common.empty_state import EmptyState
from ui.context import MessageAction
from ui.plan.deeds import Line, PlanDeeds
from ui.plan.lists import PlanTable
from ui.theme import Theme

Run = Callable[[], object]
NO_CYCLOGRAM = "Она приходит вместе с планом из Excel: лист «Циклограмма», направления по строкам, месяцы по столбцам."
NO_PLAN = (
    "Здесь мероприятия по разделам, сроки, ответственные и отметки о выполнении; отсюда план печатают и утверждают. "
    "Загрузите план из Excel или начните с направлений работы по положению."
)


def item_menu(table: PlanTable, deeds: PlanDeeds, line: Line) -> QMenu:
    """What can be done with an item."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    closed = deeds.view is None or deeds.view.approved
    for title, run, text_only in (
        ("Исполнено\tПробел", partial(deeds.mark, line), False),
        ("Другая отметка…", partial(deeds.mark_more, line), False),
        ("Изменить…\tF2", partial(deeds.edit, line), True),
        ("Повторить\tF9", partial(deeds.copy, line), True),
        ("Выше\tCtrl+↑", partial(deeds.move, line, -1), True),
        ("Ниже\tCtrl+↓", partial(deeds.move, line, 1), True),
        ("Удалить\tDel", partial(deeds.delete, [line]), True),
    ):
        action = menu.addAction(title)
        action.setEnabled(not (closed and text_only))
        action.triggered.connect(run)
    return menu


def open_item_menu(table: PlanTable, deeds: PlanDeeds, place: QPoint) -> None:
    """The menu of the line under the cursor."""
    line = table.current()
    if line is not None and line.item is not None:
        item_menu(table, deeds, line).popup(table.viewport().mapToGlobal(place))


def plan_menu(owner: QWidget, deeds: PlanDeeds, current: Callable[[], Line | None], next_year: Run) -> QMenu:
    """«Ещё»: sections, the next year."""
    menu = QMenu(owner)
    menu.addAction("Новый раздел…").triggered.connect(deeds.add_section)
    menu.addAction("Переименовать раздел…").triggered.connect(lambda: deeds.rename_section(current()))
    menu.addAction("Удалить пустой раздел").triggered.connect(lambda: deeds.delete_section(current()))
    menu.addSeparator()
    menu.addAction("Текстовая часть…").triggered.connect(deeds.edit_texts)
    menu.addAction("План на следующий год по этому").triggered.connect(next_year)
    return menu


def empty_plan(theme: Theme, deeds: PlanDeeds, year: int, has_last: bool, take_in: Run) -> EmptyState:
    """No plan for a year: what the tab is for and the ways to begin."""
    actions = [
        MessageAction("План из Excel…", take_in),
        MessageAction("Новый план", partial(deeds.new_plan, year)),
    ]
    if has_last:
        actions.insert(0, MessageAction("По прошлогоднему", partial(deeds.next_year, year)))
    title = f"Плана на {school_year_title(year)} учебный год ещё нет"
    return EmptyState(theme, "clipboard-list", title, NO_PLAN, actions)


def empty_cyclogram(theme: Theme, take_in: Run) -> EmptyState:
    """No cyclogram for a year."""
    actions = (MessageAction("Импорт…", take_in),)
    return EmptyState(theme, "layout-grid", "Циклограммы на этот год нет", NO_CYCLOGRAM, actions)
