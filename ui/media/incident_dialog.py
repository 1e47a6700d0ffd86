"""«Потеряна флешка»: which, when, how; what was on it is said at once, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.incidents import Exposure, people_words, read_time
from imc_desktop.usecases.carriers import LOST, carriers
from imc_desktop.usecases.incidents import (
    IncidentInput,
    IncidentRow,
    add_incident,
    advice_on,
    check_incident,
    edit_incident,
    expose,
)
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context
from ui.media.dialogs import PAGE, time_problems

_ABOUT_MEDIUM = ("carrier_id", "label", "serial")


class IncidentDialog(FormDialog):
    """A new incident, or a correction of one; ``result_value`` is its id."""

    help_page = PAGE

    def __init__(
        self, ctx: Context, row: IncidentRow | None = None, carrier_id: str = "", parent: QWidget | None = None
    ) -> None:
        self._row = row
        known = [one for one in carriers(ctx.store) if one.state != LOST or (row and one.id == row.given.carrier_id)]
        choices = (("", "не из журнала"), *((one.id, f"{one.name} {one.holder}".strip()) for one in known))
        fields = (
            Field("carrier_id", "Что потеряно", "choice", choices=choices),
            Field("label", "Метка (имя диска)", hint="как носитель назывался в проводнике"),
            Field("serial", "Серийный номер", hint="если известен"),
            Field("noticed", "Когда заметили", "date", required=True),
            Field("time", "Время", required=True, hint="14:05"),
            Field("happened", "Когда случилось", "date", hint="если известно"),
            Field("circumstances", "Обстоятельства", "multi", hint="где и как пропала, что предполагаете"),
            Field("measures", "Что уже сделано", "multi", hint="искали, сообщили, сменили ключ…"),
        )
        title = "Происшествие" if row else "Потеряна флешка"
        super().__init__(
            ctx, title, fields, verb="Записать", initial=self._initial(ctx, row, carrier_id or _first(known)),
            check=self._found, deed=self._save, parent=parent,
        )  # fmt: skip
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAccessibleName("Что было на носителе")
        self.body.insertWidget(1, self.told)
        self.form.changed.connect(self._tell)
        self._medium: tuple[Any, ...] = ()
        self._tell()
        self.form.editors["circumstances"].setFocus()

    @staticmethod
    def _initial(ctx: Context, row: IncidentRow | None, carrier_id: str) -> dict[str, Any]:
        if row is not None:
            given = row.given
            day, _, time = given.noticed.partition("T")
            return {
                "carrier_id": given.carrier_id, "label": given.label, "serial": given.serial, "noticed": day,
                "time": time, "happened": given.happened, "circumstances": given.circumstances,
                "measures": given.measures,
            }  # fmt: skip
        now = ctx.clock.now()
        today = now.date().isoformat()
        return {"carrier_id": carrier_id, "noticed": today, "time": f"{now:%H:%M}", "happened": today}

    @Slot()
    def _tell(self) -> None:
        """What was on the chosen medium; asked anew only when another one is chosen."""
        values = self.form.values()
        medium = tuple(values[key] for key in _ABOUT_MEDIUM)
        if medium == self._medium:
            return
        self._medium = medium
        by_hand = not values["carrier_id"]
        for key in ("label", "serial"):
            self.form.set_shown(key, shown=by_hand)
        held = expose(self.ctx.store, self._given(values, f"{values['noticed'] or '2000-01-01'}T00:00"))
        self.told.setText("\n".join([held_words(held), *(f"— {line}" for line in advice_on(self.ctx.store, held))]))
        self.grow()

    @staticmethod
    def _given(values: dict[str, Any], noticed: str) -> IncidentInput:
        own = {key: values[key] for key in ("carrier_id", "label", "serial", "happened", "circumstances", "measures")}
        return IncidentInput(noticed=noticed, **own)

    def _found(self, values: dict[str, Any]) -> Sequence[Problem]:
        wrong = time_problems("time", values)
        return wrong or check_incident(self._given(values, _moment(values)), _local(self.ctx))

    def _save(self, values: dict[str, Any]) -> str:
        given = self._given(values, _moment(values))
        if self._row is None:
            return add_incident(self.ctx.store, given, _local(self.ctx))
        edit_incident(self.ctx.store, self._row.id, given, _local(self.ctx))
        return self._row.id


_MAY_BREAK = "\u200b"  # within the long name of a copy: a line of large type has no room for it


def held_words(held: Exposure) -> str:
    """What was on a medium, in two or three lines."""
    if not held.items:
        return "Что было на носителе: по журналам записи не известны."
    many = f"не более чем: {people_words(held.people)}" if held.people else f"сколько людей — {people_words(0)}"
    lines = [f"На носителе сведения о людях, {many}."]
    lines += [f"   {item.what}, {item.day}; {_lock(item.key_id)}" for item in held.items[-5:]]
    return "\n".join(lines).replace("_", f"_{_MAY_BREAK}")


def _lock(key_id: str) -> str:
    return f"зашифровано ключом {key_id}" if key_id else "НЕ зашифровано"


def _first(known: Sequence[Any]) -> str:
    """The medium most likely lost: the first that is given out."""
    return next((one.id for one in known if one.given), "")


def _moment(values: dict[str, Any]) -> str:
    return f"{values['noticed']}T{read_time(values['time'])}"


def _local(ctx: Context) -> datetime:
    """Now by the office's clock, as the entries hold it."""
    return ctx.clock.now().replace(tzinfo=None)
