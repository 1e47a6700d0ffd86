"""What the list of people need not wait for: the card beside it and the deeds, made when first needed (goal P2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imc_desktop.domain.rights import Right
from ui.common.guard import guard
from ui.context import Context
from ui.registry import resolve

if TYPE_CHECKING:
    from ui.staff.deeds import StaffDeeds
    from ui.staff.person_card import PersonCardView

CARD = "ui.staff.person_card:PersonCardView"
DEEDS = "ui.staff.deeds:StaffDeeds"


class Beside(QWidget):
    """Holds the card; ``cardMade`` asks the page to fill it, ``made`` names a person just written."""

    requestedBack = Signal()  # noqa: N815 - a Qt signal
    cardMade = Signal()  # noqa: N815
    made = Signal(str)

    def __init__(self, ctx: Context, owner: QWidget) -> None:
        super().__init__()
        self._ctx, self._owner = ctx, owner
        self._deeds: StaffDeeds | None = None
        self._card: PersonCardView | None = None
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)

    @property
    def deeds(self) -> StaffDeeds:
        """What a person can do with people; they belong to the page around."""
        if self._deeds is None:
            self._deeds = resolve(DEEDS)(self._owner, self._ctx)
            self._deeds.made.connect(self.made)
        return self._deeds

    def do(self, verb: str, *told: object) -> None:
        """One of the deeds by its name: a button does not import them before it is pressed."""
        if words := self._ctx.refusal(Right.EDIT):
            self._ctx.tell(words, "warning")
            return
        getattr(self.deeds, verb)(*told)

    @property
    def card(self) -> PersonCardView:
        """The card beside the list."""
        if self._card is None:
            self._card = card = resolve(CARD)(self._ctx, self)
            for signal, slot in (
                (card.requestedBack, self.requestedBack),
                (card.requestedEdit, self._edit_shown),
                (card.requestedAnswer, partial(trigger, self, "questions")),
                (card.requestedFact, self._edit_fact),
                (card.requestedRestore, partial(self.do, "restore")),
            ):
                signal.connect(slot)
            self._holder.addWidget(card)
            guard(self._ctx, card)
            self.cardMade.emit()
        return self._card

    @property
    def has_card(self) -> bool:
        """Whether the card has been needed already."""
        return self._card is not None

    @property
    def shown_id(self) -> str | None:
        """The person in the card."""
        return self._card.person.id if self._card is not None and self._card.person else None

    @Slot(bool)
    def hide_way_back(self, hidden: bool) -> None:
        """The way back is offered only where the list is not seen."""
        if self._card is not None:
            self._card.back.setHidden(hidden)

    @Slot()
    def _edit_shown(self) -> None:
        if self.shown_id is not None:
            self.do("edit", self.shown_id)

    @Slot(str, str)
    def _edit_fact(self, table: str, fact_id: str) -> None:
        if self.shown_id is not None:
            self.do("fact", self.shown_id, table, fact_id)


def trigger(widget: QWidget, key: str) -> None:
    """One of the actions of a widget's window, if this window has it."""
    action = getattr(widget.window(), "actions_by_key", {}).get(key)
    if action is not None:
        action.trigger()
