"""«Дела» and «Сроки»: a filtered list with the card of the chosen row."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imc_desktop.usecases.attestation import AttestationDueRow, due_attestation_list
from imc_desktop.usecases.attestation_cases import CaseRow, CaseState, case_card, cases
from imc_desktop.usecases.printing.wish import Shown
from imc_desktop.usecases.staff_dues import person_dues
from ui.attestation.lists import case_table, due_table
from ui.attestation.state import (
    GROUPS,
    STATE_TITLES,
    case_sections,
    due_sections,
    organisation_words,
    post_words,
)
from ui.common.card import Card
from ui.common.filter_bar import FilterBar
from ui.common.list_detail import ListDetail
from ui.common.table import Table
from ui.context import Context
from ui.errors import FAILED


class CardView(QWidget):
    """A list on the left, the card of its row on the right."""

    wantsPerson = Signal(str)  # noqa: N815 - person id
    wantsNew = Signal(object)  # noqa: N815 - AttestationDueRow or None

    def __init__(self, ctx: Context, table: Table, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.table = ctx, table
        self.explained: set[str] = set()
        self.filter = FilterBar(table, ctx.theme, hint)
        self._organisation = self.filter.add_choice(
            "organisation", "Организация", lambda row, value: row.organisation_id == value
        )
        self.card = Card(ctx.theme)
        self.card.add_tool("user", "Открыть карточку в «Кадрах»", self._open_person)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.filter.chips, 1)
        line.addWidget(self.filter.counter)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(table, 1)
        self.detail = ListDetail(left, self.card, ctx, name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.detail)
        table.currentRow.connect(self.show_row)

    def show_row(self, row: object) -> None:
        """Fill the card."""
        raise NotImplementedError

    def show_rows(self, rows: list[CaseRow] | list[AttestationDueRow], groups: list[str]) -> None:
        """Fill the list; the card follows its row."""
        names = {row.organisation_id: organisation_words(row) for row in rows if row.organisation_id}
        self._organisation.set_options(sorted(names.items(), key=lambda pair: pair[1]))
        self.table.rows.set_rows(rows, groups)
        if self.table.current() is None and rows and not self.detail.narrow:
            self.table.selectRow(1)
        self.show_row(self.table.current())

    def toggle_why(self, key: str) -> None:
        """Fold or unfold a reason."""
        self.explained ^= {key}
        self.show_row(self.table.current())

    @Slot()
    def _open_person(self) -> None:
        row = self.table.current()
        if row is not None:
            self.wantsPerson.emit(row.person_id)


class CasesView(CardView):
    """All cases by month."""

    wantsEdit = Signal(object)  # noqa: N815 - CaseRow
    wantsResult = Signal(object)  # noqa: N815 - CaseRow

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, case_table(ctx), "Фильтр дел", "attestation.cases", parent)
        state = self.filter.add_choice("state", "Состояние", lambda row, value: row.state is value)
        state.set_options([(one, STATE_TITLES[one]) for one in CaseState])
        kind = self.filter.add_choice("kind", "На что", lambda row, value: row.szd is value)
        kind.set_options([(False, "категория"), (True, "соответствие должности")])
        self._result = self.card.add_button("check", "Итог…", self._ask_result)
        self._change = self.card.add_button("pencil", "Изменить…", self._ask_edit)
        self.card.foot.addStretch()

    def on_screen(self) -> Shown:
        """What one sees is what one gets on paper."""
        return self.filter.on_screen(attrgetter("id"))

    def refresh(self) -> None:
        """Read the cases anew."""
        self.show_rows(cases(self.ctx.store, self.ctx.clock.today()), [])

    @Slot(object)
    def show_row(self, row: object) -> None:
        self._result.setVisible(isinstance(row, CaseRow) and row.state is not CaseState.DONE)
        self._change.setVisible(isinstance(row, CaseRow))
        if not isinstance(row, CaseRow):
            self.card.show_nothing("Выберите дело")
            return
        found = self.ctx.attempt(lambda: case_card(self.ctx.store, row.id, self.ctx.clock.today()))
        if found is not FAILED:
            self.card.show_head(row.person, " · ".join((post_words(row), organisation_words(row))))
            self.card.show_sections(case_sections(found, self.explained, self.toggle_why))

    @Slot()
    def _ask_result(self) -> None:
        if (row := self.table.current()) is not None:
            self.wantsResult.emit(row)

    @Slot()
    def _ask_edit(self) -> None:
        if (row := self.table.current()) is not None:
            self.wantsEdit.emit(row)


class DuesView(CardView):
    """Everybody's terms."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, due_table(ctx), "Фильтр сроков", "attestation.due", parent)
        status = self.filter.add_choice("status", "Срок", lambda row, value: row.status is value)
        status.set_options(list(GROUPS.items()))
        kind = self.filter.add_choice("kind", "Что", lambda row, value: row.szd is value)
        kind.set_options([(False, "категория"), (True, "соответствие должности")])
        self._person = ""
        self._new = self.card.add_button("plus", "Открыть дело…", self._ask_new)
        self.card.foot.addStretch()

    def on_screen(self) -> Shown:
        """What one sees is what one gets on paper."""
        return self.filter.on_screen(attrgetter("key"))

    def refresh(self) -> None:
        """Read the terms anew."""
        self.show_rows(due_attestation_list(self.ctx.store, self.ctx.clock.today()), list(GROUPS.values()))

    @Slot(object)
    def show_row(self, row: object) -> None:
        self._new.setVisible(isinstance(row, AttestationDueRow))
        if not isinstance(row, AttestationDueRow):
            self.card.show_nothing("Выберите строку списка")
            return
        if row.person_id != self._person:
            self._person, self.explained = row.person_id, {f"{row.rule_id}|{row.post}"}
        dues = person_dues(self.ctx.store, row.person_id, self.ctx.clock.today()).attestation
        self.card.show_head(row.person, " · ".join((row.post, organisation_words(row))))
        self.card.show_sections(due_sections(dues, self.explained, self.toggle_why))

    @Slot()
    def _ask_new(self) -> None:
        if (row := self.table.current()) is not None:
            self.wantsNew.emit(row)
