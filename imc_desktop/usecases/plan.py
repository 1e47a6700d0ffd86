"""The plan of work: the one door of the window and the command line to everything about plans."""

from __future__ import annotations

from imc_desktop.usecases.plan_approve import approve, paper_of, readiness
from imc_desktop.usecases.plan_edit import (
    ItemInput,
    add_item,
    add_section,
    copy_item,
    delete_items,
    delete_section,
    edit_item,
    mark_occurrence,
    move_item,
    new_plan,
    plan_from_last_year,
    rename_section,
    save_texts,
    undated_problem,
)
from imc_desktop.usecases.plan_json import plan_as_json
from imc_desktop.usecases.plan_month import DayLine, agenda
from imc_desktop.usecases.plan_views import (
    ItemView,
    PlanView,
    SectionView,
    YearView,
    cyclogram,
    month,
    plan_rows,
    plan_years,
)

__all__ = [
    "DayLine",
    "ItemInput",
    "ItemView",
    "PlanView",
    "SectionView",
    "YearView",
    "add_item",
    "add_section",
    "agenda",
    "approve",
    "copy_item",
    "cyclogram",
    "delete_items",
    "delete_section",
    "edit_item",
    "mark_occurrence",
    "month",
    "move_item",
    "new_plan",
    "paper_of",
    "plan_as_json",
    "plan_from_last_year",
    "plan_rows",
    "plan_years",
    "readiness",
    "rename_section",
    "save_texts",
    "undated_problem",
]
