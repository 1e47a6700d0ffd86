"""What a person does with the plan: asks by a box where needed, acts by a use case, tells in the strip."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.dates import school_year_title
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.plan import Mark, Occurrence
from imc_desktop.domain.words import date_short, plural
from imc_desktop.usecases import plan
from imc_desktop.usecases.clock import clock_doubt, confirm_clock
from imc_desktop.usecases.merge_conflicts import must_be_settled
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.plan.dialogs import ApproveDialog, ItemDialog, MarkDialog, SectionDialog, TextsDialog
from ui.plan.state import PlanLine
from ui.registry import resolve

CARDS = "ui.merging.cards:ConflictsDialog"
Line = PlanLine | plan.DayLine


class PlanDeeds:
    """Acts on the plan that ``show`` named last. Items know their own plan, so lines of any view will do."""

    def __init__(self, owner: QWidget, ctx: Context) -> None:
        self._owner, self._ctx = owner, ctx
        self.view: plan.PlanView | None = None

    # --- items --------------------------------------------------------------------------------------------------------

    def add(self, line: Line | None) -> str:
        """A new item under the line (in its section); its id, "" when nothing was added."""
        if self.view is None or self._closed():
            return ""
        after = line.item if line is not None else None
        section = (
            line.section.id if isinstance(line, PlanLine) and line.section else after.section_id if after else None
        )
        if section is None and self.view.sections:
            section = self.view.sections[0].id
        given = ItemDialog.ask(self._owner, self._ctx, self.view, None, section)
        if given is None:
            return ""
        made = self._ctx.attempt(
            partial(plan.add_item, self._ctx.store, self.view.id, given, after=after.id if after else None)
        )
        return "" if made is FAILED else str(made)

    def edit(self, line: Line) -> None:
        """Change an item; of an approved plan only the mark."""
        if self.view is None or line.item is None:
            self.add(line)
        elif self.view.approved or isinstance(line, plan.DayLine):
            self.mark_more(line)
        else:
            given = ItemDialog.ask(self._owner, self._ctx, self.view, line.item, line.item.section_id)
            if given is not None:
                self._ctx.attempt(partial(plan.edit_item, self._ctx.store, line.item.id, given))

    def delete(self, lines: Sequence[Line]) -> None:
        """Take items out without a question; the strip offers the way back."""
        ids = list(dict.fromkeys(line.item.id for line in lines if line.item))
        if not ids or self._closed():
            return
        if self._ctx.attempt(partial(plan.delete_items, self._ctx.store, ids)) is not FAILED:
            words = plural(len(ids), "мероприятие", "мероприятия", "мероприятий")
            self._ctx.tell(f"Удалено: {len(ids)} {words}.", "info", MessageAction("Вернуть", self._ctx.undo))

    def copy(self, line: Line) -> None:
        """The same item once more."""
        if line.item is not None and not self._closed():
            self._ctx.attempt(partial(plan.copy_item, self._ctx.store, line.item.id))

    def move(self, line: Line, by: int) -> None:
        """One place up (−1) or down (+1) within the section."""
        if line.item is None or self.view is None or self._closed():
            return
        siblings = [item.id for item in self.view.items if item.section_id == line.item.section_id]
        place = siblings.index(line.item.id) + by if line.item.id in siblings else -1
        if 0 <= place < len(siblings):
            move = partial(plan.move_item, section_id=line.item.section_id, place=place)
            self._ctx.attempt(partial(move, self._ctx.store, line.item.id))

    # --- marks --------------------------------------------------------------------------------------------------------

    def mark(self, line: Line) -> None:
        """The space bar: the time that is due is done; when all are, the last mark is taken back."""
        if line.item is None:
            return
        today = self._ctx.clock.today()
        one = line.occurrence if isinstance(line, plan.DayLine) else line.item.next_open(today)
        mark = Mark.DONE
        if one is None and line.item.occurrences:
            one = line.item.occurrences[-1]
        if one is not None and one.closed:
            mark = Mark.NONE
        day = (one.first if one else today).isoformat()
        act = partial(plan.mark_occurrence, self._ctx.store, line.item.id, day, mark)
        if self._ctx.attempt(act) is not FAILED and mark is Mark.DONE:
            self._tell_done(line.item, one)

    def _tell_done(self, item: plan.ItemView, one: Occurrence | None) -> None:
        when = f" ({date_short(one.first)})" if one is not None and len(item.occurrences) > 1 else ""
        text = f"Исполнено{when}: {item.title.splitlines()[0]}"
        self._ctx.tell(text, "success", MessageAction("Отменить", self._ctx.undo))

    def mark_more(self, line: Line) -> None:
        """Not done and why, moved to another day."""
        if line.item is None:
            return
        today = self._ctx.clock.today()
        one = line.occurrence if isinstance(line, plan.DayLine) else line.item.next_open(today)
        if one is None and line.item.occurrences:
            one = line.item.occurrences[-1]
        said = MarkDialog.ask(
            self._owner, self._ctx, line.item, one.first.isoformat() if one else self._ctx.day_to_offer()
        )
        if said is not None:
            day, mark, note, moved_to = said
            act = partial(plan.mark_occurrence, note=note, moved_to=moved_to)
            self._ctx.attempt(partial(act, self._ctx.store, line.item.id, day, mark))

    # --- sections and the plan ----------------------------------------------------------------------------------------

    def add_section(self) -> None:
        """A new section at the end."""
        if self.view is None or self._closed():
            return
        title = SectionDialog.ask(self._owner, self._ctx, "")
        if title:
            self._ctx.attempt(partial(plan.add_section, self._ctx.store, self.view.id, title))

    def rename_section(self, line: Line | None) -> None:
        """Another title for the section of a line."""
        section = line.section if isinstance(line, PlanLine) else None
        if section is None or self._closed():
            return
        title = SectionDialog.ask(self._owner, self._ctx, section.title)
        if title:
            self._ctx.attempt(partial(plan.rename_section, self._ctx.store, section.id, title))

    def delete_section(self, line: Line | None) -> None:
        """Take away the (empty) section of a line."""
        section = line.section if isinstance(line, PlanLine) else None
        if section is not None and not self._closed():
            self._ctx.attempt(partial(plan.delete_section, self._ctx.store, section.id))

    def edit_texts(self) -> None:
        """Theme, analysis, goals and tasks."""
        if self.view is None or self._closed():
            return
        texts = TextsDialog.ask(self._owner, self._ctx, self.view)
        if texts is not None:
            self._ctx.attempt(partial(plan.save_texts, self._ctx.store, self.view.id, texts))

    def new_plan(self, year: int) -> bool:
        """An empty plan with the directions of the regulation as sections."""
        return self._ctx.attempt(partial(plan.new_plan, self._ctx.store, year)) is not FAILED

    def next_year(self, year: int) -> bool:
        """A draft for a year made of the plan before it."""
        if self._ctx.attempt(partial(plan.plan_from_last_year, self._ctx.store, year)) is FAILED:
            return False
        text = f"Черновик плана на {school_year_title(year)} готов. Проверьте сроки и годы: «Готово к печати?»."
        self._ctx.tell(text, "success", MessageAction("Отменить", self._ctx.undo))
        return True

    def approve(self, findings: int) -> bool:
        """Approve after asking for numbers and days."""
        if self.view is None or self._clock_in_doubt() or not self.settled():
            return False
        said = ApproveDialog.ask(self._owner, self._ctx, self.view, findings)
        if said is None:
            return False
        year, today = self.view.year, self._ctx.clock.today()
        if self._ctx.attempt(lambda: plan.approve(self._ctx.store, year, today=today, **said)) is FAILED:
            return False
        title = school_year_title(self.view.year)
        self._ctx.tell(f"План на {title} учебный год утверждён. Его страницы сохранены и не изменятся.", "success")
        return True

    def settled(self) -> bool:
        """Whether no conflict of copies touches the plan; else a sentence and the way to their cards."""
        if self.view is None or self.view.approved:
            return True
        plan_id = self.view.id
        try:
            must_be_settled(self._ctx.store, plan_id)
        except UserError as waiting:
            self._ctx.tell(str(waiting), "warning", MessageAction("Разобрать…", partial(self._show_cards, plan_id)))
            return False
        return True

    def _show_cards(self, plan_id: str) -> None:
        resolve(CARDS).run(self._owner, self._ctx, plan_id)

    def _clock_in_doubt(self) -> bool:
        """True (and a sentence with a way out) while the computer's clock cannot be believed."""
        doubt = clock_doubt(self._ctx.store)
        if doubt:
            vouch = MessageAction("Часы верны", partial(self._ctx.attempt, partial(confirm_clock, self._ctx.store)))
            self._ctx.tell(f"{doubt} Пока часы под сомнением, утверждать нельзя.", "warning", vouch)
        return bool(doubt)

    def _closed(self) -> bool:
        """True (and a sentence) when the plan is approved."""
        if self.view is not None and self.view.approved:
            self._ctx.tell("План утверждён: текст не меняют, только отметки о выполнении (пробел).", "warning")
            return True
        return False
