"""Plans and methodical associations of a paper → rows of the plan and of the groups."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from imc_desktop.domain.dates import school_year_of, to_date
from imc_desktop.domain.names import parse_names_in
from imc_desktop.domain.papers import (
    ContactRecord,
    CyclogramEvent,
    GroupRecord,
    MonthItem,
    PlanRecord,
    TableRead,
)
from imc_desktop.domain.words import fold
from imc_desktop.usecases.imports.facts import CHANGED, NEW, SAME
from imc_desktop.usecases.imports.organisations import Organisations
from imc_desktop.usecases.imports.report import FileReport
from imc_desktop.usecases.imports.world import Row, World

_Key = tuple[str, str | None, str]
_FIELDS = ("term", "time", "place_text", "participants", "responsible", "expected", "mark")


class Plans:
    """Takes plans, cyclograms, months, groups and contacts of one paper."""

    def __init__(self, world: World, report: FileReport, paper_id: str, today: date) -> None:
        self._world = world
        self._report = report
        self._paper_id = paper_id
        self._today = today
        self._plans = world.load("plan")
        self._sections = world.load("plan_section")
        self._by_title: dict[_Key, list[Row]] = {}
        self._taken: dict[_Key, list[Row]] = {}  # lines of this paper already met: equal titles pair up one by one
        for row in world.load("plan_item"):
            self._by_title.setdefault((row["plan_id"], row["section_id"], fold(row["title"])), []).append(row)
        self._contacts = {fold(row["full_name"]) for row in world.load("contact")}

    def take(self, table: TableRead) -> None:
        """Every plan-like record of a table."""
        events = [record for record in table.records if isinstance(record, CyclogramEvent)]
        months = [record for record in table.records if isinstance(record, MonthItem)]
        for record in table.records:
            if isinstance(record, PlanRecord):
                self._annual(record, table.sheet)
        if events:
            self._cyclogram(events, table.sheet)
        if months:
            self._months(months, table.sheet)

    def contacts(self, told: tuple[ContactRecord, ...], organisations: Organisations) -> None:
        """People who stand on a page as its directors: contacts, not members of the register (decisions 17)."""
        for contact in told:
            self._contact(str(contact.name), contact.post, organisations.find(contact.organisation), contact.phone)

    def groups(self, table: TableRead, groups: dict[str, str]) -> None:
        """Methodical associations by title; their ids go into ``groups``."""
        for record in table.records:
            if isinstance(record, GroupRecord) and fold(record.title) not in groups:
                row = self._world.add(
                    "work_group",
                    title=record.title,
                    head_text=str(record.head or ""),
                    year=school_year_of(self._today),
                    paper_id=self._paper_id,
                )
                groups[fold(record.title)] = str(row["id"])

    def _annual(self, told: PlanRecord, sheet: str) -> None:
        year = told.year or school_year_of(self._today)
        plan = self._plan("annual", year, "", told.title)
        if plan is None:
            return
        approvals = [row for row in self._world.load("approval") if row["plan_id"] == plan["id"]]
        if not approvals:
            for position, block in enumerate(told.approvals):
                self._world.add(
                    "approval",
                    plan_id=plan["id"],
                    side=block.side,
                    position=position,
                    lines=json.dumps(list(block.lines), ensure_ascii=False),
                )
        for position, item in enumerate(told.items):
            section = self._section(plan, item.section, None)
            if item.subsection:
                section = self._section(plan, item.subsection, section)
            values = {
                "term": item.term,
                "place_text": item.place,
                "participants": item.participants,
                "responsible": item.responsible,
                "expected": item.expected,
                "mark": item.mark,
            }
            place = f"{sheet}: {item.row}"
            self._item(
                plan, section, position, "plan_items", number=item.number, title=item.title, place=place, **values
            )
            for name in parse_names_in(item.responsible):
                self._contact(str(name), "", None, "", office=True)

    def _cyclogram(self, events: list[CyclogramEvent], sheet: str) -> None:
        # August stands before the school year it prepares, so most months decide, not the first one.
        years = Counter(school_year_of(to_date(event.month)) for event in events if event.month)
        year = years.most_common(1)[0][0] if years else school_year_of(self._today)
        plan = self._plan("cyclogram", year, "", f"Циклограмма на {year}/{year + 1} учебный год")
        if plan is None:
            return
        for position, event in enumerate(events):
            section = self._section(plan, event.direction, None)
            self._item(
                plan,
                section,
                position,
                "cyclogram_events",
                number="",
                title=event.title,
                term=event.month,
                place=f"{sheet}: {event.row}",
            )

    def _months(self, items: list[MonthItem], sheet: str) -> None:
        for position, item in enumerate(items):
            month = item.date[:7]
            year = school_year_of(to_date(month)) if len(month) == 7 else school_year_of(self._today)
            plan = self._plan("month", year, month, "")
            if plan is None:
                continue
            self._item(
                plan,
                None,
                position,
                "month_items",
                number="",
                title=item.title,
                term=item.date,
                time=item.time,
                place_text=item.place,
                responsible=item.responsible,
                place=f"{sheet}: {item.row}",
            )

    def _plan(self, kind: str, year: int, period: str, title: str) -> Row | None:
        for plan in self._plans:
            if (plan["kind"], plan["year"], plan["period"]) == (kind, year, period):
                if plan["state"] != "draft":
                    note = f"План на {year}/{year + 1} уже утверждён, строки из файла не внесены."
                    if note not in self._report.notes:
                        self._report.notes = (*self._report.notes, note)
                    return None
                return plan
        plan = self._world.add("plan", kind=kind, year=year, period=period, title=title, paper_id=self._paper_id)
        self._plans.append(plan)
        return plan

    def _section(self, plan: Row, title: str, parent: Row | None) -> Row | None:
        if not title:
            return parent
        parent_id = parent["id"] if parent else None
        mine = [row for row in self._sections if row["plan_id"] == plan["id"]]
        for row in mine:
            if fold(row["title"]) == fold(title) and row["parent_id"] == parent_id:
                return row
        row = self._world.add("plan_section", plan_id=plan["id"], parent_id=parent_id, title=title, position=len(mine))
        self._sections.append(row)
        return row

    def _item(self, plan: Row, section: Row | None, position: int, counter: str, **values: str) -> None:
        section_id = section["id"] if section else None
        key = (plan["id"], section_id, fold(values["title"]))
        taken = self._taken.setdefault(key, [])
        same_title = [
            row
            for row in self._by_title.get(key, ())
            if row not in taken and (plan["kind"] == "annual" or row["term"] == values.get("term", ""))
        ]
        row = next((row for row in same_title if row["term"] == values.get("term", "")), None) or next(
            iter(same_title), None
        )
        if row is None:
            row = self._world.add(
                "plan_item",
                plan_id=plan["id"],
                section_id=section_id,
                position=position,
                paper_id=self._paper_id,
                **values,
            )
            self._by_title.setdefault(key, []).append(row)
            taken.append(row)
            self._report.count(counter, NEW)
            return
        taken.append(row)
        if row["paper_id"] == self._paper_id:  # the same paper again, or a line told twice: nothing newer to say
            self._report.count(counter, SAME)
            return
        changed = [row.set(column, values[column]) for column in _FIELDS if values.get(column)]
        self._report.count(counter, CHANGED if any(changed) else SAME)

    def _contact(self, name: str, post: str, organisation_id: str | None, phone: str, *, office: bool = False) -> None:
        if fold(name) in self._contacts:
            return
        self._contacts.add(fold(name))
        self._world.add(
            "contact",
            full_name=name,
            post=post,
            organisation_id=organisation_id,
            phone=phone,
            office_staff=int(office),
            paper_id=self._paper_id,
        )
