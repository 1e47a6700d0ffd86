"""What a role may not do is grey and says who may. The deed itself refuses anyway; this only spares the attempt."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from imc_desktop.domain.rights import Right
from ui.common.table import Table
from ui.context import Context
from ui.errors import FAILED

_RIGHT = "right"


def needs(right: Right, *things: QWidget | QAction) -> None:
    """Say which right buttons and menu entries need; ``guard`` looks at it when their page is built."""
    for thing in things:
        thing.setProperty(_RIGHT, str(right))


def guard(ctx: Context, page: QWidget) -> None:
    """Grey out on a page what whoever is signed in may not do; called when it has been built."""
    tables: list[Table] = [*page.findChildren(Table)]
    for table in tables:
        if table.people:
            table.may_copy = partial(_may_copy, ctx, table)
    if not ctx.signed_in:
        return
    if words := ctx.refusal(Right.EDIT):
        for table in tables:
            table.why_not = partial(_tell, ctx, words)
    things: list[QObject] = [*page.findChildren(QObject)]
    for thing in things:
        right = thing.property(_RIGHT)
        if right and (words := ctx.refusal(right)):
            _refuse(thing, words)


def _refuse(thing: QObject, words: str) -> None:
    if isinstance(thing, QWidget):
        thing.setEnabled(False)
        thing.setToolTip(words)
        thing.installEventFilter(_StaysGrey(thing))
    elif isinstance(thing, QAction):
        thing.setEnabled(False)
        thing.setToolTip(words)


def _tell(ctx: Context, words: str) -> None:
    ctx.tell(words, "warning")


def _may_copy(ctx: Context, table: Table, count: int) -> bool:
    return ctx.attempt(partial(ctx.copied, table.accessibleName(), count)) is not FAILED


class _StaysGrey(QObject):
    """A page that enables its buttons with the selection does not enable this one."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.setEnabled(False)
        return super().eventFilter(watched, event)
