"""How old the last proved copy is, in words and a tone. Light: the window shows it at its start."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from db.store import Store
from imc_desktop.domain.words import date_short
from imc_desktop.usecases.copy_facts import last_copy, local_folder

_SOON, _BAD = 3, 7  # working days
_WEEKEND = 5


def copy_words(store: Store, today: date) -> tuple[str, str]:
    """What the foot of the window says, and its tone: ok, soon after three working days, bad after seven.

    A copy beside the database does not outlive the disk: it is told, but never as good.
    """
    copy = last_copy(store)
    if copy is None:
        return "Копии ещё нет", "soon"
    when = {0: "сегодня", 1: "вчера"}.get((today - copy.day).days, date_short(copy.day))
    if Path(copy.place) == local_folder(store.path):
        return f"▲ Копия только рядом с базой: {when}", "soon"
    days = working_days_since(copy.day, today)
    tone = "ok" if days <= _SOON else "soon" if days <= _BAD else "bad"
    mark = {"ok": "✓", "soon": "▲", "bad": "■"}[tone]
    return f"{mark} Копия на носителе: {when}, проверена", tone


def working_days_since(day: date, today: date) -> int:
    """Mondays to Fridays after ``day`` up to today. Holidays are not looked at: too many reminders, never too few."""
    weeks, rest = divmod(max(0, (today - day).days), 7)
    return weeks * 5 + sum((today - timedelta(days=back)).weekday() < _WEEKEND for back in range(rest))
