"""What a person does on the tab «Аттестация»: asks by a box, acts by a use case, tells in the strip."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.words import plural
from imc_desktop.usecases.attestation import AttestationDueRow
from imc_desktop.usecases.attestation_calendar import MonthRow
from imc_desktop.usecases.attestation_cases import CaseRow, CaseState
from imc_desktop.usecases.attestation_edit import CaseInput, case_input, delete_cases
from ui.attestation.dialogs import CaseDialog, ResultDialog
from ui.context import Context, MessageAction
from ui.errors import FAILED


class CaseDeeds:
    """Rows of any view will do: they know their own people and cases."""

    def __init__(self, owner: QWidget, ctx: Context) -> None:
        self._owner, self._ctx = owner, ctx

    def add(self, month: str = "") -> None:
        """The box of a new case, planned for the month that is looked at."""
        CaseDialog.ask(self._owner, self._ctx, CaseInput("", "", month=month))

    def add_for(self, row: AttestationDueRow) -> None:
        """A new case for somebody whose term is listed, for the month of the term where it lies ahead."""
        month = row.due[:7] if row.due > self._ctx.clock.today().isoformat() else ""
        self._ask_for(row.person_id, row.post, month, szd=row.szd)

    def open_month_row(self, row: MonthRow, month: str) -> None:
        """A case opens; a term without one offers to open it."""
        if row.case_id:
            self._edit(row.case_id)
        else:
            self._ask_for(row.person_id, row.post, month, szd=row.szd)

    def edit(self, row: CaseRow) -> None:
        """The box of a case."""
        self._edit(row.id)

    def record_result(self, row: CaseRow) -> None:
        """How an open case ended."""
        if row.state is not CaseState.DONE:
            ResultDialog.ask(self._owner, self._ctx, row)

    def delete(self, rows: list[CaseRow]) -> None:
        """Cases go without a question; the strip offers the way back."""
        ids = [row.id for row in rows]
        if self._ctx.attempt(partial(delete_cases, self._ctx.store, ids)) is not FAILED:
            words = f"Удалено: {len(ids)} {plural(len(ids), 'дело', 'дела', 'дел')}."
            self._ctx.tell(words, "info", MessageAction("Вернуть", self._ctx.undo))

    def open_person(self, person_id: str) -> None:
        """The card of the person in «Кадры», where this window has that tab."""
        opened = getattr(self._owner.window(), "open_record", None)
        if opened is not None:
            opened("person", person_id)

    def import_papers(self) -> None:
        """The window's own import, if this window has one."""
        action = getattr(self._owner.window(), "actions_by_key", {}).get("import")
        if action is not None:
            action.trigger()

    def _ask_for(self, person_id: str, post: str, month: str, *, szd: bool) -> None:
        requested = CategoryName.SZD.value if szd else ""
        CaseDialog.ask(self._owner, self._ctx, CaseInput(person_id, requested, post=post, month=month))

    def _edit(self, case_id: str) -> None:
        given = self._ctx.attempt(partial(case_input, self._ctx.store, case_id))
        if given is not FAILED:
            CaseDialog.ask(self._owner, self._ctx, given, case_id)
