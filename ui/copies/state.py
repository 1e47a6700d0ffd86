"""Words about copies, without Qt."""

from __future__ import annotations

from datetime import date

from imc_desktop.domain.dates import to_date
from imc_desktop.domain.words import date_short, plural


def age_words(made_on: str, today: date) -> str:
    """«сегодня», «вчера», «5 дней назад»; a day that is still to come is told as it is."""
    day = to_date(made_on)
    days = (today - day).days
    if days < 0:
        return date_short(day)
    if days < 2:
        return ("сегодня", "вчера")[days]
    return f"{days} {plural(days, 'день', 'дня', 'дней')} назад"
