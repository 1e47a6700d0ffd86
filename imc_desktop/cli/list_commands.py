"""list, due, term."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.store import Store
from imc_desktop.cli.call import Call
from imc_desktop.cli.common import reading, tell, today
from imc_desktop.domain.terms import understand
from imc_desktop.usecases.due import due_as_json
from imc_desktop.usecases.organisations_list import organisations_as_json
from imc_desktop.usecases.plan import plan_as_json
from imc_desktop.usecases.plan_years import latest_plan_year
from imc_desktop.usecases.staff_json import cases_as_json, categories_as_json, people_as_json, training_as_json
from imc_desktop.usecases.work import journals_as_json

_LINE_KEYS = (
    "number", "surname", "name", "patronymic", "person", "organisation", "title", "topic", "category", "requested",
    "month", "date", "hours", "end", "term", "rule", "status", "due", "valid_until", "birth",
)  # fmt: skip


def list_command(call: Call) -> int:
    """One of the lists."""
    options = call.options
    on = options.on or today()
    with reading(call) as store:
        if options.what == "plan":
            year = options.year if options.year is not None else latest_plan_year(store, on)
            rows = plan_as_json(store, year, options.period)
        else:
            rows = _lists()[options.what](store, on)
    tell(call, rows, (_line(row) for row in rows) if rows else ["Пусто."])
    return 0


def _lists() -> dict[str, Callable[[Store, Any], list[dict[str, Any]]]]:
    return {
        "people": people_as_json,
        "organisations": organisations_as_json,
        "training": lambda store, _on: training_as_json(store),
        "categories": categories_as_json,
        "cases": lambda store, _on: cases_as_json(store),
        "journals": journals_as_json,
    }


def due_command(call: Call) -> int:
    """Who is due, a row per person and rule that binds them."""
    with reading(call) as store:
        rows = due_as_json(store, call.options.what, call.options.on or today())
    tell(call, rows, (f"{row['person']}: {row['why']}" for row in rows) if rows else ["Никого."])
    return 0


def term_command(call: Call) -> int:
    """How a term is understood in a school year."""
    term = understand(call.options.text, call.options.year)
    data = {
        "text": term.text,
        "year": call.options.year,
        "spans": [[first.isoformat(), last.isoformat()] for first, last in term.spans],
        "recurrence": term.recurrence,
        "understood": term.understood,
    }
    tell(call, data, [term.understood or "Срок не понят."])
    return 0


def _line(row: dict[str, Any]) -> str:
    return " · ".join(str(row[key]) for key in _LINE_KEYS if row.get(key) not in (None, ""))
