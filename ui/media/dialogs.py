"""Boxes of the register of media and of the course of an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.incidents import read_time
from imc_desktop.usecases.carriers import (
    KINDS,
    CarrierInput,
    CarrierRow,
    add_carrier,
    carriers,
    check_carrier,
    edit_carrier,
    give_carrier,
    mark_destroyed,
    take_back,
)
from imc_desktop.usecases.handover import known_names
from imc_desktop.usecases.incidents import IncidentRow, mark_sent, set_findings
from imc_desktop.usecases.leaving import Medium, media_in
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context
from ui.media.state import medium_choices

PAGE = "carriers"


class CarrierDialog(FormDialog):
    """An entry of the register; label and serial can be taken from a medium that is in."""

    help_page = PAGE

    def __init__(self, ctx: Context, row: CarrierRow | None = None, parent: QWidget | None = None) -> None:
        self._row = row
        known = {one.serial for one in carriers(ctx.store) if row is None or one.id != row.id}
        media = [one for one in media_in() if one.serial not in known]
        fields = (
            Field("medium", "Вставлен сейчас", "choice", choices=medium_choices(media)),
            Field("kind", "Вид", required=True, suggestions=KINDS),
            Field("label", "Метка (имя диска)"),
            Field("serial", "Серийный номер", hint="программа берёт его с вставленного носителя"),
            Field("number", "Учётный номер", hint="следующий по порядку"),
            Field("note", "Примечание"),
        )
        shown = row or CarrierRow("", "", KINDS[0], "", "", "", "", "", "", "")
        initial = {name: getattr(shown, name) for name in ("kind", "label", "serial", "number", "note")}
        title = "Запись о носителе" if row else "Новый носитель"
        super().__init__(ctx, title, fields, initial=initial, check=self._found, deed=self._save, parent=parent)
        self.form.set_shown("medium", shown=bool(media))
        chosen: Any = self.form.editors["medium"]
        chosen.currentIndexChanged.connect(self._take_medium)
        if row is None and media:
            chosen.setCurrentIndex(1)
        self.fit()

    @Slot()
    def _take_medium(self) -> None:
        medium: Medium | None = self.form.values()["medium"]
        if medium is not None:
            self.form.set_values({"label": medium.label, "serial": medium.serial})

    def _given(self, values: dict[str, Any]) -> CarrierInput:
        return CarrierInput(**{key: value for key, value in values.items() if key != "medium"})

    def _found(self, values: dict[str, Any]) -> Sequence[Problem]:
        return check_carrier(self.ctx.store, self._given(values), self._row.id if self._row else "")

    def _save(self, values: dict[str, Any]) -> str:
        if self._row is None:
            return add_carrier(self.ctx.store, self._given(values))
        edit_carrier(self.ctx.store, self._row.id, self._given(values))
        return self._row.id


class DayDialog(FormDialog):
    """One day and perhaps a text: giving out, taking back, destroying, sending a notice."""

    help_page = PAGE


def give_box(ctx: Context, row: CarrierRow, parent: QWidget) -> FormDialog:
    """To whom and since when."""
    fields = (
        Field("holder", "Кому", required=True, suggestions=tuple(known_names(ctx.store))),
        Field("day", "Дата выдачи", "date", required=True),
    )
    return DayDialog(
        ctx, f"Выдать: {row.name}", fields, verb="Выдать", initial={"day": ctx.clock.today().isoformat()},
        deed=lambda told: give_carrier(ctx.store, row.id, told["holder"], told["day"]), parent=parent,
    )  # fmt: skip


def back_box(ctx: Context, row: CarrierRow, parent: QWidget) -> FormDialog:
    """When it came back."""
    fields = (Field("day", "Дата возврата", "date", required=True),)
    return DayDialog(
        ctx, f"Вернуть: {row.name}", fields, verb="Вернуть", initial={"day": ctx.clock.today().isoformat()},
        deed=lambda told: take_back(ctx.store, row.id, told["day"]), parent=parent,
    )  # fmt: skip


def destroyed_box(ctx: Context, row: CarrierRow, parent: QWidget) -> FormDialog:
    """When and by which act."""
    fields = (
        Field("day", "Дата уничтожения", "date", required=True),
        Field("act", "Акт", required=True, hint="акт № 3 от 20.11.2026"),
    )
    return DayDialog(
        ctx, f"Уничтожен: {row.name}", fields, verb="Записать", initial={"day": ctx.clock.today().isoformat()},
        deed=lambda told: mark_destroyed(ctx.store, row.id, told["day"], told["act"]), parent=parent,
    )  # fmt: skip


def sent_box(ctx: Context, row: IncidentRow, key: str, parent: QWidget) -> FormDialog:
    """When a notice was sent."""
    fields = (
        Field("day", "Отправлено", "date", required=True),
        Field("time", "Время", required=True, hint="14:05"),
    )
    now = ctx.clock.now()
    return DayDialog(
        ctx, "Уведомление отправлено", fields, verb="Отметить",
        initial={"day": now.date().isoformat(), "time": f"{now:%H:%M}"}, check=partial(time_problems, "time"),
        deed=lambda told: mark_sent(ctx.store, row.id, key, f"{told['day']}T{read_time(told['time'])}"), parent=parent,
    )  # fmt: skip


def findings_box(ctx: Context, row: IncidentRow, parent: QWidget) -> FormDialog:
    """What the investigation found and what was done."""
    fields = (
        Field("findings", "Выводы", "multi", required=True, hint="что установлено, кто и почему"),
        Field("measures", "Принятые меры", "multi", hint="ключ копий сменён, проведён инструктаж…"),
    )
    return DayDialog(
        ctx, "Выводы расследования", fields, initial={"findings": row.findings, "measures": row.given.measures},
        deed=lambda told: set_findings(ctx.store, row.id, told["findings"], told["measures"]), parent=parent,
    )  # fmt: skip


def time_problems(key: str, values: dict[str, Any]) -> Sequence[Problem]:
    """What is wrong with a time as typed."""
    try:
        read_time(values[key])
    except ValueError as error:
        return [Problem(key, str(error))]
    return ()


def show_box(box: FormDialog, done: Callable[[], object] | None = None) -> FormDialog:
    """Open a box over its window; ``done`` is called when its deed was done."""
    if done is not None:
        box.accepted.connect(done)
    box.open()
    return box
