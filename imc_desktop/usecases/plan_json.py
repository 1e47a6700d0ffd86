"""Plans as the command line shows them (decisions 23, 24)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.plan import Occurrence
from imc_desktop.domain.term_calendar import Span
from imc_desktop.usecases.plan_views import ANNUAL, CYCLOGRAM, ItemView, cyclogram, month, plan_rows

_PERIOD = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def plan_as_json(store: Store, year: int, period: str | None = None, *, on: date | None = None) -> list[dict[str, Any]]:
    """Items of the annual plan (``period`` None or "annual"), of the cyclogram or of a month «2026-10».

    An empty list when there is no such plan; UserError for a period that is none.
    """
    day = on or date(year, 9, 1)
    if period in (None, "", ANNUAL):
        view = plan_rows(store, year, day)
    elif period == CYCLOGRAM:
        view = cyclogram(store, year, day)
    elif _PERIOD.fullmatch(period or ""):
        view = month(store, str(period), day)
    else:
        raise UserError(f"Период «{period}» не понят: напишите annual, cyclogram или месяц вида 2026-10.")
    return [] if view is None else [_item(item) for item in view.items]


def _item(item: ItemView) -> dict[str, Any]:
    return {
        "id": item.id,
        "section": item.section,
        "subsection": item.subsection,
        "number": item.number,
        "title": item.title,
        "term": item.term,
        "spans": [_days(span) for span in item.spans],
        "recurrence": item.recurrence,
        "understood": item.understood,
        "responsible": item.responsible,
        "place": item.place,
        "participants": item.participants,
        "expected": item.expected,
        "mark": item.written_mark,
        "state": str(item.state),
        "occurrences": [_occurrence(one, item.time) for one in item.occurrences],
    }


def _days(span: Span) -> list[str]:
    return [span[0].isoformat(), span[1].isoformat()]


def _occurrence(one: Occurrence, time: str) -> dict[str, Any]:
    when: dict[str, Any] = (
        {"date": one.first.isoformat()} if one.first == one.last else {"span": _days((one.first, one.last))}
    )
    more = {key: value for key, value in (("moved_to", one.moved_to), ("note", one.note)) if value}
    return {**when, "time": time or None, "mark": str(one.mark) or None, **more}
